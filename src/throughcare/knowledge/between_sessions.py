"""What a person says before, after and between sessions: check-in, check-out, homework; and what of it is noticed.

A check-in takes a minute and is seen by the facilitator at once. It is no emergency line, and says so. [ours]
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.trends import Trend, trend, usual
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

SOURCE = "program default"
Kind = Literal["scale", "choice", "many", "words"]
TOP = 10
LONGEST_WORDS = 500
NO_EMERGENCY_LINE = (
    "Staff see this when the session begins. If you are in danger now, call 911, or call or text 988."
)


@dataclass(frozen=True)
class Item:
    """One question. A scale goes from 0 to 10 with words at its ends; a choice has its answers, best first."""

    code: str
    kind: Kind
    words: str
    low: str = ""
    high: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    higher_is_better: bool = True
    source: str = SOURCE


# What is noticed of someone who wrote and is otherwise as usual: it is read, and no alarm.
WROTE = "Wrote something: read it before the session."
PRACTICED = (("yes", "Yes"), ("partly", "A little"), ("no", "Not this time"))
CHECK_IN = (
    Item("mood", "scale", "How is your mood right now?", "Very low", "Very good"),
    Item(
        "craving",
        "scale",
        "How strong is craving right now?",
        "None",
        "The strongest",
        higher_is_better=False,
    ),
    Item("sleep", "scale", "How did you sleep last night?", "Hardly", "Very well"),
    Item("practiced", "choice", "Did you practice the skill?", answers=PRACTICED),
    Item("words", "words", "Anything you want your facilitator to know?"),
)
CHECK_OUT = Item("take_away", "words", "What do you take with you today?")
HOMEWORK = (
    Item("practiced", "choice", "Did you do it?", answers=PRACTICED),
    Item("helped", "scale", "How much did it help?", "Not at all", "Very much"),
    Item("words", "words", "What happened?"),
)
SCALES = {item.code: item for item in (*CHECK_IN, *HOMEWORK) if item.kind == "scale"}


@dataclass(frozen=True)
class CheckIn:
    """One person's answers before a session; what they left out is None or empty."""

    mood: int | None = None
    craving: int | None = None
    sleep: int | None = None
    practiced: str = ""
    words: str = ""


@dataclass(frozen=True)
class HomeworkAnswer:
    """Whether a person practiced, how much it helped (0 to 10, only where they practiced), and their words."""

    practiced: str
    helped: int | None = None
    words: str = ""


def check_answer(item: Item, answer: int | str | None) -> Verdict:
    """Whether this is an answer to the question; leaving it out is one."""
    if answer is None or answer == "":
        return Allowed()
    if item.kind == "scale":
        fits = isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer <= TOP
        return Allowed() if fits else Refused(f"Choose a number from 0 to {TOP}.")
    if item.kind == "choice":
        fits = any(answer == code for code, _ in item.answers)
        return Allowed() if fits else Refused("Choose one of the answers.")
    if len(str(answer)) > LONGEST_WORDS:
        return Refused(f"Shorten this to {LONGEST_WORDS} characters.")
    return Allowed()


def check_homework(answer: HomeworkAnswer) -> Verdict:
    """Whether the answers about homework fit together: what wasn't done can't have helped."""
    if answer.practiced not in dict(PRACTICED):
        return Refused("Say whether you did it.")
    if answer.practiced == "no" and answer.helped is not None:
        return Refused("What wasn't done can't be rated. Leave the number out.")
    return check_answer(HOMEWORK[1], answer.helped)


def noticed(
    now: CheckIn, earlier: Sequence[CheckIn] = (), own: Mapping[str, Number] | None = None
) -> tuple[str, ...]:
    """What a facilitator should see first in a check-in, as sentences; `earlier` oldest first, `own` are settings."""
    found = []
    sudden = value_of("check_in.sudden_change", own)
    if now.craving is not None and now.craving >= value_of("check_in.high_craving", own):
        found.append(f"Strong craving: {now.craving} of {TOP}.")
    if now.mood is not None and now.mood <= value_of("check_in.low_mood", own):
        found.append(f"Very low mood: {now.mood} of {TOP}. Ask about safety.")
    if now.sleep is not None and now.sleep <= value_of("check_in.poor_sleep", own):
        found.append(f"Hardly slept: {now.sleep} of {TOP}.")
    mood = usual([one.mood for one in earlier if one.mood is not None])
    if now.mood is not None and mood is not None and mood - now.mood >= sudden:
        found.append(f"Mood is {now.mood}, usually {mood:.0f}.")
    craving = usual([one.craving for one in earlier if one.craving is not None])
    if now.craving is not None and craving is not None and now.craving - craving >= sudden:
        found.append(f"Craving is {now.craving}, usually {craving:.0f}.")
    if now.words.strip():
        found.append(WROTE)
    return tuple(found)


def check_in_trend(code: str, answers: Sequence[CheckIn]) -> Trend:
    """The trend of mood, craving or sleep over check-ins, oldest first."""
    values = [value for one in answers if (value := getattr(one, code)) is not None]
    return trend(values, higher_is_better=SCALES[code].higher_is_better)


@dataclass(frozen=True)
class Practice:
    """Skills used in real life: how often homework was answered and done, and whether it helps more or less."""

    answered: int
    done: int
    helped: float | None
    trend: Trend

    @property
    def words(self) -> str:
        """The same in one sentence."""
        if not self.answered:
            return "No homework was answered yet."
        helps = f", helped {self.helped:.0f} of {TOP} on average" if self.helped is not None else ""
        return f"Practiced {self.done} of {self.answered} times{helps}."


def practice_of(answers: Sequence[HomeworkAnswer]) -> Practice:
    """What a person's answers about homework come to, oldest first; “a little” counts as done."""
    ratings = [one.helped for one in answers if one.helped is not None]
    return Practice(
        answered=len(answers),
        done=sum(one.practiced != "no" for one in answers),
        helped=sum(ratings) / len(ratings) if ratings else None,
        trend=trend(ratings, higher_is_better=True),
    )
