"""To whom I was referred, in my words: where each stands, and what comes next."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.referrals_out import PREPARED
from throughcare.knowledge.tasks import KIND
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.task.referral_out_facts import known_of
from throughcare.pathway.task.referral_out_views import RECORD
from throughcare.records.tasks import ReferralOut


@dataclass(frozen=True)
class MyReferral:
    """One referral of mine. `appointment` is the day of one that lies ahead; `owner` is who looks after it here."""

    uid: UUID
    kind: str
    to: str
    asks: str
    on: date
    words: str
    appointment: date | None
    owner: str
    is_over: bool


def my_referrals(*, by: Actor, at: datetime) -> tuple[MyReferral, ...]:
    """The actor's own referrals to others, newest first, what is open before what is over."""
    person = open_patient(own_patient(by=by), kind=RECORD, by=by, at=at)
    rows = ReferralOut.objects.filter(organization_id=by.organization, patient=person)
    whole = rows.select_related("recipient", "owner").prefetch_related("known", "papers__disclosure")
    lines = [_line(row, by=by, at=at) for row in whole.order_by("-recorded_at", "-pk")]
    return tuple(sorted(lines, key=lambda one: one.is_over))


def say_where(step: str) -> str:
    """Where a referral stands, as the person reads it."""
    return {
        PREPARED: _("We are getting it ready."),
        "sent": _("We sent it. Now we wait to hear that it got there."),
        "received": _("They have it. Next is an appointment for you."),
        "appointment": _("You have an appointment."),
        "attended": _("You went. Now we wait for their answer."),
        "missed": _("The appointment did not happen. We will look for a new one with you."),
        "answered": _("They answered. Your team can tell you what they said."),
        "closed": _("This is closed. Ask us if you still need it."),
    }[step]


def _line(row: ReferralOut, *, by: Actor, at: datetime) -> MyReferral:
    known = known_of(row, zone=by.time_zone)
    last = known[-1] if known else None
    ahead = last is not None and last.step == "appointment" and last.on >= local_day(at, by.time_zone)
    return MyReferral(
        uid=row.uid,
        kind=KIND[row.kind].word if row.kind in KIND else row.kind,
        to=", ".join(word for word in (row.recipient.name, row.recipient.affiliation) if word),
        asks=row.asks,
        on=local_day(row.recorded_at, by.time_zone),
        words=say_where(last.step if last else PREPARED),
        appointment=last.on if last and ahead else None,
        owner=row.owner.name if row.owner else "",
        is_over=row.ended_at is not None,
    )
