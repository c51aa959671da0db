"""Who speaks for a minor, by state and service; a parent is told nothing by being a parent."""

from dataclasses import replace

import pytest

from tests.knowledge.privacy.consents import MOTHER
from throughcare.knowledge.privacy.consent import missing_elements
from throughcare.knowledge.privacy.minors import EVERYWHERE_ELSE, ROWS, SERVICES, state_rule


@pytest.mark.parametrize("row", ROWS.values(), ids=lambda row: f"{row.state}-{row.service}")
def test_every_row_has_its_source_and_holds_at_its_bounds(row):
    assert row.source and row.service in SERVICES
    assert state_rule(row.adult_at, row.service, row.state).who == "adult"
    below = row.adult_at - 1
    assert state_rule(below, row.service, row.state).who == ("both" if row.alone_from is None else "minor")
    if row.alone_from:
        assert state_rule(row.alone_from, row.service, row.state).who == "minor"
        assert state_rule(row.alone_from - 1, row.service, row.state).who == "both"


def test_every_state_in_the_table_has_both_services():
    assert {(state, service) for state, _ in ROWS for service in SERVICES} == set(ROWS)
    assert EVERYWHERE_ELSE in {state for state, _ in ROWS}


def test_a_state_without_a_row_takes_the_default_where_both_sign():
    rule = state_rule(16, "substance_use", "ZZ")
    assert rule.who == "both" and rule.signers == {"patient", "guardian"}
    assert rule.verified is False


def test_kim_who_is_sixteen_decides_alone_about_substance_use_in_new_york_and_not_about_the_mind():
    assert state_rule(16, "substance_use", "ny").who == "minor"
    assert state_rule(16, "mental_health", "NY").who == "both"


@pytest.mark.parametrize("state", ["NY", "ZZ"])
def test_a_parent_who_asks_is_refused_whoever_signs(state):
    rule = state_rule(16, "substance_use", state)
    assert not rule.parent and rule.parent.cite == "42 CFR 2.14"


def test_a_consent_that_both_must_sign_lacks_the_guardian():
    consent = replace(MOTHER, signers=state_rule(16, "mental_health", "ZZ").signers)
    assert missing_elements(consent) == ("The guardian's signature is missing.",)


def test_a_service_that_is_not_known_is_an_error():
    with pytest.raises(KeyError):
        state_rule(16, "astrology", "NY")
