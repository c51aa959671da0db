"""The words of each line of the census. Said here and not by template filters: a page has hundreds of dates."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.charts import say_date, say_number
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.pathway.boards.census import Census, CensusRow
from throughcare.pathway.boards.census_facts import LatestMeasure


@dataclass(frozen=True)
class Score:
    """A measure's latest total, and whether it is reliably better or worse than at first."""

    total: str
    change: str


@dataclass(frozen=True)
class CensusLine:
    """One line in words; `delivered` and `prescribed` stay numbers for the meter. Empty: nothing to say."""

    url: str
    name: str
    called: str
    told_by: str
    level: str
    under_level: str
    week: int
    delivered: float
    delivered_words: str
    prescribed: float | None
    seen: str
    next_when: str
    next_title: str
    phq9: Score | None
    gad7: Score | None
    review: str
    is_plan: bool
    overdue: tuple[str, ...]


def census_lines(found: Census) -> list[CensusLine]:
    """The lines of a page of the census."""
    return [_line(row, say_site=found.at_several_sites) for row in found.rows]


def _line(row: CensusRow, *, say_site: bool) -> CensusLine:
    who, more, coming = row.who, row.details, row.next_session
    track = TRACKS[more.track].title if more.track in TRACKS else more.track
    place = ", ".join(word for word in (track, more.site if say_site else "") if word)
    return CensusLine(
        url="" if row.guarded else reverse("patient", args=[more.uid]),
        name=who.name,
        called=more.called,
        told_by="opens to the care team"
        if row.guarded
        else f"No. {who.number}" + (f" · born {say_date(more.birth_date)}" if more.birth_date else ""),
        level=row.level,
        under_level=" · ".join(word for word in (place, row.therapist) if word),
        week=more.week,
        delivered=row.delivered,
        delivered_words=say_number(row.delivered),
        prescribed=row.prescribed,
        seen=f"{row.last_seen:%a}, {_day(row.last_seen)}" if row.last_seen else "",
        next_when=_moment(coming.starts_at) if coming else "",
        next_title=coming.title if coming else "",
        phq9=_score(row.phq9),
        gad7=_score(row.gad7),
        review=_day(row.due.due_date) if row.due else "",
        is_plan=row.due is not None and row.due.what == "plan",
        overdue=row.overdue,
    )


def _score(measure: LatestMeasure | None) -> Score | None:
    return Score(say_number(measure.total), measure.change) if measure else None


def _day(day: date) -> str:
    return f"{day:%b} {day.day}"


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    hour = local.hour % 12 or 12
    return f"{local:%a}, {_day(local)}, {hour}:{local:%M %p}"
