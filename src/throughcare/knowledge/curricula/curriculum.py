"""A curriculum and its topics: what a facilitator needs to lead each session."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

PARTS = ("opening", "core", "practice", "closing")


@dataclass(frozen=True)
class OutlinePart:
    """One part of a session's outline: opening, core, practice or closing, with its minutes."""

    part: str
    minutes: int
    text: str


@dataclass(frozen=True)
class Variant:
    """One variant of a curriculum (for teens, in Spanish): whether it is prepared, and what changes in it."""

    code: str
    prepared: bool
    note: str


@dataclass(frozen=True)
class Topic:
    """One session's topic. `skill` is practiced and goes home; `watch` is what to look out for, for safety."""

    code: str
    title: str
    aim: str
    outline: tuple[OutlinePart, ...]
    skill: str
    homework: str
    watch: str
    licence: str
    variants: frozenset[str] = frozenset()

    @property
    def minutes(self) -> int:
        """How long the whole outline takes."""
        return sum(part.minutes for part in self.outline)


@dataclass(frozen=True)
class Curriculum:
    """Topics in order. `verified` says which counts and titles were checked against the source, and which weren't."""

    code: str
    title: str
    about: str
    session_type: str
    topics: tuple[Topic, ...]
    variants: Mapping[str, Variant]
    source: str
    licence: str
    verified: str
    effective_date: date

    def after(self, had: set[str]) -> Topic | None:
        """The first topic in order that isn't among those a person has had; None when they had them all."""
        return next((topic for topic in self.topics if topic.code not in had), None)
