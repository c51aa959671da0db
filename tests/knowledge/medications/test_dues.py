"""What medications make due, with examples on both sides of each bound."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughcare.knowledge.medications.checks import ALL as CHECKS
from throughcare.knowledge.medications.checks import check_due
from throughcare.knowledge.medications.due import Due, in_order
from throughcare.knowledge.medications.library import ALL as DRUGS
from throughcare.knowledge.medications.naloxone import Step, is_needed, task_for
from throughcare.knowledge.medications.pdmp import may_prescribe_controlled, pdmp_due, snomed_of
from throughcare.knowledge.medications.reconciling import Event, reconciliation_due
from throughcare.knowledge.medications.schedules import ALL as SCHEDULES
from throughcare.knowledge.medications.supply import Supply, gap_days, injection_due, refill_due

DAY = date(2026, 3, 2)


def days(number):
    return DAY + timedelta(days=number)


def moment(number, hour=12):
    return datetime(2026, 3, 2, hour, tzinfo=UTC) + timedelta(days=number)


def event(occasion, number):
    return Event(occasion, moment(number), days(number))


def reconciled(events, done, last):
    return reconciliation_due(events, done, last_day=last, every=30, within=2)


def test_intake_asks_for_the_list_within_two_days():
    due = reconciled([event("intake", 0)], [], None)
    assert (due.due_date, due.because) == (days(2), "Intake on March 2.")
    assert reconciled([], [], None) is None


@pytest.mark.parametrize(("hour", "because"), [(11, "hospital"), (13, "Last gone through")])
def test_a_hospital_is_answered_only_by_what_comes_after_it(hour, because):
    due = reconciled([event("intake", 0), event("hospital", 9)], [moment(9, hour)], days(9))
    assert because in due.because
    assert due.due_date == (days(11) if because == "hospital" else days(39))


def test_the_first_of_several_events_sets_the_day():
    due = reconciled([event("level_change", 7), event("hospital", 4)], [moment(1)], days(1))
    assert due.due_date == days(6)


@given(st.lists(st.integers(0, 60), max_size=6), st.lists(st.integers(0, 60), max_size=6))
def test_going_through_the_list_once_more_never_makes_it_due_earlier(events, done):
    made = [event("hospital", one) for one in events]
    before = [moment(one) for one in done]
    last = days(max(done)) if done else None
    due = reconciled(made, before, last)
    after = reconciled(made, [*before, moment(61)], days(61))
    assert due is None or after.due_date >= due.due_date


@pytest.mark.parametrize(
    ("ahead", "state"),
    [(-1, "overdue"), (0, "due_today"), (1, "due_soon"), (3, "due_soon"), (4, "due_later")],
)
def test_a_due_day_is_flagged_three_days_ahead(ahead, state):
    due = Due("refill", "Refill", "", days(ahead), "nurse", "")
    assert due.state(DAY, ahead=3) == state
    assert due.is_shown(DAY, ahead=3) is (state != "due_later")


def test_dues_stand_in_the_order_of_their_days():
    late, soon = (Due("refill", "Refill", "", days(n), "nurse", "") for n in (5, 1))
    assert in_order([late, soon]) == (soon, late)


def supply(schedule, *, injection=False, **more):
    return Supply("t", "It", SCHEDULES[schedule], injection, DAY, **more)


@pytest.mark.parametrize(
    ("schedule", "later"), [("weekly", 7), ("every_4_weeks", 28), ("every_12_weeks", 84)]
)
def test_the_next_injection_counts_from_the_last_that_was_given(schedule, later):
    assert injection_due(supply(schedule, injection=True, last_given=days(3))).due_date == days(3 + later)


def test_the_first_injection_is_due_on_the_day_it_begins_and_tablets_have_none():
    assert injection_due(supply("every_4_weeks", injection=True)).due_date == DAY
    assert injection_due(supply("every_4_weeks")) is None
    assert injection_due(supply("once", injection=True)) is None


@pytest.mark.parametrize(("today", "gap"), [(27, 0), (28, 1), (30, 3)])
def test_a_fill_of_28_days_leaves_the_29th_day_without(today, gap):
    filled = supply("daily", filled=DAY, days_supply=28)
    assert refill_due(filled).due_date == days(28)
    assert gap_days(filled, days(today)) == gap


def test_what_is_taken_when_needed_runs_out_on_no_day():
    assert refill_due(supply("as_needed", filled=DAY, days_supply=28)) is None
    assert refill_due(supply("daily")) is None
    assert gap_days(supply("daily"), days(90)) == 0


def check(code, *done, changed=None, age=40):
    found = check_due(
        CHECKS[code], name="It", thread="t", began=DAY, changed=changed, done=[days(n) for n in done], age=age
    )
    return (found.due_date - DAY).days if found else None


@pytest.mark.parametrize(
    ("code", "done", "due"),
    [
        ("lithium_level", (), 7),
        ("lithium_level", (7,), 14),
        ("lithium_level", (27,), 34),
        ("lithium_level", (28,), 118),
        ("valproate_level", (7,), 21),
        ("clozapine_anc", (), 0),
        ("clozapine_anc", (181,), 188),
        ("clozapine_anc", (182,), 196),
        ("clozapine_anc", (364,), 392),
        ("under_25", (), 7),
    ],
)
def test_checks_follow_their_phases(code, done, due):
    assert check(code, *done, age=24) == due


@pytest.mark.parametrize(("age", "due"), [(24, 7), (25, None), (None, 7)])
def test_the_watch_on_an_antidepressant_is_for_those_under_25(age, due):
    assert check("under_25", age=age) == due


@pytest.mark.parametrize(("done", "due"), [(27, 34), (28, 42), (56, 84), (83, 111), (84, None)])
def test_the_watch_ends_after_twelve_weeks(done, due):
    assert check("under_25", done, age=20) == due


def test_a_change_of_dose_begins_the_count_again_where_the_check_says_so():
    assert check("lithium_level", 28, changed=days(40)) == 47
    assert check("clozapine_anc", 28, changed=days(40)) == 35


@pytest.mark.parametrize(("fresh", "may"), [(0, True), (1, True), (2, False), (-1, False)])
def test_a_controlled_order_needs_a_fresh_check(fresh, may):
    drug = DRUGS["buprenorphine-naloxone"]
    assert bool(may_prescribe_controlled(drug, checked=[days(-fresh)], today=DAY, fresh=1)) is may
    assert may_prescribe_controlled(DRUGS["sertraline"], checked=[], today=DAY, fresh=1)


def test_the_pdmp_is_asked_at_intake_and_every_quarter_while_it_matters():
    def due(*checked, controlled=True):
        found = pdmp_due(
            admitted=DAY, checked=[days(n) for n in checked], is_controlled=controlled, every=90, within=3
        )
        return (found.due_date - DAY).days if found else None

    assert due() == due(controlled=False) == 3
    assert due(1) == 91
    assert due(1, controlled=False) is None
    assert due(-91) == 3
    assert due(-90) == 0
    assert snomed_of("nothing") != snomed_of("expected")


@pytest.mark.parametrize(
    ("diagnoses", "classes", "needed"),
    [
        (("F11.20",), (), True),
        (("F15.20",), (), True),
        (("F10.20",), (), False),
        ((), ("opioid",), True),
        (("F10.20",), ("opioid_blocker", "opioid_treatment", "alcohol_treatment"), False),
        (("F33.1",), ("antidepressant",), False),
    ],
)
def test_naloxone_is_for_whoever_uses_opioids_or_stimulants(diagnoses, classes, needed):
    assert is_needed(diagnoses=diagnoses, classes=classes) is needed


def naloxone(*steps):
    return task_for("person", [Step("person", *one) for one in steps], since=DAY, offer_days=1, ahead=30)


def test_naloxone_stays_a_task_until_it_is_given_shown_and_in_date():
    good_until = days(400)
    assert (naloxone().step, naloxone().due_date) == ("offered", days(1))
    assert naloxone(("offered", days(1))).step == "given"
    assert naloxone(("declined", days(1))).due_date == days(31)
    assert naloxone(("given", days(2), good_until)).step == "shown"
    kept = naloxone(("given", days(2), good_until), ("shown", days(2)))
    assert (kept.step, kept.due_date) == ("given", days(370))
    used = naloxone(("given", days(2), good_until), ("shown", days(2)), ("used", days(50)))
    assert used.due_date == days(50) and used.title == "Give new naloxone"
    again = naloxone(
        ("given", days(2), good_until), ("shown", days(2)), ("used", days(50)), ("given", days(50), days(800))
    )
    assert again.due_date == days(770)
