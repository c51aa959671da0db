"""The code in a session's room: digits that change, entered on a phone or at a kiosk to show that one is there."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_noop

from throughcare.keys import mac
from throughcare.knowledge.verdict import Refused, Verdict, first_refusal
from throughcare.pathway.actor import Actor, the_public
from throughcare.pathway.attendance.arrival import record_arrival
from throughcare.pathway.attendance.attendance import check_moment
from throughcare.pathway.attendance.own_times import check_out_time, times_of
from throughcare.pathway.cannot import Cannot, require
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.program_settings import number
from throughcare.pathway.session.session_rows import clock_words, find_session, seated_at
from throughcare.pathway.signing_in.kiosks import KioskHere
from throughcare.records.check_ins import Presence, SessionCode
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session
from throughcare.records.signing_in import Kiosk

DIGITS = 6
WRONG = gettext_noop(
    "This code doesn't work. Codes change every few minutes: look at the screen in the room again."
)
NOBODY = gettext_noop("That doesn't fit anyone expected here. Check what you typed, or ask your facilitator.")


@dataclass(frozen=True)
class ShownCode:
    """The digits for the room's screen, and until when they work there."""

    code: str
    ends_at: datetime
    ends_words: str
    lasts_seconds: int


def code_verdict(found: Session, *, may_take: Verdict, at: datetime) -> Verdict:
    """Whether a code may be shown now: to those who may take attendance (`may_take`), until the session's end."""
    if may_take and at >= found.ends_at:
        return Refused("The session is over. Take the attendance by tapping.")
    return may_take


@transaction.atomic
def show_code(session: UUID, *, by: Actor, at: datetime) -> ShownCode:
    """A new code for the room. The one before works on until its own minutes are over; none outlives the session."""
    found = find_session(session, by=by)
    may_take = first_refusal(may_access("attendance", by=by, verb="change"), check_moment(found, at=at))
    require(code_verdict(found, may_take=may_take, at=at))
    minutes = number("session_code.lasts_minutes", organization=by.organization, on=found.local_day)
    live = SessionCode.objects.filter(organization_id=by.organization, ends_at__gt=at)
    taken = set(live.values_list("code_mark", flat=True))
    code = _draw(by.organization, taken)
    # Half of its life as the newest, half beside the next one: nobody's typing is cut off.
    ends_at = min(at + timedelta(minutes=minutes), found.ends_at)
    SessionCode.objects.create(
        organization_id=by.organization,
        session=found,
        code_mark=_mark(by.organization, code),
        ends_at=ends_at,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return ShownCode(code, ends_at, clock_words(found, ends_at), minutes * 30)


def _draw(organization: int, taken: set[str]) -> str:
    while True:
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        if _mark(organization, code) not in taken:
            return code


def _mark(organization: int, code: str) -> str:
    return mac(f"{organization} {code}".encode(), use="session code").hex()


def _session_of(code: str, *, organization: int, at: datetime) -> Session:
    digits = "".join(code.split())
    row = (
        SessionCode.objects.select_related("session__site")
        .filter(organization_id=organization, code_mark=_mark(organization, digits), ends_at__gt=at)
        .first()
    )
    if row is None or row.session.cancelled_at is not None:
        raise Cannot(WRONG, field="code")
    return row.session


@transaction.atomic
def come_by_code(code: str, *, by: Actor, at: datetime) -> UUID:
    """Show with the room's code that the signed-in patient is there; the session it is.

    Raises `Cannot` in one sentence, whether the code is wrong or belongs to a session that isn't theirs.
    """
    person = open_patient(own_patient(by=by), kind="check_in", by=by, at=at, verb="change")
    session = _session_of(code, organization=by.organization, at=at)
    seat = Appointment.objects.filter(session=session, patient=person, released_at__isnull=True).first()
    if seat is None:
        raise Cannot(WRONG, field="code")
    _come(seat, session, person, "code", by=by, at=at)
    return session.uid


def session_at_kiosk(code: str, *, kiosk: KioskHere, at: datetime) -> UUID:
    """The session at the kiosk's site whose code this is. Raises `Cannot`."""
    session = _session_of(code, organization=kiosk.organization, at=at)
    if not Kiosk.objects.filter(uid=kiosk.uid, site=session.site_id, ended_at__isnull=True).exists():
        raise Cannot(WRONG, field="code")
    return session.uid


@transaction.atomic
def find_self(
    session: UUID, *, who: str, born_month: int, born_day: int, kiosk: KioskHere, at: datetime
) -> UUID:
    """The person at a kiosk among those expected: `who` are their two initials or their number. Their public id.

    Records that they are there. Raises `Cannot` with one sentence for nobody, for several, and for a wrong birthday.
    """
    public = the_public(kiosk.organization)
    found = find_session(session, by=public)
    asked = "".join(character for character in who.casefold() if character.isalnum())
    fits = [seat for seat in seated_at(found) if _is(seat.patient, asked, (born_month, born_day))]
    if len(fits) != 1:
        raise Cannot(NOBODY, field="who")
    seat = fits[0]
    by = at_kiosk(seat.patient.uid, kiosk=kiosk)
    open_patient(seat.patient.uid, kind="check_in", by=by, at=at, verb="change")
    if not check_out_time(found, times_of(found), at=at):
        _come(seat, found, seat.patient, "kiosk", by=by, at=at)
    return seat.patient.uid


def at_kiosk(patient: UUID, *, kiosk: KioskHere) -> Actor:
    """Whoever found themselves at a kiosk, as the one who acts: their own record and no other."""
    found = Patient.objects.get(organization_id=kiosk.organization, uid=patient)
    someone = the_public(kiosk.organization)
    return replace(someone, roles=frozenset({"patient"}), patient=found.pk, surface="kiosk")


def _is(person: Patient, asked: str, birthday: tuple[int, int]) -> bool:
    if person.birth_date is None or (person.birth_date.month, person.birth_date.day) != birthday:
        return False
    first_names = {person.given_name, person.preferred_name} - {""}
    initials = {f"{name[0]}{person.family_name[:1]}".casefold() for name in first_names}
    return asked == str(person.number) or asked in initials


def _come(seat: Appointment, session: Session, person: Patient, way: str, *, by: Actor, at: datetime) -> None:
    """The proof, once; with a check-in it makes an arrival."""
    Presence.objects.get_or_create(
        session=session,
        patient=person,
        way__in=("code", "kiosk"),
        defaults={
            "organization_id": by.organization,
            "session": session,
            "patient": person,
            "way": way,
            "last_seen_at": at,
            "recorded_at": at,
        },
    )
    seat.session = session
    record_arrival(seat, times_of(session), by=by, at=at)
