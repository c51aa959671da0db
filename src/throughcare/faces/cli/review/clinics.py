"""The two organizations: Alder with two sites and someone in every role, and another one that nobody of Alder knows."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from throughcare.faces.cli.review.markers import Markers
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
from throughcare.pathway.timetable.rules.group_offers import NewOffer, offer_group
from throughcare.pathway.timetable.rules.staff_limits import be_away

ZONE = "America/New_York"
MAIL = "review.example"
GROUP_DAYS = (0, 2, 3)
EVENING, MINUTES = time(17, 30), 180
LEADS = ("therapy", "family", "cbt", "process")

# Role in the fixture: the roles held, the credential, and what they are trained for.
STAFF: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "admissions": (("admissions",), "", ()),
    "clinician": (("clinician",), "LCSW", LEADS),
    "facilitator": (("facilitator",), "LPC", LEADS),
    "case_manager": (("case_manager",), "CM", ("case-management",)),
    "nurse": (("nurse",), "RN", ()),
    "prescriber": (("prescriber",), "MD", ("prescribing",)),
    "reviewer": (("reviewer",), "", ()),
    "biller": (("biller",), "", ()),
    "director": (("director",), "PsyD", LEADS),
    "compliance": (("compliance",), "", ()),
    "admin": (("admin",), "", ()),
    "front_desk": (("front_desk",), "", ()),
    "without_factor": (("clinician",), "LCSW", ()),
    "other_site_clinician": (("clinician",), "LCSW", LEADS),
    "suspended": (("clinician",), "LCSW", ()),
    "logged_out": (("clinician",), "LCSW", ()),
}
ELSEWHERE = {
    "other_org_clinician": (("clinician", "facilitator"), "LCSW", LEADS),
    "other_org_director": (("director", "admin"), "PsyD", LEADS),
}


@dataclass
class Place:
    """One organization: its sites, its people, its groups."""

    owner: str
    organization: int
    program: Actor
    sites: list[UUID] = field(default_factory=list)
    offices: list[UUID] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    accounts: dict[str, UUID] = field(default_factory=dict)
    practitioners: dict[str, UUID] = field(default_factory=dict)
    groups: list[UUID] = field(default_factory=list)


def open_places(markers: Markers, *, encoded: str, opened: date, at: datetime) -> tuple[Place, Place]:
    """Both organizations, staffed, with their groups. `encoded` is everyone's password, hashed."""
    alder = _found("clinic", "Alder Recovery", ("Main", "North"), markers, at=at)
    for role in STAFF:
        site = alder.sites[1] if role == "other_site_clinician" else alder.sites[0]
        _hire(alder, role, site, markers, encoded=encoded, opened=opened, at=at)
    supervise(alder.practitioners["case_manager"], alder.practitioners["clinician"], by=alder.program, at=at)
    open_groups(alder, alder.sites[0], "facilitator", markers, opened=opened, at=at)
    other = _found("other_clinic", "Birch Recovery", ("West",), markers, at=at)
    for role in ELSEWHERE:
        _hire(other, role, other.sites[0], markers, encoded=encoded, opened=opened, at=at)
    open_groups(other, other.sites[0], "other_org_clinician", markers, opened=opened, at=at)
    return alder, other


def _found(owner: str, name: str, sites: tuple[str, ...], markers: Markers, *, at: datetime) -> Place:
    word = markers.of(owner)
    organization = found_organization(name, neutral_name=name.split()[0], phone="212-555-0100", at=at)
    place = Place(owner, organization, the_program(organization))
    for site in sites:
        place.sites.append(
            open_site(
                f"{site} {word('site', f'site {site}')}",
                time_zone=ZONE,
                state="NY",
                address=f"1 {word('site', f'street of {site}')} Street",
                by=place.program,
                at=at,
            )
        )
        room = f"Office {word('', f'office at {site}')}"
        place.offices.append(
            add_room(place.sites[-1], name=room, kind="office", capacity=6, by=place.program, at=at)
        )
    return place


def _hire(
    place: Place, role: str, site: UUID, markers: Markers, *, encoded: str, opened: date, at: datetime
) -> None:
    """Someone of the staff, by a name and an address that are markers; a practitioner works every day."""
    held, credential, skills = (STAFF | ELSEWHERE)[role]
    staff = NewStaff(
        role.replace("_", " ").title(),
        markers.word(place.owner, "", f"name of {role}"),
        f"{markers.word(role, 'account', 'address')}@{MAIL}",
        held,
        credential,
        skills=skills,
    )
    elsewhere = role == "other_site_clinician"
    if elsewhere:
        staff = replace(staff, roles=())
    account = hire(site, staff, password=None, encoded=encoded, by=place.program, at=at)
    if elsewhere:
        from throughcare.pathway.signing_in.access import give_role

        give_role(account, "clinician", site=site, by=place.program, at=at)
    actor = actor_for(account_key(account))
    if actor is None:
        raise RuntimeError("an account that was just opened can't act")
    place.accounts[role], place.actors[role] = account, actor
    if credential:
        place.practitioners[role] = practitioner_of(account)
        for weekday in range(7):
            set_shift(
                place.practitioners[role],
                site,
                weekday=weekday,
                starts=time(8),
                ends=time(22),
                from_date=opened,
                by=place.program,
                at=at,
            )


def open_groups(
    place: Place, site: UUID, leader: str, markers: Markers, *, opened: date, at: datetime
) -> None:
    """An evening group that meets on three days, and one more that people may still join."""
    word = markers.of(place.owner)
    room = add_room(
        site,
        name=f"Blue room {word('group', 'its room')}",
        kind="group",
        capacity=12,
        by=place.program,
        at=at,
    )
    for kind, days in (("process", GROUP_DAYS), ("cbt", (1,))):
        new = NewGroup(f"Evening {kind} {word('group', kind)}", kind, "evening", 10, room=room)
        group = open_group(site, new, by=place.program, at=at, opened_date=opened)
        place.groups.append(group)
        for weekday in days:
            meet_weekly(
                group,
                weekday=weekday,
                starts=EVENING,
                minutes=MINUTES,
                from_date=opened,
                by=place.program,
                at=at,
            )
        lead_group(group, place.practitioners[leader], from_date=opened, by=place.program, at=at)
    offer = NewOffer("process", "evening", 8, 3, EVENING, MINUTES, room=room)
    offer_group(site, offer, by=place.program, at=at)
    rest = opened + timedelta(days=300)
    be_away(place.practitioners[leader], first_day=rest, last_day=rest, by=place.program, at=at)
