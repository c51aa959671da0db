"""What a rule of the week is, and what breaks one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from throughcare.timetable.constraints.reading import Reading
from throughcare.timetable.problem import SlotKey


@dataclass(frozen=True)
class Broken:
    """One place where a plan breaks a rule; `count` is by how much, where more than one is possible."""

    rule: str
    because: str
    people: tuple[str, ...] = ()
    slots: tuple[SlotKey, ...] = ()
    count: int = 1


@dataclass(frozen=True)
class Rule:
    """A rule that every plan keeps: its code, its sentence, and the function that finds where it is broken."""

    code: str
    sentence: str
    find: Callable[[Reading], Iterator[Broken]]
