"""The daily check-in: half a minute a day, of questions that the person chose; and what the days say without shaming.

A day that was left out is no break of anything: what is counted is how often someone spoke, never how often not. [ours]
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from throughcare.knowledge.between_sessions import TOP, Item
from throughcare.knowledge.sentence import Sentence
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

NOT_WATCHED = "Nobody watches this live. In danger now: call 911, or call or text 988."
LONGEST_WORDS = 500
YES_NO = (("no", "No"), ("yes", "Yes"))
DONE = (("yes", "Yes"), ("partly", "Some of it"), ("no", "No"))
# As drug tests call them, so that what somebody disclosed can be laid beside a result.
SUBSTANCES = (
    ("alcohol", "Alcohol"),
    ("cannabis", "Cannabis"),
    ("cocaine", "Cocaine"),
    ("methamphetamine", "Meth"),
    ("amphetamine", "Other stimulants"),
    ("heroin", "Heroin"),
    ("fentanyl", "Fentanyl"),
    ("oxycodone", "Pain pills"),
    ("benzodiazepines", "Benzos"),
    ("other", "Something else"),
)

ITEMS = (
    Item("mood", "scale", "How is your mood today?", "Very low", "Very good"),
    Item("craving", "scale", "Strongest craving today?", "None", "The strongest", higher_is_better=False),
    Item("sleep", "scale", "How did you sleep?", "Hardly", "Very well"),
    Item("use", "choice", "Did you drink or use since your last check-in?", answers=YES_NO),
    Item("medication", "choice", "Did you take your medication?", answers=DONE),
    Item("skills", "choice", "Did you use a skill?", answers=DONE),
    Item("own_signs", "many", "Did you notice any of your own warning signs?"),
    Item("words", "words", "Anything you want to say?"),
)
ITEM = {item.code: item for item in ITEMS}
TITLES = {
    "mood": "Mood",
    "craving": "Craving",
    "sleep": "Sleep",
    "use": "Drinking or using",
    "medication": "Medication",
    "skills": "Skills",
    "own_signs": "My own warning signs",
    "words": "A few words",
}
# What somebody is asked who has not chosen.
USUAL = ("mood", "craving", "sleep", "use", "words")


@dataclass(frozen=True)
class Day:
    """What a person said of one day; whatever was not asked or was left out is None or empty."""

    mood: int | None = None
    craving: int | None = None
    sleep: int | None = None
    use: str = ""
    used: tuple[str, ...] = ()
    medication: str = ""
    skills: str = ""
    own_signs: tuple[str, ...] = ()  # keys of the signs that the person named in a plan
    sign_words: tuple[str, ...] = ()
    asked: tuple[str, ...] = field(default=USUAL)
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was answered."""
        said = (self.use, self.used, self.medication, self.skills, self.own_signs, self.words.strip())
        return (self.mood, self.craving, self.sleep) == (None, None, None) and not any(said)


def check_choice(codes: Collection[str]) -> Verdict:
    """Whether these items can be asked daily."""
    if not codes:
        return Refused(Sentence("Choose at least one question. One is enough."))
    return Allowed() if set(codes) <= set(ITEM) else Refused(Sentence("Choose from the list."))


def check_day(day: Day) -> Verdict:
    """Whether this may be kept as a day's answers."""
    if day.is_empty:
        return Refused(Sentence("Answer at least one question. One is enough."))
    scales = (day.mood, day.craving, day.sleep)
    if any(value is not None and not 0 <= value <= TOP for value in scales):
        return Refused(Sentence("Choose a number from 0 to {top}.", top=TOP))
    chosen = {"use": day.use, "medication": day.medication, "skills": day.skills}
    if any(said and said not in dict(ITEM[code].answers) for code, said in chosen.items()):
        return Refused(Sentence("Choose one of the answers."))
    if not set(day.used) <= {code for code, _ in SUBSTANCES}:
        return Refused(Sentence("Choose from the list."))
    if day.used and day.use != "yes":
        return Refused(Sentence("Say yes to drinking or using, or leave out what it was."))
    if len(day.words) > LONGEST_WORDS:
        return Refused(Sentence("Shorten this to {n} characters.", n=LONGEST_WORDS))
    return Allowed()


def say_days(days: Collection[date], *, today: date) -> str:
    """How often someone has checked in, in words that shame nobody: only what was done is counted."""
    past = {day for day in days if day <= today}
    if not past:
        return Sentence("Your first check-in. It takes half a minute.")
    week = sum(1 for day in past if day > today - timedelta(days=7))
    if not week:
        words = (
            "Good to see you. {n} check-in in all."
            if len(past) == 1
            else "Good to see you. {n} check-ins in all."
        )
        return Sentence(words, n=len(past))
    lately = "{n} check-in in the last seven days" if week == 1 else "{n} check-ins in the last seven days"
    said = Sentence(lately, n=week)
    if len(past) > week:
        return Sentence("{lately}, {total} in all.", lately=said, total=len(past))
    return Sentence("{lately}.", lately=said)


def phrases_of(day: Day) -> tuple[str, ...]:
    """The answers as short phrases for staff, what matters first."""
    used = ", ".join(dict(SUBSTANCES)[code].lower() for code in day.used)
    said = [
        f"used: {used}" if used else "drank or used" if day.use == "yes" else "",
        f"craving {day.craving}" if day.craving is not None else "",
        f"mood {day.mood}" if day.mood is not None else "",
        f"sleep {day.sleep}" if day.sleep is not None else "",
        {"no": "medication not taken", "partly": "medication taken in part", "yes": "medication taken"}.get(
            day.medication, ""
        ),
        {"no": "", "partly": "tried a skill", "yes": "used a skill"}.get(day.skills, ""),
        f"own signs: {', '.join(day.sign_words)}" if day.sign_words else "",
        "no use" if day.use == "no" else "",
    ]
    return tuple(one for one in said if one)


@dataclass(frozen=True)
class DayOfStrip:
    """One day of the strip that staff see: whether the person spoke, and what stands out of it."""

    on: date
    said: bool
    used: bool
    craving: int | None
    mood: int | None


def strip_of(days: Mapping[date, Day], *, today: date, length: int = 14) -> Sequence[DayOfStrip]:
    """The last days up to today, oldest first, also those of which nothing was said."""
    first = today - timedelta(days=length - 1)
    row = []
    for number in range(length):
        on = first + timedelta(days=number)
        day = days.get(on)
        row.append(
            DayOfStrip(
                on,
                day is not None,
                day is not None and day.use == "yes",
                day.craving if day else None,
                day.mood if day else None,
            )
        )
    return tuple(row)


STRONG_CRAVING = 7


def say_lately(days: Sequence[DayOfStrip]) -> str:
    """What the last seven days told, in a few words for staff before a session; empty for who never spoke lately."""
    week = list(days)[-7:]
    if not any(day.said for day in days):
        return ""
    used = [f"{day.on:%b} {day.on.day}" for day in week if day.used]
    strong = sum(day.craving is not None and day.craving >= STRONG_CRAVING for day in week)
    parts = [f"Spoke on {sum(day.said for day in week)} of 7 days."]
    parts += [f"Told of use on {', '.join(used)}."] if used else []
    parts += (
        [f"Craving {STRONG_CRAVING} or more on {strong} day{'' if strong == 1 else 's'}."] if strong else []
    )
    return " ".join(parts)
