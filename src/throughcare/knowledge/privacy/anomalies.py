"""What in the book of accesses deserves a second look; each rule is a sentence, a function and a test. [ours]

An access of a list (census, today) names many people and counts as no chart that was opened.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughcare.knowledge.program_settings import Number, value_of

# Whoever isn't near to the person whose chart it is.
FAR = frozenset({"off_panel", "same_site", "other_site"})


@dataclass(frozen=True)
class AccessFact:
    """One chart that someone opened. `day` is the clinic's own day; `likeness` says what they share with the person.

    `likeness`: `address`, `family_name`, both or none. `is_colleague`: the person works here too.
    """

    account: int
    patient: int
    opened_at: datetime
    day: date
    relationship: str
    kind: str = "note"
    is_list: bool = False
    is_colleague: bool = False
    likeness: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Anomaly:
    """Something to look at: who, whose charts, from when to when, and why in a sentence without names."""

    code: str
    account: int
    patients: tuple[int, ...]
    since: datetime
    until: datetime
    because: str


Settings = Mapping[str, Number] | None


def off_panel_bursts(accesses: Iterable[AccessFact], own: Settings = None) -> list[Anomaly]:
    """Many charts of people whom the reader doesn't treat, within minutes (threat S2)."""
    charts = int(value_of("access.off_panel_charts", own))
    minutes = int(value_of("access.off_panel_minutes", own))
    found = []
    for account, opened in _by_account(accesses, relationships=FAR).items():
        for burst in _bursts(opened, charts=charts, within=timedelta(minutes=minutes)):
            because = (
                f"{charts} charts or more of people not on the panel were opened within {minutes} minutes."
            )
            found.append(_anomaly("off_panel_burst", account, burst, because))
    return found


def mass_reading(accesses: Iterable[AccessFact], own: Settings = None) -> list[Anomaly]:
    """More charts in a day than anyone's work asks for, whoever's patients they are."""
    most = int(value_of("access.charts_per_day", own))
    days: dict[tuple[int, date], list[AccessFact]] = defaultdict(list)
    for one in _charts(accesses):
        days[one.account, one.day].append(one)
    because = f"More than {most} charts were opened in a day."
    return [
        _anomaly("mass_reading", account, opened, because)
        for (account, _), opened in days.items()
        if len({one.patient for one in opened}) > most
    ]


def colleagues_opened(accesses: Iterable[AccessFact], own: Settings = None) -> list[Anomaly]:
    """The chart of someone who works here, opened by someone who doesn't treat them (threat S1)."""
    return _each_day(
        [one for one in accesses if one.is_colleague and one.relationship in (*FAR, "emergency")],
        "colleague",
        "The chart of a colleague was opened by someone not on their care team.",
    )


def likenesses_opened(accesses: Iterable[AccessFact], own: Settings = None) -> list[Anomaly]:
    """The chart of someone with the reader's own address or family name, opened from outside the care team."""
    near = [one for one in accesses if one.likeness and one.relationship in (*FAR, "emergency")]
    same_home = [one for one in near if "address" in one.likeness]
    same_name = [one for one in near if "address" not in one.likeness]
    return [
        *_each_day(
            same_home, "same_address", "The chart is of someone who lives at the reader's own address."
        ),
        *_each_day(
            same_name, "same_family_name", "The chart is of someone with the reader's own family name."
        ),
    ]


RULES: tuple[Callable[[Iterable[AccessFact], Settings], list[Anomaly]], ...] = (
    off_panel_bursts,
    mass_reading,
    colleagues_opened,
    likenesses_opened,
)


def find_anomalies(accesses: Iterable[AccessFact], own: Settings = None) -> list[Anomaly]:
    """What every rule finds, in the order in which it began."""
    facts = list(accesses)
    found = [anomaly for rule in RULES for anomaly in rule(facts, own)]
    return sorted(found, key=lambda one: (one.since, one.code, one.account))


def _charts(accesses: Iterable[AccessFact]) -> list[AccessFact]:
    return sorted((one for one in accesses if not one.is_list), key=lambda one: one.opened_at)


def _by_account(
    accesses: Iterable[AccessFact], *, relationships: frozenset[str]
) -> dict[int, list[AccessFact]]:
    opened: dict[int, list[AccessFact]] = defaultdict(list)
    for one in _charts(accesses):
        if one.relationship in relationships:
            opened[one.account].append(one)
    return opened


def _bursts(opened: Sequence[AccessFact], *, charts: int, within: timedelta) -> list[list[AccessFact]]:
    """Stretches in which the window always held that many different people; each is told once."""
    bursts: list[list[AccessFact]] = []
    window: list[AccessFact] = []
    for one in opened:
        window = [*(earlier for earlier in window if one.opened_at - earlier.opened_at <= within), one]
        if len({each.patient for each in window}) < charts:
            continue
        if bursts and window[0].opened_at <= bursts[-1][-1].opened_at:
            bursts[-1].append(one)
        else:
            bursts.append(list(window))
    return bursts


def _each_day(accesses: Iterable[AccessFact], code: str, because: str) -> list[Anomaly]:
    """One anomaly for each reader, person and day."""
    days: dict[tuple[int, int, date], list[AccessFact]] = defaultdict(list)
    for one in _charts(accesses):
        days[one.account, one.patient, one.day].append(one)
    return [_anomaly(code, account, opened, because) for (account, _, _), opened in days.items()]


def _anomaly(code: str, account: int, opened: Sequence[AccessFact], because: str) -> Anomaly:
    patients = tuple(dict.fromkeys(one.patient for one in opened))
    return Anomaly(code, account, patients, opened[0].opened_at, opened[-1].opened_at, because)
