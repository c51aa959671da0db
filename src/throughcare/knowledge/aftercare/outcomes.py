"""How people are a month, a quarter, half a year and a year after they left: of how many it is known, and what. [ours]

A share is of those who answered that question, and says how many that are. Who wasn't reached counts as not reached,
never as well. Shares of fewer than five people are left out: they could point at somebody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from throughcare.knowledge.aftercare.answers import Answer

SMALLEST = 5


@dataclass(frozen=True)
class Told:
    """One follow-up of one person: at how many days, and what they answered; None of whom wasn't reached."""

    days: int
    answer: Answer | None


@dataclass(frozen=True)
class Share:
    """How many of how many; `words` says it, and says so when there are too few to tell."""

    part: int
    whole: int

    @property
    def words(self) -> str:
        """Like “12 of 20 (60%)”."""
        if not self.whole:
            return "Nobody yet"
        if self.whole < SMALLEST:
            return f"Fewer than {SMALLEST} answered"
        return f"{self.part} of {self.whole} ({100 * self.part / self.whole:.0f}%)"


@dataclass(frozen=True)
class Point:
    """What is known at one distance from discharge."""

    days: int
    reached: Share
    no_use: Share
    working: Share
    housed: Share
    no_law: Share
    no_hospital: Share
    helped: Share


def points_of(told: Iterable[Told], days: Sequence[int]) -> tuple[Point, ...]:
    """The outcomes at each of these distances."""
    rows = list(told)
    return tuple(_point(at, [one.answer for one in rows if one.days == at]) for at in days)


def _point(days: int, answers: Sequence[Answer | None]) -> Point:
    known = [one for one in answers if one is not None]
    return Point(
        days=days,
        reached=Share(len(known), len(answers)),
        no_use=_share(known, "use_days", ("none",)),
        working=_share(known, "work", ("yes", "partly")),
        housed=_share(known, "home", ("yes",)),
        no_law=_share(known, "law", ("no",)),
        no_hospital=_share(known, "hospital", ("no",)),
        helped=_share(known, "helped", ("lot", "some")),
    )


def _share(answers: Sequence[Answer], code: str, good: tuple[str, ...]) -> Share:
    said = [value for one in answers if (value := getattr(one, code))]
    return Share(sum(value in good for value in said), len(said))
