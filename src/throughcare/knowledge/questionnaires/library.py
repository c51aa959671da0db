"""The library: every file of this package that names a `QUESTIONNAIRE`, found by itself."""

import importlib
import pkgutil
from functools import cache
from types import MappingProxyType

from throughcare.knowledge.questionnaires.questionnaire import Questionnaire

PACKAGE = "throughcare.knowledge.questionnaires"


class CannotFind(LookupError):
    """No questionnaire has this code."""


@cache
def _by_code() -> MappingProxyType[str, Questionnaire]:
    found: dict[str, Questionnaire] = {}
    package = importlib.import_module(PACKAGE)
    for module in pkgutil.iter_modules(package.__path__):
        questionnaire = getattr(importlib.import_module(f"{PACKAGE}.{module.name}"), "QUESTIONNAIRE", None)
        if questionnaire is None:
            continue
        if questionnaire.code in found:
            raise ValueError(f"two questionnaires have the code {questionnaire.code}")
        found[questionnaire.code] = questionnaire
    return MappingProxyType(dict(sorted(found.items())))


def all_questionnaires() -> tuple[Questionnaire, ...]:
    """Every questionnaire, ordered by code."""
    return tuple(_by_code().values())


def find(code: str) -> Questionnaire:
    """The questionnaire with this code, such as `phq-9`. Raises `CannotFind`, which names the codes there are."""
    found = _by_code().get(code)
    if found is None:
        raise CannotFind(f"no questionnaire has the code {code!r:.60}; there are {', '.join(_by_code())}")
    return found
