"""The path that a person sees, and the page that goes with them: while they are here, and after they left."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.lines_cast import sign_up, treat
from tests.progress_cast import NOW, six_good_weeks
from tests.sessions_cast import Person
from tests.through_the_door import login_with_both_factors
from throughcare.knowledge.own_path import CRITERIA, levels_ahead
from throughcare.knowledge.placement import StepDownFacts, step_down
from throughcare.pathway.discharge.aftercare import NextVisit
from throughcare.pathway.discharge.discharge import discharge_patient
from throughcare.pathway.independence.own_path import own_path
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.records.episodes import Episode
from throughcare.records.people import Account


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def ana(cast):
    episode = Episode.objects.select_related("patient").get(uid=six_good_weeks(cast))
    person = Person(episode.patient_id, episode.patient.uid, episode.pk, None)
    treat(cast, person, cast.clinician)
    return person


def signed_in(actor):
    browser = Client()
    browser.force_login(Account.objects.get(pk=actor.account))
    return browser


def words(answer):
    return " ".join(answer.content.decode().split())


def test_every_criterion_of_a_step_down_has_its_plain_words():
    step = step_down(StepDownFacts())
    assert [one.code for one in step.unknown] == list(CRITERIA)
    assert levels_ahead("php") == ("iop", "op", "aftercare") and levels_ahead("op") == ("aftercare",)


def test_the_path_says_where_i_am_what_is_met_and_what_is_next(cast, ana):
    mine = sign_up(cast, ana)
    found = own_path(by=mine, at=NOW)
    assert found is not None
    assert [(one.level.code, one.state) for one in found.steps] == [
        ("iop", "now"),
        ("op", "next"),
        ("aftercare", "later"),
    ]
    assert {one.said.code for one in found.criteria if one.is_met} == {
        "attendance",
        "suicide_tier",
        "measure",
        "plan",
    }
    assert found.share == 1.0 and not found.may_talk_of_step and found.sessions > 0
    page = words(signed_in(mine).get(reverse("my_path")))
    assert "You are here" in page and "4 of 6 are met." in page and "you came to 100% of your hours" in page
    assert "tier" not in page and "risk" not in page.casefold()


def test_what_goes_with_me_stands_on_one_page_and_on_paper(cast, ana):
    words_of_plan = {
        "triggers": ["Paydays"],
        "early_signs": ["I skip meals"],
        "coping": ["Walk round the block"],
        "people": ["Rosa 212-555-0119"],
    }
    save_plan(ana.uid, "relapse", NewPlan(words_of_plan, 0, None), by=cast.clinician, at=NOW)
    mine = sign_up(cast, ana)
    phone = signed_in(mine)
    now = words(phone.get(reverse("my_handover")))
    assert "This is how it stands now." in now and "Paydays" in now and "tel:+12125550119" in now
    assert "Carla Reyes" in now and "No appointment is booked." in now and "Call 911" in now

    visit = NextVisit("Dr. Lee, Riverside Clinic", NOW + timedelta(days=5), "212-555-0147")
    discharge_patient(
        Episode.objects.get(pk=ana.episode).uid,
        reason="transfer_down",
        text="She holds her week with her own plan.",
        next_place="Riverside Clinic",
        helped="Knowing whom to call.",
        visit=visit,
        by=cast.clinician,
        at=NOW,
    )
    phone = signed_in(mine)
    left = words(phone.get(reverse("my_handover")))
    assert "You can come back at any time." in left and "Dr. Lee, Riverside Clinic" in left
    assert "Knowing whom to call." in left and "Carla Reyes" in left
    paper = phone.get(reverse("my_handover_pdf"))
    assert paper["Content-Type"] == "application/pdf" and "Ana" not in paper["Content-Disposition"]
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper.content)).pages)
    assert "What goes with me" in text and "Paydays" in text and "212-555-0147" in text and "988" in text
    path = words(phone.get(reverse("my_path")))
    assert "On your own, with us behind you" in path and "Before the next step" not in path

    desk = Client()
    login_with_both_factors(desk, Account.objects.get(pk=cast.clinician.account))
    together = words(desk.get(reverse("patient_handover", args=[ana.uid])))
    assert "PDF to hand over" in together and "Paydays" in together
    assert desk.get(reverse("patient_handover_pdf", args=[ana.uid])).status_code == 200
