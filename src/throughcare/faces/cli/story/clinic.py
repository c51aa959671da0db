"""Riverbend, the demo clinic: two sites, fifteen staff, twenty-four groups a week on three tracks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.contrib.auth.hashers import make_password

from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.clinic.clinic import supervise
from throughcare.pathway.clinic.founding import (
    NewStaff,
    account_key,
    add_room,
    found_organization,
    hire,
    open_site,
    practitioner_of,
    set_shift,
)
from throughcare.pathway.group.group import NewGroup, lead_group, meet_weekly, open_group

ZONE = "America/New_York"
DAY, EVENING = time(9, 30), time(17, 30)
GROUP_MINUTES = 180

STAFF: dict[str, tuple[str, NewStaff]] = {
    "admissions": ("Main", NewStaff("Maya", "Chen", "maya", ("admissions",))),
    "intake": (
        "Main",
        NewStaff("Ruth", "Okafor", "ruth", ("clinician",), "LCSW", "C-2041", skills=("therapy", "family")),
    ),
    "main-1": (
        "Main",
        NewStaff(
            "Daniel",
            "Ruiz",
            "daniel",
            ("clinician", "facilitator"),
            "LPC",
            "P-1187",
            "male",
            ("en", "es"),
            ("therapy", "cbt", "dbt", "relapse-prevention", "family"),
        ),
    ),
    "main-2": (
        "Main",
        NewStaff(
            "Aisha",
            "Karim",
            "aisha",
            ("clinician", "facilitator"),
            "LMFT",
            "M-0772",
            "female",
            skills=("therapy", "family", "process", "art-therapy", "cbt", "dbt"),
        ),
    ),
    "main-3": (
        "Main",
        NewStaff(
            "Grace",
            "Lindqvist",
            "grace",
            ("facilitator",),
            "LADC",
            "A-3310",
            "female",
            skills=("relapse-prevention", "process", "family", "mindfulness", "therapy"),
        ),
    ),
    "north-1": (
        "North",
        NewStaff(
            "Tom",
            "Becker",
            "tom",
            ("clinician", "facilitator"),
            "LCSW",
            "C-1920",
            "male",
            skills=("therapy", "cbt", "dbt", "relapse-prevention"),
        ),
    ),
    "north-2": (
        "North",
        NewStaff(
            "Hannah",
            "Levi",
            "hannah",
            ("clinician", "facilitator"),
            "PsyD",
            "Y-0404",
            "female",
            skills=("therapy", "family", "process", "art-therapy", "cbt", "dbt"),
        ),
    ),
    "north-3": (
        "North",
        NewStaff(
            "Sofia",
            "Marín",
            "sofia",
            ("facilitator",),
            "LADC",
            "A-3377",
            "female",
            ("en", "es"),
            ("relapse-prevention", "process", "family", "mindfulness", "therapy"),
        ),
    ),
    "case_manager": (
        "Main",
        NewStaff("Jamal", "Brooks", "jamal", ("case_manager",), "CM", skills=("case-management",)),
    ),
    "nurse": ("Main", NewStaff("Erin", "Walsh", "erin", ("nurse",), "RN", "R-8812")),
    "prescriber": (
        "Main",
        NewStaff("Priya", "Nair", "priya", ("prescriber",), "MD", "D-5521", skills=("prescribing",)),
    ),
    "biller": ("Main", NewStaff("Paul", "Novak", "paul", ("biller", "reviewer"))),
    "director": (
        "Main",
        NewStaff(
            "Elena", "Petrova", "elena", ("director", "clinician"), "PsyD", "Y-0391", skills=("therapy",)
        ),
    ),
    "front_desk": ("Main", NewStaff("Wanda", "Pike", "wanda", ("front_desk",))),
    "admin": ("Main", NewStaff("Sam", "Whitfield", "sam", ("admin", "compliance"))),
}

# Track, weekday (0 is Monday), start, type, name, which of the site's three leaders.
GROUPS = (
    ("day", 0, DAY, "cbt", "Thoughts and choices", 1),
    ("day", 1, DAY, "dbt-skills", "Skills for strong feelings", 1),
    ("day", 2, DAY, "relapse-prevention", "Staying on track", 1),
    ("day", 3, DAY, "process", "Open process", 2),
    ("day", 4, DAY, "art-therapy", "Art and meaning", 2),
    ("evening", 0, EVENING, "cbt", "Thoughts and choices", 2),
    ("evening", 1, EVENING, "dbt-skills", "Skills for strong feelings", 2),
    ("evening", 2, EVENING, "relapse-prevention", "Staying on track", 3),
    ("evening", 3, EVENING, "process", "Open process", 3),
    ("weekend", 5, time(9), "relapse-prevention", "Weekend anchors", 1),
    ("weekend", 5, time(13), "family-education", "Families and recovery", 3),
    ("weekend", 6, time(9), "mindfulness", "Quiet Sunday", 3),
)
# A second group of a track on the same weekday counts from here.
SECOND = 7
# The weekdays on which a person of each track comes to a group.
MIXES = {
    "day": ((0, 1, 3), (0, 2, 4), (1, 2, 3), (0, 2, 3)),
    "evening": ((0, 2, 3), (0, 1, 2), (1, 2, 3)),
    "weekend": ((3, 5, 6), (3, 6, 5 + SECOND)),
}


@dataclass(frozen=True)
class PersonSignIn:
    """A patient of the demo, or someone close to one, who may be tried out."""

    role: str
    name: str
    email: str
    password: str


@dataclass
class Clinic:
    """What the story needs to know of the clinic it plays in."""

    organization: int
    program: Actor
    password: str
    sites: dict[str, UUID] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    practitioners: dict[str, UUID] = field(default_factory=dict)
    offices: dict[str, UUID] = field(default_factory=dict)
    rooms: dict[str, UUID] = field(default_factory=dict)
    groups: dict[tuple[str, str, int], UUID] = field(default_factory=dict)
    kinds: dict[UUID, str] = field(default_factory=dict)
    leaders: dict[UUID, str] = field(default_factory=dict)
    meeting_at: dict[tuple[str, int, time], UUID] = field(default_factory=dict)
    people: tuple[PersonSignIn, ...] = ()

    def therapists(self, site: str) -> tuple[str, ...]:
        """Who carries people one to one at a site."""
        return ("main-1", "main-2", "intake") if site == "Main" else ("north-1", "north-2")

    def groups_of(self, site: str, track: str, days: tuple[int, ...]) -> Iterator[UUID]:
        """The groups that a person of this track comes to; Thursday of the weekend track is the evening's."""
        for weekday in days:
            held = track if (site, track, weekday) in self.groups else "evening"
            yield self.groups[site, held, weekday]

    def group_at(self, site: str, starts: datetime) -> UUID:
        """The group that meets at a site (its whole name) at this time of the week, on the site's clocks."""
        return self.meeting_at[site.removeprefix("Riverbend "), starts.weekday(), starts.time()]


