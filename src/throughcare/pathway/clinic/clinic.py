"""How the clinic is set up, and changed while it runs: first day, rooms, staff, shifts, holidays."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from throughcare.knowledge.canceling import CLOSED
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.recording.cosigning import check_supervisor
from throughcare.knowledge.roles import STAFF
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.accounts import grant_role
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.clinic.founding import NewStaff, find_site, found_organization, hire, open_site
from throughcare.pathway.clinic.group_places import Places
from throughcare.pathway.people.colleagues import guard_new_colleague
from throughcare.pathway.people.people import zone_for
from throughcare.pathway.signing_in.access import find_account
from throughcare.pathway.signing_in.links import invite
from throughcare.pathway.signing_in.sign_ins import end_sign_ins_of
from throughcare.records.organizations import Holiday, Organization
from throughcare.records.people import Account, Practitioner, RoleGrant
from throughcare.records.sessions import Session, SessionStaff
from throughcare.records.timetables import Group, GroupFacilitator, Room, Shift, Skill

ROOM_KINDS = {
    "group": "Group room",
    "large": "Large room",
    "family": "Family room",
    "office": "Office",
    "exam": "Exam room",
    "art": "Studio",
    "other": "Other",
}


@dataclass(frozen=True)
class FirstClinic:
    """What the first run asks: the organization, its first site, its first administrator."""

    organization: str
    phone: str
    site: str
    time_zone: str
    address: str
    given_name: str
    family_name: str
    email: str


@transaction.atomic
def set_up_clinic(first: FirstClinic, *, password: str, at: datetime) -> UUID:
    """Found the organization with a site and an administrator; the account's public id. Only in an empty database."""
    if Organization.objects.exists():
        raise Cannot("A clinic is set up here already. Sign in instead.")
    return _found(first, password=password, at=at)[1]


@transaction.atomic
def open_another_organization(first: FirstClinic, *, at: datetime) -> tuple[UUID, str]:
    """Found one more organization in this installation: its public id, and the first administrator's invitation.

    The two know nothing of each other. Raises `Cannot`, for instance when the address is taken.
    """
    key, account = _found(first, password=None, at=at)
    return Organization.objects.get(pk=key).uid, invite(account, by=the_program(key), at=at)


def _found(first: FirstClinic, *, password: str | None, at: datetime) -> tuple[int, UUID]:
    organization = found_organization(
        first.organization, neutral_name=first.organization, phone=first.phone, at=at
    )
    program = the_program(organization)
    site = open_site(first.site, time_zone=first.time_zone, address=first.address, by=program, at=at)
    staff = NewStaff(first.given_name, first.family_name, first.email, ("admin",))
    return organization, hire(site, staff, password=password, by=program, at=at)


def close_room(room: UUID, *, by: Actor, at: datetime) -> None:
    """Close a room. Refused while groups or sessions to come are held in it."""
    require_administrator(by)
    row = Room.objects.filter(organization_id=by.organization, uid=room, closed_at__isnull=True).first()
    if row is None:
        raise Absent("room")
    names = sorted(group.name for group in _meeting_in(row, today=at.date()))
    if names:
        raise Cannot(
            f"{', '.join(names)} meet{'s' if len(names) == 1 else ''} in {row.name}. Move them first."
        )
    booked = Session.objects.filter(room=row, starts_at__gt=at, cancelled_at__isnull=True).count()
    if booked:
        raise Cannot(f"{booked} sessions to come are booked in {row.name}. Move them first.")
    Room.objects.filter(pk=row.pk).update(closed_at=at)


def _meeting_in(room: Room, *, today: date) -> list[Group]:
    """The groups that are held in a room today or later."""
    groups = Group.objects.filter(Q(room=room) | Q(places__room=room)).select_related("room").distinct()
    running = list(groups.filter(Q(ended_date__isnull=True) | Q(ended_date__gte=today)))
    places = Places(running)
    return [
        group
        for group in running
        if any(place.room == room for place in places.between(group, today, date.max))
    ]


@transaction.atomic
def suspend_staff(account: UUID, *, by: Actor, at: datetime) -> None:
    """Let someone sign in no more. What they were to lead is without a leader from now on, and the week says so."""
    require_administrator(by)
    row = find_account(account, by=by)
    if row.pk == by.account:
        raise Cannot("You can't suspend yourself. Ask another administrator.")
    if row.suspended_at is not None:
        raise Cannot(f"{row.name} is suspended already.")
    Account.objects.filter(pk=row.pk).update(suspended_at=at)
    end_sign_ins_of(row.pk, at=at)
    who = Practitioner.objects.filter(account=row).select_related("site").first()
    if who is None:
        return
    Practitioner.objects.filter(pk=who.pk).update(left_at=at)
    today = local_day(at, who.site.time_zone)
    running = GroupFacilitator.objects.filter(practitioner=who).exclude(until_date__lt=today)
    running.update(until_date=today - timedelta(days=1))
    SessionStaff.objects.filter(practitioner=who, session__starts_at__gt=at).delete()


