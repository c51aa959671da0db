"""Where people are signed in: begun, used, listed, ended. An ended one is dead at its next request."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction

from throughcare.knowledge.roles import STAFF
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.program_settings import numbers
from throughcare.records.people import Account, RoleGrant
from throughcare.records.signing_in import SignIn

IDLE, ABSOLUTE, PROOF = "signing_in.idle_minutes", "signing_in.longest_hours", "signing_in.proof_minutes"
LONGEST_LIST = 50


@dataclass(frozen=True)
class Limits:
    """How long a session may idle, last at all, and count as proof for signing; in seconds."""

    idle: int
    absolute: int
    proof: int


@dataclass(frozen=True)
class SignInLine:
    """One browser in which someone is or was signed in."""

    uid: UUID
    device: str
    how: str
    began_at: datetime
    last_used_at: datetime
    here: bool


def limits_for(organization: int, *, at: datetime) -> Limits:
    """The limits that the organization has set."""
    found = numbers(IDLE, ABSOLUTE, PROOF, organization=organization, on=at.date())
    return Limits(
        idle=int(found[IDLE] * 60), absolute=int(found[ABSOLUTE] * 3600), proof=int(found[PROOF] * 60)
    )


def is_staff(account: int) -> bool:
    """Whether the account holds a role of staff."""
    return RoleGrant.objects.filter(account_id=account, ended_at__isnull=True, role__in=STAFF).exists()


def begin_sign_in(account: int, *, mark: str, device: str, how: str, at: datetime) -> None:
    """Note that an account is signed in somewhere; `mark` is the fingerprint of the session."""
    SignIn.objects.create(
        organization_id=Account.objects.values_list("organization_id", flat=True).get(pk=account),
        account_id=account,
        session_mark=mark,
        device=device[:60],
        how=how,
        last_used_at=at,
        recorded_by_id=account,
        recorded_at=at,
    )


def use_sign_in(mark: str, *, at: datetime) -> None:
    """Note that it was used just now."""
    SignIn.objects.filter(session_mark=mark).update(last_used_at=at)


def move_sign_in(before: str, after: str, *, at: datetime) -> None:
    """The same browser goes on under a new key."""
    SignIn.objects.filter(session_mark=before).update(session_mark=after, last_used_at=at)


def my_sign_ins(*, by: Actor, here: str, at: datetime) -> list[SignInLine]:
    """Where I am signed in, this browser first."""
    rows = SignIn.objects.filter(
        organization_id=by.organization,
        account_id=by.account or 0,
        ended_at__isnull=True,
        recorded_at__gt=at - timedelta(days=1),
    )
    lines = [
        SignInLine(row.uid, row.device, row.how, row.recorded_at, row.last_used_at, row.session_mark == here)
        for row in rows.order_by("-last_used_at")[:LONGEST_LIST]
    ]
    return sorted(lines, key=lambda line: not line.here)


def end_my_sign_in(sign_in: UUID, *, by: Actor, at: datetime) -> None:
    """Sign out in another browser of mine."""
    row = SignIn.objects.filter(
        organization_id=by.organization, account_id=by.account or 0, uid=sign_in, ended_at__isnull=True
    ).first()
    if row is None:
        raise Absent("sign-in")
    _end([row.session_mark], at=at)


def end_mark(mark: str, *, at: datetime) -> None:
    """Note that someone signed out here."""
    _end([mark], at=at)


def end_sign_ins_of(account: int, *, at: datetime, but: str = "") -> int:
    """Sign an account out everywhere, or everywhere `but` in one browser; how many were ended."""
    rows = SignIn.objects.filter(account_id=account, ended_at__isnull=True).exclude(session_mark=but)
    return _end(list(rows.values_list("session_mark", flat=True)), at=at)


@transaction.atomic
def _end(marks: list[str], *, at: datetime) -> int:
    Session.objects.filter(session_key__in=marks).delete()
    return SignIn.objects.filter(session_mark__in=marks, ended_at__isnull=True).update(ended_at=at)


def sweep_sessions(*, at: datetime) -> str:
    """Throw away sessions and kept forms that are over."""
    from throughcare.pathway.signing_in.held_forms import sweep_held_forms

    over, _ = Session.objects.filter(expire_date__lt=at).delete()
    return f"{over} sessions, {sweep_held_forms(at=at)} kept forms"
