"""The evening parent's week and the signs of an item 9, to the minute: what is raised, withdrawn, red."""

from datetime import time, timedelta

import pytest

from tests.cast import MONDAY, at
from tests.progress_cast import A_PLAN, ALL_NO
from tests.sessions_cast import SATURDAY, THURSDAY, WEDNESDAY, admit, hold, open_group
from throughcare.knowledge.warning_signs.sign import end_of_day
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.episode.contact_attempts import record_contact_attempt
from throughcare.pathway.make_up.make_up import book_make_up
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.warning_sign import raising
from throughcare.pathway.warning_sign.due_looks import look_now, watch_people
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.signs import NextLook, Nudge, SignAct, WarningSign

NEW_YORK = "America/New_York"


def look(moment):
    watch_people(at=moment)


def standing(person):
    rows = WarningSign.objects.filter(patient_id=person.key, ended_at__isnull=True).order_by("code", "topic")
    return [(row.code, row.topic) for row in rows]


def sign(person, code, topic=""):
    return WarningSign.objects.filter(patient_id=person.key, code=code, topic=topic).order_by("-pk").first()


def take(cast, session, person, day, status):
    record_attendance(session, person.uid, status=status, by=cast.facilitator, at=at(17, 46, day=day))


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def evenings(cast, ana):
    return {day: hold(cast, ana, day=day) for day in (MONDAY, WEDNESDAY, THURSDAY)}


@pytest.fixture
def missed_two(cast, ana, evenings):
    """Monday attended, Wednesday and Thursday missed; the watch looked each time."""
    for day, status in ((MONDAY, "present"), (WEDNESDAY, "no_show"), (THURSDAY, "no_show")):
        take(cast, evenings[day], ana, day, status)
        look(at(17, 47, day=day))
    return evenings


def test_the_evening_parent_misses_two_evenings_and_everything_is_due_to_the_minute(cast, ana, missed_two):
    assert standing(ana) == [
        ("attendance_critical", "2026-03-02"),
        ("no_show", "2026-03-04"),
        ("no_show", "2026-03-05"),
    ]
    wednesday, thursday = sign(ana, "no_show", "2026-03-04"), sign(ana, "no_show", "2026-03-05")
    assert (wednesday.since, thursday.since) == (at(17, 45, day=WEDNESDAY), at(17, 45, day=THURSDAY))
    assert wednesday.first_step_by == at(19, 45, day=WEDNESDAY)
    assert wednesday.due_at == end_of_day(THURSDAY, NEW_YORK)
    assert thursday.due_at == end_of_day(THURSDAY + timedelta(days=1), NEW_YORK)
    critical = sign(ana, "attendance_critical", "2026-03-02")
    assert "3 of 9 planned hours attended (33.3 %)" in critical.because
    assert critical.due_at == end_of_day(SATURDAY, NEW_YORK)
    low = sign(ana, "attendance_low", "2026-03-02")
    assert (low.ended_how, low.ended_because) == (
        "withdrawn",
        "The week's hours are no longer low in this way.",
    )


def test_the_saturday_make_up_takes_critical_away_and_leaves_low(cast, ana, missed_two):
    saturday = hold(cast, group=open_group(cast), day=SATURDAY, starts=time(9), ends=time(12))
    book_make_up(saturday, ana.uid, by=cast.clinician, at=at(21, day=THURSDAY))
    record_attendance(saturday, ana.uid, status="present", by=cast.facilitator, at=at(12, day=SATURDAY))
    look(at(12, 1, day=SATURDAY))
    assert ("attendance_low", "2026-03-02") in standing(ana)
    assert "6 of 9 planned hours attended (66.7 %)" in sign(ana, "attendance_low", "2026-03-02").because
    critical = sign(ana, "attendance_critical", "2026-03-02")
    assert (critical.ended_how, critical.ended_at) == ("withdrawn", at(12, 1, day=SATURDAY))


def test_a_documented_call_answers_both_evenings_and_says_whose_it_was(cast, ana, missed_two):
    episode = Episode.objects.get(pk=ana.episode).uid
    call = at(9, day=THURSDAY + timedelta(days=1))
    record_contact_attempt(episode, mode="call", outcome="no_answer", by=cast.case_manager, at=call)
    look(call + timedelta(minutes=1))
    assert standing(ana) == [("attendance_critical", "2026-03-02")]
    acts = SignAct.objects.filter(sign__code="no_show")
    assert {(act.act, act.outcome, act.recorded_by_id) for act in acts} == {
        ("called", "no_answer", cast.case_manager.account)
    }


