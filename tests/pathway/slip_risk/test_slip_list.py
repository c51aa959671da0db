"""From the clinic's own stays to a list with reasons: off while there is too little, never shown to payers."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import at
from tests.slip_cast import NOW, days_later, write_down, years_of
from throughcare.knowledge.slip_risk.features import values_of
from throughcare.knowledge.slip_risk.model import read_model
from throughcare.pathway.actor import the_program
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.slip_risk.fits import fit_model, last_fit
from throughcare.pathway.slip_risk.histories import (
    current_histories,
    open_stays,
    stays_since,
    whole_histories,
)
from throughcare.pathway.slip_risk.model_page import model_page, tell_of_slip_risk
from throughcare.pathway.slip_risk.rounds import keep_slip_risk
from throughcare.pathway.slip_risk.slip_list import slip_list
from throughcare.pathway.slip_risk.switch import switch_slip_risk
from throughcare.records.accesses import Access
from throughcare.records.consents import Consent, Guard, Recipient
from throughcare.records.episodes import Episode, Stay
from throughcare.records.people import Patient
from throughcare.records.slip_risk import SlipFit, SlipPrediction

BOUNDS = {"slip_risk.least_ended": 70, "slip_risk.least_drop_outs": 20, "slip_risk.least_auc": 0.5}


def set_bounds(cast, **changed):
    for key, value in {**BOUNDS, **changed}.items():
        change_setting(key, value, effective_date=NOW.date(), by=cast.director, at=NOW)


def fitted(cast, stays=130):
    histories = years_of(cast, stays)
    set_bounds(cast)
    assert keep_slip_risk(at=NOW).startswith("fitted")
    return histories


def test_the_records_read_as_the_same_histories_that_they_were_written_from(cast):
    told = years_of(cast, 40)
    program = the_program(cast.organization)
    stays = open_stays(by=program)
    now = current_histories(stays, organization=cast.organization, on=NOW.date())
    in_care = [one for one in told if one.ended is None]
    assert [values_of(one, NOW.date()) for one in now.values()] == [
        values_of(one, NOW.date()) for one in in_care
    ]
    from throughcare.pathway.slip_risk.histories import stays_since

    every = stays_since(cast.organization, NOW.replace(year=2020))
    read = whole_histories(every, organization=cast.organization)
    same = [replace(one, key=other.key) for one, other in zip(told, read, strict=True)]
    assert same == read


def test_below_the_bounds_it_is_off_and_says_how_much_is_there(cast):
    years_of(cast, 60)
    assert fit_model(cast.organization, at=NOW) == "too_few"
    page = slip_list(by=cast.clinician, at=NOW)
    assert page.bands == () and page.why_off.startswith("Off until there is enough to learn from:")
    assert "of 200 ended stays" in page.why_off and "of 40 drop-outs" in page.why_off
    assert last_fit(cast.organization).model is None


def test_with_enough_it_ranks_everyone_in_care_and_says_why(cast):
    fitted(cast)
    page = slip_list(by=cast.clinician, at=NOW)
    lines = [line for band in page.bands for line in band.lines]
    assert lines and [one.risk for one in lines] == sorted((one.risk for one in lines), reverse=True)
    in_care = Episode.objects.filter(ended_at__isnull=True).count()
    assert len(lines) + page.low + len(page.away) == in_care
    for line in lines:
        assert 1 <= len(line.reasons) <= 3 and all(one.said.endswith(".") for one in line.reasons)
    helped = [said for band in page.bands for said in band.helped]
    assert all("people at a similar risk" in said for said in helped)


def test_the_model_is_kept_as_json_of_plain_numbers(cast):
    fitted(cast)
    row = last_fit(cast.organization)
    kept = json.loads(json.dumps(row.model))
    assert kept["version"] == "throughcare-slip-risk/1" and read_model(kept).as_json() == kept
    assert all(set(term) == {"code", "mean", "spread", "weight"} for term in kept["terms"])
    assert row.ended_stays >= 70 and row.person_weeks > 300 and row.how == "fitted"


def test_a_model_no_better_than_asked_is_not_shown(cast):
    years_of(cast, 260)
    set_bounds(cast, **{"slip_risk.least_auc": 0.9})
    assert fit_model(cast.organization, at=NOW) == "weak"
    assert "hardly better than chance" in slip_list(by=cast.clinician, at=NOW).why_off


def test_it_is_fitted_monthly_one_at_a_time_and_what_it_said_is_kept_weekly(cast):
    fitted(cast)
    kept = SlipPrediction.objects.count()
    assert kept > 0
    assert keep_slip_risk(at=days_later(6)) == "nothing is due; 0 predictions kept"
    assert SlipPrediction.objects.count() == kept
    keep_slip_risk(at=days_later(7))
    assert SlipFit.objects.count() == 1
    keep_slip_risk(at=days_later(28))
    assert SlipFit.objects.count() == 2
    SlipFit.objects.create(
        organization_id=cast.organization, began_at=days_later(60), step="reading", recorded_at=days_later(60)
    )
    assert fit_model(cast.organization, at=days_later(60)) == "runs already"
    assert fit_model(cast.organization, at=days_later(61)) in ("fitted", "weak")


def test_what_was_said_is_held_against_what_came_month_by_month(cast):
    fitted(cast)
    Episode.objects.filter(ended_at__isnull=True).update(ended_at=days_later(20))
    fit_model(cast.organization, at=days_later(56))
    page = model_page(by=cast.director, at=days_later(56))
    assert page.kept and page.kept[0].looks == SlipPrediction.objects.count()
    assert page.kept[0].dropped_out == 0  # nobody was discharged as a drop-out


def test_the_director_turns_it_off_with_a_reason_and_nobody_else(cast):
    fitted(cast)
    with pytest.raises(CannotSee):
        switch_slip_risk(on=False, because="No.", by=cast.clinician, at=NOW)
    with pytest.raises(Cannot, match="Say why"):
        switch_slip_risk(on=False, because=" ", by=cast.director, at=NOW)
    switch_slip_risk(on=False, because="We look at it first.", by=cast.director, at=NOW)
    page = slip_list(by=cast.clinician, at=NOW)
    assert page.bands == () and page.why_off.endswith("We look at it first.")
    assert keep_slip_risk(at=days_later(30)).startswith("off; 0 predictions")
    switch_slip_risk(on=True, because="It reads well.", by=cast.director, at=days_later(30))
    assert slip_list(by=cast.clinician, at=days_later(30)).why_off == ""


@pytest.mark.parametrize("role", ["biller", "compliance", "admin", "front_desk", "admissions"])
def test_whoever_does_not_treat_sees_nothing_of_it(cast, role):
    for page in (slip_list, model_page):
        with pytest.raises(CannotSee):
            page(by=getattr(cast, role), at=NOW)


def test_a_reviewer_for_payers_sees_nothing_of_it(cast):
    reviewer = replace(cast.clinician, roles=frozenset({"reviewer"}), grants=frozenset())
    for page in (slip_list, model_page):
        with pytest.raises(CannotSee):
            page(by=reviewer, at=NOW)


def test_it_is_no_kind_that_a_consent_can_name_and_nobodys_own_page_has_it():
    from throughcare.knowledge.privacy.kinds import IN_EMERGENCY, MAY_LEAVE, OWN

    assert not {"slip_risk"} & (MAY_LEAVE | OWN | IN_EMERGENCY)


def test_whoever_is_shown_stands_in_the_book_and_guarded_people_are_not_shown(cast):
    fitted(cast)
    shown = slip_list(by=cast.clinician, at=NOW)
    first = shown.bands[0].lines[0]
    guarded = Episode.objects.get(patient__uid=first.patient, ended_at__isnull=True).patient
    Guard.objects.create(
        organization_id=cast.organization, patient=guarded, why="extra_privacy", text="x", recorded_at=NOW
    )
    again = slip_list(by=cast.clinician, at=NOW)
    assert first.patient not in {one.patient for band in again.bands for one in band.lines}
    assert any("slip_risk" in row.kinds for row in Access.objects.all())


def test_the_queries_do_not_grow_with_people_and_no_level_changes(cast):
    fitted(cast)
    levels = list(Stay.objects.order_by("pk").values_list("level", "ended_at"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        slip_list(by=cast.clinician, at=NOW)
    write_down(cast, simulated_in_care())
    with CaptureQueriesContext(connection) as many:
        slip_list(by=cast.clinician, at=NOW)
    assert len(many) == len(few) <= 20
    assert list(Stay.objects.order_by("pk").values_list("level", "ended_at"))[: len(levels)] == levels


def simulated_in_care():
    from tests.knowledge.slip_risk.simulated import clinic

    return [one for one in clinic(400, seed=9) if one.ended is None]


def test_the_page_about_the_model_names_its_data_its_numbers_and_its_limits(cast):
    fitted(cast)
    page = model_page(by=cast.clinician, at=NOW)
    assert page.fitted_at == NOW and page.person_weeks > 500
    assert {term.code for term in page.terms} >= {"missed_hours", "craving", "days_away"}
    assert page.held_out.looks > 0 and page.held_out.bands
    assert {one.attribute for one in page.groups} == {"age", "sex", "language", "payer"}
    assert any(one.withheld for one in page.groups)
    assert not page.may_switch and model_page(by=cast.director, at=NOW).may_switch


def test_the_payer_of_the_fairness_page_is_the_plan_that_a_consent_names(cast):
    years_of(cast, 3)
    fact = {"organization_id": cast.organization, "recorded_at": NOW}
    ana, bo, _ = Patient.objects.order_by("pk")[:3]
    for person, name in ((ana, "Valley Health"), (bo, "valley  health")):
        plan = Recipient.objects.create(**fact, kind="health_plan", name=name)
        Consent.objects.create(**fact, patient=person, form="plan", recipient=plan, given_at=NOW, text="x")
    stays = stays_since(cast.organization, at(0, day=date(2000, 1, 1)))
    payers = [dict(one.groups)["payer"] for one in whole_histories(stays, organization=cast.organization)]
    assert sorted(payers) == ["Valley Health", "Valley Health", "not known"]


def test_whoever_uses_it_may_say_what_it_gets_wrong_and_the_director_reads_it(cast):
    tell_of_slip_risk(words="It does not know about the bus strike.", by=cast.clinician, at=NOW)
    assert model_page(by=cast.director, at=NOW).feedback[0].words.startswith("It does not know")
    assert model_page(by=cast.clinician, at=NOW).feedback == ()
    with pytest.raises(CannotSee):
        tell_of_slip_risk(words="x", by=cast.biller, at=NOW)
