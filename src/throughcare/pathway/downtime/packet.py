"""The downtime packet of one site: who is expected today and tomorrow, how to reach and to keep safe whom we treat.

What is not in it: notes, the counseling notes kept apart, scores, anything that a day without the program can wait for.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.privacy.safe_ways import ALL as WAYS
from throughcare.pathway.actor import the_program
from throughcare.pathway.care_plan.plans_in_force import (
    ObjectiveChoice,
    objectives_in_force,
    versions_in_force,
)
from throughcare.pathway.downtime.on_duty import OnDuty, on_duty
from throughcare.pathway.holding import held
from throughcare.pathway.medication.listing import MedicationList, medication_list_of
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.safety_plan.newest import newest_plans
from throughcare.pathway.safety_plan.reading import view_of
from throughcare.pathway.session.session_rows import place_of
from throughcare.records.care_plans import PlanVersion
from throughcare.records.crises import Crisis
from throughcare.records.episodes import CareTeamMember, Stay
from throughcare.records.organizations import Site
from throughcare.records.people import Patient, RelatedPerson
from throughcare.records.sessions import Appointment, Session, SessionStaff

WORK = "downtime packet"
DAYS = 2


@dataclass(frozen=True)
class Meeting:
    """One session of the roster: `who` are those expected, by the names that they are called."""

    time: str
    title: str
    place: str
    led_by: str
    who: tuple[str, ...]


@dataclass(frozen=True)
class RosterDay:
    """The sessions of one day."""

    day: date
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True)
class Sheet:
    """One person's part: each list is lines to read; `crisis` says what of theirs is open now."""

    name: str
    legal_name: str
    number: int
    birth_date: date | None
    level: str
    phone: str
    address: str
    language: str
    reaching: tuple[str, ...]
    near: tuple[str, ...]
    team: tuple[str, ...]
    plan: tuple[str, ...]
    safety: tuple[tuple[str, tuple[str, ...]], ...]
    medications: tuple[str, ...]
    allergies: tuple[str, ...]
    crisis: tuple[str, ...]


@dataclass(frozen=True)
class Packet:
    """All of it, as of one moment; in a restored database that nobody has armed, which backup's it is."""

    organization: int
    site: UUID
    site_name: str
    site_phone: str
    time_zone: str
    as_of: datetime
    restored_as_of: datetime | None
    on_duty: OnDuty
    roster: tuple[RosterDay, ...]
    sheets: tuple[Sheet, ...]


def gather_packet(uid: UUID, *, at: datetime) -> Packet:
    """One site's packet, gathered by the program itself; the book says of how many people."""
    site = Site.objects.get(uid=uid)
    today = local_day(at, site.time_zone)
    sessions = _sessions(site, today)
    seats = _seats(sessions)
    stays = {row.episode.patient_id: row for row in _stays(site)}
    people = sorted(stays.keys() | {seat.patient_id for each in seats.values() for seat in each})
    note_own_work(
        WORK, "safety_plan", organization=site.organization_id, at=at, verb="see", unlisted=len(people)
    )
    return Packet(
        organization=site.organization_id,
        site=site.uid,
        site_name=site.name,
        site_phone=site.phone,
        time_zone=site.time_zone,
        as_of=at,
        restored_as_of=hold.taken_at if (hold := held()) else None,
        on_duty=on_duty(site, at=at),
        roster=_roster(sessions, seats, today),
        sheets=_sheets(people, stays, site, at=at),
    )


def people_in_packet(site: Site, *, at: datetime) -> tuple[int, ...]:
    """Whom (keys) a packet of this site is about at a moment."""
    sessions = _sessions(site, local_day(at, site.time_zone))
    seated = {seat.patient_id for each in _seats(sessions).values() for seat in each}
    return tuple(sorted(seated | {row.episode.patient_id for row in _stays(site)}))


def _stays(site: Site) -> list[Stay]:
    rows = Stay.objects.select_related("episode").filter(
        organization=site.organization_id,
        episode__site=site,
        episode__ended_at__isnull=True,
        ended_at__isnull=True,
    )
    return list(rows.order_by("pk"))


def _sessions(site: Site, today: date) -> list[Session]:
    rows = Session.objects.select_related("room").filter(
        organization=site.organization_id,
        site=site,
        local_day__range=(today, today + timedelta(days=DAYS - 1)),
        cancelled_at__isnull=True,
    )
    return list(rows.order_by("starts_at", "pk"))


def _seats(sessions: Collection[Session]) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = defaultdict(list)
    rows = Appointment.objects.select_related("patient").filter(
        session__in=[one.pk for one in sessions], released_at__isnull=True
    )
    for seat in rows.order_by("pk"):
        found[seat.session_id].append(seat)
    return found


