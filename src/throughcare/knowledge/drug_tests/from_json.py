"""The JSON of `throughcare interpret-test`: read with a sentence about whatever is wrong, and answered."""

from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from throughcare.knowledge.drug_tests.analytes import MATRICES, find_analyte
from throughcare.knowledge.drug_tests.carry_over import Disclosure, Earlier
from throughcare.knowledge.drug_tests.interpreting import Meaning, Sample
from throughcare.knowledge.drug_tests.validity import Urine

MEASURED = ("temperature_f", "temperature_minutes", "creatinine", "specific_gravity", "ph", "nitrite")


class WrongTest(ValueError):
    """What is wrong with the test, and where; one line."""


def sample_from_json(given: Mapping[str, Any]) -> Sample:
    """The sample that a JSON object describes. Raises `WrongTest`."""
    matrix = given.get("matrix") or "urine"
    if matrix not in MATRICES:
        raise WrongTest(f"matrix: one of {', '.join(MATRICES)} is expected")
    collected_at, _ = _moment(given.get("collected_at"), "collected_at")
    return Sample(
        collected_at=collected_at,
        results=_results(given.get("results")),
        matrix=matrix,
        urine=_urine(given),
        definitive=_yes(given.get("definitive"), "definitive"),
        prescribed=_names(given.get("prescribed"), "prescribed"),
        disclosed=_each(given.get("disclosed"), "disclosed", _disclosure),
        earlier=_each(given.get("earlier"), "earlier", _earlier),
        levels=_levels(given.get("levels"), "levels"),
    )


def meaning_as_json(meaning: Meaning) -> dict[str, Any]:
    """The answer under the keys of the command's contract."""
    return {
        "validity": meaning.validity,
        "classes": dict(meaning.classes),
        "actions": list(meaning.actions),
        "because": list(meaning.because),
    }


def _urine(given: Mapping[str, Any]) -> Urine:
    measured = {name: _number(given.get(name), name) for name in MEASURED}
    return Urine(**measured, foreign_substance=_yes(given.get("foreign_substance"), "foreign_substance"))


def _results(given: object) -> dict[str, bool]:
    if not isinstance(given, Mapping) or not given:
        raise WrongTest('results: {analyte: "pos" or "neg"} is expected')
    found: dict[str, bool] = {}
    for name, value in given.items():
        analyte = find_analyte(str(name))
        if analyte is None:
            raise WrongTest(f"results: {name!r:.40} is no analyte that is known here")
        if value not in ("pos", "neg"):
            raise WrongTest(f'results: {name}: "pos" or "neg" is expected, found {value!r:.20}')
        if found.get(analyte.code, value == "pos") != (value == "pos"):
            raise WrongTest(f"results: {analyte.code} is given twice, and not alike")
        found[analyte.code] = value == "pos"
    return found


def _disclosure(given: Mapping[str, Any], where: str) -> Disclosure:
    substance = given.get("substance")
    if not isinstance(substance, str) or not substance.strip():
        raise WrongTest(f"{where}: substance: a name is expected")
    long_use = given.get("long_use", given.get("chronic"))
    if long_use is not None and not isinstance(long_use, bool):
        raise WrongTest(f"{where}: long_use: true or false is expected")
    if given.get("last_used_at") is None:
        return Disclosure(substance, None, long_use)
    moment, whole_days = _moment(given["last_used_at"], f"{where}: last_used_at")
    return Disclosure(substance, moment, long_use, whole_days)


def _earlier(given: Mapping[str, Any], where: str) -> Earlier:
    moment, _ = _moment(given.get("at"), f"{where}: at")
    found = tuple(_analyte(name, f"{where}: found") for name in _names(given.get("found"), f"{where}: found"))
    return Earlier(
        moment,
        unexpected=_yes(given.get("unexpected"), f"{where}: unexpected"),
        found=found,
        levels=_levels(given.get("levels"), f"{where}: levels"),
        creatinine=_number(given.get("creatinine"), f"{where}: creatinine"),
    )


def _each(given: object, where: str, read: Any) -> tuple[Any, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        raise WrongTest(f"{where}: a list of objects is expected")
    return tuple(read(one, f"{where}[{number}]") for number, one in enumerate(given))


def _names(given: object, where: str) -> tuple[str, ...]:
    if given is None:
        return ()
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise WrongTest(f"{where}: a list of names is expected")
    return tuple(given)


def _levels(given: object, where: str) -> dict[str, float]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise WrongTest(f"{where}: {{analyte: ng/mL}} is expected")
    read = {_analyte(name, where): _number(value, f"{where}: {name}") for name, value in given.items()}
    return {code: value for code, value in read.items() if value is not None}


def _analyte(name: object, where: str) -> str:
    analyte = find_analyte(str(name))
    if analyte is None:
        raise WrongTest(f"{where}: {name!r:.40} is no analyte that is known here")
    return analyte.code


def _number(given: object, where: str) -> float | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | float) or not isfinite(given) or given < 0:
        raise WrongTest(f"{where}: a number is expected, found {given!r:.20}")
    return float(given)


def _yes(given: object, where: str) -> bool:
    if given is None:
        return False
    if not isinstance(given, bool):
        raise WrongTest(f"{where}: true or false is expected, found {given!r:.20}")
    return given


def _moment(given: object, where: str) -> tuple[datetime, bool]:
    """The moment, and whether only its day was given."""
    if not isinstance(given, str):
        raise WrongTest(f"{where}: a moment such as 2026-03-02T10:00:00-05:00 is expected")
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise WrongTest(f"{where}: {given!r:.40} is no moment") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)), len(given.strip()) == len("2026-03-02")
