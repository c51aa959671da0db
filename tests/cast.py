"""A named cast: Harbor House, an IOP in New York, and the people who work there.

Everyone is made through pathway calls, so that every state is one the program can reach.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.clinic.founding import (
    NewStaff,
    add_room,
    found_organization,
    hire,
    open_site,
    set_shift,
)
from throughcare.records.people import Account

NEW_YORK = "America/New_York"
MONDAY = date(2026, 3, 2)
PASSWORD = "a long enough pass phrase"


def at(hour: int, minute: int = 0, *, day: date = MONDAY) -> datetime:
    """A moment on the clinic's wall clock, by default on Monday 2 March 2026 (EST, UTC-5)."""
    from throughcare.knowledge.clinic_calendar import at_local

    return at_local(day, time(hour, minute), NEW_YORK)


MORNING = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)

STAFF = {
    "admissions": NewStaff("Ada", "Moss", "ada@harbor.test", ("admissions",)),
    "clinician": NewStaff(
        "Carla",
        "Reyes",
        "carla@harbor.test",
        ("clinician", "facilitator"),
        "LCSW",
        languages=("en", "es"),
        skills=("therapy", "family", "cbt", "process"),
    ),
    "facilitator": NewStaff(
        "Felix",
        "Grant",
        "felix@harbor.test",
        ("facilitator",),
        "LPC",
        skills=("cbt", "dbt", "relapse-prevention"),
    ),
    "case_manager": NewStaff(
        "Cam", "Ortiz", "cam@harbor.test", ("case_manager",), "CM", skills=("case-management",)
    ),
    "nurse": NewStaff("Nia", "Bell", "nia@harbor.test", ("nurse",), "RN"),
    "prescriber": NewStaff(
        "Priya", "Shah", "priya@harbor.test", ("prescriber",), "MD", skills=("prescribing",)
    ),
    "biller": NewStaff("Bo", "Lind", "bo@harbor.test", ("biller",)),
    "director": NewStaff(
        "Dana", "Frost", "dana@harbor.test", ("director", "clinician"), "LCSW", skills=("therapy",)
    ),
    "compliance": NewStaff("Omar", "Quist", "omar@harbor.test", ("compliance",)),
    "admin": NewStaff("Alex", "Stone", "alex@harbor.test", ("admin",)),
    "front_desk": NewStaff("Rena", "Poole", "rena@harbor.test", ("front_desk",)),
}


@dataclass(frozen=True)
class Cast:
    """The clinic, and one actor for each role of its staff."""

    organization: int
    site: UUID
    group_room: UUID
    office: UUID
    program: Actor
    admissions: Actor
    clinician: Actor
    facilitator: Actor
    case_manager: Actor
    nurse: Actor
    prescriber: Actor
    biller: Actor
    director: Actor
    compliance: Actor
    admin: Actor
    front_desk: Actor

    def practitioner_uid(self, actor: Actor) -> UUID:
        """The public id of an actor's practitioner."""
        from throughcare.records.people import Practitioner

        return Practitioner.objects.get(pk=actor.practitioner).uid


def gather_cast(name: str = "Harbor House", *, mail_host: str = "harbor.test") -> Cast:
    """Found the clinic and hire its staff; they work 8-21 on every day of the week."""
    organization = found_organization(name, neutral_name="Harbor", phone="212-555-0100", at=MORNING)
    program = the_program(organization)
    site = open_site("Main Street", time_zone=NEW_YORK, by=program, at=MORNING)
    rooms = [
        add_room(site, name="Blue room", kind="group", capacity=14, by=program, at=MORNING),
        add_room(site, name="Office 1", kind="office", capacity=4, by=program, at=MORNING),
    ]
    actors = {role: _start(staff, site, mail_host, program) for role, staff in STAFF.items()}
    return Cast(organization, site, *rooms, program=program, **actors)


def _start(staff: NewStaff, site: UUID, mail_host: str, program: Actor) -> Actor:
    from dataclasses import replace

    staff = replace(staff, email=staff.email.replace("harbor.test", mail_host))
    account = Account.objects.get(uid=hire(site, staff, password=PASSWORD, by=program, at=MORNING))
    actor = actor_for(account.pk)
    assert actor is not None
    if actor.practitioner:
        for weekday in range(7):
            set_shift(
                account.practitioner.uid,
                site,
                weekday=weekday,
                starts=time(8),
                ends=time(21),
                from_date=date(2025, 1, 1),
                by=program,
                at=MORNING,
            )
    return actor
