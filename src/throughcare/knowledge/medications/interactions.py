"""Medications that don't go together, and what must hold before one is started. Each rule says why and what to do.

A verdict of these rules never stops anybody from writing down what a person takes: it stands until a prescriber or a
nurse has answered it. What the program orders itself waits for that answer.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from throughcare.knowledge.medications.library import classes_of, named_in
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

FDA_2017 = (
    "FDA drug safety communication of 2017-09-20 on opioid treatment and benzodiazepines (general knowledge)"
)
LABEL = "label of the product (general knowledge)"
ANSWERED_BY = frozenset({"nurse", "prescriber"})
# After the last dose of disulfiram alcohol can still make ill for so long. (general knowledge)
DISULFIRAM_DAYS = 14
NOT_ANSWERED = "A prescriber or a nurse answers this first: what is seen, and what is done about it."


@dataclass(frozen=True)
class Taken:
    """One medication in force: its thread and version as text, its code (empty: freely entered), its name."""

    thread: str
    version: int
    code: str
    name: str

    @property
    def classes(self) -> frozenset[str]:
        """Its classes; of a freely entered one those of every medication that its name holds."""
        if self.code:
            return classes_of(self.code)
        return frozenset().union(*(drug.classes for drug in named_in(self.name)))

    def is_drug(self, *codes: str) -> bool:
        """Whether it is one of these, in whichever form."""
        found = {self.code} if self.code else {drug.code for drug in named_in(self.name)}
        return not found.isdisjoint(codes)


@dataclass(frozen=True)
class Drank:
    """The last drinking that is known: its day, and the sentence that says from what it is known."""

    on: date
    because: str


@dataclass(frozen=True)
class Facts:
    """What the rules look at: what is taken, and the last drinking that is known."""

    taken: tuple[Taken, ...]
    drank: Drank | None = None
    today: date | None = None


@dataclass(frozen=True)
class Interaction:
    """Two medications, or a medication and a fact, that don't go together: what was seen and what to do."""

    rule: str
    title: str
    because: str
    do: str
    cite: str
    about: tuple[Taken, ...]
    happened: date | None = None

    @property
    def subject(self) -> str:
        """What an answer is to: the rule with each medication's version and the day, so that what is new asks anew."""
        parts = sorted(f"{one.thread[:8]}.{one.version}" for one in self.about)
        day = (self.happened.isoformat(),) if self.happened else ()
        return ":".join((self.rule, *parts, *day))

    @property
    def names(self) -> str:
        """The medications in words."""
        return " and ".join(one.name for one in self.about)


Rule = Callable[[Facts], Iterator[Interaction]]


def opioid_with_benzodiazepine(facts: Facts) -> Iterator[Interaction]:
    """An opioid and a benzodiazepine together can stop the breathing."""
    for opioid, benzo in _pairs(facts, "opioid", "benzodiazepine"):
        treats = "opioid_agonist" in opioid.classes
        yield Interaction(
            "opioid_benzodiazepine",
            "Opioid with a benzodiazepine",
            f"{opioid.name} and {benzo.name} together can stop the breathing.",
            "Keep treating the opioid use disorder; look at the benzodiazepine, warn of alcohol, give naloxone."
            if treats
            else "Ask whether both are needed, warn of alcohol, give naloxone.",
            FDA_2017,
            (opioid, benzo),
        )


def naltrexone_with_opioid(facts: Facts) -> Iterator[Interaction]:
    """Naltrexone throws somebody who takes an opioid into withdrawal."""
    for blocker, opioid in _pairs(facts, "opioid_blocker", "opioid"):
        yield Interaction(
            "naltrexone_opioid",
            "Naltrexone with an opioid",
            f"{blocker.name} brings on withdrawal in somebody who takes {opioid.name}, and blocks it.",
            "Don't give naltrexone until 7 to 10 days have passed without any opioid.",
            LABEL,
            (blocker, opioid),
        )


def disulfiram_with_metronidazole(facts: Facts) -> Iterator[Interaction]:
    """Disulfiram and metronidazole together can bring on psychosis."""
    for one in _drugs(facts, "disulfiram"):
        for other in _of_class(facts, "reacts_with_disulfiram"):
            yield Interaction(
                "disulfiram_metronidazole",
                "Disulfiram with metronidazole",
                f"{one.name} and {other.name} together can bring on confusion or psychosis.",
                "Choose another antibiotic, or wait two weeks after the last disulfiram.",
                LABEL,
                (one, other),
            )


