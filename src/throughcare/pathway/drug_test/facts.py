"""Tests as the watch looks at them, for many people at once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from throughcare.knowledge.drug_tests.validity import TAMPERED
from throughcare.knowledge.warning_signs.picture import TestFact
from throughcare.pathway.drug_test.test_rows import kept_back, specimens_between, standing_results
from throughcare.records.among import Keys
from throughcare.records.tests import Specimen, SpecimenResult

# What counts as staying away from a test; no sample and excused say nothing.
AVOIDED = frozenset({"refused", "missed"})


def tests_of(patients: Sequence[int], *, since: datetime, at: datetime) -> Mapping[int, tuple[TestFact, ...]]:
    """Each patient's (key) tests from a moment to another, as known at the end of it, in three queries.

    A laboratory's result stands instead of the screen's. For pathway modules past the desk.
    """
    keys = Keys(patients)
    specimens = specimens_between(keys, since, at)
    known = newest_known(specimens, at=at)
    found: dict[int, list[TestFact]] = defaultdict(list)
    for row in specimens:
        found[row.patient_id].append(_tested(row, known.get(row.pk)))
    for none in kept_back(keys, since, at):
        if none.kind in AVOIDED:
            fact = TestFact(str(none.order.uid), none.happened_at, none.recorded_at, avoided=none.kind)
            found[none.patient_id].append(fact)
    return {key: tuple(sorted(facts, key=lambda fact: fact.at)) for key, facts in found.items()}


def newest_known(specimens: Sequence[Specimen], *, at: datetime) -> dict[int, SpecimenResult]:
    """What is known of each specimen (key) at a moment: the laboratory's result, else the screen's."""
    if not specimens:
        return {}
    rows = standing_results(Keys(one.pk for one in specimens), at)
    return {row.specimen_id: row for row in sorted(rows, key=lambda row: (row.definitive, row.pk))}


def _tested(row: Specimen, result: SpecimenResult | None) -> TestFact:
    classes = result.meaning["classes"] if result else {}
    return TestFact(
        key=str(row.order.uid),
        at=row.collected_at,
        known_at=result.resulted_at if result else None,
        avoided="tampered" if result and result.validity in TAMPERED else "",
        unexpected_positive=_of(classes, "unexpected-pos"),
        unexpected_negative=_of(classes, "unexpected-neg"),
        definitive=result.definitive if result else False,
        alcohol_with_disulfiram="disulfiram_alcohol" in result.meaning["actions"] if result else False,
    )


def _of(classes: Mapping[str, str], kind: str) -> tuple[str, ...]:
    return tuple(sorted(code for code, found in classes.items() if found == kind))
