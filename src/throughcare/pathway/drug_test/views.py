"""Tests as pages show them: what is asked today, and one person's tests with what each meant."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.drug_tests.actions import ALL as ACTIONS
from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.drug_tests.analytes import MATRICES
from throughcare.knowledge.drug_tests.at_the_door import is_clear
from throughcare.knowledge.drug_tests.draw import OFTEN
from throughcare.knowledge.drug_tests.interpreting import UNEXPECTED
from throughcare.knowledge.drug_tests.orders import OBSERVATIONS, WHY
from throughcare.pathway.actor import Actor
from throughcare.pathway.drug_test.ordering import KIND, open_order
from throughcare.pathway.drug_test.test_rows import (
    breath_tests_of,
    entry_of,
    not_given_of,
    orders_of,
    orders_on,
    people_at,
    standing_results,
)
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import may_access, open_list, open_patient, sites_for
from throughcare.pathway.rows import only_row
from throughcare.records.among import Keys
from throughcare.records.tests import BreathTest, NotGiven, OrderedTest, Specimen, SpecimenResult


@dataclass(frozen=True)
class Finding:
    """One analyte of a result with its class."""

    title: str
    kind: str

    @property
    def is_unexpected(self) -> bool:
        """Whether it stands out."""
        return self.kind in UNEXPECTED


@dataclass(frozen=True)
class ResultView:
    """One result and what it meant that day."""

    definitive: bool
    laboratory: str
    resulted_at: datetime
    recorded_by: str
    validity: str
    findings: tuple[Finding, ...]
    actions: tuple[str, ...]
    because: tuple[str, ...]
    unexpected: bool
    high: bool


@dataclass(frozen=True)
class SpecimenView:
    """What was collected, and what was said before anything was known."""

    uid: UUID
    collected_at: datetime
    matrix: str
    observation: str
    collector: str
    temperature_f: Decimal | None
    seal: str
    disclosed: tuple[str, ...]
    medications: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class TestView:
    """One test that was asked for, and what came of it. `status` is the key of its status word."""

    __test__ = False  # no test class, whatever pytest makes of its name

    uid: UUID
    patient: UUID
    name: str
    why: str
    day: date
    words: str
    matrix: str
    codes: tuple[str, ...]
    panel: tuple[str, ...]
    told_at: datetime | None
    status: str
    specimen: SpecimenView | None
    results: tuple[ResultView, ...]
    not_given: str
    not_given_words: str
    may_take_back: bool


@dataclass(frozen=True)
class BreathView:
    """One breath test at the door."""

    uid: UUID
    taken_at: datetime
    reading: Decimal
    is_clear: bool
    steps: tuple[str, ...]
    recorded_by: str


@dataclass(frozen=True)
class PersonsTests:
    """All tests of one person, newest first."""

    patient: UUID
    tests: tuple[TestView, ...]
    breath: tuple[BreathView, ...]
    often: str
    may_change: bool


def tests_page(patient: UUID, *, by: Actor, at: datetime) -> PersonsTests:
    """Everything about one person's tests; days that are drawn and still to come are not there."""
    found = open_patient(patient, kind=KIND, by=by, at=at)
    today = local_day(at, zone_of(found))
    orders = orders_of(by.organization, found.pk, today + timedelta(days=31))
    entry = only_row(entry_of(found.pk))
    return PersonsTests(
        found.uid,
        view_tests(orders, today=today, at=at, names={}),
        tuple(_breath(one) for one in breath_tests_of(by.organization, found.pk)),
        OFTEN[entry.often] if entry else "",
        bool(may_access(KIND, by=by, verb="change")),
    )


def test_view(order: UUID, *, by: Actor, at: datetime) -> TestView:
    """One test."""
    found = open_order(order, by=by, at=at, verb="see")
    today = local_day(at, zone_of(found.patient))
    [view] = view_tests([found], today=today, at=at, names={found.patient_id: found.patient.called})
    return view


def tests_due(*, by: Actor, at: datetime) -> tuple[TestView, ...]:
    """Who is asked today, who still waits from yesterday, and what the laboratory owes."""
    today = local_day(at, by.time_zone)
    sites = sites_for(KIND, by=by)
    here = frozenset(people_at(sites)) if sites is not None else frozenset()
    orders = [
        one
        for one in orders_on(by.organization, today - timedelta(days=14), today)
        if sites is None or one.patient_id in here
    ]
    views = view_tests(
        orders, today=today, at=at, names={one.patient_id: one.patient.called for one in orders}
    )
    shown = [one for one in views if one.day == today or one.status in ("test_late", "test_pending")]
    named = {one.patient for one in shown}
    open_list(KIND, sorted({o.patient_id for o in orders if o.patient.uid in named}), by=by, at=at)
    return tuple(sorted(shown, key=lambda one: (one.status != "test_due", one.name)))


