"""Anomalies out of the real book of accesses: each told once, and a normal week told nothing of."""

from datetime import timedelta

import pytest

from tests.boards_cast import in_program
from tests.cast import MORNING, at
from tests.referral_cast import patient_of, refer
from throughcare.pathway.actor import Asked, Page
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.anomaly_watch import watch_accesses
from throughcare.pathway.privacy.book import append
from throughcare.pathway.privacy.emergency import break_glass
from throughcare.records.accesses import AccessWatch
from throughcare.records.emergencies import PrivacyNotice
from throughcare.records.people import Patient

pytestmark = pytest.mark.django_db


def told():
    return sorted(PrivacyNotice.objects.exclude(mark="").values_list("kind", "account__name"))


def people(cast, count):
    number = Patient.objects.count()
    return Patient.objects.bulk_create(
        Patient(
            organization_id=cast.organization,
            number=1000 + number + place,
            given_name="Pat",
            family_name=f"Number{place}",
            recorded_at=MORNING,
        )
        for place in range(count)
    )


def reads(actor, patients, *, begins, within, relationship="off_panel"):
    """Pages one after the other, evenly over a stretch of time, as the book has them."""
    step = within / max(len(patients), 1)
    for place, patient in enumerate(patients):
        asked = Asked(
            actor.account,
            "see",
            "note",
            "treatment",
            relationship,
            True,
            None,
            (patient.pk,),
            begins + place * step,
        )
        append([asked], page=Page("page", "patient"), organization=actor.organization)


def test_t_s2_two_hundred_charts_in_ten_minutes_are_told_within_a_minute_and_once(cast):
    """T-S2: staff opens 200 charts in 10 min → alarm at 30 off-panel charts/10 min."""
    everyone = people(cast, 200)
    reads(cast.nurse, everyone, begins=MORNING, within=timedelta(minutes=10))
    # The worker looks each minute; the thirtieth chart is opened after a minute and a half.
    first = None
    for minute in range(1, 12):
        watch_accesses(at=MORNING + timedelta(minutes=minute))
        first = first or (told() and minute)
    assert first == 2
    assert told() == [("mass_reading", "Nia Bell"), ("off_panel_burst", "Nia Bell")]


def test_t_s2_a_single_chart_through_the_desk_counts_like_any_other(cast):
    """T-S2, through real accesses: thirty people of whom the nurse treats none."""
    everyone = [in_program(cast, f"P{place}", "Ode") for place in range(30)]
    for place, person in enumerate(everyone):
        open_patient(person.uid, kind="note", by=cast.nurse, at=MORNING + timedelta(seconds=place))
    watch_accesses(at=MORNING + timedelta(minutes=1))
    assert told() == [("off_panel_burst", "Nia Bell")]


def test_t_s2_a_normal_week_is_told_nothing_of(cast):
    """T-S2: at most one false alarm on a replayed normal week: forty charts a day of one's own, ten of others'."""
    everyone = people(cast, 60)
    for day in range(7):
        begins = at(9, day=(MORNING + timedelta(days=day)).date())
        for reader in (cast.nurse, cast.clinician, cast.case_manager):
            reads(reader, everyone[:40], begins=begins, within=timedelta(hours=8), relationship="care_team")
            reads(reader, everyone[50:], begins=begins, within=timedelta(hours=8))
        for hour in range(9):
            watch_accesses(at=begins + timedelta(hours=hour))
    assert told() == []


def test_twenty_nine_are_no_burst_and_lists_open_no_chart(cast):
    reads(cast.nurse, people(cast, 29), begins=MORNING, within=timedelta(minutes=9))
    reads(cast.director, people(cast, 90), begins=MORNING, within=timedelta(minutes=9), relationship="list")
    watch_accesses(at=MORNING + timedelta(minutes=10))
    assert told() == []


def test_a_colleagues_chart_and_ones_own_family_name_are_told_once_a_day(cast):
    nia = patient_of(refer(cast, PersonDetails("Nia", "Bell")))
    break_glass(nia, reason="medical", nature="Fainted", by=cast.prescriber, at=MORNING)
    ruth = patient_of(refer(cast, PersonDetails("Ruth", "Shah")))
    for minute in range(3):
        now = MORNING + timedelta(minutes=minute)
        open_patient(nia, kind="diagnosis", by=cast.prescriber, at=now)
        open_patient(ruth, kind="note", by=cast.prescriber, at=now)
        watch_accesses(at=now)
    assert told() == [("colleague", "Priya Shah"), ("same_family_name", "Priya Shah")]


def test_a_look_goes_on_where_the_last_one_ended_and_asks_as_often_on_a_full_day(
    cast, django_assert_max_num_queries
):
    reads(cast.nurse, people(cast, 20), begins=MORNING, within=timedelta(hours=1), relationship="care_team")
    watch_accesses(at=MORNING + timedelta(hours=1))
    through = AccessWatch.objects.get().through_sequence
    later = MORNING + timedelta(hours=2)
    for count in (2, 25):
        reads(cast.nurse, people(cast, count), begins=later, within=timedelta(seconds=50))
        later += timedelta(minutes=20)
        with django_assert_max_num_queries(20):
            watch_accesses(at=later)
    assert AccessWatch.objects.get().through_sequence > through
    with django_assert_max_num_queries(4):  # nothing new: whose book, how far, what is behind
        watch_accesses(at=later)
    assert told() == []


def test_a_burst_over_the_end_of_a_look_is_found_and_so_are_a_days_many_charts(cast):
    everyone = people(cast, 160)
    reads(cast.nurse, everyone[:20], begins=MORNING, within=timedelta(minutes=4))
    watch_accesses(at=MORNING + timedelta(minutes=4))
    reads(cast.nurse, everyone[20:32], begins=MORNING + timedelta(minutes=5), within=timedelta(minutes=3))
    watch_accesses(at=MORNING + timedelta(minutes=9))
    assert told() == [("off_panel_burst", "Nia Bell")]
    for hour in range(1, 8):
        begins = MORNING + timedelta(hours=hour)
        part = everyone[hour * 18 : hour * 18 + 18]
        reads(cast.clinician, part, begins=begins, within=timedelta(minutes=30), relationship="care_team")
        watch_accesses(at=begins + timedelta(minutes=31))
    assert told() == [("mass_reading", "Carla Reyes"), ("off_panel_burst", "Nia Bell")]