def disulfiram_with_alcohol(facts: Facts) -> Iterator[Interaction]:
    """Disulfiram and alcohol, drunk lately or held by another medicine."""
    for one in _drugs(facts, "disulfiram"):
        for other in _of_class(facts, "holds_alcohol"):
            yield _alcohol(one, f"{other.name} holds alcohol.", (one, other))
        drank, today = facts.drank, facts.today
        if drank and today and 0 <= (today - drank.on).days <= DISULFIRAM_DAYS:
            yield _alcohol(one, drank.because, (one,), drank.on)


def _alcohol(one: Taken, seen: str, about: tuple[Taken, ...], happened: date | None = None) -> Interaction:
    return Interaction(
        "disulfiram_alcohol",
        "Disulfiram with alcohol",
        f"{seen} With {one.name} that makes ill, and can be dangerous.",
        "Reach them now if it was today: flushed, vomiting, chest pain, short of breath or faint is a call to 911. "
        "No dose within 12 hours of alcohol. Ask about mouthwash, cough syrup and sauces.",
        LABEL,
        about,
        happened,
    )


def methadone_with_qt(facts: Facts) -> Iterator[Interaction]:
    """Methadone and another medication that prolongs the QT interval."""
    for one in _drugs(facts, "methadone"):
        for other in _of_class(facts, "prolongs_qt"):
            if other.thread != one.thread:
                yield Interaction(
                    "methadone_qt",
                    "Methadone with a medication that prolongs QT",
                    f"{one.name} and {other.name} can both disturb the rhythm of the heart.",
                    "Tell the opioid treatment program, ask for an ECG, look for another medication.",
                    LABEL,
                    (one, other),
                )


def naltrexone_start(facts: Facts) -> Iterator[Interaction]:
    """Before naltrexone: no opioid for 7 to 10 days."""
    for one in _of_class(facts, "opioid_blocker"):
        yield Interaction(
            "naltrexone_start",
            "Before naltrexone",
            f"{one.name} brings on withdrawal where opioids were taken in the last 7 to 10 days.",
            "Write down when an opioid was last taken, and what a test or a challenge showed.",
            LABEL,
            (one,),
        )


def disulfiram_start(facts: Facts) -> Iterator[Interaction]:
    """Before disulfiram: 12 hours without alcohol."""
    for one in _drugs(facts, "disulfiram"):
        yield Interaction(
            "disulfiram_start",
            "Before disulfiram",
            f"{one.name} makes ill where alcohol was drunk in the last 12 hours.",
            "Write down when they last drank, and that they know what holds alcohol.",
            LABEL,
            (one,),
        )


RULES: tuple[Rule, ...] = (
    opioid_with_benzodiazepine,
    naltrexone_with_opioid,
    disulfiram_with_alcohol,
    disulfiram_with_metronidazole,
    methadone_with_qt,
    naltrexone_start,
    disulfiram_start,
)


def interactions(
    taken: Iterable[Taken], *, drank: Drank | None = None, today: date | None = None
) -> tuple[Interaction, ...]:
    """Everything in this list that doesn't go together, the rules in their order."""
    ordered = sorted(taken, key=lambda one: (one.name.lower(), one.thread))
    facts = Facts(tuple(ordered), drank, today)
    found = {one.subject: one for rule in RULES for one in rule(facts)}
    return tuple(found.values())


def unanswered_verdict(found: Sequence[Interaction], answered: Iterable[str]) -> Verdict:
    """`Refused` with the first interaction that nobody has answered yet."""
    known = set(answered)
    for one in found:
        if one.subject not in known:
            return Refused(f"{one.because} {NOT_ANSWERED}", cite=one.cite)
    return Allowed()


def may_answer(roles: frozenset[str]) -> Verdict:
    """Interactions are answered by those who may weigh them."""
    if ANSWERED_BY.isdisjoint(roles):
        return Refused("A prescriber or a nurse answers this.", cite=LABEL)
    return Allowed()


def _of_class(facts: Facts, name: str) -> list[Taken]:
    return [one for one in facts.taken if name in one.classes]


def _drugs(facts: Facts, *codes: str) -> list[Taken]:
    return [one for one in facts.taken if one.is_drug(*codes)]


def _pairs(facts: Facts, first: str, second: str) -> Iterator[tuple[Taken, Taken]]:
    for one in _of_class(facts, first):
        for other in _of_class(facts, second):
            if one.thread != other.thread:
                yield one, other
