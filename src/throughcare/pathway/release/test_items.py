"""Drug and alcohol tests as they may leave: the day, what was asked, and what it meant, in words."""

from throughcare.knowledge.drug_tests.interpreting import CLASS_WORDS
from throughcare.knowledge.drug_tests.orders import NOT_GIVEN
from throughcare.knowledge.drug_tests.validity import WORDS
from throughcare.pathway.drug_test.test_rows import orders_of
from throughcare.pathway.drug_test.views import TestView, view_tests
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.whose import Items, Whose, say_date


def drug_tests(whose: Whose) -> Items:
    """Each test that something came of, earliest first; what is pending is left out."""
    orders = orders_of(whose.patient.organization_id, whose.patient.pk, whose.today)
    for one in reversed(view_tests(orders, today=whose.today, at=whose.as_of, names={})):
        words = tuple(_lines(one))
        if words:
            yield Item("drug_test", f"Test of {say_date(one.day)}", one.day, words)


def _lines(one: TestView) -> list[str]:
    if one.not_given:
        return [NOT_GIVEN[one.not_given]]
    found: list[str] = []
    for result in one.results:
        kind = "Laboratory" if result.definitive else "Screen"
        found.append(f"{kind}, specimen {WORDS[result.validity].lower()}")
        found += [f"{finding.title}: {CLASS_WORDS[finding.kind].lower()}" for finding in result.findings]
    return found
