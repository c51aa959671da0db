"""Whether a urine specimen can be what it should be: temperature, creatinine, specific gravity, pH, oxidants.

Limits: specimen-validity table of accuchem.com; temperature: ASAM drug-testing pocket guide, ACLS. The order of the
marks is adulterated, substituted, invalid, dilute.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.knowledge.program_settings import Number, value_of

COOLEST_F, WARMEST_F = 90, 100
DILUTE_CREATININE, DILUTE_GRAVITY = 20, 1.003
SUBSTITUTED_CREATININE, SUBSTITUTED_LOW, SUBSTITUTED_HIGH = 2, 1.001, 1.020
NITRITE, PH_HIGH = 500, 11
# Unusual for urine, though no mark by itself: laboratories ask again.
ODD_NITRITE, ODD_PH_LOW, ODD_PH_HIGH = 200, 4.5, 9

WORDS = {
    "valid": "Valid",
    "dilute": "Dilute",
    "substituted": "Substituted",
    "adulterated": "Adulterated",
    "invalid": "Invalid",
}
TAMPERED = frozenset({"substituted", "adulterated"})
UNUSABLE = TAMPERED | {"invalid"}


@dataclass(frozen=True)
class Urine:
    """What was measured of the specimen itself; None: not measured. Nitrite in µg/mL, creatinine in mg/dL."""

    temperature_f: float | None = None
    temperature_minutes: float | None = None
    creatinine: float | None = None
    specific_gravity: float | None = None
    ph: float | None = None
    nitrite: float | None = None
    foreign_substance: bool = False


@dataclass(frozen=True)
class Validity:
    """The mark and what it rests on; `odd`: nothing is wrong by rule, but the laboratory should be asked."""

    mark: str
    because: tuple[str, ...] = ()
    odd: bool = False


def weigh_urine(urine: Urine, own: Mapping[str, Number] | None = None) -> Validity:
    """The specimen's mark: valid, dilute, substituted, adulterated or invalid."""
    for mark, found in (
        ("adulterated", _adulterated(urine, value_of("drug_test.lowest_ph", own))),
        ("substituted", _substituted(urine)),
        ("invalid", _invalid(urine, value_of("drug_test.temperature_minutes", own))),
        ("dilute", _dilute(urine)),
    ):
        if found:
            return Validity(mark, found)
    odd = _odd(urine)
    return Validity("valid", (*odd, *_not_measured(urine)), odd=bool(odd))


def _adulterated(urine: Urine, lowest_ph: Number) -> tuple[str, ...]:
    found = []
    if urine.foreign_substance:
        found.append("A foreign substance was found in the specimen.")
    if urine.nitrite is not None and urine.nitrite >= NITRITE:
        found.append(f"Nitrite is {urine.nitrite:g} µg/mL; {NITRITE} or more does not come from a body.")
    if urine.ph is not None and (urine.ph < lowest_ph or urine.ph >= PH_HIGH):
        found.append(f"pH is {urine.ph:g}; urine lies between {lowest_ph:g} and {PH_HIGH}.")
    return tuple(found)


def _substituted(urine: Urine) -> tuple[str, ...]:
    creatinine, gravity = urine.creatinine, urine.specific_gravity
    if creatinine is None or gravity is None or creatinine >= SUBSTITUTED_CREATININE:
        return ()
    if SUBSTITUTED_LOW < gravity < SUBSTITUTED_HIGH:
        return ()
    return (f"Creatinine {creatinine:g} mg/dL with a specific gravity of {gravity:.3f} is not human urine.",)


def _invalid(urine: Urine, minutes: Number) -> tuple[str, ...]:
    found = []
    late = urine.temperature_minutes is not None and urine.temperature_minutes > minutes
    if urine.temperature_f is not None and not late and not COOLEST_F <= urine.temperature_f <= WARMEST_F:
        found.append(
            f"The specimen had {urine.temperature_f:g} °F; fresh urine has {COOLEST_F} to {WARMEST_F} °F."
        )
    if (
        urine.creatinine is not None
        and urine.creatinine < SUBSTITUTED_CREATININE
        and urine.specific_gravity is not None
        and urine.specific_gravity >= DILUTE_GRAVITY
    ):
        found.append("Creatinine and specific gravity do not belong together.")
    return tuple(found)


def _dilute(urine: Urine) -> tuple[str, ...]:
    creatinine, gravity = urine.creatinine, urine.specific_gravity
    if creatinine is None or gravity is None:
        return ()
    if creatinine >= DILUTE_CREATININE or gravity >= DILUTE_GRAVITY:
        return ()
    return (f"Creatinine {creatinine:g} mg/dL and a specific gravity of {gravity:.3f}: much was drunk.",)


def _odd(urine: Urine) -> tuple[str, ...]:
    found = []
    if urine.nitrite is not None and urine.nitrite >= ODD_NITRITE:
        found.append(f"Nitrite {urine.nitrite:g} µg/mL is unusual: ask the laboratory.")
    if urine.ph is not None and not ODD_PH_LOW <= urine.ph < ODD_PH_HIGH:
        found.append(f"pH {urine.ph:g} is unusual for fresh urine: ask the laboratory.")
    return tuple(found)


def _not_measured(urine: Urine) -> tuple[str, ...]:
    missing = [
        word
        for word, value in (
            ("temperature", urine.temperature_f),
            ("creatinine", urine.creatinine),
            ("specific gravity", urine.specific_gravity),
            ("pH", urine.ph),
        )
        if value is None
    ]
    return (f"Not measured: {', '.join(missing)}.",) if missing else ()
