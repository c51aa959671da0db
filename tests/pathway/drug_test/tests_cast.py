"""People in the program who are tested: short ways to order, collect and find."""

from datetime import date, timedelta
from uuid import UUID

from tests.cast import MONDAY, Cast, at
from tests.plan_cast import admit
from throughcare.knowledge.drug_tests.interpreting import Meaning
from throughcare.pathway.drug_test.collecting import NewSpecimen, Told, record_specimen
from throughcare.pathway.drug_test.ordering import order_test
from throughcare.pathway.drug_test.results import NewResult, record_result
from throughcare.records.episodes import Episode

# Fresh, whole urine.
GOOD = {"creatinine": 90.0, "specific_gravity": 1.015, "ph": 6.0, "nitrite": 0.0}


def in_care(cast: Cast, *, given: str = "Ana", family: str = "Flores") -> UUID:
    """Someone admitted on Monday 2 March; their public id."""
    return Episode.objects.get(uid=admit(cast, given=given, family=family)).patient.uid


def key_of(patient: UUID) -> int:
    """A patient's key."""
    return Episode.objects.get(patient__uid=patient).patient_id


def ordered(cast: Cast, patient: UUID, *, on: date = MONDAY, why: str = "planned") -> UUID:
    """A test asked for on the morning of a day."""
    return order_test(patient, why=why, on=on, words="Slurred speech", by=cast.nurse, at=at(9, day=on))


def collected(
    cast: Cast, order: UUID, *, on: date = MONDAY, told: tuple[Told, ...] = (), takes: tuple[str, ...] = ()
) -> UUID:
    """A specimen given at ten."""
    new = NewSpecimen(at(10, day=on), disclosed=told, also_takes=takes)
    return record_specimen(order, new, by=cast.nurse, at=at(10, 1, day=on))


def found(
    cast: Cast, specimen: UUID, *, on: date = MONDAY, definitive: bool = False, urine=None, **results: bool
) -> Meaning:
    """What a screen found at half past ten; `fentanyl=True` is positive."""
    new = NewResult(
        results or {"benzoylecgonine": False, "fentanyl": False},
        definitive,
        at(10, 30, day=on),
        laboratory="County laboratory" if definitive else "",
        **{**GOOD, **(urine or {})},
    )
    return record_result(specimen, new, by=cast.nurse, at=at(10, 31, day=on))


def whole_test(cast: Cast, patient: UUID, *, on: date = MONDAY, urine=None, **results: bool) -> Meaning:
    """Ordered, collected and found on one day."""
    return found(cast, collected(cast, ordered(cast, patient, on=on), on=on), on=on, urine=urine, **results)


def days_after(number: int) -> date:
    """A day so many days after the Monday of the cast."""
    return MONDAY + timedelta(days=number)
