"""What the week must respect of a site's people: one line each; and where the week stands against the rules."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.hours import number as in_words
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.care_plan.plans_in_force import versions_in_force
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.timetable.naming import say_names, say_to
from throughcare.pathway.timetable.picture.week import Picture, picture_of
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Site
from throughcare.records.timetables import Commitment, Membership
from throughcare.records.week_rules import WeekWishes
from throughcare.timetable.contradictions import find_contradictions


@dataclass(frozen=True)
class PersonRule:
    """What a person's plan and own life ask, in numbers; the words stand on pages of their own."""

    patient: UUID
    name: str
    prescribed: str
    commitments: int
    has_wishes: bool
    groups: int


@dataclass(frozen=True)
class Remark:
    """A sentence about the week, and whose it is."""

    because: str
    patient: UUID | None = None


@dataclass(frozen=True)
class Standing:
    """Where a week stands: what it holds against the rules, who is left out, what contradicts itself."""

    site_name: str
    monday: date
    people: int
    clashes: tuple[Remark, ...]
    left_out: tuple[Remark, ...]
    told: tuple[Remark, ...]
    contradictions: tuple[Remark, ...]


def people_rules(site: UUID, *, by: Actor, at: datetime) -> tuple[PersonRule, ...]:
    """Everyone admitted at a site, by name; one row in the book names them all."""
    place = _site(site, by=by)
    episodes = list(Episode.objects.filter(site=place, ended_at__isnull=True).select_related("patient"))
    people = [row.patient_id for row in episodes]
    hidden = open_roster("schedule", people, by=by, at=at)
    today = local_day(at, place.time_zone)
    plans = versions_in_force([row.pk for row in episodes], at=at)
    standing = Commitment.objects.filter(patient__in=people, ended_at__isnull=True)
    standing = standing.exclude(until_date__lt=today).exclude(day__lt=today)
    busy = Counter(standing.values_list("patient", flat=True))
    wished = set(WeekWishes.objects.filter(patient__in=people).values_list("patient", flat=True))
    stints = Membership.objects.filter(episode__in=episodes).exclude(until_date__lt=today)
    groups = Counter(stints.values_list("episode", flat=True))
    lines = []
    for row in episodes:
        plan = plans.get(row.pk)
        dose = "Nothing yet"
        if plan and plan.hours_per_week is not None:
            dose = f"{in_words(float(plan.hours_per_week))} h on {plan.days_per_week or '?'} days"
        name = HIDDEN if row.patient_id in hidden else display_name(row.patient)
        lines.append(
            PersonRule(
                row.patient.uid,
                name,
                dose,
                busy[row.patient_id],
                row.patient_id in wished,
                groups[row.pk],
            )
        )
    return tuple(sorted(lines, key=lambda one: one.name.casefold()))


def _site(site: UUID, *, by: Actor) -> Site:
    rows = Site.objects.filter(organization_id=by.organization, uid=site)
    found = at_sites(rows, "schedule", by=by, column="pk").first()
    if found is None:
        raise Absent("site")
    return found


def week_standing(site: UUID, *, monday: date, by: Actor, at: datetime) -> Standing:
    """Where a site's week stands against the rules, each thing in a sentence."""
    place = _site(site, by=by)
    picture = picture_of(site, monday=monday, by=by, at=at)
    names = picture.names
    return Standing(
        site_name=place.name,
        monday=monday,
        people=len(picture.problem.people),
        clashes=tuple(
            Remark(say_to(one.rule, one.because, names, by=by), _only(one.people, picture, secret=one.rule))
            for one in picture.clashes
        ),
        left_out=tuple(Remark(one.because, one.patient) for one in picture.left_out),
        told=tuple(
            Remark(f"{names[person]}: {say_names(words, names)}", picture.people[person])
            for person, several in picture.told.items()
            for words in several
        ),
        contradictions=tuple(
            Remark(say_names(one.because, names)) for one in find_contradictions(picture.problem)
        ),
    )


def _only(people: tuple[str, ...], picture: Picture, *, secret: str) -> UUID | None:
    """Whose it is, where it is one person's and not a matter of two who must not meet."""
    if len(people) != 1 or secret in ("apart", "coi"):
        return None
    return picture.people.get(people[0])
