"""The watch list of a morning: people with signs that stand, by risk and by what is due first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, Min, OuterRef, QuerySet, Subquery, Value, When

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.pathway.actor import Actor
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.privacy import at_sites
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.warning_sign.lines import SignLine, lines_of
from throughcare.records.episodes import CareTeamMember, Stay
from throughcare.records.signs import WarningSign

KIND = "warning_sign"
MINE, EVERYONE = "mine", "everyone"
PAGE_SIZE = 25


@dataclass(frozen=True)
class OnWatch:
    """One person with their signs, the gravest first; a guarded record shows no name and no sign."""

    patient: UUID | None
    name: str
    level: str
    signs: tuple[SignLine, ...]

    @property
    def is_high(self) -> bool:
        """Whether one of the signs is of high risk."""
        return any(sign.is_high for sign in self.signs)

    @property
    def is_red(self) -> bool:
        """Whether something is overdue."""
        return any(sign.is_red for sign in self.signs)

    @property
    def first_signs(self) -> tuple[SignLine, ...]:
        """What is told at once: whatever is of high risk, else the sign that comes first."""
        grave = tuple(sign for sign in self.signs if sign.is_high)
        return grave or self.signs[:1]

    @property
    def other_signs(self) -> tuple[SignLine, ...]:
        """The rest, in its order."""
        return self.signs[len(self.first_signs) :]

    @property
    def others_said(self) -> str:
        """How many more there are, of which kinds, and how many of them are overdue."""
        titles = dict.fromkeys(sign.title for sign in self.other_signs)
        red = sum(sign.is_red for sign in self.other_signs)
        overdue = f" ({red} overdue)" if red else ""
        return f"{len(self.other_signs)} more: {', '.join(titles)}{overdue}"


@dataclass(frozen=True)
class WatchList:
    """One page of the list; the counts are of the whole of it."""

    people: tuple[OnWatch, ...]
    total: int
    high: int
    overdue: int
    page: int
    whose: str


def watch_list(*, whose: str = "", page: int = 1, by: Actor, at: datetime) -> WatchList:
    """Whom to look after first. `whose` is mine (my care teams) or everyone; without it, mine where I have any."""
    rows = _standing(by)
    mine = _of_my_teams(rows, by)
    if not whose:
        whose = MINE if mine.exists() else EVERYONE
    ranked = _ranked(mine if whose == MINE else rows)
    page = max(1, min(page, (len(ranked) - 1) // PAGE_SIZE + 1))
    shown = [patient for patient, _, _ in ranked[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]]
    return WatchList(
        people=_people(shown, by=by, at=at),
        total=len(ranked),
        high=sum(not calm for _, calm, _ in ranked),
        overdue=sum(due < at for _, _, due in ranked),
        page=page,
        whose=whose,
    )


def _standing(by: Actor) -> QuerySet[WarningSign]:
    rows = WarningSign.objects.filter(organization_id=by.organization, ended_at__isnull=True)
    return at_sites(rows, KIND, by=by, column="episode__site")


def _of_my_teams(rows: QuerySet[WarningSign], by: Actor) -> QuerySet[WarningSign]:
    team = CareTeamMember.objects.filter(
        episode=OuterRef("episode"), practitioner=by.practitioner, ended_at__isnull=True
    )
    return rows.filter(Exists(team)) if by.practitioner else rows.none()


def _ranked(rows: QuerySet[WarningSign]) -> list[tuple[int, int, datetime]]:
    """Patients (keys) by their gravest risk and what is due first."""
    calm = Case(When(risk="high", then=Value(0)), default=Value(1), output_field=IntegerField())
    found = rows.order_by().values("patient").annotate(calm=Min(calm), due=Min("due_at"))
    return list(found.order_by("calm", "due", "patient").values_list("patient", "calm", "due"))


def _people(patients: Sequence[int], *, by: Actor, at: datetime) -> tuple[OnWatch, ...]:
    hidden = open_roster(KIND, patients, by=by, at=at)
    stays = Stay.objects.filter(episode=OuterRef("episode")).order_by("-began_at", "-pk")
    rows = list(
        _standing(by)
        .filter(patient__in=patients)
        .select_related("patient")
        .annotate(level=Subquery(stays.values("level")[:1]))
        .order_by("due_at", "pk")
    )
    lines = lines_of([row for row in rows if row.patient_id not in hidden], at=at)
    first = {row.patient_id: row for row in reversed(rows)}
    return tuple(
        OnWatch(None, HIDDEN, "", ())
        if key in hidden
        else OnWatch(
            first[key].patient.uid,
            display_name(first[key].patient),
            LEVELS[first[key].level].title if first[key].level in LEVELS else "",
            tuple(sorted(lines[key], key=lambda line: not line.is_high)),
        )
        for key in patients
        if key in first
    )
