"""The intake visit: booked from the referral, moved, canceled. It is a session, so it holds the clinician's time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.credentials import ALL as CREDENTIALS
from throughcare.knowledge.referring.intake_visits import KIND, WAYS
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, require
from throughcare.pathway.privacy import may_access
from throughcare.pathway.referral.referral_page import ReferralPage, open_referral
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.schedule import book_session, cancel_session
from throughcare.records.people import Practitioner
from throughcare.records.referrals import Referral
from throughcare.records.timetables import Room

USUAL_MINUTES = session_type(KIND).minutes
Choice = tuple[str, str]


@dataclass(frozen=True)
class NewVisit:
    """What is asked of an intake visit; `starts_at` without a zone is the site's wall-clock time."""

    starts_at: datetime
    practitioner: UUID
    way: str
    minutes: int = USUAL_MINUTES
    room: UUID | None = None


@dataclass(frozen=True)
class VisitChoices:
    """Pairs of public id and name: who may do an intake at the site, and its rooms."""

    practitioners: tuple[Choice, ...]
    rooms: tuple[Choice, ...]


def visit_choices(referral: UUID, *, by: Actor) -> VisitChoices:
    """Who can be booked for a referral's intake visit, and where."""
    found = _referral(referral, by=by)
    licensed = [code for code, one in CREDENTIALS.items() if one.may_sign_clinical_note]
    staff = Practitioner.objects.filter(
        organization_id=by.organization, left_at__isnull=True, credential__in=licensed
    )
    rooms = Room.objects.filter(site=found.site_id, closed_at__isnull=True).order_by("name")
    return VisitChoices(
        practitioners=tuple(
            (str(one.uid), f"{one.given_name} {one.family_name}, {one.credential}")
            for one in sorted(staff, key=lambda one: (one.family_name, one.given_name, one.pk))
        ),
        rooms=tuple((str(one.uid), one.name) for one in rooms),
    )


@transaction.atomic
def book_intake(referral: UUID, visit: NewVisit, *, by: Actor, at: datetime) -> UUID:
    """Book the intake visit of a referral; one that is still to come gives way to it. The session's public id.

    Raises `Cannot` with everything that speaks against the time.
    """
    page = _may_book(referral, visit, by=by, at=at)
    if page.visit is not None and page.intake is not None and page.intake.starts_at > at:
        cancel_session(page.visit, because="Booked for another time.", by=by, at=at)
    new = NewSession(
        kind=KIND,
        site=_referral(referral, by=by).site.uid,
        practitioner=visit.practitioner,
        patients=(page.patient,),
        starts_at=visit.starts_at,
        minutes=visit.minutes,
        room=visit.room if visit.way == "in_person" else None,
        way=visit.way,
    )
    return book_session(new, by=by, at=at)


def cancel_intake(referral: UUID, *, because: str, by: Actor, at: datetime) -> None:
    """Cancel a referral's intake visit that is still to come, with the reason."""
    require(may_access("referral", by=by, verb="change"), CannotSee)
    page = open_referral(referral, by=by, at=at)
    if page.visit is None:
        raise Cannot("No intake visit is booked.")
    cancel_session(page.visit, because=because, by=by, at=at)


def _may_book(referral: UUID, visit: NewVisit, *, by: Actor, at: datetime) -> ReferralPage:
    require(may_access("referral", by=by, verb="change"), CannotSee)
    page = open_referral(referral, by=by, at=at)
    if page.closed:
        raise Cannot("This referral is closed. Reopen it first.")
    if page.episode is not None:
        raise Cannot("This person was admitted. Book their sessions in their week.")
    if visit.way not in WAYS:
        raise Cannot(
            f"“{visit.way}” is not a way to hold a visit. Choose one of: {', '.join(WAYS)}.", field="way"
        )
    return page


def _referral(referral: UUID, *, by: Actor) -> Referral:
    found = (
        Referral.objects.select_related("site").filter(organization_id=by.organization, uid=referral).first()
    )
    if found is None:
        raise Absent("referral")
    return found
