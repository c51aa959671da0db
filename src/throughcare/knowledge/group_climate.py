"""How a session was for those in it: four anonymous taps, and what a facilitator may see of them. [ours]

Nobody's answer is kept with their name. It is shown only with enough others and after the session is over, so that
no one can be guessed from who came last.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.trends import Trend, trend
from throughcare.knowledge.verdict import Allowed, Refused, Verdict


@dataclass(frozen=True)
class Tap:
    """One of the four statements."""

    code: str
    words: str


TAPS = (
    Tap("heard", "I felt heard."),
    Tap("useful", "It was useful to me."),
    Tap("safe", "I felt safe here."),
    Tap("hopeful", "I leave with some hope."),
)
# What a person may answer to each, with its points.
ANSWERS = {"yes": 10, "partly": 5, "no": 0}
CODES = tuple(tap.code for tap in TAPS)


@dataclass(frozen=True)
class Climate:
    """A session's climate: how many answered, and the mean of each statement from 0 to 10."""

    answered: int
    means: Mapping[str, float]

    @property
    def whole(self) -> float:
        """The mean of the four."""
        return sum(self.means.values()) / len(self.means)


def check_taps(taps: Mapping[str, str]) -> Verdict:
    """Whether these are answers to the four statements; some may be left out, not all."""
    if not taps or any(code not in CODES or answer not in ANSWERS for code, answer in taps.items()):
        return Refused("Tap an answer to at least one of the four.")
    return Allowed()


def may_show(answered: int, *, is_over: bool, own: Mapping[str, Number] | None = None) -> Verdict:
    """Whether a facilitator may see a session's climate."""
    fewest = int(value_of("climate.fewest_answers", own))
    if not is_over:
        return Refused("The climate shows when the session is over.")
    if answered < fewest:
        return Refused(f"Fewer than {fewest} answered. Nothing is shown, so that nobody can be guessed.")
    return Allowed()


def climate_of(answers: Sequence[Mapping[str, str]]) -> Climate:
    """What a session's answers come to. Raises `ValueError` where a statement has no answer at all."""
    means = {}
    for code in CODES:
        points = [ANSWERS[taps[code]] for taps in answers if code in taps]
        if not points:
            raise ValueError(f"nobody answered “{code}”")
        means[code] = sum(points) / len(points)
    return Climate(len(answers), means)


def climate_from_counts(
    answered: int, counts: Mapping[str, Mapping[str, int]], *, fewest: int
) -> Climate | None:
    """The same from how often each answer was tapped, by statement; what fewer answered is left out of the means."""
    means = {}
    for code in CODES:
        tapped = counts.get(code, {})
        total = sum(tapped.values())
        if total >= max(1, fewest):
            means[code] = sum(ANSWERS[answer] * many for answer, many in tapped.items()) / total
    return Climate(answered, means) if means else None


def climate_trend(sessions: Sequence[Climate], code: str = "") -> Trend:
    """The trend over a group's sessions, oldest first: of one statement, or of all four."""
    values = [one.means[code] if code else one.whole for one in sessions if not code or code in one.means]
    return trend(values, higher_is_better=True)
