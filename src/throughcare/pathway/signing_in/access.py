"""Who may sign in as what: roles per site, and second factors that are lost."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.accounts import grant_role
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.people.colleagues import guard_new_colleague
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.pathway.signing_in.factors import factors_of, remove_every_factor
from throughcare.pathway.signing_in.sign_ins import end_sign_ins_of
from throughcare.records.organizations import Site
from throughcare.records.people import Account, RoleGrant
from throughcare.records.signing_in import FactorRecovery


@dataclass(frozen=True)
class GrantLine:
    """A role that someone holds, and where."""

    uid: UUID
    role: str
    site: str
    since: datetime


@dataclass(frozen=True)
class RecoveryLine:
    """A lost factor that waits for a second person."""

    uid: UUID
    account: UUID
    name: str
    reason: str
    asked_by: str
    asked_at: datetime
    mine: bool


@dataclass(frozen=True)
class AccountPage:
    """How someone signs in, for administrators: no secret is among it."""

    account: UUID
    name: str
    email: str
    suspended: bool
    has_password: bool
    factor: str
    grants: tuple[GrantLine, ...]
    recovery: RecoveryLine | None
    is_me: bool


def find_account(account: UUID, *, by: Actor) -> Account:
    """The organization's account with this public id. Raises `Absent`."""
    row = Account.objects.filter(organization_id=by.organization, uid=account).first()
    if row is None:
        raise Absent("account")
    return row


def _require_administrator(by: Actor) -> None:
    if not by.holds("admin", "director", "program"):
        raise Cannot("Only an administrator or the clinical director may change who signs in.")


def account_page(account: UUID, *, by: Actor) -> AccountPage:
    """How someone signs in, and where they hold which role."""
    _require_administrator(by)
    row = find_account(account, by=by)
    held = factors_of(row.pk)
    kinds = [word for word, there in (("an app", held.app), ("a passkey", held.passkeys)) if there]
    grants = RoleGrant.objects.filter(account=row, ended_at__isnull=True).select_related("site")
    lines = [
        GrantLine(
            one.uid, ROLES[one.role].title, one.site.name if one.site else "Every site", one.recorded_at
        )
        for one in grants.order_by("pk")
    ]
    waiting = open_recoveries(by=by, account=row.pk)
    return AccountPage(
        account=row.uid,
        name=row.name,
        email=row.email,
        suspended=row.suspended_at is not None,
        has_password=row.has_usable_password(),
        factor=" and ".join(kinds).capitalize(),
        grants=tuple(lines),
        recovery=waiting[0] if waiting else None,
        is_me=row.pk == by.account,
    )


@transaction.atomic
def give_role(account: UUID, role: str, *, site: UUID | None, by: Actor, at: datetime) -> None:
    """Let someone hold a role at one site, or everywhere."""
    _require_administrator(by)
    row = find_account(account, by=by)
    place = None
    if site is not None:
        place = Site.objects.filter(organization_id=by.organization, uid=site).first()
        if place is None:
            raise Absent("site")
    held = RoleGrant.objects.filter(account=row, role=role, site=place, ended_at__isnull=True)
    if held.exists():
        raise Cannot(f"{row.name} holds this role there already.", field="role")
    grant_role(row, role, site=place, by=by, at=at)
    if role in STAFF:
        guard_new_colleague(row, by=by, at=at)


@transaction.atomic
def end_role(account: UUID, grant: UUID, *, by: Actor, at: datetime) -> None:
    """End a role of someone; the row stays with its end."""
    _require_administrator(by)
    row = find_account(account, by=by)
    held = RoleGrant.objects.filter(account=row, uid=grant, ended_at__isnull=True).first()
    if held is None:
        raise Absent("role")
    others = RoleGrant.objects.filter(account=row, role="admin", ended_at__isnull=True).exclude(pk=held.pk)
    if row.pk == by.account and held.role == "admin" and not others.exists():
        raise Cannot("You can't take the administrator's role from yourself.")
    RoleGrant.objects.filter(pk=held.pk).update(ended_at=at)


def open_recoveries(*, by: Actor, account: int | None = None) -> list[RecoveryLine]:
    """Lost factors of this organization that wait for a second person, oldest first."""
    _require_administrator(by)
    rows = FactorRecovery.objects.filter(
        organization_id=by.organization, agreed_at__isnull=True, stopped_at__isnull=True
    ).select_related("account", "recorded_by")
    if account is not None:
        rows = rows.filter(account_id=account)
    return [
        RecoveryLine(
            row.uid,
            row.account.uid,
            row.account.name,
            row.reason,
            row.recorded_by.name if row.recorded_by else "",
            row.recorded_at,
            row.recorded_by_id == by.account,
        )
        for row in rows.order_by("pk")
    ]


@transaction.atomic
def start_factor_recovery(account: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """Say that someone lost their second factor; the person is told at once, and nothing changes yet."""
    _require_administrator(by)
    row = find_account(account, by=by)
    if row.pk == by.account:
        raise Cannot("Ask another administrator: nobody recovers their own second step.")
    if not factors_of(row.pk).any:
        raise Cannot(f"{row.name} has no second step that could be lost.")
    try:
        with transaction.atomic():
            FactorRecovery.objects.create(
                organization_id=by.organization,
                account=row,
                reason=reason,
                recorded_by_id=by.account,
                recorded_at=at,
            )
    except IntegrityError:
        raise Cannot("This waits for a second person already.") from None
    queue_mail(row, "factor_lost", at=at)


@transaction.atomic
def agree_to_recovery(recovery: UUID, *, by: Actor, at: datetime) -> UUID:
    """A second person agrees: the factors are taken off and every session of the account ends. The account's id."""
    row = _open_recovery(recovery, by=by)
    if by.account in (row.recorded_by_id, row.account_id):
        raise Cannot("A second administrator or director has to agree, not the one who asked.")
    remove_every_factor(row.account_id)
    end_sign_ins_of(row.account_id, at=at)
    FactorRecovery.objects.filter(pk=row.pk).update(agreed_at=at, decided_by_id=by.account)
    queue_mail(row.account, "factor_changed", at=at)
    return row.account.uid


@transaction.atomic
def stop_recovery(recovery: UUID, *, by: Actor, at: datetime) -> UUID:
    """Someone takes it back or says no; the factors stay. The account's id."""
    row = _open_recovery(recovery, by=by)
    FactorRecovery.objects.filter(pk=row.pk).update(stopped_at=at)
    return row.account.uid


def _open_recovery(recovery: UUID, *, by: Actor) -> FactorRecovery:
    _require_administrator(by)
    row = (
        FactorRecovery.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(
            organization_id=by.organization, uid=recovery, agreed_at__isnull=True, stopped_at__isnull=True
        )
        .first()
    )
    if row is None:
        raise Absent("recovery")
    return row