@transaction.atomic
def bring_back_staff(account: UUID, *, by: Actor, at: datetime) -> None:
    """Let someone who was suspended sign in again; what they led before is given to them anew, group by group."""
    require_administrator(by)
    row = find_account(account, by=by)
    if row.suspended_at is None:
        raise Cannot(f"{row.name} is not suspended.")
    Account.objects.filter(pk=row.pk).update(suspended_at=None)
    Practitioner.objects.filter(account=row).update(left_at=None)


@transaction.atomic
def set_roles(account: UUID, roles: tuple[str, ...], *, by: Actor, at: datetime) -> None:
    """Give an account exactly these roles, everywhere; the ones that end are kept with their end."""
    require_administrator(by)
    row = find_account(account, by=by)
    held = RoleGrant.objects.filter(account=row, ended_at__isnull=True)
    if row.pk == by.account and "admin" not in roles and held.filter(role="admin").exists():
        raise Cannot("You can't take the administrator's role from yourself.", field="roles")
    held.exclude(role__in=roles).update(ended_at=at)
    there = set(held.values_list("role", flat=True))
    for role in roles:
        if role not in there:
            grant_role(row, role, by=by, at=at)
    if STAFF.intersection(roles):
        guard_new_colleague(row, by=by, at=at)


@transaction.atomic
def set_skills(practitioner: UUID, skills: tuple[str, ...], *, by: Actor, at: datetime) -> None:
    """Enter exactly these skills for a practitioner."""
    require_administrator(by)
    row = Practitioner.objects.filter(organization_id=by.organization, uid=practitioner).first()
    if row is None:
        raise Absent("practitioner")
    unknown = set(skills) - {kind.skill for kind in SESSION_TYPES.values()}
    if unknown:
        raise Cannot(f"“{sorted(unknown)[0]}” is not a skill that any session needs.", field="skills")
    Skill.objects.filter(practitioner=row).exclude(skill__in=skills).delete()
    there = set(Skill.objects.filter(practitioner=row).values_list("skill", flat=True))
    Skill.objects.bulk_create(
        Skill(
            organization_id=by.organization,
            practitioner=row,
            skill=skill,
            recorded_by_id=by.account,
            recorded_at=at,
        )
        for skill in skills
        if skill not in there
    )


def supervise(practitioner: UUID, supervisor: UUID | None, *, by: Actor, at: datetime) -> None:
    """Name who supervises a practitioner and co-signs their notes; None for nobody."""
    require_administrator(by)
    staff = Practitioner.objects.filter(organization_id=by.organization)
    row = staff.filter(uid=practitioner).first()
    if row is None:
        raise Absent("practitioner")
    above = staff.filter(uid=supervisor, left_at__isnull=True).first() if supervisor else None
    if supervisor and above is None:
        raise Cannot("Choose a supervisor who works here.", field="supervisor")
    if above is not None:
        verdict = check_supervisor(above.credential, is_self=above.pk == row.pk)
        if isinstance(verdict, Refused):
            raise Cannot(verdict.because, cite=verdict.cite, field="supervisor")
    Practitioner.objects.filter(pk=row.pk).update(supervisor=above)


def end_shift(shift: UUID, *, until_date: date, by: Actor, at: datetime) -> None:
    """End a weekly shift after a day."""
    require_administrator(by)
    row = Shift.objects.filter(organization_id=by.organization, uid=shift).first()
    if row is None:
        raise Absent("shift")
    Shift.objects.filter(pk=row.pk).update(until_date=max(until_date, row.from_date - timedelta(days=1)))


@transaction.atomic
def add_holiday(day: date, *, name: str, site: UUID | None = None, by: Actor, at: datetime) -> int:
    """Close one site, or every one, for a day; sessions of that day are canceled. How many were."""
    require_administrator(by)
    if not name.strip():
        raise Cannot("Give the day a name, such as Labor Day.", field="name")
    if day < local_day(at, zone_for(by)) and not by.holds("program"):
        raise Cannot("Choose today or a later day.", field="day")
    place = find_site(site, by=by) if site else None
    if Holiday.objects.filter(organization_id=by.organization, day=day, site=place).exists():
        raise Cannot("That day is closed already.", field="day")
    Holiday.objects.create(
        organization_id=by.organization,
        site=place,
        day=day,
        name=name.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    coming = Session.objects.filter(organization_id=by.organization, local_day=day, starts_at__gt=at)
    if place is not None:
        coming = coming.filter(site=place)
    return coming.filter(cancelled_at__isnull=True).update(
        cancelled_at=at, cancelled_how=CLOSED, cancelled_because=f"Closed: {name.strip()}"
    )


def require_administrator(by: Actor) -> None:
    """Raise `Cannot` unless `by` may change how the clinic is set up."""
    if not by.holds("admin", "director", "program"):
        raise Cannot("Only an administrator or the clinical director may change how the clinic is set up.")
