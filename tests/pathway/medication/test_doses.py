"""Doses told and given, refills, going through the list, and what is due because of all that."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, at
from tests.crisis_cast import put_on_call
from tests.pathway.medication.test_list import SERTRALINE, SUBOXONE, XANAX, herself, start
from tests.sessions_cast import admit
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.crisis.answering import take_crisis
from throughcare.pathway.crisis.log_entries import NewEntry, log_entry
from throughcare.pathway.crisis.raising import raise_crisis
from throughcare.pathway.medication.board import medication_board
from throughcare.pathway.medication.changing import MedicationWords, change_medication
from throughcare.pathway.medication.chart import medications_of
from throughcare.pathway.medication.checking import record_check, record_naloxone, record_pdmp_check
from throughcare.pathway.medication.doses import DoseWords, assert_adherence, record_dose, record_fill
from throughcare.pathway.medication.facts import doses_of
from throughcare.pathway.medication.mine import my_medications
from throughcare.pathway.medication.reconciling import Decision, reconcile, record_hospital_visit
from throughcare.records.episodes import Diagnosis
from throughcare.records.medications import Adherence, Dose, Medication
from throughcare.records.people import Practitioner

VIVITROL = MedicationWords("Vivitrol", "380 mg", "injection", "every_4_weeks", "prescriber")
TAKEN, MISSED = DoseWords("taken"), DoseWords("missed", "forgot")
GIVEN = DoseWords("taken", seen=True, body_site="buttock_left", lot="A1")
LONG_AGO = at(9, day=date(2026, 1, 5))


def day(number):
    return MONDAY + timedelta(days=number)


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", admitted_at=at(8))


def dues(cast, person, when):
    found = medications_of(person.uid, by=cast.nurse, at=when).dues
    return {one.due.what: (one.due.due_date, one.state) for one in found.dues}


def test_two_taps_tell_of_today_and_another_tap_replaces_the_first(cast, ana):
    mine, thread = herself(cast, ana), start(ana, SERTRALINE, cast.nurse)
    record_dose(thread, TAKEN, day=MONDAY, by=mine, at=at(20))
    record_dose(thread, TAKEN, day=MONDAY, by=mine, at=at(20))
    record_dose(thread, MISSED, day=MONDAY, by=mine, at=at(21))
    assert Dose.objects.count() == 2
    (line,) = my_medications(by=mine, at=at(21)).lines
    assert (line.today.status, line.name) == ("missed", "Sertraline")
    record_dose(thread, replace(GIVEN, body_site=""), day=MONDAY, by=cast.nurse, at=at(22))
    (line,) = medications_of(ana.uid, by=cast.nurse, at=at(22)).lines
    assert (line.days[-1].status, line.share) == ("taken", 1.0)


def test_a_person_tells_of_a_week_back_and_of_nothing_else(cast, ana):
    mine = herself(cast, ana)
    thread = start(ana, replace(SERTRALINE, began_date=day(-30)), cast.nurse)
    shot = start(ana, VIVITROL, cast.nurse)
    record_dose(thread, TAKEN, day=day(-7), by=mine, at=at(20))
    for wrong, when in ((TAKEN, day(-8)), (TAKEN, day(1)), (DoseWords("held"), MONDAY)):
        with pytest.raises(Cannot):
            record_dose(thread, wrong, day=when, by=mine, at=at(20))
    with pytest.raises(Cannot, match="nurse writes down injections"):
        record_dose(shot, TAKEN, day=MONDAY, by=mine, at=at(20))
    with pytest.raises(Cannot, match="began on"):
        record_dose(thread, TAKEN, day=day(-31), by=cast.nurse, at=at(20))
    with pytest.raises(Cannot, match="seen or given"):
        record_dose(thread, replace(TAKEN, seen=True), day=MONDAY, by=cast.clinician, at=at(20))


def test_an_injection_says_where_it_was_given_and_the_next_is_flagged_three_days_ahead(cast, ana):
    thread = start(ana, replace(VIVITROL, began_date=MONDAY), cast.nurse)
    assert dues(cast, ana, at(9))["injection"] == (MONDAY, "due_today")
    with pytest.raises(Cannot, match="where it was given"):
        record_dose(thread, replace(GIVEN, body_site=""), day=MONDAY, by=cast.nurse, at=at(9))
    record_dose(thread, GIVEN, day=MONDAY, by=cast.nurse, at=at(9))
    for ahead, state in ((4, "due_later"), (3, "due_soon"), (0, "due_today"), (-1, "overdue")):
        assert dues(cast, ana, at(9, day=day(28 - ahead)))["injection"] == (day(28), state)


def test_the_watch_sees_missed_days_and_a_late_injection_until_it_is_given(cast, ana):
    pills = start(ana, replace(SERTRALINE, began_date=day(-9)), cast.nurse)
    shot = start(ana, replace(VIVITROL, began_date=MONDAY), cast.nurse)
    record_dose(pills, MISSED, day=day(-1), by=cast.nurse, at=at(9))
    record_dose(pills, DoseWords("refused", seen=True), day=MONDAY, by=cast.nurse, at=at(9))

    def seen(when):
        facts = doses_of([ana.key], since=at(0, day=day(-7)), at=when)[ana.key]
        return {(one.drug, one.form, one.day, one.status) for one in facts}

    assert seen(at(10)) == {
        ("sertraline", "daily", day(-1), "missed"),
        ("sertraline", "daily", MONDAY, "missed"),
        ("naltrexone", "injection", MONDAY, "unknown"),
    }
    late = ("naltrexone", "injection", MONDAY, "late")
    assert late in seen(at(0, day=day(1)))
    record_dose(shot, GIVEN, day=day(2), by=cast.nurse, at=at(9, day=day(2)))
    now = seen(at(10, day=day(2)))
    assert late not in now and ("naltrexone", "injection", MONDAY, "taken") in now
    assert doses_of([ana.key], since=at(9, day=day(2)), at=at(10, day=day(2))) == {}


def test_a_refill_runs_out_and_is_said_three_days_before(cast, ana):
    thread = start(ana, SERTRALINE, cast.nurse)
    for wrong in ({"filled": day(1), "days_supply": 30}, {"filled": MONDAY, "days_supply": 0}):
        with pytest.raises(Cannot):
            record_fill(thread, source="pharmacy", by=cast.nurse, at=at(9), **wrong)
    for _ in range(2):
        record_fill(thread, filled=MONDAY, days_supply=30, source="pharmacy", by=cast.nurse, at=at(9))
    for ahead, state in ((4, "due_later"), (3, "due_soon"), (-1, "overdue")):
        assert dues(cast, ana, at(9, day=day(30 - ahead)))["refill"] == (day(30), state)


def decisions(person, cast, when, **more):
    found = medications_of(person.uid, by=cast.nurse, at=when)
    return [
        Decision(one.thread, one.version, **({"decision": "continue", "source": "bottle"} | more))
        for one in found.lines
    ]


def test_the_list_is_gone_through_at_intake_after_a_hospital_and_every_month(cast, ana):
    start(ana, SERTRALINE, cast.nurse)
    assert dues(cast, ana, at(9))["reconcile"] == (day(2), "due_soon")
    said, key = decisions(ana, cast, at(9), filled=MONDAY, days_supply=30), uuid4()
    first = reconcile(ana.uid, said, occasion="intake", key=key, by=cast.nurse, at=at(10))
    assert first == reconcile(ana.uid, said, occasion="intake", key=key, by=cast.nurse, at=at(10))
    assert dues(cast, ana, at(11))["reconcile"] == (day(30), "due_later")
    assert dues(cast, ana, at(11))["refill"] == (day(30), "due_later")
    with pytest.raises(Cannot, match="on which they left"):
        record_hospital_visit(ana.uid, kind="emergency", left=day(9), by=cast.nurse, at=at(9, day=day(8)))
    record_hospital_visit(ana.uid, kind="emergency", left=day(8), by=cast.nurse, at=at(9, day=day(8)))
    assert dues(cast, ana, at(10, day=day(11)))["reconcile"] == (day(10), "overdue")
    late = at(11, day=day(11))
    reconcile(ana.uid, decisions(ana, cast, late), occasion="hospital", key=uuid4(), by=cast.nurse, at=late)
    assert dues(cast, ana, at(12, day=day(11)))["reconcile"][0] == day(41)


def test_going_through_the_list_decides_on_each_or_on_none(cast, ana):
    start(ana, SERTRALINE, cast.nurse)
    xanax = start(ana, XANAX, cast.nurse)
    said = decisions(ana, cast, at(9))

    def go(lines):
        return reconcile(ana.uid, lines, occasion="intake", key=uuid4(), by=cast.nurse, at=at(10))

    with pytest.raises(Cannot, match="Say what happens with"):
        go(said[:1])
    with pytest.raises(Cannot, match="once for each"):
        go([*said, said[0]])
    with pytest.raises(Cannot, match="the new dose"):
        go([replace(said[0], decision="change"), said[1]])
    change_medication(
        xanax, replace(XANAX, dose="2 mg"), version=1, key=uuid4(), because="More", by=cast.nurse, at=at(9)
    )
    with pytest.raises(ChangedMeanwhile):
        go(said)
    fresh = {one.thread: one for one in decisions(ana, cast, at(10))}
    go(
        [
            replace(one, decision="stop", because="Ran out") if one.thread == xanax
            else replace(one, decision="change", dose="75 mg")
            for one in fresh.values()
        ]
    )  # fmt: skip
    found = medications_of(ana.uid, by=cast.nurse, at=at(11))
    assert [(one.name, one.dose) for one in found.lines] == [("Sertraline", "75 mg")]
    assert [(one.name, one.because) for one in found.stopped] == [("Xanax", "Ran out")]
    assert Medication.objects.count() == 5


def test_adherence_is_a_code_a_day_and_an_informant(cast, ana):
    thread = start(ana, SERTRALINE, cast.nurse)
    told = {"code": "not_as_directed", "informant": "family", "asserted": MONDAY}
    assert_adherence(thread, **told, words="Skips weekends", by=cast.nurse, at=at(9))
    for wrong in ({"code": "often"}, {"informant": "neighbor"}, {"asserted": day(1)}):
        with pytest.raises(Cannot):
            assert_adherence(thread, **(told | wrong), by=cast.nurse, at=at(9))
    mine = herself(cast, ana)
    assert_adherence(thread, **(told | {"code": "as_directed"}), by=mine, at=at(10))
    assert Adherence.objects.latest("pk").informant == "patient"
    (line,) = medications_of(ana.uid, by=cast.nurse, at=at(11)).lines
    assert line.adherence.startswith("Takes it as prescribed (the person")


def test_lithium_and_being_young_on_an_antidepressant_bring_checks(cast):
    young = admit(cast, "Kit", born=date(2003, 3, 3), admitted_at=at(8))
    start(young, replace(SERTRALINE, began_date=MONDAY), cast.nurse)
    start(
        young,
        MedicationWords("Lithium", "300 mg", "mouth", "twice_daily", "person", began_date=MONDAY),
        cast.nurse,
    )
    found = dues(cast, young, at(9))
    assert found["check:under_25"][0] == found["check:lithium_level"][0] == day(7)
    with pytest.raises(Cannot, match="what was found"):
        record_check(young.uid, code="lithium_level", checked=MONDAY, by=cast.nurse, at=at(9))
    when = at(9, day=day(7))
    record_check(young.uid, code="lithium_level", checked=day(7), value="0.8 mmol/L", by=cast.nurse, at=when)
    assert dues(cast, young, when)["check:lithium_level"][0] == day(14)


def test_naloxone_and_the_pdmp_are_tasks_of_who_uses_opioids(cast, ana):
    assert "naloxone" not in dues(cast, ana, at(9))
    opioids(cast, ana)
    assert dues(cast, ana, at(9))["naloxone"] == (day(1), "due_soon")
    mine = herself(cast, ana)
    assert my_medications(by=mine, at=at(9)).wants_naloxone
    with pytest.raises(Cannot, match="until which it is good"):
        record_naloxone(ana.uid, whom="person", step="given", happened=MONDAY, by=cast.nurse, at=at(9))
    given = {"happened": MONDAY, "by": cast.nurse, "at": at(9)}
    record_naloxone(ana.uid, whom="person", step="given", expires=day(400), **given)
    record_naloxone(ana.uid, whom="person", step="shown", **given)
    record_naloxone(ana.uid, whom="family", step="offered", name="Mo", **given)
    tasks = medications_of(ana.uid, by=cast.nurse, at=at(9)).dues.naloxone
    assert [(one.whom, one.due_date) for one in tasks] == [("person", day(370)), ("family", day(7))]
    assert my_medications(by=mine, at=at(9)).naloxone_until == day(400)
    with pytest.raises(Cannot, match="Ask your nurse"):
        record_naloxone(ana.uid, whom="person", step="offered", happened=MONDAY, by=mine, at=at(9))
    record_naloxone(ana.uid, whom="person", step="used", happened=MONDAY, by=mine, at=at(10))
    assert my_medications(by=mine, at=at(11)).wants_naloxone
    for wrong in ({"finding": "hm"}, {"finding": "unexpected"}):
        with pytest.raises(Cannot):
            record_pdmp_check(ana.uid, checked=MONDAY, by=cast.nurse, at=at(9), **wrong)
    record_pdmp_check(ana.uid, checked=MONDAY, finding="nothing", by=cast.nurse, at=at(9))
    assert dues(cast, ana, at(9))["pdmp"][0] == day(90)


def opioids(cast, person):
    Diagnosis.objects.create(
        organization_id=cast.organization,
        recorded_at=at(8),
        episode_id=person.episode,
        code="F11.20",
        title="Opioid dependence",
        rank=1,
        practitioner=Practitioner.objects.get(pk=cast.prescriber.practitioner),
    )


def queries(act):
    with CaptureQueriesContext(
        connection,
    ) as met:
        found = act()
    return len(met), found


def test_the_worklist_asks_no_more_for_more_people_or_a_longer_history(cast, ana):
    start(ana, SERTRALINE, cast.nurse)
    medication_board(by=cast.nurse, at=at(9))
    few, board = queries(lambda: medication_board(by=cast.nurse, at=at(9)))
    assert [one.name for one in board.people] == ["Ana Family1"]
    for number in range(4):
        other = admit(cast, f"P{number}", admitted_at=at(8))
        thread = start(other, SERTRALINE, cast.nurse)
        for back in range(3):
            record_dose(thread, MISSED, day=day(-back), by=cast.nurse, at=at(9))
    many, board = queries(lambda: medication_board(by=cast.nurse, at=at(9)))
    assert (few, len(board.people)) == (many, 5)
    one, _ = queries(lambda: medications_of(ana.uid, by=cast.nurse, at=at(10)))
    thread = start(ana, XANAX, cast.nurse)
    for back in range(5):
        record_dose(thread, MISSED, day=day(-back), by=cast.nurse, at=at(9))
    two, _ = queries(lambda: medications_of(ana.uid, by=cast.nurse, at=at(10)))
    assert one == two


def test_a_person_who_left_has_nothing_due_and_suboxone_stays_recorded(cast, ana):
    record_pdmp_check(ana.uid, checked=MONDAY, finding="nothing", by=cast.prescriber, at=at(9))
    start(ana, SUBOXONE, cast.prescriber)
    assert medications_of(ana.uid, by=cast.nurse, at=at(7)).dues is None
    assert medications_of(ana.uid, by=cast.nurse, at=at(9)).lines[0].prescribed_here


def test_a_crisis_that_ended_in_a_hospital_asks_for_the_list_again(cast, ana):
    put_on_call(cast)
    start(ana, SERTRALINE, cast.nurse)
    reconcile(ana.uid, decisions(ana, cast, at(9)), occasion="intake", key=uuid4(), by=cast.nurse, at=at(9))
    crisis = raise_crisis(ana.uid, priority="P1", source="staff", words="Pills", by=cast.clinician, at=at(10))
    take_crisis(crisis, by=cast.clinician, at=at(10, 5))
    went = NewEntry("disposition", "emergency_department", words="City ED")
    log_entry(crisis, went, by=cast.clinician, at=at(10, 40))
    assert dues(cast, ana, at(11))["reconcile"] == (day(2), "due_soon")
    late = at(9, day=day(1))
    reconcile(ana.uid, decisions(ana, cast, late), occasion="hospital", key=uuid4(), by=cast.nurse, at=late)
    assert dues(cast, ana, late)["reconcile"][0] == day(31)
