"""A person's own tests: whether one is asked today, and what came of those before."""

from dataclasses import dataclass
from datetime import date, datetime

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.drug_tests.orders import WHY
from throughcare.pathway.actor import Actor
from throughcare.pathway.drug_test.ordering import KIND
from throughcare.pathway.drug_test.test_rows import orders_of
from throughcare.pathway.drug_test.views import TestView, view_tests
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient


@dataclass(frozen=True)
class MyTests:
    """Today's answer first; `why` is said in plain words."""

    today: date
    due: tuple[TestView, ...]
    why: str
    before: tuple[TestView, ...]


def my_tests(*, by: Actor, at: datetime) -> MyTests:
    """Whether I am asked today, and my tests until now."""
    found = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    today = local_day(at, zone_of(found))
    orders = [one for one in orders_of(by.organization, found.pk, today) if one.taken_back_at is None]
    views = view_tests(orders, today=today, at=at, names={})
    due = tuple(one for one in views if one.status == "test_due")
    reasons = {one.uid: WHY[one.why].plain for one in orders}
    before = tuple(one for one in views if one.status != "test_due")
    return MyTests(today, due, reasons[due[0].uid] if due else "", before)
