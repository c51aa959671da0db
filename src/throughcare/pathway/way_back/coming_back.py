"""Coming back: a new referral with the old answers, the first session with a free seat, and staff who are told."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.intake.sections import SECTIONS
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.crisis_language import look_for_crisis
from throughcare.pathway.intake.assessment import open_assessment
from throughcare.pathway.intake.intake_answers import write_answers
from throughcare.pathway.message.outbox import put_message, to_account
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.program_settings import number
from throughcare.pathway.referral.referral import NewReferral, store_referral
from throughcare.pathway.way_back.free_seats import first_free_session
from throughcare.records.aftercare import WayBack
from throughcare.records.assessments import Assessment, IntakeAnswer
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient, RoleGrant
from throughcare.records.referrals import ReferralClosure

LONGEST_WORDS = 1_000
ASKS = "Asks to come back."
TOLD = ("admissions", "case_manager")
SUBJECT = "Somebody waits for a call"
WORDS = "Somebody waits for a call. Please sign in and look."
HOURS = "back_in.hours"


@dataclass(frozen=True)
class MyWayBack:
    """What happens now: by when somebody calls, and the session that a seat is looked at in."""

    asked_at: datetime
    due_at: datetime
    title: str
    starts_at: datetime | None
    by_video: bool
    answers_kept: bool


@transaction.atomic
def come_back(patient: UUID, *, words: str = "", by: Actor, at: datetime) -> UUID:
    """Ask to come back; asking twice is asking once. Raises `Cannot` for somebody who is in care. The way's public id.

    What was said at the last intake is carried over, to be gone through together; staff are told at once.
    """
    person = open_patient(patient, kind="aftercare", by=by, at=at, verb="change")
    Patient.objects.select_for_update(no_key=True).get(pk=person.pk)
    if len(words) > LONGEST_WORDS:
        raise Cannot(_("Shorten this to {number} characters.").format(number=LONGEST_WORDS), field="words")
    episode = Episode.objects.select_related("site").filter(patient=person).order_by("-admitted_at").first()
    if episode is None or episode.ended_at is None:
        raise Cannot(_("You are in the program now. Send us a message or call."))
    standing = open_way_of(person.pk)
    if standing is not None:
        return standing.uid
    program = the_program(person.organization_id)
    referral = store_referral(
        NewReferral(
            site=episode.site.uid,
            person=PersonDetails(person.given_name, person.family_name),
            reason=words.strip() or ASKS,
            patient=person.uid,
        ),
        by=program,
        at=at,
    )
    _carry_over(person, referral.uid, by=program, at=at)
    hours = number(HOURS, organization=person.organization_id, on=at.date())
    way = WayBack.objects.create(
        organization_id=person.organization_id,
        patient=person,
        referral=referral,
        session=first_free_session(person, episode, until=at + timedelta(hours=hours), at=at),
        due_at=at + timedelta(hours=hours),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    _tell_staff(way, site=episode.site_id, at=at)
    look_for_crisis(person, words, where="asking to come back", at=at)
    return way.uid


def open_way_of(patient: int) -> WayBack | None:
    """The way back that a person (key) is on: asked for, not closed, and not admitted since."""
    rows = WayBack.objects.select_related("referral", "session__site").filter(patient=patient)
    way = rows.order_by("-recorded_at", "-pk").first()
    if way is None:
        return None
    closed = ReferralClosure.objects.filter(referral=way.referral, reopened_at__isnull=True).exists()
    back = Episode.objects.filter(patient=patient, admitted_at__gte=way.recorded_at).exists()
    return None if closed or back else way


def my_way_back(patient: UUID, *, by: Actor, at: datetime) -> MyWayBack | None:
    """What happens since I asked to come back; None while I haven't."""
    person = open_patient(patient, kind="aftercare", by=by, at=at)
    way = open_way_of(person.pk)
    if way is None:
        return None
    session = way.session if way.session and way.session.cancelled_at is None else None
    return MyWayBack(
        asked_at=way.recorded_at,
        due_at=way.due_at,
        title=session_type(session.session_type).title if session else "",
        starts_at=session.starts_at if session else None,
        by_video=bool(session and session.telehealth_url),
        answers_kept=IntakeAnswer.objects.filter(assessment__referral=way.referral).exists(),
    )


def _carry_over(person: Patient, referral: UUID, *, by: Actor, at: datetime) -> None:
    """The newest answers of the last intake become the person's own part of the new one, still to be confirmed."""
    last = Assessment.objects.filter(patient=person).order_by("-opened_at", "-pk").first()
    if last is None:
        return
    newest: dict[str, IntakeAnswer] = {}
    for row in IntakeAnswer.objects.filter(assessment=last).order_by("version"):
        newest[row.section] = row
    uid = open_assessment(referral, by=by, at=at)
    fresh = Assessment.objects.select_related("patient", "referral", "site").get(uid=uid)
    for section in SECTIONS:
        if section.code in newest:
            answers = newest[section.code].answers
            write_answers(fresh, section.code, answers, said_by="patient", by=by, at=at, seen_version=0)


def _tell_staff(way: WayBack, *, site: int, at: datetime) -> None:
    grants = RoleGrant.objects.filter(
        organization_id=way.organization_id, role__in=TOLD, ended_at__isnull=True
    )
    for account in sorted({one.account_id for one in grants if one.site_id in (None, site)}):
        put_message(
            to_account(account),
            subject=SUBJECT,
            words=WORDS,
            key=f"way back {way.uid} {account}",
            organization=way.organization_id,
            at=at,
        )
