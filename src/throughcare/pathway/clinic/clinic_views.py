"""The clinic as its administrators see it: sites and rooms, staff, settings, holidays, and what is still to do."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.credentials import may_cosign
from throughcare.knowledge.program_settings import ALL as SETTINGS
from throughcare.knowledge.program_settings import ProgramSetting
from throughcare.knowledge.recording.cosigning import needs_cosignature
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.roles import STAFF
from throughcare.knowledge.states import STATES
from throughcare.knowledge.tracks import WEEKDAYS
from throughcare.knowledge.week_rules import say_times
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.clinic.clinic import ROOM_KINDS
from throughcare.pathway.people.people import zone_for
from throughcare.pathway.signing_in.access import find_account
from throughcare.records.organizations import Holiday, SettingChange, Site
from throughcare.records.people import Account, Practitioner, RoleGrant
from throughcare.records.timetables import Group, Room, Shift, Skill


@dataclass(frozen=True)
class RoomLine:
    """An open room."""

    uid: UUID
    name: str
    kind: str
    capacity: int


@dataclass(frozen=True)
class SiteLine:
    """A site with its open rooms."""

    uid: UUID
    name: str
    time_zone: str
    address: str
    state: str
    rooms: tuple[RoomLine, ...]


@dataclass(frozen=True)
class ShiftLine:
    """A weekly shift that holds now or later."""

    uid: UUID
    weekday: int
    site: str
    words: str
    from_date: date
    until_date: date | None


@dataclass(frozen=True)
class StaffLine:
    """Someone who signs in here; `practitioner` is None for those who don't treat."""

    account: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    suspended: bool
    practitioner: UUID | None
    credential: str
    skills: tuple[str, ...]
    shifts: tuple[ShiftLine, ...]
    site: str
    supervisor: UUID | None
    supervisor_name: str
    needs_supervisor: bool

    @property
    def role_titles(self) -> str:
        """The roles in words."""
        return ", ".join(ROLES[role].title for role in self.roles)


@dataclass(frozen=True)
class SettingLine:
    """A number of the program: what holds today, the default, and a change that is still to come."""

    setting: ProgramSetting
    value: int | float
    coming: tuple[tuple[date, int | float], ...]

    @property
    def is_own(self) -> bool:
        """Whether the program set it differently."""
        return self.value != self.setting.value


@dataclass(frozen=True)
class HolidayLine:
    """A day on which a site, or every site, is closed."""

    day: date
    name: str
    site: str


@dataclass(frozen=True)
class ClinicView:
    """The clinic's set-up in numbers and lists."""

    sites: tuple[SiteLine, ...]
    staff: tuple[StaffLine, ...]
    holidays: tuple[HolidayLine, ...]
    groups: int
    own_settings: int

    @property
    def rooms(self) -> int:
        """How many rooms are open."""
        return sum(len(site.rooms) for site in self.sites)

    @property
    def practitioners(self) -> int:
        """How many people who treat work here."""
        return sum(one.practitioner is not None and not one.suspended for one in self.staff)


def clinic_view(*, by: Actor, at: datetime) -> ClinicView:
    """Everything on the clinic's page, in queries that don't grow."""
    today = local_day(at, zone_for(by))
    rooms: dict[int, list[RoomLine]] = defaultdict(list)
    for room in Room.objects.filter(organization_id=by.organization, closed_at__isnull=True).order_by("name"):
        rooms[room.site_id].append(
            RoomLine(room.uid, room.name, ROOM_KINDS.get(room.kind, room.kind), room.capacity)
        )
    sites = Site.objects.filter(organization_id=by.organization).order_by("name", "pk")
    closed = Holiday.objects.filter(organization_id=by.organization, day__gte=today).select_related("site")
    return ClinicView(
        sites=tuple(
            SiteLine(
                site.uid,
                site.name,
                site.time_zone,
                site.address,
                STATES.get(site.state, ""),
                tuple(rooms[site.pk]),
            )
            for site in sites
        ),
        staff=tuple(list_staff(by=by, at=at)),
        holidays=tuple(
            HolidayLine(row.day, row.name, row.site.name if row.site else "Every site")
            for row in closed.order_by("day", "pk")
        ),
        groups=Group.objects.filter(organization_id=by.organization, ended_date__isnull=True).count(),
        own_settings=sum(line.is_own for line in list_settings(by=by, at=at)),
    )


