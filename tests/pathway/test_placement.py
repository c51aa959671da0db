"""Placement: what the facts indicate, and where a licensed clinician places the person."""

import pytest

from tests.cast import at
from tests.intake_cast import BEN_RATED, DEV, assess, ben, measure
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.intake.assessment import answer_section, rate_domain
from throughcare.pathway.intake.placement import decide_placement, weigh_placement
from throughcare.records.placements import PlacementDecision


def test_ben_is_indicated_for_intensive_outpatient(cast):
    weighed = weigh_placement(ben(cast), by=cast.clinician, at=at(11))
    assert weighed.placement.indicated == "iop"
    assert weighed.placement.reasons[0].code == "iop_need"
    assert weighed.missing == ()
    assert not weighed.placement.needs_clinician
    assert weighed.indicated_title == "Intensive outpatient"


def test_each_fact_says_where_it_comes_from(cast):
    weighed = weigh_placement(ben(cast), by=cast.clinician, at=at(11))
    used = {line.key: line for line in weighed.reasons[0].facts}
    assert used["domains.U"].value == "2"
    assert used["domains.U"].origin == "Rated by Carla Reyes"
    assert weighed.gathered.line("ciwa_ar").origin == "CIWA-Ar, Carla Reyes"
    assert weighed.gathered.line("home_unsafe").value == "No"


def test_work_from_seven_to_three_means_the_evening_track(cast):
    assert weigh_placement(ben(cast), by=cast.clinician, at=at(11)).track_notes == (
        "works 07-15: evening track",
    )


def test_placing_ben_in_outpatient_needs_a_code_and_a_text(cast):
    assessment = ben(cast)
    decide = {"placed": "op", "by": cast.clinician, "at": at(11)}
    with pytest.raises(Cannot, match="Choose why") as no_code:
        decide_placement(assessment, **decide)
    assert no_code.value.field == "override_code"
    with pytest.raises(Cannot, match="in your own words") as no_text:
        decide_placement(assessment, **decide, override_code="patient_choice", override_text="  ")
    assert no_text.value.field == "override_text"
    with pytest.raises(Cannot, match="Choose why"):
        decide_placement(assessment, **decide, override_code="because", override_text="He wants it.")
    assert PlacementDecision.objects.count() == 0
    decide_placement(
        assessment, **decide, override_code="patient_choice", override_text="He wants evenings at home."
    )
    decision = weigh_placement(assessment, by=cast.clinician, at=at(11)).decisions[0]
    assert (decision.indicated_title, decision.placed_title) == ("Intensive outpatient", "Outpatient")
    assert (decision.gap, decision.override_text) == (
        "The person chose otherwise",
        "He wants evenings at home.",
    )


def test_placing_as_indicated_needs_no_reason_and_keeps_none(cast):
    assessment = ben(cast)
    decide_placement(
        assessment, placed="iop", override_code="other", override_text="x", by=cast.clinician, at=at(11)
    )
    stored = PlacementDecision.objects.get()
    assert (stored.indicated, stored.placed, stored.override_code, stored.override_text) == (
        "iop",
        "iop",
        "",
        "",
    )
    assert stored.facts["domains"] == BEN_RATED
    assert stored.credential == "LCSW"
    assert stored.rule_version


def test_every_decision_stays(cast):
    assessment = ben(cast)
    decide_placement(assessment, placed="iop", by=cast.clinician, at=at(11))
    decide_placement(
        assessment,
        placed="op",
        override_code="distance",
        override_text="Two hours away.",
        by=cast.director,
        at=at(12),
    )
    weighed = weigh_placement(assessment, by=cast.clinician, at=at(13))
    assert [decision.placed for decision in weighed.decisions] == ["op", "iop"]


