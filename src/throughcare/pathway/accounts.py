"""Accounts: who signs in, which roles they hold."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.roles import ALL as ROLES
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.prepared import prepared
from throughcare.records.consents import PatientAccount
from throughcare.records.organizations import Organization, Site
from throughcare.records.people import Account, RoleGrant, mark_of_email

OWN_RECORD = frozenset({"patient", "alumnus"})


def actor_for(account: int) -> Actor | None:
    """The actor for an account's key, in one query; None when it is suspended or gone."""
    rows = _account_with_roles(account)
    if not rows:
        return None
    organization, organization_name, uid, name, practitioner, credential, left_at, zone, *_ = rows[0]
    grants = frozenset((role, site) for *_, role, site, ended in rows if role and ended is None)
    treats = practitioner is not None and left_at is None
    return Actor(
        organization=organization,
        roles=frozenset(role for role, _ in grants),
        name=name,
        account=account,
        account_uid=uid,
        practitioner=practitioner if treats else None,
        credential=credential if treats else "",
        organization_name=organization_name,
        time_zone=zone if treats else _first_zone(organization),
        grants=grants,
        patient=_own_record(account) if any(role in OWN_RECORD for role, _ in grants) else None,
    )


@prepared
def _account_with_roles(account: int) -> QuerySet[Account, tuple[Any, ...]]:
    return Account.objects.filter(pk=account, suspended_at__isnull=True).values_list(*_OF_AN_ACTOR)


# A row for each role ever granted; the columns before the roles' are the same in all of them.
_OF_AN_ACTOR = (
    "organization_id",
    "organization__name",
    "uid",
    "name",
    "practitioner__pk",
    "practitioner__credential",
    "practitioner__left_at",
    "practitioner__site__time_zone",
    "role_grants__role",
    "role_grants__site_id",
    "role_grants__ended_at",
)


def _first_zone(organization: int) -> str:
    site = first_site(organization)
    return site.time_zone if site else "UTC"


def _own_record(account: int) -> int | None:
    """The key of the patient whose own account this is."""
    own = PatientAccount.objects.filter(account=account, ended_at__isnull=True)
    return own.values_list("patient", flat=True).first()


@transaction.atomic
def open_account(
    email: str,
    *,
    name: str,
    password: str | None,
    roles: tuple[str, ...],
    by: Actor,
    at: datetime,
    site: Site | None = None,
    encoded: str = "",
) -> Account:
    """Create an account with its roles; `encoded` is a password hashed before, in place of `password`.

    Raises `Cannot` when the address is taken or a role is unknown.
    """
    if not by.holds("admin", "program"):
        raise Cannot("Only an administrator may open accounts.")
    address = email.strip().lower()
    if Account.objects.with_email(address).exists():
        raise Cannot("Someone signs in with this e-mail address already.", field="email")
    account = Account.objects.create(
        organization_id=by.organization,
        email=address,
        email_mark=mark_of_email(address),
        name=name.strip(),
        password=encoded or make_password(password),
        created_at=at,
    )
    for role in roles:
        grant_role(account, role, site=site, by=by, at=at)
    return account


def grant_role(
    account: Account, role: str, *, by: Actor, at: datetime, site: Site | None = None
) -> RoleGrant:
    """Let an account hold a role, everywhere or at one site."""
    if role not in ROLES:
        raise Cannot(f"There is no role called “{role}”.", field="roles")
    return RoleGrant.objects.create(
        organization_id=account.organization_id,
        account=account,
        role=role,
        site=site,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def first_site(organization: int) -> Site | None:
    """The site that the organization opened first: whose clocks count for those who belong to none."""
    return Site.objects.filter(organization_id=organization).order_by("pk").first()


def organization_of(uid: UUID) -> Organization | None:
    """The organization with this public id."""
    return Organization.objects.filter(uid=uid).first()