def list_staff(*, by: Actor, at: datetime, only: Account | None = None) -> list[StaffLine]:
    """Everyone who works here, by name, in four queries. Who signs in as a patient or as family isn't among them."""
    held = RoleGrant.objects.filter(account=OuterRef("pk"))
    accounts = Account.objects.filter(organization_id=by.organization).exclude(
        ~Exists(held.filter(role__in=STAFF)), Exists(held.exclude(role__in=STAFF))
    )
    if only is not None:
        accounts = accounts.filter(pk=only.pk)
    everyone = sorted(accounts.prefetch_related("role_grants"), key=lambda one: (one.name, one.pk))
    treating = {
        row.account_id: row
        for row in Practitioner.objects.filter(account__in=accounts).select_related("site", "supervisor")
    }
    skills: dict[int, list[str]] = defaultdict(list)
    shifts: dict[int, list[ShiftLine]] = defaultdict(list)
    for skill in Skill.objects.filter(practitioner__in=treating.values()).order_by("skill"):
        skills[skill.practitioner_id].append(skill.skill)
    since = local_day(at, zone_for(by)) - timedelta(days=1)
    rows = Shift.objects.filter(practitioner__in=treating.values()).exclude(until_date__lte=since)
    for shift in rows.select_related("site").order_by("weekday", "starts"):
        shifts[shift.practitioner_id].append(_shift(shift))
    return [_staff(account, treating.get(account.pk), skills=skills, shifts=shifts) for account in everyone]


def _shift(shift: Shift) -> ShiftLine:
    return ShiftLine(
        shift.uid,
        shift.weekday,
        shift.site.name,
        f"{WEEKDAYS[shift.weekday]}s, {say_times(shift.starts, shift.ends)}",
        shift.from_date,
        shift.until_date,
    )


def _staff(
    account: Account,
    who: Practitioner | None,
    *,
    skills: dict[int, list[str]],
    shifts: dict[int, list[ShiftLine]],
) -> StaffLine:
    key = who.pk if who else 0
    above = who.supervisor if who and who.supervisor and who.supervisor.left_at is None else None
    return StaffLine(
        account=account.uid,
        name=account.name,
        email=account.email,
        roles=tuple(sorted(one.role for one in account.role_grants.all() if one.ended_at is None)),
        suspended=account.suspended_at is not None,
        practitioner=who.uid if who else None,
        credential=who.credential if who else "",
        skills=tuple(skills.get(key, ())),
        shifts=tuple(shifts.get(key, ())),
        site=who.site.name if who else "",
        supervisor=above.uid if above else None,
        supervisor_name=f"{above.given_name} {above.family_name}, {above.credential}" if above else "",
        needs_supervisor=who is not None and needs_cosignature(who.credential),
    )


def staff_member(account: UUID, *, by: Actor, at: datetime) -> StaffLine:
    """One person's line."""
    found = list_staff(by=by, at=at, only=find_account(account, by=by))
    if not found:
        raise Absent("account")
    return found[0]


def list_settings(*, by: Actor, at: datetime) -> list[SettingLine]:
    """Every number of the program as it holds today, in one query."""
    today = local_day(at, zone_for(by))
    changes: dict[str, list[tuple[date, int | float]]] = defaultdict(list)
    rows = SettingChange.objects.filter(organization_id=by.organization).order_by("effective_date", "pk")
    for row in rows:
        changes[row.key].append((row.effective_date, row.value))
    lines = []
    for key, setting in SETTINGS.items():
        past = [value for day, value in changes[key] if day <= today]
        coming = tuple((day, value) for day, value in changes[key] if day > today)
        lines.append(SettingLine(setting, past[-1] if past else setting.value, coming))
    return lines


def setting_line(key: str, *, by: Actor, at: datetime) -> SettingLine:
    """One number of the program. Raises `Absent` for an unknown key."""
    for line in list_settings(by=by, at=at):
        if line.setting.key == key:
            return line
    raise Absent("setting")


def supervisor_choices(*, by: Actor) -> list[tuple[str, str]]:
    """Who may co-sign another's notes: public ids of practitioners who work here, with name and credential."""
    rows = Practitioner.objects.filter(organization_id=by.organization, left_at__isnull=True)
    able = [row for row in rows.order_by("family_name", "pk") if may_cosign(row.credential)]
    return [(str(row.uid), f"{row.given_name} {row.family_name}, {row.credential}") for row in able]


def today_at_clinic(*, by: Actor, at: datetime) -> date:
    """What day it is at the organization's first site."""
    return local_day(at, zone_for(by))