def test_a_corrected_attendance_withdraws_the_sign_and_says_so(cast, ana, missed_two):
    record_attendance(
        missed_two[THURSDAY], ana.uid, status="present", by=cast.facilitator, at=at(20, day=THURSDAY)
    )
    look(at(20, 1, day=THURSDAY))
    assert ("no_show", "2026-03-05") not in standing(ana)
    assert sign(ana, "no_show", "2026-03-05").ended_how == "withdrawn"
    assert sign(ana, "no_show", "2026-03-05").ended_because.startswith("The attendance was corrected")


def test_what_nobody_acted_on_stands_when_its_window_is_over(cast, ana, missed_two):
    look(at(6, day=MONDAY + timedelta(days=28)))
    assert ("no_show", "2026-03-04") in standing(ana)
    assert ("attendance_critical", "2026-03-02") in standing(ana)
    assert ("silent", "") in standing(ana)


def test_an_item_9_without_a_screener_is_red_at_midnight(cast, ana):
    answered = at(18, 10)
    record_measure(ana.uid, "phq-9", (2,) * 8 + (1,), mode="self", by=cast.clinician, at=answered)
    look(answered)
    found = WarningSign.objects.get(patient_id=ana.key, code="item9")
    assert (found.since, found.due_at, found.risk) == (answered, end_of_day(MONDAY, NEW_YORK), "high")
    look(at(0, day=MONDAY + timedelta(days=1)))
    assert ("item9", found.topic) in standing(ana)
    assert found.due_at < at(0, day=MONDAY + timedelta(days=1))


def test_the_screener_answers_item_9_and_asks_for_the_next_within_two_weeks(cast, ana):
    record_measure(ana.uid, "phq-9", (2,) * 8 + (1,), mode="self", by=cast.clinician, at=at(18, 10))
    look(at(18, 11))
    moderate = (1, 1, 1, 0, 0, 0, None)
    record_measure(ana.uid, "c-ssrs-screener", moderate, mode="clinician", by=cast.clinician, at=at(18, 20))
    look(at(18, 21))
    answered = WarningSign.objects.get(patient_id=ana.key, code="item9")
    assert (answered.ended_how, answered.acts.get().recorded_by_id) == ("acted", cast.clinician.account)
    assert standing(ana) == [("safety_plan_missing", "")]
    two_weeks = at(18, 20, day=MONDAY + timedelta(days=14))
    look(two_weeks - timedelta(minutes=1))
    assert "reassess_due" not in dict(standing(ana))
    assert NextLook.objects.get(patient_id=ana.key).next_look_at == two_weeks
    look(two_weeks)
    assert "reassess_due" in dict(standing(ana))


def test_a_safe_screener_never_lowers_the_tier(cast, ana):
    for hour, answers in ((9, A_PLAN), (11, ALL_NO)):
        record_measure(ana.uid, "c-ssrs-screener", answers, mode="clinician", by=cast.clinician, at=at(hour))
    look(at(12))
    assert "high" in sign(ana, "safety_plan_missing").because


def test_a_change_alone_wakes_the_watch_and_is_looked_at_once(cast, ana):
    look(at(6))
    assert not Nudge.objects.exists()
    record_measure(ana.uid, "phq-9", (2,) * 8 + (1,), mode="self", by=cast.clinician, at=at(18, 10))
    assert Nudge.objects.filter(patient_id=ana.key).exists()
    look(at(18, 11))
    assert not Nudge.objects.exists()
    assert "item9" in dict(standing(ana))


def test_who_is_looked_at_twice_at_one_moment_has_each_sign_once(ana, missed_two, monkeypatch):
    """The second to look saw no sign yet; by the time that it writes, the first has raised them."""
    before, see = standing(ana), raising._standing
    sights = iter([lambda patients: {}])
    monkeypatch.setattr(raising, "_standing", lambda patients: next(sights, see)(patients))
    look_now(ana.key, organization=Patient.objects.get(pk=ana.key).organization_id, at=at(18, day=THURSDAY))
    assert next(sights, None) is None
    assert standing(ana) == before
