"""The census: everyone in the program now, a line each. Its queries don't grow with the people."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.planning.plan_reviews import PlanDue
from throughcare.pathway.actor import Actor
from throughcare.pathway.boards.census_columns import (
    Columns,
    Sees,
    episodes_of,
    patients_of,
    sees_of,
    sorted_people,
)
from throughcare.pathway.boards.census_facts import (
    LatestMeasure,
    NextSession,
    latest_measures,
    next_sessions,
    primary_therapists,
)
from throughcare.pathway.boards.census_people import Details, Filters, InCare, details_of, in_care
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.privacy import may_access
from throughcare.pathway.privacy.guards import HIDDEN, open_roster

PAGE_SIZE = 40


@dataclass(frozen=True)
class CensusRow:
    """One line of the census. Hours are of this week; `overdue` says in words what should have happened.

    What the reader's roles may not see is empty: measures, the review, what is overdue.
    """

    who: InCare
    details: Details
    level: str
    therapist: str
    delivered: float
    prescribed: float | None
    last_seen: date | None
    next_session: NextSession | None
    phq9: LatestMeasure | None
    gad7: LatestMeasure | None
    due: PlanDue | None
    overdue: tuple[str, ...]
    guarded: bool = False


@dataclass(frozen=True)
class Census:
    """One page of the census, how many people the whole of it has, and which columns the reader may see."""

    rows: tuple[CensusRow, ...]
    total: int
    page: int
    pages: int
    sees: Sees
    at_several_sites: bool


def census(
    filters: Filters,
    *,
    by: Actor,
    at: datetime,
    sort: str = "name",
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Census:
    """One page of everyone in care, sorted by a key of `census_columns.SORTS` (`-` before it descends)."""
    require(may_access("census", by=by), CannotSee)
    people = in_care(filters, by=by, at=at)
    columns = Columns(by.organization, at, sees_of(by))
    if filters.only_overdue:
        late = columns.overdue(people)
        people = [who for who in people if late[who.patient]]
    people = sorted_people(people, sort, columns)
    pages = max(1, -(-len(people) // page_size))
    page = min(max(page, 1), pages)
    shown = people[(page - 1) * page_size : page * page_size]
    hidden = open_roster("census", [who.patient for who in shown], by=by, at=at)
    return Census(
        rows=tuple(_guarded(row) if row.who.patient in hidden else row for row in rows_for(shown, columns)),
        total=len(people),
        page=page,
        pages=pages,
        sees=columns.sees,
        at_several_sites=len({who.site for who in people}) > 1,
    )


def _guarded(row: CensusRow) -> CensusRow:
    """What a line says of someone whose record is guarded: that a place is taken, at which level."""
    nobody = replace(row.details, called="", birth_date=None, week=0)
    return replace(
        row,
        who=row.who._replace(name=HIDDEN, number=0),
        details=nobody,
        therapist="",
        delivered=0,
        prescribed=None,
        last_seen=None,
        next_session=None,
        phq9=None,
        gad7=None,
        due=None,
        overdue=(),
        guarded=True,
    )


def rows_for(people: list[InCare], columns: Columns) -> list[CensusRow]:
    """The full line of each person, with one look-up per column."""
    if not people:
        return []
    sees, organization = columns.sees, columns.organization
    patients, episodes = patients_of(people), episodes_of(people)
    delivered = columns.delivered(people) if sees.attendance else {}
    prescribed = columns.prescribed(people) if sees.attendance else {}
    seen = columns.seen(people) if sees.attendance else {}
    coming = next_sessions(
        patients, organization=organization, today=min(who.today for who in people), at=columns.at
    )
    measures = latest_measures(episodes, organization=organization) if sees.measures else {}
    dues = columns.dues(people) if sees.plans else {}
    late = columns.overdue(people, dues)
    therapists = primary_therapists(episodes)
    details = details_of(people)
    return [
        CensusRow(
            who=who,
            details=details[who.patient],
            level=LEVELS[who.level].title,
            therapist=therapists.get(who.episode, ""),
            delivered=round(delivered.get(who.patient, 0) / 60, 1),
            prescribed=prescribed.get(who.patient),
            last_seen=seen.get(who.patient),
            next_session=coming.get(who.patient),
            phq9=measures.get((who.patient, "phq-9")),
            gad7=measures.get((who.patient, "gad-7")),
            due=dues.get(who.patient),
            overdue=late[who.patient],
        )
        for who in people
    ]
