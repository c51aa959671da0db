"""What the progress of an episode shows."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, gather_cast
from tests.plan_cast import admit, attend, patient_of, place_person
from tests.progress_cast import NOW, TODAY, answer, patient_uid, phq, six_good_weeks
from throughcare.pathway.cannot import Absent, CannotSee
from throughcare.pathway.progress.progress import progress_of


def test_a_measure_tells_first_best_latest_and_what_changed(cast):
    seen = progress_of(patient_uid(six_good_weeks(cast)), by=cast.clinician, at=NOW)
    found = {one.code: one for one in seen.measures}["phq-9"]
    assert (found.baseline.total, found.best, found.latest.total) == (18, 8, 8)
    assert found.since_baseline.words == "Reliably better since intake: 18 → 8."
    assert found.since_previous.words == "No reliable change since last time: 13 → 8."


def test_objectives_stand_where_their_measures_do(cast):
    seen = progress_of(patient_uid(six_good_weeks(cast)), by=cast.clinician, at=NOW)
    stands = [one.stand.standing for one in seen.objectives]
    assert stands == ["met", "met", "not_known"]
    assert "Now 8, target 9 points or lower: reached." in seen.objectives[0].stand.because


def test_weeks_run_from_admission_to_this_week_with_every_status(cast):
    seen = progress_of(patient_uid(six_good_weeks(cast, missed=2)), by=cast.clinician, at=NOW)
    assert [week.begins for week in seen.weeks] == [MONDAY + timedelta(days=7 * n) for n in range(7)]
    assert seen.weeks[5].statuses == ("present", "no_show", "no_show")
    assert seen.weeks[0].ledger.delivered == 9


def test_the_week_is_said_in_a_sentence(cast):
    seen = progress_of(patient_uid(six_good_weeks(cast)), by=cast.clinician, at=NOW)
    assert "PHQ-9: no reliable change since last time: 13 → 8." in seen.this_week


def test_someone_never_admitted_has_no_progress_yet(cast):
    seen = progress_of(patient_of(place_person(cast)), by=cast.clinician, at=NOW)
    assert seen.episode is None and seen.measures == () and seen.this_week == ""


def test_an_instrument_without_a_total_is_told_in_words(cast):
    episode = admit(cast)
    answer(cast, episode, "c-ssrs-screener", (1, 0, None, None, None, 0, None), day=TODAY)
    seen = progress_of(patient_uid(episode), by=cast.clinician, at=NOW)
    assert [one.has_total for one in seen.measures] == [False]
    assert seen.measures[0].latest.said == "suicide risk low"


@pytest.mark.parametrize("role", ["admissions", "biller", "admin", "compliance"])
def test_other_roles_are_refused(cast, role):
    episode = admit(cast)
    with pytest.raises(CannotSee):
        progress_of(patient_uid(episode), by=getattr(cast, role), at=NOW)


def test_another_clinic_sees_nobody(cast):
    other = gather_cast("Other House", mail_host="other.test")
    with pytest.raises(Absent):
        progress_of(patient_uid(admit(cast)), by=other.clinician, at=NOW)


def test_more_measures_and_weeks_cost_no_more_queries(cast, django_assert_max_num_queries):
    episode = six_good_weeks(cast)
    for n in range(10):
        phq(cast, episode, 9, day=MONDAY + timedelta(days=n))
        attend(cast, episode, MONDAY + timedelta(days=n))
    answer(cast, episode, "gad-7", (1,) * 7, day=TODAY)
    with django_assert_max_num_queries(26):
        progress_of(patient_uid(episode), by=cast.clinician, at=NOW)