def _roster(
    sessions: Sequence[Session], seats: Mapping[int, list[Appointment]], today: date
) -> tuple[RosterDay, ...]:
    leads: dict[int, list[str]] = defaultdict(list)
    staff = SessionStaff.objects.select_related("practitioner").filter(session__in=[s.pk for s in sessions])
    for row in staff.order_by("pk"):
        leads[row.session_id].append(f"{row.practitioner.given_name} {row.practitioner.family_name}")

    def meeting(session: Session) -> Meeting:
        zone = ZoneInfo(session.site.time_zone)
        begins, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
        who = sorted((seat.patient.called for seat in seats.get(session.pk, ())), key=str.casefold)
        where = place_of(session) or session.telehealth_url
        led = " and ".join(leads[session.pk])
        return Meeting(f"{_clock(begins)} to {_clock(ends)}", session.title, where, led, tuple(who))

    days = [today + timedelta(days=n) for n in range(DAYS)]
    return tuple(
        RosterDay(day, tuple(meeting(one) for one in sessions if one.local_day == day)) for day in days
    )


def _clock(moment: datetime) -> str:
    return f"{moment.hour % 12 or 12}:{moment:%M} {moment:%p}"


def _sheets(keys: Sequence[int], stays: Mapping[int, Stay], site: Site, *, at: datetime) -> tuple[Sheet, ...]:
    by = the_program(site.organization_id)
    people = list(Patient.objects.filter(pk__in=keys, absorbed_by__isnull=True))
    episodes = [stay.episode_id for stay in stays.values()]
    plans, goals = versions_in_force(episodes, at=at), objectives_in_force(episodes, at=at)
    own, shut, near, crises = newest_plans(keys, at=at), ways_shut(keys), _near(keys), _crises(keys)
    team = _team(episodes)

    def sheet(person: Patient) -> Sheet:
        stay, taken = stays.get(person.pk), medication_list_of(person, by=by, at=at)
        episode = stay.episode_id if stay else 0
        row = own.get(person.pk, {}).get("safety")
        safety = view_of(row).said if row else ()
        return Sheet(
            name=person.called,
            legal_name=f"{person.given_name} {person.family_name}".strip(),
            number=person.number,
            birth_date=person.birth_date,
            level=LEVELS[stay.level].title if stay and stay.level in LEVELS else "",
            phone=person.phone,
            address="no fixed address" if person.no_fixed_address else person.address,
            language=person.language,
            reaching=_reaching(shut[person.pk], person.contact_wishes or {}),
            near=near.get(person.pk, ()),
            team=team.get(episode, ()),
            plan=_plan(plans.get(episode), goals.get(episode, ())),
            safety=tuple((one.title, tuple(line.words for line in one.lines)) for one in safety),
            medications=tuple(one.words for one in taken.rows),
            allergies=_allergies(taken),
            crisis=crises.get(person.pk, ()),
        )

    return tuple(
        sheet(one) for one in sorted(people, key=lambda one: (one.family_name.casefold(), one.called, one.pk))
    )


def _plan(version: PlanVersion | None, objectives: Sequence[ObjectiveChoice]) -> tuple[str, ...]:
    hours = version.hours_per_week if version else None
    return (*((f"{hours} hours a week",) if hours else ()), *(one.text for one in objectives))


def _allergies(taken: MedicationList) -> tuple[str, ...]:
    known = tuple(one.words for one in taken.allergies)
    return known or (("None known",) if taken.no_known_allergies else ())


def _reaching(shut: Collection[str], wishes: Mapping[str, object]) -> tuple[str, ...]:
    """How they must not be reached; a person whose home isn't safe is in danger by a wrong call."""
    said = [f"Not by this way: {WAYS[code].words}" for code in WAYS if code in shut]
    if wishes.get("voicemail") is False:
        said.append("Leave no voice mail")
    if wishes.get("text") is False:
        said.append("Send no texts")
    return tuple(said)


def _near(keys: Collection[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = RelatedPerson.objects.filter(patient__in=keys, emergency_contact=True, ended_at__isnull=True)
    for row in rows.order_by("pk"):
        found[row.patient_id].append(f"{row.name}, {row.relationship}: {row.phone or 'no number'}")
    return {key: tuple(lines) for key, lines in found.items()}


def _team(episodes: Collection[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = CareTeamMember.objects.select_related("practitioner").filter(
        episode__in=episodes, ended_at__isnull=True
    )
    for row in rows.order_by("pk"):
        who = f"{row.practitioner.given_name} {row.practitioner.family_name}, {row.practitioner.credential}"
        found[row.episode_id].append(f"{who} ({row.part.replace('_', ' ')})")
    return {key: tuple(lines) for key, lines in found.items()}


def _crises(keys: Collection[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Crisis.objects.filter(patient__in=keys, closing__isnull=True).order_by("pk")
    for row in rows:
        if row.patient_id is not None:
            found[row.patient_id].append(f"{row.priority}: {row.words or 'called for help'}")
    return {key: tuple(lines) for key, lines in found.items()}
