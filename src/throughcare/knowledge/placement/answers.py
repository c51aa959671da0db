"""Questions asked of facts, answered yes, no or not known, with the facts that were used and those missing."""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.knowledge.placement.facts import Facts
from throughcare.knowledge.program_settings import Number, value_of


@dataclass(frozen=True)
class Answer:
    """Whether something holds (None: not known); `facts` made it hold, `missing` could make it hold."""

    holds: bool | None
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


NO = Answer(False)


def any_of(*answers: Answer) -> Answer:
    """Holds when one of them does; not known when none does and one isn't known."""
    held = [answer for answer in answers if answer.holds]
    if held:
        return Answer(True, facts=keys(held, "facts"))
    unknown = [answer for answer in answers if answer.holds is None]
    return Answer(None, missing=keys(unknown, "missing")) if unknown else NO


def all_of(*answers: Answer) -> Answer:
    """Holds when each of them does; does not when one doesn't; else not known."""
    if any(answer.holds is False for answer in answers):
        return NO
    unknown = [answer for answer in answers if answer.holds is None]
    if unknown:
        return Answer(None, missing=keys(unknown, "missing"))
    return Answer(True, facts=keys(answers, "facts"))


def rated(rating: Answer, *evidence: Answer) -> Answer:
    """A domain's rating or the evidence behind it; once the domain is rated, evidence not given isn't missed."""
    either = any_of(rating, *evidence)
    return NO if either.holds is None and rating.holds is False else either


def keys(answers: "list[Answer] | tuple[Answer, ...]", part: str) -> tuple[str, ...]:
    """The keys of all the answers, each once, in order."""
    return tuple(dict.fromkeys(key for answer in answers for key in getattr(answer, part)))


@dataclass(frozen=True)
class Case:
    """One person's facts and the program's own numbers, to put questions to."""

    facts: Facts
    own: Mapping[str, Number] | None = None

    def setting(self, key: str) -> Number:
        """The program's own number, or its default."""
        return value_of(key, self.own)

    def yes(self, key: str) -> Answer:
        """Is the fact a yes?"""
        return self.equals(key, True)

    def no(self, key: str) -> Answer:
        """Is the fact a no?"""
        return self.equals(key, False)

    def equals(self, key: str, wanted: bool | int) -> Answer:
        """Is the fact exactly this?"""
        value = self.facts.value(key)
        return answer(key, None if value is None else value == wanted)

    def at_least(self, key: str, least: Number) -> Answer:
        """Is the number at least this?"""
        value = self.number(key)
        return answer(key, None if value is None else value >= least)

    def above(self, key: str, bound: Number) -> Answer:
        """Is the number above this?"""
        value = self.number(key)
        return answer(key, None if value is None else value > bound)

    def at_most(self, key: str, most: Number) -> Answer:
        """Is the number at most this?"""
        value = self.number(key)
        return answer(key, None if value is None else value <= most)

    def number(self, key: str) -> Number | None:
        """The number under the key, or None."""
        value = self.facts.value(key)
        return value if isinstance(value, int | float) else None


def answer(key: str, holds: bool | None) -> Answer:
    """One fact's answer."""
    if holds is None:
        return Answer(None, missing=(key,))
    return Answer(True, facts=(key,)) if holds else NO
