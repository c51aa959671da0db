"""A problem as JSON and back, field by field as its dataclasses say: what a run keeps of the week that it solves.

The interchange format is for others; here nothing may be lost, whatever the dataclasses come to hold.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from throughcare.timetable.problem import Problem


def problem_to_json(problem: Problem) -> dict[str, Any]:
    """The problem as JSON: mappings whose keys are no words become lists of pairs, sets are sorted."""
    said: dict[str, Any] = _plain(problem)
    return said


def problem_from_json(said: Mapping[str, Any]) -> Problem:
    """The problem that was kept."""
    found: Problem = _reader(Problem)(said)
    return found


_PLAIN = (str, int, float, bool, NoneType)


def _plain(value: Any) -> Any:
    if isinstance(value, _PLAIN):
        return value
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {key: _plain(one) for key, one in value.items()}
        return [[_plain(key), _plain(one)] for key, one in value.items()]
    held = map(_plain, value)
    return sorted(held) if isinstance(value, frozenset | set) else list(held)


@cache
def _reader(wanted: Any) -> Callable[[Any], Any]:
    """What makes a value of this type out of JSON."""
    origin, inner = get_origin(wanted), get_args(wanted)
    if origin in (Union, UnionType):
        (there,) = (_reader(one) for one in inner if one is not NoneType)
        return lambda said: None if said is None else there(said)
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_reader(*map(_reader, inner))
    if origin in (frozenset, tuple):
        return _many_reader(origin, inner)
    if is_dataclass(wanted) and isinstance(wanted, type):
        readers = {name: _reader(one) for name, one in get_type_hints(wanted).items()}
        return lambda said: wanted(**{name: readers[name](one) for name, one in said.items()})
    if isinstance(wanted, type) and issubclass(wanted, tuple):
        return lambda said: wanted(*said)
    return _as_it_is


def _as_it_is(said: Any) -> Any:
    return said


def _mapping_reader(key: Callable[[Any], Any], one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(said: Any) -> Any:
        pairs = said.items() if isinstance(said, Mapping) else said
        return {key(name): one(held) for name, held in pairs}

    return read


def _many_reader(made: Any, inner: tuple[Any, ...]) -> Callable[[Any], Any]:
    if made is tuple and inner[-1] is not Ellipsis:
        each = [_reader(one) for one in inner]
        return lambda said: tuple(read(one) for read, one in zip(each, said, strict=True))
    read = _reader(inner[0])
    return made if read is _as_it_is else lambda said: made(map(read, said))
