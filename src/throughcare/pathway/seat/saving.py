"""Weeks that fall short and what would save them, for many people at once: sessions they may take by themselves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from throughcare.knowledge.hours import WeekLedger
from throughcare.knowledge.recording.saving_weeks import SavingSession, minutes_short, sessions_that_save
from throughcare.pathway.actor import Actor
from throughcare.pathway.seat.weighing import (
    Absentee,
    Sessions,
    absentees,
    fits_alone,
    group_sessions_left,
    weigh_make_up,
)
from throughcare.pathway.session.hours import hours_of_week
from throughcare.pathway.session.session_rows import treatment_minutes
from throughcare.records.episodes import Episode
from throughcare.records.sessions import Session


@dataclass(frozen=True)
class ShortOne:
    """Someone whose week falls short: by how many minutes, which sessions fit them, and the fewest that save it.

    `missing_minutes` are those missing to the least hours of the level, none where only the plan asks for more.
    """

    episode: Episode
    ledger: WeekLedger
    missing_minutes: int
    fitting: tuple[Session, ...]
    saving: tuple[Session, ...]

    @property
    def lacks_minutes(self) -> int:
        """Minutes missing to what the plan prescribes."""
        return round(self.ledger.lacks * 60)

    @property
    def comes_to(self) -> float:
        """The hours that the week comes to with the sessions that save it."""
        week = self.ledger
        gained = sum(treatment_minutes(session) for session in self.saving) / 60
        return week.delivered + week.not_taken + week.to_come + gained

    @property
    def is_saved(self) -> bool:
        """Whether these sessions bring all that is missing."""
        return sum(treatment_minutes(session) for session in self.saving) >= self.wanted_minutes

    @property
    def wanted_minutes(self) -> int:
        """What is looked for: the least hours first; where these are safe, the plan's."""
        return self.missing_minutes or self.lacks_minutes


def short_ones(
    episodes: Sequence[Episode],
    monday: date,
    *,
    by: Actor,
    at: datetime,
    ledgers: Mapping[int, WeekLedger] | None = None,
) -> list[ShortOne]:
    """Those of these people (episodes with patient and site, in one time zone) whose week lacks prescribed hours.

    `ledgers` by patient (key) where they are at hand. In a number of queries that doesn't grow with the people.
    """
    if ledgers is None and episodes:
        zone, keys = episodes[0].site.time_zone, [episode.patient_id for episode in episodes]
        ledgers = hours_of_week(keys, monday, zone=zone, organization=by.organization, at=at)
    short = [one for one in episodes if ledgers and ledgers[one.patient_id].lacks > 0]
    if not short or ledgers is None:
        return []
    people = absentees(short, monday, by=by, at=at)
    sessions = group_sessions_left({one.site_id for one in short}, monday, by=by, at=at)
    return [
        _short_one(one, ledgers[one.patient_id], people[one.patient_id], sessions, at=at) for one in short
    ]


def _short_one(
    episode: Episode, ledger: WeekLedger, absentee: Absentee, sessions: Sessions, *, at: datetime
) -> ShortOne:
    missing = minutes_short(ledger)
    fitting = [row for row in sessions.rows if _fits(row, absentee, sessions, at=at)]
    wanted = missing or round(ledger.lacks * 60)
    saving = sessions_that_save([_saving(row, absentee.planned) for row in fitting], missing=wanted)
    chosen = {one.key for one in saving}
    return ShortOne(
        episode, ledger, missing, tuple(fitting), tuple(row for row in fitting if row.pk in chosen)
    )


def _fits(session: Session, absentee: Absentee, sessions: Sessions, *, at: datetime) -> bool:
    """Whether there is a seat for this person now, with nothing left to be weighed."""
    if session.site_id != absentee.person.episode.site_id or session.pk in absentee.expected_at:
        return False
    if len(sessions.seated.get(session.pk, ())) >= session.capacity:
        return False
    placing = weigh_make_up(session, absentee, sessions, at=at)
    return not placing.refusals and fits_alone(session, absentee, sessions, placing, at=at)


def _saving(session: Session, planned: Collection[str]) -> SavingSession:
    return SavingSession(
        session.pk,
        session.starts_at,
        session.ends_at,
        treatment_minutes(session),
        not planned or session.session_type in planned,
    )
