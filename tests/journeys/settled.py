"""A clinic in the middle of its work: one of everything that an address may name."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from tests import intake_cast, plan_cast
from tests.cast import MONDAY, PASSWORD, STAFF, Cast, at
from tests.journeys.settled_aftercare import what_follows
from tests.journeys.settled_check_ins import what_is_said
from tests.journeys.settled_conversations import what_is_written
from tests.journeys.settled_crises import who_is_in_a_crisis
from tests.journeys.settled_days import what_is_said_of_days
from tests.journeys.settled_downtime import what_is_kept_ready
from tests.journeys.settled_emergencies import what_officers_answer_for
from tests.journeys.settled_levels import what_is_held
from tests.journeys.settled_medications import what_is_taken
from tests.journeys.settled_messages import what_stopped
from tests.journeys.settled_notes import what_is_drafted
from tests.journeys.settled_own_plan import what_is_planned
from tests.journeys.settled_people import who_is_around
from tests.journeys.settled_plans import what_is_arranged
from tests.journeys.settled_practice import what_is_practiced
from tests.journeys.settled_privacy import let_in
from tests.journeys.settled_public_pages import what_strangers_read
from tests.journeys.settled_seats import lines
from tests.journeys.settled_signs import what_is_noticed
from tests.journeys.settled_tests import what_is_tested
from tests.journeys.settled_timetable import a_planned_week
from tests.journeys.settled_weeks import what_a_week_holds
from tests.referral_cast import a_bundle, as_bytes, patient_called
from tests.week_cast import a_group
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.care_plan.care_plan import start_plan
from throughcare.pathway.care_plan.plan_review import draft_review, sign_review
from throughcare.pathway.clinic.founding import hire
from throughcare.pathway.discharge.aftercare import NextVisit
from throughcare.pathway.discharge.discharge import discharge_patient
from throughcare.pathway.episode.diagnoses import diagnose
from throughcare.pathway.group.group import join_group
from throughcare.pathway.intake.intake_invitation import invite_to_intake
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.note.group_note import sign_notes, write_own, write_shared
from throughcare.pathway.people.people import NewRelatedPerson, PersonDetails, add_related_person
from throughcare.pathway.referral.referral_import import import_document
from throughcare.pathway.signing_in.links import invite
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.canceling import cancel_for_one
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, keep_apart
from throughcare.pathway.week.schedule import book_series, extend_sessions
from throughcare.records.care_plans import Objective, PlanVersion, Problem
from throughcare.records.discharges import AftercareAppointment
from throughcare.records.episodes import Episode
from throughcare.records.people import Account, Patient
from throughcare.records.referrals import Referral, ReferralDocument
from throughcare.records.sessions import Session
from throughcare.records.timetables import GroupFacilitator, GroupMeeting

THURSDAY = MONDAY + timedelta(days=3)
NOW = at(10, day=THURSDAY)
NEXT_WEEK = MONDAY + timedelta(days=7)

# What each placeholder of an address stands for; `route.placeholder` goes before a plain `placeholder`.
Subjects = dict[str, object]


def settle(cast: Cast) -> Subjects:
    """Bring the clinic to Thursday morning of its first week."""
    rita = replace(STAFF["compliance"], given_name="Rita", email="rita@harbor.test", roles=("reviewer",))
    hire(cast.site, rita, password=PASSWORD, by=cast.program, at=at(8))
    ana = plan_cast.admit(cast)
    return {
        **_referrals(cast),
        **_intake(cast),
        **_episode(cast, ana),
        **_week(cast, ana),
        **_left(cast),
        **what_is_said(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **what_is_said_of_days(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **what_is_drafted(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **what_is_tested(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **what_is_taken(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **what_is_held(cast, ana, now=NOW),
        **what_is_arranged(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **what_is_practiced(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **what_is_planned(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **what_officers_answer_for(cast, at=NOW),
        **what_is_noticed(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **who_is_in_a_crisis(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **what_stopped(cast, now=NOW),
        **who_is_around(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **let_in(cast, Episode.objects.get(uid=ana).patient.uid),
        **what_follows(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **what_is_written(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **a_planned_week(cast, at=NOW),
        **what_a_week_holds(cast, Episode.objects.get(uid=ana).patient.uid, now=NOW),
        **lines(cast, at=NOW),
        **what_is_kept_ready(cast, now=NOW),
        **what_strangers_read(cast, now=NOW),
        "account": Account.objects.get_by_natural_key("felix@harbor.test").uid,
        "link.token": invite(
            Account.objects.get_by_natural_key("bo@harbor.test").uid, by=cast.program, at=NOW
        ),
        "key": "plan.review_every_days",
    }


def _referrals(cast: Cast) -> Subjects:
    import_document("maria.json", as_bytes(a_bundle()), site=cast.site, by=cast.admissions, at=at(8, 15))
    document = ReferralDocument.objects.get()
    double = PersonDetails("Maria", "Villa", birth_date=date(1993, 10, 14), phone="212-555-0177")
    other = Referral.objects.get(uid=intake_cast.refer(cast, double)).patient.uid
    return {
        "organization": document.organization.uid,
        "referral": document.referral.uid,
        "document": document.uid,
        "duplicates.patient": document.referral.patient.uid,
        "duplicate.patient": document.referral.patient.uid,
        "other": other,
    }


def _intake(cast: Cast) -> Subjects:
    assessment = intake_cast.ben(cast)
    return {
        "assessment": assessment,
        "admit.assessment": plan_cast.place_person(cast, given="Cora", family="Lund"),
        "token": invite_to_intake(assessment, by=cast.clinician, at=at(11)),
        "page": "home",
        "section": "work",
        "domain": "M",
        "code": "phq-9",
    }


def _episode(cast: Cast, episode: UUID) -> Subjects:
    patient = Episode.objects.get(uid=episode).patient.uid
    diagnose(episode, "F10.20", by=cast.clinician, at=at(9, 30))
    relative = NewRelatedPerson("Rosa Flores", "mother", phone="212-555-0119")
    add_related_person(patient, relative, by=cast.clinician, at=at(9, 40))
    in_force = plan_cast.plan(cast, episode)
    measure = record_measure(
        patient, "phq-9", intake_cast.PHQ_14, mode="self", by=cast.clinician, at=at(12)
    ).uid
    draft = draft_review(episode, by=cast.clinician, at=NOW)
    review = sign_review(
        episode, text=draft.text, outcome="continue", because="by_days", by=cast.clinician, at=NOW
    )
    open_draft = start_plan(episode, by=cast.clinician, at=NOW)
    return {
        "patient": patient,
        "episode": episode,
        "version": in_force,
        "review": review,
        "measure": measure,
        "party": "patient",
        "agreement.kind": "treatment-consent",
        "agreement_print.kind": "treatment-consent",
        **{f"{route}.version": open_draft for route in ("edit_plan", "plan_dose", "sign_plan")},
        **{f"{route}.version": open_draft for route in ("add_plan_line", "plan_line")},
        "kind": "problem",
        "line": Problem.objects.get(version=PlanVersion.objects.get(uid=open_draft)).uid,
    }


def _week(cast: Cast, episode: UUID) -> Subjects:
    patient = Patient.objects.get(episodes__uid=episode)
    group = a_group(
        cast,
        name="Evening skills",
        kind="relapse-prevention",
        track="evening",
        starts=time(17, 30),
        minutes=90,
    )
    morning = a_group(cast, name="Morning skills", starts=time(9), weekday=4)
    stint = join_group(group, episode, from_date=MONDAY, by=cast.clinician, at=at(12), despite_warnings=True)
    add_commitment(patient.uid, NewCommitment("childcare", "Leo", weekday=5), by=cast.clinician, at=at(12))
    cora = patient_called("Cora").uid
    keep_apart(patient.uid, cora, reason="Former partner", by=cast.clinician, at=at(12))
    extend_sessions(cast.organization, until=NEXT_WEEK + timedelta(days=7), at=at(12))
    held, coming = Session.objects.filter(group__uid=group).order_by("starts_at")[:2]
    return {
        "session": held.uid,
        "change": cancel_for_one(
            Session.objects.filter(group__uid=group).order_by("starts_at")[2].uid,
            patient.uid,
            because="A day in court",
            by=cast.clinician,
            at=NOW,
        ),
        "note": _signed_note(cast, held.uid, patient.uid),
        **{f"{route}.session": coming.uid for route in ("move_session", "cancel_session", "release_seat")},
        "cancel_rest.session": _series(cast, patient.uid),
        "group": group,
        "join_group.group": morning,
        "meeting": GroupMeeting.objects.get(group__uid=group).uid,
        "lead": GroupFacilitator.objects.get(group__uid=group).uid,
        "membership": stint,
        "practitioner": cast.practitioner_uid(cast.facilitator),
    }


def _signed_note(cast: Cast, session: UUID, patient: UUID) -> UUID:
    when = {"by": cast.facilitator, "at": at(20, 45)}
    record_attendance(session, patient, status="present", **when)
    thread = Objective.objects.order_by("pk")[0].thread
    write_shared(session, text="The group named early signs.", topic="Signs", seen_version=0, **when)
    write_own(
        session,
        patient,
        text="Named two signs and whom she calls when she sees them.",
        objective_thread=thread,
        seen_version=0,
        **when,
    )
    signed = sign_notes(session, **when)
    assert signed[0].note, signed
    return signed[0].note


def _series(cast: Cast, patient: UUID) -> UUID:
    carla = cast.practitioner_uid(cast.clinician)
    starts = datetime.combine(NEXT_WEEK + timedelta(days=1), time(15))
    new = NewSession("individual", cast.site, carla, (patient,), starts, 60, room=cast.office)
    return book_series(new, weeks=2, by=cast.clinician, at=NOW)[0]


def _left(cast: Cast) -> Subjects:
    episode = plan_cast.admit(cast, given="Gus", family="Hale")
    plan_cast.plan(cast, episode)
    discharge_patient(
        episode,
        reason="left_informed",
        text="He found work in another city.",
        next_place="Riverside Clinic",
        visit=NextVisit("Dr. Lee", at(15, day=NEXT_WEEK), "212-555-0147"),
        by=cast.clinician,
        at=NOW,
    )
    return {
        **{f"{route}.episode": episode for route in ("discharge_summary", "discharge_pdf", "new_aftercare")},
        "visit": AftercareAppointment.objects.get().uid,
    }