def open_clinic(*, opened: date, at: datetime, mail: str, password: str) -> Clinic:
    """Found Riverbend: organization, sites, rooms, staff with shifts and skills, groups with leaders."""
    organization = found_organization(
        "Riverbend Recovery", neutral_name="Riverbend", phone="212-555-0142", at=at
    )
    clinic = Clinic(organization, the_program(organization), make_password(password))
    for name, address in (("Main", "12 Ferry Street"), ("North", "480 Orchard Avenue")):
        clinic.sites[name] = open_site(
            f"Riverbend {name}",
            time_zone=ZONE,
            by=clinic.program,
            at=at,
            address=address,
            phone="212-555-0142",
        )
    for code, (site, staff) in STAFF.items():
        start_work(clinic, code, site, staff, opened=opened, mail=mail, at=at)
    above = clinic.practitioners["director"]
    supervise(clinic.practitioners["case_manager"], above, by=clinic.program, at=at)
    for site in clinic.sites:
        open_groups(clinic, site, opened=opened, at=at)
    return clinic


def start_work(
    clinic: Clinic, code: str, site: str, staff: NewStaff, *, opened: date, mail: str, at: datetime
) -> None:
    """Hire someone; a practitioner gets an office and works every day of the week in the demo."""
    from dataclasses import replace

    staff = replace(staff, email=f"{staff.email}@{mail}")
    account = hire(
        clinic.sites[site], staff, password=None, encoded=clinic.password, by=clinic.program, at=at
    )
    actor = actor_for(account_key(account))
    if actor is None:
        raise RuntimeError("an account that was just opened can't act")
    clinic.actors[code] = actor
    if actor.practitioner is None:
        return
    clinic.practitioners[code] = practitioner_of(account)
    clinic.offices[code] = add_room(
        clinic.sites[site],
        name=f"{staff.given_name}’s office",
        kind="office",
        capacity=4,
        by=clinic.program,
        at=at,
    )
    for weekday in range(7):
        set_shift(
            clinic.practitioners[code],
            clinic.sites[site],
            weekday=weekday,
            starts=time(8),
            ends=time(21),
            from_date=opened,
            by=clinic.program,
            at=at,
        )


def open_groups(clinic: Clinic, site: str, *, opened: date, at: datetime) -> None:
    """The twelve groups of one site."""
    room = add_room(
        clinic.sites[site], name="River room", kind="group", capacity=14, by=clinic.program, at=at
    )
    clinic.rooms[site] = room
    for track, weekday, starts, kind, name, leader in GROUPS:
        new = NewGroup(name=name, session_type=kind, track=track, capacity=12, room=room)
        group = open_group(clinic.sites[site], new, by=clinic.program, at=at, opened_date=opened)
        meet_weekly(
            group,
            weekday=weekday,
            starts=starts,
            minutes=GROUP_MINUTES,
            from_date=opened,
            by=clinic.program,
            at=at,
        )
        code = f"{site.lower()}-{leader}"
        lead_group(group, clinic.practitioners[code], from_date=opened, by=clinic.program, at=at)
        slot = weekday if (site, track, weekday) not in clinic.groups else weekday + SECOND
        clinic.groups[site, track, slot] = group
        clinic.leaders[group], clinic.kinds[group] = code, kind
        clinic.meeting_at[site, weekday, starts] = group
