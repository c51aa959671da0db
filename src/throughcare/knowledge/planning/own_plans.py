"""Safety plan and relapse-prevention plan: what each asks, in our own words, and when a person looks at it again.

The wording is this program's own. It follows no form that needs a permission; what a safety plan covers is common
knowledge of the field.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.safety import RANK, reassess_days
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

SAFETY, RELAPSE = "safety", "relapse"
TOGETHER, PERSON = "together", "person"
MOST_LINES, LONGEST_LINE = 20, 200
REVIEW_EVERY = "plan.review_every_days"

Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Section:
    """One part of a plan. `title` is how the person reads it, `hint` helps to fill it in.

    `needed`: the plan isn't whole without it. `signs`: its lines are the person's own warning signs.
    """

    code: str
    title: str
    hint: str
    needed: bool = True
    signs: bool = False


@dataclass(frozen=True)
class PlanKind:
    """One plan: its name, the kind of record that it is, and its sections in the order in which they help."""

    code: str
    title: str
    record: str
    about: str
    sections: tuple[Section, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its sections."""
        return tuple(one.code for one in self.sections)


ROWS = (
    PlanKind(
        SAFETY,
        "Safety plan",
        "safety_plan",
        "For the hours when it gets so dark that you think of ending your life or of hurting yourself.",
        (
            Section(
                "signs",
                "How I notice that it is getting dangerous",
                "Thoughts, feelings, what you do or stop doing, what happens around you.",
                signs=True,
            ),
            Section(
                "alone",
                "What gets me through an hour by myself",
                "Things you can do at once and without anybody, also at night.",
            ),
            Section(
                "around",
                "Where I can be among others",
                "Places and people that bring other thoughts. You don't have to say how you are.",
            ),
            Section(
                "people",
                "Whom I tell how bad it is",
                "Names with their phone numbers, in the order in which you would call.",
            ),
            Section(
                "professionals",
                "Who helps as their work",
                "Your clinician, the program, a hospital near you, with phone numbers. 988 and 911 are always "
                "there.",
            ),
            Section(
                "surroundings",
                "How what could harm me stays out of reach",
                "Pills, weapons, whatever comes to mind: who keeps it, where it is locked, when it goes.",
            ),
            Section("reasons", "What I stay for", "Whom, what, which day ahead.", needed=False),
        ),
    ),
    PlanKind(
        RELAPSE,
        "Relapse-prevention plan",
        "relapse_plan",
        "For staying well and sober, and for the first hour when something slips.",
        (
            Section(
                "triggers",
                "What sets me off",
                "Days, moods, places, people, money, an argument, an anniversary.",
            ),
            Section(
                "early_signs",
                "My own early signs",
                "What you or others notice days before: sleep, skipped meals, secrets, skipped sessions.",
                signs=True,
            ),
            Section(
                "coping", "What I do then, step by step", "The first step should take less than a minute."
            ),
            Section(
                "refusing", "What I say when it is offered", "The very words, short enough to say them twice."
            ),
            Section("people", "Whom I call", "Names with phone numbers: friends, sponsor, family."),
            Section(
                "places",
                "Places and means I keep away from",
                "Where you don't go, which way home, what is out of the house, who holds the cards.",
            ),
            Section(
                "medication",
                "My medication",
                "What you take, when, and what you do when a dose was missed.",
                needed=False,
            ),
            Section(
                "lapse",
                "If it happens anyway",
                "A lapse is not the end: stop, get safe, tell someone today, come to the next session.",
            ),
            Section(
                "naloxone",
                "Naloxone",
                "Where it is, who can give it, when it runs out. After an overdose: 911 first.",
                needed=False,
            ),
        ),
    ),
)
ALL: dict[str, PlanKind] = {row.code: row for row in ROWS}


def clean_words(kind: str, words: Words) -> dict[str, list[str]]:
    """Section by section its lines, trimmed, without the empty ones and what the plan has no section for."""
    return {
        code: [" ".join(line.split()) for line in words.get(code, ()) if line.strip()]
        for code in ALL[kind].codes
    }


def check_words(kind: str, words: Words) -> Verdict:
    """Whether these words can be kept as a plan; it need not be whole yet."""
    if kind not in ALL:
        return Refused("Choose the safety plan or the relapse-prevention plan.")
    if not any(words.get(code) for code in ALL[kind].codes):
        return Refused("Write at least one line. The plan can grow later.")
    for section in ALL[kind].sections:
        lines = words.get(section.code, ())
        if len(lines) > MOST_LINES:
            return Refused(f"“{section.title}”: keep it to {MOST_LINES} lines.")
        if any(len(line) > LONGEST_LINE for line in lines):
            return Refused(f"“{section.title}”: keep each line under {LONGEST_LINE} characters.")
    return Allowed()


