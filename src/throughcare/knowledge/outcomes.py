"""The director's seven numbers: what each one says, of whom, and what to aim at.

Targets are this project's own. Everyone who was admitted is counted, also those who left early.
"""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["lower", "higher"]


@dataclass(frozen=True)
class Outcome:
    """One number; shares and their targets are 0 to 1. `within_days` bounds the time that it looks at."""

    code: str
    title: str
    definition: str
    numerator: str
    denominator: str
    unit: Literal["days", "share"]
    better: Direction
    target: float
    source: str
    within_days: int | None = None

    def is_reached(self, value: float) -> bool:
        """Whether a value is as good as the target or better."""
        return value <= self.target if self.better == "lower" else value >= self.target


def retention(days: int, target: float) -> Outcome:
    """Still in care so many days after admission, or gone because the stay was completed."""
    return Outcome(
        code=f"retained_{days}",
        title=f"Still in care at {days} days",
        definition=f"Share of people admitted who, {days} days later, are in the episode or had completed it.",
        numerator=f"people in care, or discharged as completed, {days} days after admission",
        denominator=f"people admitted at least {days} days ago",
        unit="share",
        better="higher",
        target=target,
        source="Market notes: dropout is 27-30 % today, the aim is 20 % at most; the steps are ours",
        within_days=days,
    )


ROWS = (
    Outcome(
        code="days_to_first_session",
        title="Days to first session",
        definition="Median days from the referral to the first session attended.",
        numerator="days from each referral to the first session attended",
        denominator="referrals that led to a session attended",
        unit="days",
        better="lower",
        target=2,
        source="Market notes: first call to first group takes 12-20 days today (NIATx)",
    ),
    Outcome(
        code="kept_to_session_4",
        title="Kept to session 4",
        definition="Share of people admitted who attended a fourth session.",
        numerator="people who attended at least four sessions",
        denominator="people admitted whose fourth planned session has passed",
        unit="share",
        better="higher",
        target=0.8,
        source="Market notes: third sessions kept rose from 62 to 73 % (NIATx); the target is ours",
    ),
    Outcome(
        code="hours_attended",
        title="Hours attended of scheduled",
        definition="Hours attended, as a share of the hours scheduled, everyone counted.",
        numerator="hours attended",
        denominator="hours scheduled and held",
        unit="share",
        better="higher",
        target=0.85,
        source="Market notes: 65 % is called usual",
    ),
    Outcome(
        code="weeks_at_minimum",
        title="Weeks at nine hours",
        definition="Share of whole weeks at the intensive outpatient level that reached the level's minimum hours.",
        numerator="person-weeks that reached the minimum hours (nine for adults, six for teenagers)",
        denominator="whole person-weeks at the level",
        unit="share",
        better="higher",
        target=0.75,
        source="Market notes: nobody publishes it; the target is ours",
    ),
    Outcome(
        code="measures_returned",
        title="Measures returned",
        definition="Share of the questionnaires that were due and came back answered in time.",
        numerator="questionnaires answered within their week",
        denominator="questionnaires due",
        unit="share",
        better="higher",
        target=0.85,
        source="Market notes: 80-86 % where it is done well",
    ),
    Outcome(
        code="kept_next_appointment",
        title="Discharged with a kept next appointment",
        definition="Share of discharges followed by an appointment elsewhere that was kept within seven days.",
        numerator="discharges whose next appointment was kept within seven days",
        denominator="discharges at least seven days ago, of people who are alive and not incarcerated",
        unit="share",
        better="higher",
        target=0.7,
        source="HEDIS follow-up after care counts 7 days; the target is ours",
        within_days=7,
    ),
    retention(30, 0.9),
    retention(60, 0.85),
    retention(90, 0.8),
)

ALL: dict[str, Outcome] = {row.code: row for row in ROWS}

# Retention at 30, 60 and 90 days is one of the seven numbers, shown as three.
SEVEN: tuple[tuple[Outcome, ...], ...] = (*((row,) for row in ROWS[:6]), ROWS[6:])