def test_a_stop_cannot_be_placed_into_intensive_outpatient_whatever_is_written(cast):
    assessment = ben(cast)
    measure(assessment, "c-ssrs-screener", [1, 1, 1, 1, 0, 0, None], by=cast.clinician, when=at(11))
    weighed = weigh_placement(assessment, by=cast.clinician, at=at(12))
    assert weighed.placement.stop
    assert weighed.reasons[0].code == "imminent_risk"
    assert weighed.reasons[0].what_to_do
    for level in ("iop", "op", "php", "residential-3.5"):
        with pytest.raises(Cannot, match="STOP") as refusal:
            decide_placement(
                assessment,
                placed=level,
                override_code="other",
                override_text="x",
                by=cast.clinician,
                at=at(12),
            )
        assert refusal.value.field == "placed"
    decide_placement(assessment, placed="emergency", by=cast.clinician, at=at(12))


def test_moderate_withdrawal_holds_the_start_back(cast):
    assessment = ben(cast)
    measure(assessment, "ciwa-ar", [2, 2, 3, 3, 0, 0, 0, 0, 0, 0], by=cast.nurse, when=at(11))
    weighed = weigh_placement(assessment, by=cast.clinician, at=at(12))
    assert (weighed.placement.held, weighed.placement.indicated) == (True, "withdrawal-management")
    with pytest.raises(Cannot, match="Withdrawal is treated first"):
        decide_placement(
            assessment, placed="iop", override_code="other", override_text="x", by=cast.clinician, at=at(12)
        )


def test_what_is_not_known_is_listed_and_never_counts_as_no(cast):
    assessment = assess(cast, DEV)
    answer_section(
        assessment,
        "checklist",
        {"delirium": "unknown"},
        said_by="clinician",
        by=cast.clinician,
        at=at(10),
        seen_version=0,
    )
    weighed = weigh_placement(assessment, by=cast.clinician, at=at(11))
    missing = {line.key for line in weighed.missing}
    assert {"delirium", "c_ssrs", "domains.U"} <= missing
    assert weighed.placement.needs_clinician
    assert weighed.placement.indicated is None
    with pytest.raises(Cannot, match="no level"):
        decide_placement(assessment, placed="iop", by=cast.clinician, at=at(11))


def test_what_the_person_said_counts_until_the_clinician_says_otherwise(cast):
    assessment = ben(cast)
    at_home = {"home_safe": "no", "elsewhere": "no"}
    answer_section(
        assessment, "home", at_home, said_by="patient", by=cast.clinician, at=at(11), seen_version=0
    )
    gathered = weigh_placement(assessment, by=cast.clinician, at=at(11)).gathered
    assert gathered.line("safe_alternative").value == "No"
    assert "not confirmed yet" in gathered.line("safe_alternative").origin
    assert gathered.line("home_unsafe").value == "No", "the checklist has the last word"


def test_measures_from_before_the_assessment_do_not_count_as_now(cast):
    first = ben(cast)
    measure(first, "c-ssrs-screener", [1, 1, 1, 1, 0, 0, None], by=cast.clinician, when=at(8))
    assert not weigh_placement(first, by=cast.clinician, at=at(12)).placement.stop


def test_a_rating_of_four_stops(cast):
    assessment = ben(cast)
    rate_domain(
        assessment, "M", rating=4, evidence="Hears voices, cannot follow.", by=cast.clinician, at=at(11)
    )
    assert (
        weigh_placement(assessment, by=cast.clinician, at=at(12)).placement.indicated
        == "psychiatric-inpatient"
    )


@pytest.mark.parametrize("role", ["facilitator", "nurse", "case_manager", "biller", "admissions", "admin"])
def test_these_roles_place_nobody(cast, role):
    assessment = ben(cast)
    with pytest.raises(CannotSee):
        decide_placement(assessment, placed="iop", by=getattr(cast, role), at=at(11))
    assert PlacementDecision.objects.count() == 0


def test_another_organization_finds_nothing(cast):
    from tests.cast import gather_cast

    other = gather_cast("Elsewhere", mail_host="elsewhere.test")
    with pytest.raises(Absent):
        weigh_placement(ben(cast), by=other.clinician, at=at(11))


def test_a_placement_takes_few_queries(cast, django_assert_max_num_queries):
    assessment = ben(cast)
    for hour in range(11, 18):
        decide_placement(assessment, placed="iop", by=cast.clinician, at=at(hour))
    with django_assert_max_num_queries(10):
        weigh_placement(assessment, by=cast.clinician, at=at(18))
