"""A patient's story: what each role reads of it, in how many queries, and whom it is about."""

from datetime import date, timedelta

import pytest

from tests.boards_cast import asked, came, carries, in_program, scored
from tests.cast import MONDAY, MORNING, at, gather_cast
from tests.intake_cast import BEN, refer
from tests.sessions_cast import WEDNESDAY, cancel, hold
from throughcare.pathway.boards.story import patient_story
from throughcare.pathway.cannot import Absent, CannotSee
from throughcare.pathway.episode.banner import banner_of
from throughcare.pathway.note.group_note import sign_notes, write_own
from throughcare.pathway.people.duplicates import merge_people
from throughcare.records.accesses import Access
from throughcare.records.care_plans import PlanReview, PlanVersion
from throughcare.records.discharges import AftercareAppointment, AftercareOutcome, Discharge
from throughcare.records.episodes import Diagnosis, Episode, Stay
from throughcare.records.people import Patient, RelatedPerson
from throughcare.records.referrals import Referral

SUNDAY = at(20, day=MONDAY + timedelta(days=6))


@pytest.fixture
def ana(cast):
    """Ana with something of every kind behind her."""
    person = in_program(cast, "Ana", "Silva", called_at=at(9, day=date(2026, 1, 28)), born=date(1991, 5, 4))
    fact = {"organization_id": cast.organization, "recorded_at": MORNING}
    Referral.objects.update(reason="Drinks every evening")
    Stay.objects.update(text="Could not stop alone")
    RelatedPerson.objects.create(
        **fact,
        patient_id=person.key,
        name="Rui Silva",
        relationship="brother",
        phone="212-555-0107",
        emergency_contact=True,
    )
    Diagnosis.objects.create(
        **fact,
        episode_id=person.episode,
        code="F10.20",
        title="Alcohol dependence",
        rank=1,
        practitioner_id=cast.clinician.practitioner,
    )
    carries(cast, person)
    scored(cast, person, "phq-9", 18, day=date(2026, 2, 3))
    scored(cast, person, "phq-9", 9)
    asked(cast, person, "gad-7", due=date(2026, 3, 4))
    session = came(cast, person, day=MONDAY)
    write_own(
        session,
        person.uid,
        text="Named two triggers and a plan.",
        objective_thread=person.thread,
        seen_version=0,
        by=cast.facilitator,
        at=at(21, day=MONDAY),
    )
    sign_notes(session, by=cast.facilitator, at=at(21, day=MONDAY))
    came(cast, person, day=WEDNESDAY, status="no_show")
    PlanReview.objects.create(
        **fact,
        episode_id=person.episode,
        version=PlanVersion.objects.get(),
        reviewed_at=at(11),
        because="asked",
        findings={},
        text="Fewer evenings alone",
        outcome="continue",
        practitioner_id=cast.clinician.practitioner,
        credential="LCSW",
    )
    return person


def words_of(story) -> str:
    said = [event.title + event.text for event in story.events]
    said += [note.text + note.objective for event in story.events for note in event.notes]
    now = story.now
    if now:
        said += [objective.text + objective.goal for objective in now.objectives]
        said += [one.code for one in now.diagnoses]
        said += [f"{measure.title} {measure.total}" for measure in now.measures]
        said += [now.plan_due.because] if now.plan_due else []
        said += ["hours" if now.hours else ""]
    return " | ".join(said)


def leave(cast, person, *, at_moment=SUNDAY) -> None:
    fact = {"organization_id": cast.organization, "recorded_at": at_moment, "episode_id": person.episode}
    Stay.objects.filter(episode=person.episode).update(ended_at=at_moment)
    Episode.objects.filter(pk=person.episode).update(ended_at=at_moment)
    Discharge.objects.create(
        **fact,
        discharged_at=at_moment,
        reason="completed",
        next_place="Dr. Lee, outpatient",
        summary={},
        practitioner_id=cast.clinician.practitioner,
        credential="LCSW",
    )
    visit = AftercareAppointment.objects.create(
        **fact, with_whom="Dr. Lee", visit_at=at_moment + timedelta(days=3)
    )
    AftercareOutcome.objects.create(
        visit=visit, kept=True, organization_id=cast.organization, recorded_at=at_moment
    )


def test_it_tells_everything_newest_first(cast, ana):
    story = patient_story(ana.uid, by=cast.clinician, at=SUNDAY)
    assert [event.title for event in story.events] == [
        "PHQ-9 9",
        "Plan review: continue as planned",
        "Week: 1 of 2 sessions",
        "PHQ-9 18",
        "Admitted to intensive outpatient",
        "Care plan signed",
        "Asked for help",
    ]
    week = next(event for event in story.events if event.kind == "attendance")
    assert (week.title, week.text, week.tone) == (
        "Week: 1 of 2 sessions",
        "3 hours, 1 missed without a word",
        "watch",
    )
    assert [note.text for note in week.notes] == ["Named two triggers and a plan."]


def test_now_says_where_they_stand(cast, ana):
    now = patient_story(ana.uid, by=cast.clinician, at=SUNDAY).now
    assert (now.hours.delivered, now.hours.prescribed, now.hours.last_seen) == (3, 9, MONDAY)
    assert [(one.title, one.total, one.change) for one in now.measures] == [("PHQ-9", 9, "better")]
    assert (now.measures_overdue, now.plan_due.what) == (1, "review")
    assert [(one.name, one.part_title) for one in now.team] == [("Carla Reyes, LCSW", "Primary therapist")]
    assert [one.code for one in now.diagnoses] == ["F10.20"]
    assert now.next_session is None