def view_tests(
    orders: Sequence[OrderedTest], *, today: date, at: datetime, names: Mapping[int, str]
) -> tuple[TestView, ...]:
    """The orders as views, in their order, in two queries more."""
    specimens = {one.pk: one.specimen for one in orders if hasattr(one, "specimen")}
    none = {row.order_id: row for row in not_given_of(Keys(one.pk for one in orders))} if orders else {}
    results: dict[int, list[SpecimenResult]] = {}
    rows = standing_results(Keys(one.pk for one in specimens.values()), at) if specimens else []
    for row in sorted(rows, key=lambda row: (not row.definitive, row.pk)):
        results.setdefault(row.specimen_id, []).append(row)
    return tuple(
        _test(one, specimens.get(one.pk), none.get(one.pk), results, today=today, names=names)
        for one in orders
    )


def _test(
    order: OrderedTest,
    specimen: Specimen | None,
    none: NotGiven | None,
    results: Mapping[int, Sequence[SpecimenResult]],
    *,
    today: date,
    names: Mapping[int, str],
) -> TestView:
    found = results.get(specimen.pk, ()) if specimen else ()
    return TestView(
        uid=order.uid,
        patient=order.patient.uid,
        name=names.get(order.patient_id, ""),
        why=WHY[order.why].words,
        day=order.local_day,
        words=order.words,
        matrix=order.matrix,
        codes=tuple(code for code in order.panel if code in ANALYTES),
        panel=tuple(ANALYTES[code].title for code in order.panel),
        told_at=order.told_at,
        status=_status(order, specimen, none, found, today=today),
        specimen=_specimen(specimen) if specimen else None,
        results=tuple(_result(row) for row in found),
        not_given=none.kind if none else "",
        not_given_words=none.words if none else "",
        may_take_back=not (specimen or none or order.drawn_id or order.taken_back_at),
    )


def _status(
    order: OrderedTest,
    specimen: Specimen | None,
    none: NotGiven | None,
    found: Sequence[SpecimenResult],
    *,
    today: date,
) -> str:
    """A ladder of questions: what is known decides before what is open."""
    if order.taken_back_at is not None:
        return "test_taken_back"
    if none is not None:
        return f"test_{none.kind}"
    if specimen is None:
        return (
            "test_ahead"
            if order.local_day > today
            else "test_due"
            if order.local_day == today
            else "test_late"
        )
    if not found:
        return "test_pending"
    newest = found[0]
    if newest.validity != "valid" and not newest.unexpected:
        return f"test_{newest.validity}"
    return "test_unexpected" if newest.unexpected else "test_expected"


def _specimen(row: Specimen) -> SpecimenView:
    return SpecimenView(
        uid=row.uid,
        collected_at=row.collected_at,
        matrix=MATRICES[row.matrix],
        observation=OBSERVATIONS[row.observation],
        collector=row.recorded_by.name if row.recorded_by else "",
        temperature_f=row.temperature_f,
        seal=row.seal,
        disclosed=tuple(_said(one) for one in row.disclosed),
        medications=tuple(row.medications),
        words=row.words,
    )


def _said(one: Mapping[str, Any]) -> str:
    day = date.fromisoformat(one["last_on"]) if one["last_on"] else None
    when = f", last on {day:%b} {day.day}" if day else ""
    long = {True: ", for a long time", False: ", not often"}.get(one["long_use"], "")
    return f"{one['substance']}{when}{long}"


def _result(row: SpecimenResult) -> ResultView:
    classes: Mapping[str, str] = row.meaning["classes"]
    findings: Iterable[Finding] = (Finding(ANALYTES[code].title, kind) for code, kind in classes.items())
    return ResultView(
        definitive=row.definitive,
        laboratory=row.laboratory,
        resulted_at=row.resulted_at,
        recorded_by=row.recorded_by.name if row.recorded_by else "",
        validity=row.validity,
        findings=tuple(sorted(findings, key=lambda one: (not one.is_unexpected, one.title))),
        actions=tuple(ACTIONS[code].words for code in row.meaning["actions"] if code in ACTIONS),
        because=tuple(row.meaning["because"]),
        unexpected=row.unexpected,
        high=row.high,
    )


def _breath(row: BreathTest) -> BreathView:
    return BreathView(
        row.uid,
        row.taken_at,
        row.reading,
        is_clear(row.reading),
        tuple(row.steps),
        row.recorded_by.name if row.recorded_by else "",
    )
