"""Founding a clinic: the organization, its sites and rooms, the people who work there."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.credentials import ALL as CREDENTIALS
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.states import STATES
from throughcare.pathway.accounts import open_account
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.people.colleagues import guard_new_colleague
from throughcare.pathway.prepared import prepared
from throughcare.pathway.rows import only_row
from throughcare.records.organizations import Organization, Site
from throughcare.records.people import Account, Practitioner
from throughcare.records.timetables import Room, Shift, Skill


@dataclass(frozen=True)
class NewStaff:
    """What is asked of someone who starts to work here. `credential` empty: not a practitioner."""

    given_name: str
    family_name: str
    email: str
    roles: tuple[str, ...]
    credential: str = ""
    licence_number: str = ""
    gender: str = ""
    languages: tuple[str, ...] = ("en",)
    skills: tuple[str, ...] = ()


def found_organization(name: str, *, neutral_name: str, phone: str = "", at: datetime) -> int:
    """Start an organization; its key, which actors carry."""
    if not name.strip():
        raise Cannot("Give the organization a name.", field="name")
    return Organization.objects.create(
        name=name.strip(), neutral_name=(neutral_name or name).strip(), phone=phone, founded_at=at
    ).pk


def open_site(
    name: str,
    *,
    time_zone: str,
    by: Actor,
    at: datetime,
    address: str = "",
    phone: str = "",
    state: str = "",
) -> UUID:
    """Open a site. Raises `Cannot` for an unknown time zone or state, or a name that is taken."""
    _require_administrator(by)
    if time_zone not in available_timezones():
        raise Cannot(
            f"“{time_zone}” is not a time zone. Choose one such as America/New_York.", field="time_zone"
        )
    _check_state(state)
    if Site.objects.filter(organization_id=by.organization, name=name).exists():
        raise Cannot("A site with this name is open already.", field="name")
    return Site.objects.create(
        organization_id=by.organization,
        name=name,
        time_zone=time_zone,
        address=address,
        phone=phone,
        state=state,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def _check_state(state: str) -> None:
    if state and state not in STATES:
        raise Cannot("Choose the state.", field="state")


def set_state(site: UUID, state: str, *, by: Actor) -> None:
    """Say in which state a site is: its law decides who signs for a minor."""
    _require_administrator(by)
    _check_state(state)
    Site.objects.filter(pk=find_site(site, by=by).pk).update(state=state)


def add_room(site: UUID, *, name: str, kind: str, capacity: int, by: Actor, at: datetime) -> UUID:
    """Add a room to a site."""
    _require_administrator(by)
    place = find_site(site, by=by)
    if capacity < 1:
        raise Cannot("A room holds at least one person.", field="capacity")
    if Room.objects.filter(site=place, name=name).exists():
        raise Cannot(f"{place.name} has a room called {name} already.", field="name")
    return Room.objects.create(
        organization_id=by.organization,
        site=place,
        name=name,
        kind=kind,
        capacity=capacity,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def hire(
    site: UUID, staff: NewStaff, *, password: str | None, by: Actor, at: datetime, encoded: str = ""
) -> UUID:
    """Open an account with roles for someone who starts work and, with a credential, enter them as a practitioner.

    Returns the account's public id. `encoded` is a password hashed before: the demo's staff share one.
    """
    _require_administrator(by)
    place = find_site(site, by=by)
    if staff.credential and staff.credential not in CREDENTIALS:
        raise Cannot(f"“{staff.credential}” is not a credential we know.", field="credential")
    account = open_account(
        staff.email,
        name=f"{staff.given_name} {staff.family_name}".strip(),
        password=password,
        roles=staff.roles,
        by=by,
        at=at,
        encoded=encoded,
    )
    if staff.credential:
        _enter_practitioner(place, account, staff, by=by, at=at)
    guard_new_colleague(account, by=by, at=at)
    return account.uid


def _enter_practitioner(place: Site, account: Account, staff: NewStaff, *, by: Actor, at: datetime) -> None:
    unknown = set(staff.skills) - {kind.skill for kind in SESSION_TYPES.values()}
    if unknown:
        raise Cannot(f"“{sorted(unknown)[0]}” is not a skill that any session needs.", field="skills")
    practitioner = Practitioner.objects.create(
        organization_id=by.organization,
        account=account,
        given_name=staff.given_name,
        family_name=staff.family_name,
        credential=staff.credential,
        licence_number=staff.licence_number,
        gender=staff.gender,
        languages=list(staff.languages),
        site=place,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    Skill.objects.bulk_create(
        Skill(
            organization_id=by.organization,
            practitioner=practitioner,
            skill=skill,
            recorded_by_id=by.account,
            recorded_at=at,
        )
        for skill in staff.skills
    )


def set_shift(
    practitioner: UUID,
    site: UUID,
    *,
    weekday: int,
    starts: time,
    ends: time,
    from_date: date,
    by: Actor,
    at: datetime,
) -> UUID:
    """Enter when a practitioner works, weekly, in the site's wall-clock time (weekday 0 is Monday)."""
    _require_administrator(by)
    if ends <= starts:
        raise Cannot("A shift ends after it starts; split one that crosses midnight.", field="ends")
    found = Practitioner.objects.filter(organization_id=by.organization, uid=practitioner).first()
    if found is None:
        raise Absent("practitioner")
    return Shift.objects.create(
        organization_id=by.organization,
        practitioner=found,
        site=find_site(site, by=by),
        weekday=weekday,
        starts=starts,
        ends=ends,
        from_date=from_date,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def find_site(site: UUID, *, by: Actor) -> Site:
    """The organization's site with this public id. Raises `Absent`."""
    found = only_row(_site(by.organization, site))
    if found is None:
        raise Absent("site")
    return found


@prepared
def _site(organization: int, site: UUID) -> QuerySet[Site]:
    return Site.objects.filter(organization_id=organization, uid=site)


def _require_administrator(by: Actor) -> None:
    if not by.holds("admin", "director", "program"):
        raise Cannot("Only an administrator or the clinical director may change how the clinic is set up.")


def time_zones_in_use() -> list[str]:
    """The time zone of every site of this installation."""
    return sorted(set(Site.objects.values_list("time_zone", flat=True)))


def account_key(account: UUID) -> int:
    """The key of an account, for `accounts.actor_for`. Raises `Absent`."""
    found = Account.objects.filter(uid=account).first()
    if found is None:
        raise Absent("account")
    return found.pk


def practitioner_of(account: UUID) -> UUID:
    """The public id of the practitioner who signs in with this account. Raises `Absent`."""
    found = Practitioner.objects.filter(account__uid=account).first()
    if found is None:
        raise Absent("practitioner")
    return found.uid
