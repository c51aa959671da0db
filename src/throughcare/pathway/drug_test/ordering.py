"""Asking for a test: planned or for a reason, taken back, or collected again. Drawn tests are asked in `asking`."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import is_business_day, local_day, next_business_day
from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.drug_tests.analytes import MATRICES, USUAL_PANEL
from throughcare.knowledge.drug_tests.orders import WHY
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.drug_test.test_rows import not_given_of, order_row
from throughcare.pathway.episode.episodes import open_last_episode, require_running
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.rows import only_row
from throughcare.records.among import Keys
from throughcare.records.tests import OrderedTest

KIND = "drug_test"
FURTHEST = timedelta(days=31)


@transaction.atomic
def order_test(
    patient: UUID,
    *,
    why: str,
    on: date,
    panel: Sequence[str] = USUAL_PANEL,
    matrix: str = "urine",
    words: str = "",
    by: Actor,
    at: datetime,
) -> UUID:
    """Ask a person for a test on a day: planned, or for a reason that is written down; the order's id."""
    episode = open_last_episode(patient, kind=KIND, by=by, at=at, verb="change")
    if episode is None:
        raise Cannot("Tests are ordered for people who were admitted. Admit this person first.")
    require_running(episode)
    today = local_day(at, episode.site.time_zone)
    if why not in WHY or not WHY[why].by_hand:
        raise Cannot("Choose why the test is asked for.", field="why")
    if WHY[why].needs_words and not words.strip():
        raise Cannot("Write down what the reason is.", field="words")
    if not today <= on <= today + FURTHEST:
        raise Cannot("Choose a day from today on, within a month.", field="on")
    if OrderedTest.objects.filter(
        patient=episode.patient_id, local_day=on, why=why, taken_back_at__isnull=True
    ).exists():
        raise Cannot("Such a test is asked for on this day already.", field="on")
    made = OrderedTest.objects.create(
        organization_id=by.organization,
        patient_id=episode.patient_id,
        why=why,
        local_day=on,
        matrix=_matrix(matrix),
        panel=_panel(panel),
        words=words.strip(),
        told_at=at if on == today else None,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return made.uid


@transaction.atomic
def take_back_order(order: UUID, *, by: Actor, at: datetime) -> None:
    """Take back an order that nothing came of yet; a drawn one stays, so that chance can be checked."""
    found = open_order(order, by=by, at=at)
    if found.drawn_id is not None:
        raise Cannot("This test was drawn by chance. Write down that it was excused, with the reason.")
    require_nothing_came(found)
    OrderedTest.objects.filter(pk=found.pk).update(taken_back_at=at)


def open_order(order: UUID, *, by: Actor, at: datetime, verb: str = "change") -> OrderedTest:
    """The order, if the desk lets `by` see (or change) the tests of its patient."""
    found = only_row(order_row(by.organization, order))
    if found is None:
        raise Absent("ordered test")
    open_patient(found.patient, kind=KIND, by=by, at=at, verb=verb)
    if found.taken_back_at is not None and verb == "change":
        raise Cannot("This test was taken back. Ask for a new one.")
    return found


def require_nothing_came(order: OrderedTest) -> None:
    """Raise `Cannot` when a specimen was given, or it is written down why not."""
    if hasattr(order, "specimen"):
        raise Cannot("A specimen was collected for this test already.")
    if not_given_of(Keys([order.pk])):
        raise Cannot("It is written down already why no specimen was given.")


def ask_again(order: OrderedTest, *, zone: str, by: Actor, at: datetime) -> UUID:
    """Ask for a new specimen by the next business day; for pathway modules past the desk."""
    today = local_day(at, zone)
    day = today + timedelta(days=1)
    made, _ = OrderedTest.objects.get_or_create(
        patient_id=order.patient_id,
        local_day=day if is_business_day(day) else next_business_day(day),
        why="again",
        taken_back_at=None,
        defaults={
            "organization_id": order.organization_id,
            "matrix": order.matrix,
            "panel": order.panel,
            "again_for": order,
            "recorded_by_id": by.account,
            "recorded_at": at,
        },
    )
    return made.uid


def _matrix(matrix: str) -> str:
    if matrix not in MATRICES:
        raise Cannot("Choose what is collected.", field="matrix")
    return matrix


def _panel(panel: Sequence[str]) -> list[str]:
    if not panel or not set(panel) <= set(ANALYTES):
        raise Cannot("Choose what is looked for.", field="panel")
    return [code for code in ANALYTES if code in panel]
