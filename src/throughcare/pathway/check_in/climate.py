"""A group's climate: four taps after a session, counted without names, and the trend that its facilitator sees."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, F

from throughcare.knowledge.group_climate import (
    ANSWERS,
    CODES,
    TAPS,
    Climate,
    check_taps,
    climate_from_counts,
    climate_trend,
    may_show,
)
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.own_times import (
    Times,
    answers_close,
    climate_time,
    own_seat,
    times_of,
)
from throughcare.pathway.cannot import Cannot, CannotSee, require
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.session.session_rows import (
    SessionHead,
    clock_words,
    describe,
    find_session,
    open_seats,
    seated_at,
)
from throughcare.records.check_ins import ClimateAnswered, ClimateCount
from throughcare.records.sessions import Session

# How many sessions of a group the trend goes back.
SESSIONS = 24


@dataclass(frozen=True)
class ClimateOfSession:
    """One session of the trend; without `climate`, too few answered."""

    uid: UUID
    day: date
    climate: Climate | None


@dataclass(frozen=True)
class StatementTrend:
    """One statement over the group's sessions, in words."""

    code: str
    words: str
    mean: float | None
    trend: str
    values: tuple[float, ...]


@dataclass(frozen=True)
class ClimatePage:
    """A session's climate for those who lead it, with its group's trend, oldest first. Never who."""

    head: SessionHead
    may_show: Verdict
    climate: Climate | None
    statements: tuple[StatementTrend, ...]
    sessions: tuple[ClimateOfSession, ...]
    may_see_notes: bool


@transaction.atomic
def tell_climate(session: UUID, patient: UUID, *, taps: Mapping[str, str], by: Actor, at: datetime) -> None:
    """Count a person's taps, and note apart from them that this person has answered."""
    person = open_patient(patient, kind="climate", by=by, at=at, verb="change")
    seat = own_seat(session, person)
    require(climate_time(seat, times_of(seat.session), at=at))
    verdict = check_taps(taps)
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, field=CODES[0])
    fact = {"organization_id": by.organization, "session": seat.session}
    try:
        with transaction.atomic():
            ClimateAnswered.objects.create(**fact, patient=person, recorded_at=seat.session.ends_at)
    except IntegrityError as error:
        raise Cannot("You have answered already. Thank you.") from error
    for code in CODES:
        # Every statement gets its row with the first answer: which rows exist says nothing about anyone.
        row, _ = ClimateCount.objects.get_or_create(
            **fact, statement=code, defaults={"recorded_at": seat.session.ends_at}
        )
        if code in taps:
            ClimateCount.objects.filter(pk=row.pk).update(**{taps[code]: F(taps[code]) + 1})


def group_climate(session: UUID, *, by: Actor, at: datetime) -> ClimatePage:
    """The session's climate and its group's trend, once no more answers come in and enough were given."""
    require(may_access("climate", by=by), CannotSee)
    found = find_session(session, by=by)
    hidden = open_seats("attendance", found, seated_at(found), by=by, at=at)
    times = times_of(found)
    rows = _of_group(found) if found.group_id else [found]
    line = _climates(rows, times, at=at)
    own = next((one.climate for one in line if one.uid == found.uid), None)
    shown = [one.climate for one in line if one.climate]
    return ClimatePage(
        head=describe(found, hidden),
        may_show=_verdict(found, times, answered=_answered([found.pk]).get(found.pk, 0), at=at),
        climate=own,
        statements=tuple(
            StatementTrend(
                tap.code,
                tap.words,
                own.means.get(tap.code) if own else None,
                climate_trend(shown, tap.code).words,
                tuple(one.means[tap.code] for one in shown if tap.code in one.means),
            )
            for tap in TAPS
        ),
        sessions=tuple(line),
        may_see_notes=bool(may_access("note", by=by)),
    )


def _of_group(found: Session) -> list[Session]:
    rows = Session.objects.filter(
        organization_id=found.organization_id,
        group=found.group_id,
        cancelled_at__isnull=True,
        starts_at__lte=found.starts_at,
    )
    return sorted(rows.order_by("-starts_at")[:SESSIONS], key=lambda row: row.starts_at)


def _climates(rows: list[Session], times: Times, *, at: datetime) -> list[ClimateOfSession]:
    keys = [row.pk for row in rows]
    answered, counts = _answered(keys), _counts(keys)
    return [
        ClimateOfSession(
            row.uid,
            row.local_day,
            climate_from_counts(
                answered.get(row.pk, 0), counts[row.pk], fewest=times["climate.fewest_answers"]
            )
            if _verdict(row, times, answered=answered.get(row.pk, 0), at=at)
            else None,
        )
        for row in rows
    ]


def _verdict(row: Session, times: Times, *, answered: int, at: datetime) -> Verdict:
    closes = answers_close(row, times)
    if row.group_id is None:
        return Refused("Climate is asked in groups only, so that nobody can be guessed.")
    if at < closes:
        when = clock_words(row, closes)
        return Refused(f"The climate shows when answers are closed, at {when}.")
    verdict = may_show(
        answered, is_over=True, own={"climate.fewest_answers": times["climate.fewest_answers"]}
    )
    return verdict if isinstance(verdict, Refused) else Allowed()


def _answered(sessions: list[int]) -> dict[int, int]:
    rows = ClimateAnswered.objects.filter(session__in=sessions)
    return dict(rows.values_list("session").annotate(Count("pk")))


def _counts(sessions: list[int]) -> dict[int, dict[str, dict[str, int]]]:
    found: dict[int, dict[str, dict[str, int]]] = defaultdict(dict)
    for row in ClimateCount.objects.filter(session__in=sessions):
        found[row.session_id][row.statement] = {answer: getattr(row, answer) for answer in ANSWERS}
    return found