def lacks(kind: str, words: Words) -> tuple[str, ...]:
    """The titles of the needed sections that are still empty."""
    return tuple(one.title for one in ALL[kind].sections if one.needed and not words.get(one.code))


def in_lines(kind: str, words: Words) -> tuple[str, ...]:
    """The plan for a paper: a line for each section that says something."""
    return tuple(
        f"{section.title}: {'; '.join(words[section.code])}"
        for section in ALL[kind].sections
        if words.get(section.code)
    )


_PHONE = re.compile(r"(?<![\d-])(?:\+?1[-. ]?)?\(?(\d{3})\)?[-. ]?(\d{3})[-. ]?(\d{4})(?![\d-])")


def phone_of(line: str) -> str:
    """The US phone number in a line, as a phone dials it: “Mom 518-555-0134” gives +15185550134; else empty."""
    found = _PHONE.search(line)
    return "+1" + "".join(found.groups()) if found else ""


def sign_key(words: str) -> str:
    """A short key of an own warning sign: the same words keep it from one version of a plan to the next."""
    return hashlib.sha256(" ".join(words.casefold().split()).encode()).hexdigest()[:12]


@dataclass(frozen=True)
class OwnSign:
    """One of a person's own warning signs, in their words; `plan` is the kind of plan that names it first."""

    key: str
    words: str
    plan: str


def own_signs(plans: Mapping[str, Words]) -> tuple[OwnSign, ...]:
    """The person's own warning signs of both plans (words by kind), each once, in the order of the plans."""
    found: dict[str, OwnSign] = {}
    for kind in ROWS:
        for section in kind.sections:
            if section.signs:
                for line in plans.get(kind.code, {}).get(section.code, ()):
                    found.setdefault(sign_key(line), OwnSign(sign_key(line), line, kind.code))
    return tuple(found.values())


@dataclass(frozen=True)
class Looked:
    """What a due date follows from. `last_on`: the day it was written or read again last; None: there is none.

    `crisis_on` is a crisis since then. `review_on` is the day the person chose; `tier` is the suicide tier, empty when
    it isn't known.
    """

    last_on: date | None
    review_on: date | None = None
    plan_review_on: date | None = None
    crisis_on: date | None = None
    tier: str = ""
    tier_on: date | None = None


@dataclass(frozen=True)
class Due:
    """When a plan is written or read again, and why, in words."""

    on: date
    because: str

    def is_due(self, today: date) -> bool:
        """Whether the day has come."""
        return self.on <= today


def plan_due(
    kind: str, looked: Looked, *, today: date, own: Mapping[str, Number] | None = None
) -> Due | None:
    """The first reason to write a plan or to read it again; None while a missing plan is asked for by nothing."""
    if looked.last_on is None:
        return _missing(kind, looked, today)
    reasons = [*_after_events(looked), *_in_time(kind, looked, own)]
    return min(reasons, key=lambda due: due.on)


def _missing(kind: str, looked: Looked, today: date) -> Due | None:
    if kind == SAFETY and looked.crisis_on:
        return Due(looked.crisis_on, "There was a crisis and there is no safety plan.")
    if kind == SAFETY and looked.tier and RANK[looked.tier] >= RANK["low"]:
        return Due(looked.tier_on or today, f"The suicide tier is {looked.tier} and there is no safety plan.")
    return None


def _after_events(looked: Looked) -> list[Due]:
    """A crisis since makes it due that day; a plan review does from the next day on: often both are one visit."""
    last, found = looked.last_on, []
    if last and looked.crisis_on and looked.crisis_on >= last:
        found.append(Due(looked.crisis_on, "There was a crisis after it was last read."))
    if last and looked.plan_review_on and looked.plan_review_on > last:
        found.append(Due(looked.plan_review_on, "The care plan was reviewed after it was last read."))
    return found


def _in_time(kind: str, looked: Looked, own: Mapping[str, Number] | None) -> list[Due]:
    last = looked.last_on
    if last is None:
        return []
    if looked.review_on and looked.review_on > last:
        chosen = [Due(looked.review_on, "The day that was chosen to read it again.")]
    else:
        days = int((own or {}).get(REVIEW_EVERY, 30))
        chosen = [Due(last + timedelta(days=days), f"{days} days after it was last read.")]
    if kind == SAFETY and looked.tier:
        days_of_tier = reassess_days(looked.tier, own)
        if days_of_tier:
            because = f"At the {looked.tier} tier it is read again within {days_of_tier} days."
            chosen.append(Due(last + timedelta(days=days_of_tier), because))
    return chosen
