"""A picture as JSON: read with every mistake named, and described as a JSON Schema. Both follow the dataclasses."""

import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.program_settings import check_value
from throughcare.knowledge.referring.referrals import CONTACT_MODES, OUTCOMES
from throughcare.knowledge.safety import TIER
from throughcare.knowledge.verdict import Refused
from throughcare.knowledge.warning_signs.living import EVENTS
from throughcare.knowledge.warning_signs.picture import Picture

# Keys whose text is one of some words, by the part they stand in.
WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("Picture", "tier"): tuple(TIER),
    ("Picture", "level"): tuple(LEVELS),
    ("TierFact", "tier"): tuple(TIER),
    ("SessionFact", "status"): tuple(STATUSES),
    ("ContactFact", "mode"): tuple(CONTACT_MODES),
    ("ContactFact", "outcome"): tuple(OUTCOMES),
    ("TestFact", "avoided"): ("", "refused", "missed", "tampered"),
    ("DoseFact", "form"): ("daily", "injection"),
    ("DoseFact", "status"): ("taken", "missed", "late", "held", "unknown"),
    ("EventFact", "kind"): tuple(EVENTS),
}
SPANS: dict[tuple[str, str], tuple[int, int]] = {
    ("DayFact", "mood"): (0, 10),
    ("DayFact", "craving"): (0, 10),
    ("DayFact", "sleep"): (0, 10),
}
FORMATS: dict[type, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


class WrongPicture(ValueError):
    """The picture can't be used; the text says where and what would be right."""


def picture_from(given: Mapping[str, Any]) -> Picture:
    """The picture in a JSON object. Raises `WrongPicture`."""
    found: Picture = _object(Picture, given, "")
    try:
        ZoneInfo(found.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongPicture("zone: a time zone such as America/New_York is expected") from error
    for key, value in found.settings.items():
        verdict = check_value(key, value)
        if isinstance(verdict, Refused):
            raise WrongPicture(f"settings.{key}: {verdict.because}")
    return found


def schema() -> dict[str, Any]:
    """The JSON Schema of a picture."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Picture",
        **_describe(Picture),
    }


def _describe(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    about = {one.name: _describe_field(kind, one.name, hints[one.name]) for one in fields(kind)}
    needed = [one.name for one in fields(kind) if _is_needed(one)]
    return {
        "type": "object",
        "description": " ".join((kind.__doc__ or "").split()),
        "properties": about,
        "required": needed,
        "additionalProperties": False,
    }


def _describe_field(kind: type, name: str, hint: Any) -> dict[str, Any]:
    inner, may_be_null = _unwrapped(hint)
    if get_origin(inner) is tuple:
        return {"type": "array", "items": _describe_field(kind, name, get_args(inner)[0])}
    if get_origin(inner) is Mapping:
        return {"type": "object", "additionalProperties": {"type": "number"}}
    if is_dataclass(inner):
        return _describe(inner)  # type: ignore[arg-type]  # a dataclass, and not one of its objects
    found = dict(FORMATS[inner])
    if (kind.__name__, name) in WORDS:
        found = {"enum": list(WORDS[kind.__name__, name])}
    if (kind.__name__, name) in SPANS:
        found["minimum"], found["maximum"] = SPANS[kind.__name__, name]
    return {"anyOf": [found, {"type": "null"}]} if may_be_null else found


def _is_needed(one: "Field[Any]") -> bool:
    return one.default is MISSING and one.default_factory is MISSING


def _unwrapped(hint: Any) -> tuple[Any, bool]:
    """The type without “or None”, and whether None is allowed."""
    if get_origin(hint) in (Union, types.UnionType):
        [inner] = [one for one in get_args(hint) if one is not type(None)]
        return inner, True
    return hint, False


def _object(kind: type, given: object, where: str) -> Any:
    if not isinstance(given, Mapping):
        raise WrongPicture(f"{where or 'the picture'}: an object is expected, found {_shown(given)}")
    hints = get_type_hints(kind)
    known = {one.name: one for one in fields(kind)}
    for key in given:
        if key not in known:
            raise WrongPicture(f"{_at(where, key)}: is not known here; the keys are {', '.join(known)}")
    read: dict[str, Any] = {}
    for name, one in known.items():
        if given.get(name) is not None:
            read[name] = _value(kind, name, hints[name], given[name], _at(where, name))
        elif _is_needed(one):
            raise WrongPicture(f"{_at(where, name)}: is missing")
    return kind(**read)


def _value(kind: type, name: str, hint: Any, given: object, where: str) -> Any:
    inner, _ = _unwrapped(hint)
    if get_origin(inner) is tuple:
        if not isinstance(given, list):
            raise WrongPicture(f"{where}: a list is expected, found {_shown(given)}")
        item = get_args(inner)[0]
        return tuple(_value(kind, name, item, one, f"{where}[{place}]") for place, one in enumerate(given))
    if get_origin(inner) is Mapping:
        if not isinstance(given, Mapping):
            raise WrongPicture(f"{where}: an object is expected, found {_shown(given)}")
        return dict(given)
    if is_dataclass(inner):
        return _object(inner, given, where)  # type: ignore[arg-type]  # a dataclass, and not one of its objects
    found = _scalar(inner, given, where)
    words, span = WORDS.get((kind.__name__, name)), SPANS.get((kind.__name__, name))
    if words and found not in words:
        raise WrongPicture(
            f"{where}: one of {', '.join(filter(None, words))} is expected, found {_shown(given)}"
        )
    if span and not span[0] <= found <= span[1]:
        raise WrongPicture(
            f"{where}: a number from {span[0]} to {span[1]} is expected, found {_shown(given)}"
        )
    return found


def _scalar(kind: type, given: object, where: str) -> Any:
    if kind is datetime:
        return _moment(given, where)
    if kind is date:
        return _day(given, where)
    if kind is float and isinstance(given, int) and not isinstance(given, bool):
        return float(given)
    if not isinstance(given, kind) or (kind is not bool and isinstance(given, bool)):
        raise WrongPicture(f"{where}: {FORMATS[kind]['type']} is expected, found {_shown(given)}")
    return given


def _moment(given: object, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(str(given)) if isinstance(given, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise WrongPicture(
            f"{where}: a moment with its offset such as 2026-03-04T17:30:00-05:00 is expected, found {_shown(given)}"
        )
    return found


def _day(given: object, where: str) -> date:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else _day("", where)
    except ValueError as error:
        raise WrongPicture(f"{where}: a day such as 2026-03-04 is expected, found {_shown(given)}") from error


def _at(where: str, key: str) -> str:
    return f"{where}.{key}" if where else str(key)[:60]


def _shown(given: object) -> str:
    return f"{given!r:.40}"
