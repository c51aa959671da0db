"""The end of an episode."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, at, gather_cast
from tests.pathway.test_step import sit_in_group
from tests.plan_cast import admit, attend
from tests.progress_cast import A_PLAN, ALL_NO, NOW, TODAY, answer, patient_uid, six_good_weeks
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.discharge.aftercare import (
    NextVisit,
    list_aftercare,
    plan_aftercare,
    record_aftercare,
)
from throughcare.pathway.discharge.discharge import discharge_patient, discharge_summary, offer_discharge
from throughcare.pathway.discharge.discharge_facts import Absence
from throughcare.pathway.episode.admission import admit_patient
from throughcare.pathway.episode.care_team import join_care_team
from throughcare.pathway.episode.contact_attempts import contact_attempts_of, record_contact_attempt
from throughcare.pathway.progress.objective_progress import ObjectiveProgress
from throughcare.records.care_plans import Goal
from throughcare.records.discharges import AftercareAppointment, AftercareOutcome, Discharge
from throughcare.records.episodes import CareTeamMember, Episode, Stay
from throughcare.records.placements import PlacementDecision
from throughcare.records.sessions import Appointment
from throughcare.records.timetables import Membership

VISIT = NextVisit("Dr. Lee, Riverside Clinic", at(15, day=TODAY + timedelta(days=3)), "212-555-0147")
CHECKED = Absence(tier_checked=True)


def leave(cast, episode, *, reason="left_informed", by=None, when=NOW, **changed):
    said = {"text": "She thanked the group.", "next_place": "Riverside Clinic", **changed}
    return discharge_patient(episode, reason=reason, by=by or cast.clinician, at=when, **said)


def goals_met(episode):
    rows = Goal.objects.filter(problem__version__episode__uid=episode)
    return {row.thread: "met" for row in rows}


def test_everything_that_is_open_ends_with_the_episode(cast):
    episode = admit(cast)
    sit_in_group(cast, episode)
    join_care_team(
        episode, cast.practitioner_uid(cast.clinician), part="primary_therapist", by=cast.clinician, at=NOW
    )
    leave(cast, episode)
    assert Episode.objects.get().ended_at == NOW
    stay = Stay.objects.get()
    assert (stay.ended_at, stay.ended_because, stay.next_place) == (NOW, "left_informed", "Riverside Clinic")
    assert Membership.objects.get().until_date == TODAY
    assert not Appointment.objects.filter(released_at__isnull=True).exists()
    assert CareTeamMember.objects.get().ended_at == NOW
    assert Discharge.objects.get().credential == "LCSW"


def test_completed_needs_sessions_goals_and_a_visit(cast):
    episode = six_good_weeks(cast)
    with pytest.raises(Cannot, match="1 of 2 goals are met"):
        leave(cast, episode, reason="completed", visit=VISIT)
    with pytest.raises(Cannot, match="discharge plan"):
        leave(cast, episode, reason="completed", goals=goals_met(episode))
    assert not AftercareAppointment.objects.exists()
    leave(cast, episode, reason="completed", goals=goals_met(episode), visit=VISIT)
    summary = discharge_summary(episode, by=cast.clinician, at=NOW).summary
    assert summary.completion.startswith("Completed by the program's rule")


def test_too_few_sessions_are_not_a_completion(cast):
    episode = six_good_weeks(cast, missed=4)
    with pytest.raises(Cannot, match="14 of 18 planned sessions"):
        leave(cast, episode, reason="completed", goals=goals_met(episode), visit=VISIT)


def test_the_summary_tells_the_whole_episode(cast):
    episode = six_good_weeks(cast)
    leave(
        cast, episode, reason="completed", goals=goals_met(episode), visit=VISIT, helped="The evening group."
    )
    told = discharge_summary(episode, by=cast.clinician, at=NOW).summary
    assert (told.name, told.admitted, told.discharged) == ("Ana Flores", "March 2, 2026", "April 13, 2026")
    assert told.attendance == "18 of 18 planned sessions attended (100%), on 18 days: 54 hours of treatment."
    phq = next(line for line in told.measures if line.name == "PHQ-9")
    assert phq.change == "Reliably better since intake: 18 → 8."
    assert [goal.standing for goal in told.goals] == ["Reached", "Reached"]
    assert told.relapse_plan == ("I write my warning signs and a relapse plan of 3 steps.",)
    assert (
        told.next_visit == "Thursday, April 16, 2026, 3:00 PM, with Dr. Lee, Riverside Clinic, 212-555-0147"
    )
    assert [line.how for line in told.crisis][:2] == ["Call 911", "Call or text 988"]
    assert told.signed_by == "Carla Reyes, LCSW" and "Not recorded" in told.medications
    assert told.helped == "The evening group."
    assert "judgment" in told.goals[1].because and "Now 8" in told.goals[0].because


def test_the_summary_stays_as_it_was_signed(cast):
    episode = six_good_weeks(cast)
    leave(cast, episode)
    before = discharge_summary(episode, by=cast.clinician, at=NOW).summary
    Episode.objects.get().patient.__class__.objects.update(given_name="Changed")
    Goal.objects.update(own_words="Other words")
    assert discharge_summary(episode, by=cast.clinician, at=NOW).summary == before


def tried(cast, episode, *modes, outcome="no_answer", on=NOW):
    """Attempts to reach the person, one of each mode."""
    for mode in modes:
        record_contact_attempt(episode, mode=mode, outcome=outcome, by=cast.case_manager, at=on)


def test_staying_away_is_a_reason_only_after_the_attempts(cast):
    episode = admit(cast)
    attend(cast, episode, TODAY - timedelta(days=13))
    answer(cast, episode, "c-ssrs-screener", ALL_NO, day=TODAY - timedelta(days=20))
    tried(cast, episode, "call", "text", "letter")
    for absence, words in ((None, "suicide risk"), (CHECKED, "13 days ago")):
        with pytest.raises(Cannot, match=words):
            leave(cast, episode, reason="lost_contact", absence=absence)
    later = NOW + timedelta(days=1)
    with pytest.raises(Cannot, match="2 of 3 attempts"):
        leave(cast, episode, reason="lost_contact", when=later, absence=CHECKED)
    tried(cast, episode, "call", on=later)
    leave(cast, episode, reason="lost_contact", when=later, absence=CHECKED)


def test_a_letter_is_asked_for_apart_from_the_attempts(cast):
    episode = admit(cast)
    checked = Absence(tier_checked=True, welfare_check_made=True)
    tried(cast, episode, "call", "call", "text")
    with pytest.raises(Cannot, match="Send a letter"):
        leave(cast, episode, reason="lost_contact", absence=checked)
    tried(cast, episode, "letter")
    leave(cast, episode, reason="lost_contact", absence=checked)


def test_an_unknown_risk_asks_for_a_welfare_check(cast):
    episode = admit(cast)
    tried(cast, episode, "call", "call", "text", "letter")
    with pytest.raises(Cannot, match="welfare check"):
        leave(cast, episode, reason="lost_contact", absence=CHECKED)
    leave(cast, episode, reason="lost_contact", absence=Absence(tier_checked=True, welfare_check_made=True))


def test_a_high_risk_that_nobody_lowered_asks_for_a_welfare_check_whatever_was_answered_since(cast):
    episode = admit(cast)
    answer(cast, episode, "c-ssrs-screener", A_PLAN, day=TODAY - timedelta(days=25))
    answer(cast, episode, "c-ssrs-screener", ALL_NO, day=TODAY - timedelta(days=20))
    tried(cast, episode, "call", "call", "text", "letter")
    with pytest.raises(Cannot, match="welfare check"):
        leave(cast, episode, reason="lost_contact", absence=CHECKED)


def test_a_call_that_reached_the_person_starts_the_waiting_and_the_counting_again(cast):
    episode = admit(cast)
    tried(cast, episode, "call", "call", "letter", on=NOW - timedelta(days=5))
    tried(cast, episode, "call", outcome="reached", on=NOW - timedelta(days=2))
    offer = offer_discharge(episode, by=cast.clinician, at=NOW)
    assert (offer.facts.outreach.attempts, offer.facts.outreach.letter_sent) == (0, False)
    assert offer.facts.outreach.last_reached == TODAY - timedelta(days=2)
    with pytest.raises(Cannot, match="2 days ago"):
        leave(cast, episode, reason="lost_contact", absence=Absence(True, True))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"mode": "pigeon"}, "mode"),
        ({"outcome": "fine"}, "outcome"),
        ({"attempted_at": NOW + timedelta(days=1)}, "attempted_at"),
        ({"attempted_at": at(9) - timedelta(days=1)}, "attempted_at"),
    ],
)
def test_an_attempt_that_can_not_be_is_refused(cast, changed, field):
    said = {"mode": "call", "outcome": "no_answer", **changed}
    with pytest.raises(Cannot) as refused:
        record_contact_attempt(admit(cast), **said, by=cast.case_manager, at=NOW)
    assert refused.value.field == field


def test_attempts_are_written_down_by_who_treats_and_for_who_is_in_the_program(cast):
    episode = admit(cast)
    with pytest.raises(CannotSee):
        tried_by = {"mode": "call", "outcome": "no_answer", "by": cast.biller, "at": NOW}
        record_contact_attempt(episode, **tried_by)
    tried(cast, episode, "call")
    (line,) = contact_attempts_of(episode, by=cast.nurse, at=NOW)
    assert (line.title, line.by, line.reached) == ("Phone call: no answer", "Cam Ortiz", False)
    leave(cast, episode)
    with pytest.raises(Cannot, match="has ended"):
        tried(cast, episode, "call")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reason": "bored"}, "reason"),
        ({"text": " "}, "text"),
        ({"reason": "transfer_up", "next_place": ""}, "next_place"),
        ({"visit": NextVisit("", VISIT.visit_at)}, "with_whom"),
        ({"visit": NextVisit("Dr. Lee", MONDAY and at(9))}, "visit_at"),
    ],
)
def test_what_is_lacking_is_named_and_nothing_ends(cast, changed, field):
    episode = admit(cast)
    with pytest.raises(Cannot) as refused:
        leave(cast, episode, **changed)
    assert refused.value.field == field
    assert Episode.objects.get().ended_at is None and not AftercareAppointment.objects.exists()


@pytest.mark.parametrize("role", ["facilitator", "case_manager", "nurse", "admissions", "biller", "admin"])
def test_only_a_licensed_clinician_signs(cast, role):
    with pytest.raises(Cannot):
        leave(cast, admit(cast), by=getattr(cast, role))
    assert not Discharge.objects.exists()


def test_who_has_left_can_not_leave_again_but_can_come_back(cast):
    episode = admit(cast)
    leave(cast, episode)
    with pytest.raises(Cannot, match="has ended"):
        leave(cast, episode)
    assert not offer_discharge(episode, by=cast.clinician, at=NOW).verdict
    decision = PlacementDecision.objects.get()
    again = admit_patient(
        decision.assessment.uid, track="evening", by=cast.clinician, at=NOW + timedelta(days=30)
    )
    assert again != episode and Episode.objects.filter(ended_at__isnull=True).count() == 1


def test_no_summary_is_there_before_the_discharge(cast):
    episode = admit(cast)
    with pytest.raises(Absent):
        discharge_summary(episode, by=cast.clinician, at=NOW)
    leave(cast, episode)
    with pytest.raises(CannotSee):
        discharge_summary(episode, by=cast.biller, at=NOW)
    other = gather_cast("Other House", mail_host="other.test")
    with pytest.raises(Absent):
        discharge_summary(episode, by=other.clinician, at=NOW)


def test_a_visit_is_asked_about_when_it_is_over(cast):
    episode = admit(cast)
    leave(cast, episode, visit=VISIT)
    uid = AftercareAppointment.objects.get().uid
    with pytest.raises(Cannot, match="still to come"):
        record_aftercare(uid, kept=True, by=cast.case_manager, at=NOW)
    after = VISIT.visit_at + timedelta(days=1)
    assert [row.uid for row in list_aftercare(by=cast.case_manager, at=after).due] == [uid]
    record_aftercare(uid, kept=True, by=cast.case_manager, at=after)
    seen = list_aftercare(by=cast.case_manager, at=after)
    assert seen.due == () and [row.kept for row in seen.found_out] == [True]
    record_aftercare(uid, kept=False, by=cast.case_manager, at=after + timedelta(hours=1))
    first, second = AftercareOutcome.objects.order_by("pk")
    assert (first.kept, second.kept, second.corrects) == (True, False, first)
    record_aftercare(uid, kept=False, by=cast.case_manager, at=after + timedelta(hours=2))
    assert AftercareOutcome.objects.count() == 2, "the same again says nothing new"
    seen = list_aftercare(by=cast.case_manager, at=after + timedelta(hours=2))
    assert [(row.kept, row.outcome_at) for row in seen.found_out] == [(False, after + timedelta(hours=1))]


def test_who_left_without_a_visit_is_on_the_list_until_one_is_planned(cast):
    episode = admit(cast)
    leave(cast, episode)
    assert [row.name for row in list_aftercare(by=cast.case_manager, at=NOW).without] == ["Ana Flores"]
    plan_aftercare(
        episode,
        with_whom=VISIT.with_whom,
        visit_at=VISIT.visit_at,
        phone="",
        by=cast.case_manager,
        at=NOW,
    )
    seen = list_aftercare(by=cast.case_manager, at=NOW)
    assert seen.without == () and len(seen.coming) == 1


def test_the_dead_are_not_asked_for_a_visit(cast):
    leave(cast, admit(cast), reason="deceased", next_place="")
    assert list_aftercare(by=cast.case_manager, at=NOW).without == ()


def test_the_list_costs_the_same_for_many(cast, django_assert_num_queries):
    def queries_for(people):
        for n in range(people):
            episode = admit(cast, given=f"P{n}", family=f"X{people}")
            leave(cast, episode, visit=VISIT if n % 2 else None)

    queries_for(2)
    with django_assert_num_queries(9):
        list_aftercare(by=cast.case_manager, at=NOW)
    queries_for(6)
    with django_assert_num_queries(9):
        list_aftercare(by=cast.case_manager, at=NOW)


def test_the_offer_shows_what_completion_lacks(cast):
    episode = six_good_weeks(cast, missed=4)
    offer = offer_discharge(episode, by=cast.clinician, at=NOW)
    assert "14 of 18" in offer.completion.because
    assert isinstance(offer.facts.objectives[0], ObjectiveProgress)
    assert patient_uid(episode) == offer.patient
