"""A nurse's morning with tests, the door, the draw and rewards; and the person at their own phone."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import at
from tests.pathway.drug_test.tests_cast import collected, days_after, found, in_care, ordered, whole_test
from throughcare.knowledge.drug_tests.draw import first_of_period
from throughcare.knowledge.drug_tests.proof import proof_from_json
from throughcare.pathway.drug_test.asking import draw_and_ask
from throughcare.pathway.drug_test.drawing import enter_draw
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.reward.planning import begin_rewards
from throughcare.records.consents import PatientAccount
from throughcare.records.people import Account
from throughcare.records.rewards import Reward
from throughcare.records.tests import BreathTest, InDraw, OrderedTest, Specimen


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(11), tick=False) as clock:
        yield clock


@pytest.fixture
def ana(cast):
    return in_care(cast)


def browser_of(account):
    browser = Client()
    browser.force_login(Account.objects.get(pk=account))
    return browser


@pytest.fixture
def nurse(cast):
    return browser_of(cast.nurse.account)


def at_her_phone(cast, ana):
    invite_patient(ana, email="ana@mail.test", by=cast.clinician, at=at(8))
    return browser_of(PatientAccount.objects.get(patient__uid=ana).account_id)


def words(answer):
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def post(browser, name, *arguments, **said):
    return browser.post(reverse(name, args=arguments), {**said, "once": str(uuid4())})


def test_a_test_from_asking_to_what_is_to_be_done(cast, ana, nurse):
    asked = post(
        nurse,
        "order_test",
        ana,
        why="cause",
        words="Slurred speech",
        on="2026-03-02",
        matrix="urine",
        panel=["fentanyl", "cannabinoids"],
    )
    assert asked.url == reverse("patient_tests", args=[ana])
    assert "Ana Flores" in words(nurse.get(reverse("tests_due")))
    order = OrderedTest.objects.get().uid
    specimen = {
        "collected_at": "2026-03-02T10:50",
        "matrix": "urine",
        "observation": "none",
        "temperature_f": "96.5",
    }
    assert "Ask first" in post(nurse, "collect_specimen", ana, order, **specimen).content.decode()
    kept = post(
        nurse,
        "collect_specimen",
        ana,
        order,
        asked_first="on",
        used_1="weed",
        last_1="2026-03-01",
        also_takes="ibuprofen",
        **specimen,
    )
    assert kept.url == reverse("test_result", args=[ana, order])
    assert Specimen.objects.get().medications == ["ibuprofen"]
    assert "weed, last on Mar 1" in words(nurse.get(kept.url))
    read = post(
        nurse,
        "test_result",
        ana,
        order,
        definitive="no",
        resulted_at="2026-03-02T10:55",
        found_fentanyl="pos",
        found_cannabinoids="pos",
    )
    page = words(nurse.get(read.url))
    assert "High priority: reach the person today" in page
    assert "naloxone" in page
    assert "Still showing from earlier use" in page
    assert "never the only ground for a discharge" in page


def test_a_result_without_a_specimen_and_a_form_left_empty_say_what_is_missing(cast, ana, nurse):
    order = ordered(cast, ana)
    assert (
        "Collect the specimen first" in nurse.get(reverse("test_result", args=[ana, order])).content.decode()
    )
    refused = post(nurse, "test_not_given", ana, order, kind="refused")
    assert refused.status_code == 422
    assert "what the person said" in refused.content.decode()
    assert post(nurse, "test_not_given", ana, order, kind="refused", words="Not today").status_code == 302


def test_somebody_elses_test_is_not_found_under_this_person(cast, ana, nurse):
    other = ordered(cast, in_care(cast, given="Ben", family="Adler"))
    assert nurse.get(reverse("collect_specimen", args=[ana, other])).status_code == 404


def test_above_zero_at_the_door_there_is_no_group_and_four_steps(cast, ana, nurse):
    assert post(nurse, "breath_test", ana, waited_minutes="14", reading="0.00").status_code == 422
    clear = post(nurse, "breath_test", ana, waited_minutes="15", reading="0.00")
    assert clear.url == reverse("patient_tests", args=[ana])
    above = post(nurse, "breath_test", ana, waited_minutes="20", reading="0.04")
    assert "No group today" in words(nurse.get(above.url))
    breath = BreathTest.objects.latest("pk")
    post(nurse, "breath_test_steps", ana, breath.uid, steps=["no_group", "safe_ride"])
    done = post(nurse, "breath_test_steps", ana, breath.uid, steps=["no_driving", "check"])
    assert done.url == reverse("patient_tests", args=[ana])
    assert "4 of 4 steps done" in words(nurse.get(done.url))


def test_the_draw_is_shown_and_its_proof_can_be_taken_home(cast, ana, nurse, clock):
    enter_draw(ana, by=cast.nurse, at=at(9))
    draw_and_ask(at=at(9, 30))
    assert "Sealed until it is over" in words(nurse.get(reverse("draws")))
    first = first_of_period(at(9).date())
    early = nurse.get(reverse("draw_period", args=[first]))
    assert early.status_code == 403
    day = days_after(1)
    while day <= first + timedelta(days=28):
        draw_and_ask(at=at(7, day=day))
        day += timedelta(days=1)
    clock.move_to(at(11, day=day))
    nurse = browser_of(cast.nurse.account)
    assert "Every draw fits" in words(nurse.get(reverse("draw_period", args=[first])))
    taken = nurse.get(reverse("draw_proof", args=[first]))
    assert proof_from_json(taken.json()).check() == ()
    assert "Ana" not in taken.content.decode()
    assert "Checked: chance decided" in words(at_her_phone(cast, ana).get(reverse("my_tests")))


def test_she_sees_at_once_whether_today_is_a_test_day_and_adds_a_word(cast, ana):
    phone = at_her_phone(cast, ana)
    assert "No test today" in words(phone.get(reverse("my_tests")))
    ordered(cast, ana)
    enter_draw(ana, by=cast.nurse, at=at(10))
    page = words(phone.get(reverse("my_tests")))
    assert "Today is a test day" in page
    assert "what you tell then counts for you" in page.lower()
    post(phone, "my_own_word", word="Bluebird")
    assert len(InDraw.objects.get().own_mark) == 64


def test_she_draws_her_slips_and_signs_for_what_she_won(cast, ana, nurse):
    begin_rewards(ana, "prize-bowl", by=cast.nurse, at=at(9))
    whole_test(cast, ana, benzoylecgonine=False)
    phone, reward = at_her_phone(cast, ana), Reward.objects.get()
    assert "1 left. Choose any number" in words(phone.get(reverse("my_rewards")))
    post(phone, "my_slip", reward.uid, slip="501")
    assert "from 1 to 500" in words(phone.get(reverse("my_rewards")))
    post(phone, "my_slip", reward.uid, slip="250")
    assert "Checked just now: it fits" in words(phone.get(reverse("my_rewards")))
    Reward.objects.update(amount=Decimal(20))
    signed = post(
        nurse, "hand_over_reward", ana, kind="gift_card", serial="GC-77", value="20", signed_name="Ana F"
    )
    assert "GC-77" in words(nurse.get(signed.url))
    assert "No. 1" in words(phone.get(reverse("my_rewards")))
    assert "Ana Flores" in words(nurse.get(reverse("reward_ledger")))


def test_rewards_begin_and_end_by_staff_only(cast, ana, nurse):
    assert post(nurse, "begin_rewards", ana, scheme="california").url == reverse(
        "patient_rewards", args=[ana]
    )
    assert "California" in words(nurse.get(reverse("patient_rewards", args=[ana])))
    assert at_her_phone(cast, ana).get(reverse("patient_rewards", args=[ana])).status_code == 403
    post(nurse, "end_rewards", ana)
    assert "No rewards at the moment" in words(nurse.get(reverse("patient_rewards", args=[ana])))


def test_the_laboratory_is_entered_after_the_screen(cast, ana, nurse):
    specimen = collected(cast, ordered(cast, ana))
    found(cast, specimen, amphetamines=True)
    order = OrderedTest.objects.get().uid
    without = post(
        nurse,
        "test_result",
        ana,
        order,
        definitive="yes",
        resulted_at="2026-03-02T10:55",
        found_amphetamines="neg",
    )
    assert without.status_code == 422
    post(
        nurse,
        "test_result",
        ana,
        order,
        definitive="yes",
        laboratory="County",
        resulted_at="2026-03-02T10:55",
        found_amphetamines="neg",
    )
    assert "Laboratory: County" in words(nurse.get(reverse("patient_tests", args=[ana])))
