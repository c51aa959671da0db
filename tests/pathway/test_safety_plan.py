"""Plans in the person's words: written together or alone, by versions, read again, due, and handed to who asks."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, at
from tests.sessions_cast import admit
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.crisis.raising import raise_crisis
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.safety_plan.dues import due_plans
from throughcare.pathway.safety_plan.facts import own_signs_of, plans_at_of
from throughcare.pathway.safety_plan.reading import my_plans, plans_of, relapse_plan_of, safety_plan_of
from throughcare.pathway.safety_plan.versions import plan_history, plan_version
from throughcare.pathway.safety_plan.writing import NewPlan, read_plan_again, save_plan
from throughcare.records.consents import PatientAccount
from throughcare.records.safety_plans import OwnPlan

DARK = {
    "signs": ["I stop answering"],
    "people": ["Mom 518-555-0134"],
    "professionals": ["Carla 212-555-0100"],
}
SOBER = {"early_signs": ["I skip dinner"], "lapse": ["Call Pat", "Come anyway"]}


@pytest.fixture
def eve(cast):
    return admit(cast, "Eve", "Marsh")


def herself(cast, person):
    invite_patient(person.uid, email="eve@mail.test", by=cast.clinician, at=at(8))
    return actor_for(PatientAccount.objects.get(patient=person.key).account_id)


def test_it_is_written_together_then_changed_by_herself_and_no_version_is_lost(cast, eve):
    me = herself(cast, eve)
    assert safety_plan_of(eve.uid, by=cast.clinician, at=at(9)) is None
    save_plan(eve.uid, "safety", NewPlan(DARK), by=cast.clinician, at=at(10))
    more = {**DARK, "alone": ["Cold water, then the dog"]}
    save_plan(eve.uid, "safety", NewPlan(more, after=1), by=me, at=at(22))
    stands = safety_plan_of(eve.uid, by=cast.nurse, at=at(23))
    assert (stands.number, stands.made) == (2, "person")
    assert [line.phone for section in stands.said for line in section.lines] == [
        "",
        "",
        "+15185550134",
        "+12125550100",
    ]
    assert my_plans(by=me, at=at(23)).safety.plan == stands
    assert [
        (one.number, one.made) for one in plan_history(eve.uid, "safety", by=cast.clinician, at=at(23))
    ] == [
        (2, "person"),
        (1, "together"),
    ]
    first = plan_version(eve.uid, "safety", 1, by=cast.clinician, at=at(23))
    assert "alone" not in [section.code for section in first.said]
    with pytest.raises(Absent):
        plan_version(eve.uid, "safety", 3, by=cast.clinician, at=at(23))


def test_who_saves_over_someone_elses_words_is_told_and_the_same_words_are_a_reading(cast, eve):
    save_plan(eve.uid, "safety", NewPlan(DARK), by=cast.clinician, at=at(10))
    with pytest.raises(ChangedMeanwhile) as met:
        save_plan(eve.uid, "safety", NewPlan({"signs": ["Other"]}), by=cast.nurse, at=at(11))
    assert "I stop answering" in met.value.theirs and met.value.version == 1
    save_plan(eve.uid, "safety", NewPlan(DARK, after=0), by=cast.nurse, at=at(12))
    assert OwnPlan.objects.count() == 1
    history = plan_history(eve.uid, "safety", by=cast.clinician, at=at(13))
    assert [one.is_version for one in history] == [False, True]


def test_it_is_due_until_it_is_read_again_with_its_next_day(cast, eve):
    save_plan(eve.uid, "relapse", NewPlan(SOBER), by=cast.clinician, at=at(10))
    later = MONDAY + timedelta(days=30)
    page = plans_of(eve.uid, by=cast.clinician, at=at(10, day=later)).relapse
    assert page.is_due and page.due.on == later
    assert not plans_of(eve.uid, by=cast.clinician, at=at(10, day=later - timedelta(days=1))).relapse.is_due
    with pytest.raises(Cannot, match="after today"):
        read_plan_again(eve.uid, "relapse", review_on=later, by=cast.clinician, at=at(11, day=later))
    chosen = later + timedelta(days=10)
    read_plan_again(eve.uid, "relapse", review_on=chosen, by=cast.clinician, at=at(11, day=later))
    page = plans_of(eve.uid, by=cast.clinician, at=at(12, day=later)).relapse
    assert not page.is_due and page.due.on == chosen and page.plan.read_on == later
    with pytest.raises(Cannot, match="Write it first"):
        read_plan_again(eve.uid, "safety", by=cast.clinician, at=at(11))


def test_the_own_signs_of_both_plans_go_to_the_check_in_and_the_watch(cast, eve):
    assert own_signs_of([eve.key], at=at(9)) == {}
    save_plan(eve.uid, "safety", NewPlan(DARK), by=cast.clinician, at=at(10))
    save_plan(eve.uid, "relapse", NewPlan(SOBER), by=cast.clinician, at=at(11))
    found = own_signs_of([eve.key], at=at(12))[eve.key]
    assert [(one.words, one.plan) for one in found] == [
        ("I stop answering", "safety"),
        ("I skip dinner", "relapse_prevention"),
    ]
    assert own_signs_of([eve.key], at=at(10, 30))[eve.key] == found[:1]  # as it stood then
    assert plans_at_of([eve.key], at=at(12))[eve.key] == {"safety": at(10), "relapse": at(11)}


def test_who_has_no_business_with_it_sees_and_writes_nothing(cast, eve):
    save_plan(eve.uid, "safety", NewPlan(DARK), by=cast.clinician, at=at(10))
    other = herself(cast, admit(cast, "Lee"))
    for stranger, refusal in ((cast.biller, CannotSee), (cast.front_desk, CannotSee), (other, Absent)):
        with pytest.raises(refusal):
            safety_plan_of(eve.uid, by=stranger, at=at(11))
        with pytest.raises(refusal):
            relapse_plan_of(eve.uid, by=stranger, at=at(11))
        with pytest.raises(refusal):
            save_plan(eve.uid, "safety", NewPlan(DARK, after=1), by=stranger, at=at(11))


def test_empty_words_unknown_plans_and_lines_without_end_are_refused(cast, eve):
    with pytest.raises(Cannot, match="at least one line"):
        save_plan(eve.uid, "safety", NewPlan({"signs": [" "]}), by=cast.clinician, at=at(10))
    with pytest.raises(Absent):
        save_plan(eve.uid, "escape", NewPlan(DARK), by=cast.clinician, at=at(10))
    with pytest.raises(Cannot, match="under 200"):
        save_plan(eve.uid, "safety", NewPlan({"signs": ["x" * 201]}), by=cast.clinician, at=at(10))


def test_whose_plans_are_due_stands_on_one_list_that_asks_the_same_for_many(cast, eve):
    save_plan(eve.uid, "relapse", NewPlan(SOBER), by=cast.clinician, at=at(10))
    later = at(10, day=MONDAY + timedelta(days=31))
    with CaptureQueriesContext(connection) as few:
        [due] = due_plans(by=cast.case_manager, at=later)
    assert (due.name, due.title, due.is_written) == ("Eve Marsh", "Relapse-prevention plan", True)
    for name in ("Lee", "Hope", "Joy"):
        person = admit(cast, name)
        save_plan(person.uid, "safety", NewPlan(DARK), by=cast.clinician, at=at(11))
    with CaptureQueriesContext(connection) as many:
        assert len(due_plans(by=cast.case_manager, at=later)) == 4
    assert len(many) == len(few)


def test_a_crisis_makes_the_safety_plan_due_and_a_missing_one_too(cast, eve):
    lee = admit(cast, "Lee")
    save_plan(eve.uid, "safety", NewPlan(DARK), by=cast.clinician, at=at(10))
    tomorrow = MONDAY + timedelta(days=1)
    for person in (eve, lee):
        raise_crisis(
            person.uid,
            priority="P3",
            source="staff",
            words="Sounded low.",
            by=cast.clinician,
            at=at(9, day=tomorrow),
        )
    page = plans_of(eve.uid, by=cast.clinician, at=at(10, day=tomorrow)).safety
    assert page.is_due and "crisis" in page.due.because
    assert plans_of(lee.uid, by=cast.clinician, at=at(10, day=tomorrow)).safety.due.on == tomorrow
    read_plan_again(eve.uid, "safety", by=cast.clinician, at=at(11, day=tomorrow))
    assert not plans_of(eve.uid, by=cast.clinician, at=at(12, day=tomorrow)).safety.is_due


def test_the_tier_that_stands_says_how_often(cast, eve):
    save_plan(eve.uid, "safety", NewPlan(DARK), by=cast.clinician, at=at(10))
    yes_to_three = [1, 1, 1, 0, 0, 0, None]  # thoughts with a method, no intent: moderate
    record_measure(eve.uid, "c-ssrs-screener", yes_to_three, mode="clinician", by=cast.clinician, at=at(11))
    page = plans_of(eve.uid, by=cast.clinician, at=at(12)).safety
    assert page.is_due  # such answers are a crisis, the same day
    read_plan_again(eve.uid, "safety", by=cast.clinician, at=at(13))
    page = plans_of(eve.uid, by=cast.clinician, at=at(14)).safety
    assert page.due.on == MONDAY + timedelta(days=14) and "moderate tier" in page.due.because