def test_a_session_that_was_canceled_is_no_session_of_the_week(cast, ana):
    cancel(hold(cast, ana, day=MONDAY + timedelta(days=3)))
    came(cast, ana, day=MONDAY + timedelta(days=4), status="cancelled_by_program")
    story = patient_story(ana.uid, by=cast.clinician, at=SUNDAY)
    assert [event.title for event in story.events if event.kind == "attendance"] == ["Week: 1 of 2 sessions"]


# What each role reads (True) and must not read (False).
SAID = {
    "Drinks every evening": {"clinician", "case_manager", "nurse", "prescriber", "admissions", "compliance"},
    "Could not stop alone": {"clinician", "facilitator", "case_manager", "nurse", "prescriber"},
    "Admitted to intensive outpatient": {
        "clinician",
        "facilitator",
        "case_manager",
        "nurse",
        "prescriber",
        "admissions",
        "compliance",
        "biller",
    },
    "PHQ-9": {"clinician", "facilitator", "case_manager", "nurse", "prescriber"},
    "Named two triggers": {"clinician", "facilitator", "case_manager", "nurse", "prescriber"},
    "Fewer evenings": {"clinician", "facilitator", "case_manager", "nurse", "prescriber"},
    "I want my evenings back": {"clinician", "facilitator", "case_manager", "nurse", "prescriber"},
    "F10.20": {"clinician", "facilitator", "case_manager", "nurse", "prescriber", "biller"},
    "1 of 2 sessions": {
        "clinician",
        "facilitator",
        "case_manager",
        "nurse",
        "prescriber",
        "compliance",
        "biller",
    },
}
READERS = (
    "clinician",
    "facilitator",
    "case_manager",
    "nurse",
    "prescriber",
    "admissions",
    "compliance",
    "biller",
)


@pytest.mark.parametrize("role", READERS)
def test_each_role_reads_its_kinds_and_no_others(cast, ana, role):
    words = words_of(patient_story(ana.uid, by=getattr(cast, role), at=SUNDAY))
    assert {said for said in SAID if said in words} == {said for said, roles in SAID.items() if role in roles}


def test_a_biller_reads_that_someone_left_and_not_why(cast, ana):
    leave(cast, ana)
    titles = [event.title for event in patient_story(ana.uid, by=cast.biller, at=SUNDAY).events]
    assert "Left the program" in titles
    assert not any("Discharged" in title or "Lee" in title for title in titles)


def test_someone_discharged_keeps_their_story_and_the_visit_after(cast, ana):
    leave(cast, ana)
    story = patient_story(ana.uid, by=cast.clinician, at=SUNDAY + timedelta(days=30))
    assert story.now is None
    assert [(event.title, event.text) for event in story.events[:2]] == [
        ("Next visit: Dr. Lee", "Kept."),
        ("Discharged: completed", "Next: Dr. Lee, outpatient"),
    ]
    assert banner_of(ana.uid, by=cast.clinician, at=SUNDAY).level == "Discharged"


def test_someone_who_was_never_admitted_has_a_story_and_a_referral(cast):
    referral = refer(cast, BEN, reason="Wants to stop")
    ben = Patient.objects.get()
    story = patient_story(ben.uid, by=cast.admissions, at=SUNDAY)
    assert (story.now, story.open_referral) == (None, referral)
    assert [(event.title, event.text) for event in story.events] == [("Asked for help", "Wants to stop")]
    assert patient_story(ben.uid, by=cast.nurse, at=SUNDAY).open_referral == referral
    assert patient_story(ben.uid, by=cast.facilitator, at=SUNDAY).open_referral is None


def test_a_merged_entry_opens_the_one_who_was_kept(cast, ana):
    twin = in_program(cast, "Anna", "Silva")
    Episode.objects.filter(pk=twin.episode).update(ended_at=SUNDAY)
    merge_people(ana.uid, twin.uid, by=cast.director, at=MORNING)
    assert patient_story(twin.uid, by=cast.clinician, at=SUNDAY).patient == ana.uid


@pytest.mark.parametrize(
    ("born", "minor"), [(date(2008, 3, 9), True), (date(2008, 3, 8), False), (None, False)]
)
def test_a_minor_is_flagged_until_the_eighteenth_birthday(cast, born, minor):
    person = in_program(cast, "Ana", born=born)
    assert banner_of(person.uid, by=cast.clinician, at=SUNDAY).is_minor is minor


def test_opening_it_is_written_in_the_book(cast, ana):
    patient_story(ana.uid, by=cast.biller, at=SUNDAY)
    entry = Access.objects.get(account=cast.biller.account, shown__patient=ana.key)
    assert (entry.kinds, entry.allowed) == (["episode"], True)


def test_another_organizations_people_are_absent_and_the_administrator_is_refused(cast, ana):
    other = gather_cast("Elsewhere", mail_host="elsewhere.test")
    with pytest.raises(Absent):
        patient_story(ana.uid, by=other.clinician, at=SUNDAY)
    with pytest.raises(CannotSee):
        patient_story(ana.uid, by=cast.admin, at=SUNDAY)


def test_a_long_history_costs_as_many_queries_as_a_short_one(cast, ana, django_assert_max_num_queries):
    made = 0
    for sessions in (20, 200):
        while made < sessions:
            day = date(2025, 6, 2) + timedelta(days=made)
            came(cast, ana, day=day)
            scored(cast, ana, "gad-7", 5, day=day)
            made += 1
        with django_assert_max_num_queries(38):
            story = patient_story(ana.uid, by=cast.clinician, at=SUNDAY)
        assert len(story.events) > sessions
