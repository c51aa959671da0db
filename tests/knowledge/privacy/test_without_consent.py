"""The few ways without consent: each asks for its facts, and none opens notes kept apart."""

import pytest

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, IN_EMERGENCY, MAY_LEAVE
from throughcare.knowledge.privacy.without_consent import ALL as PATHS
from throughcare.knowledge.privacy.without_consent import (
    may_disclose_without_consent,
    may_leave_without_consent,
)


@pytest.mark.parametrize("path", PATHS.values(), ids=lambda one: one.code)
def test_a_way_without_consent_needs_every_fact_and_its_second_person(path):
    known = {code for code, _ in path.needs}
    ask = {"kind": "identity", "known": known, "second_person": True}
    assert may_disclose_without_consent(path.code, **ask)
    for code in known:
        assert not may_disclose_without_consent(path.code, **{**ask, "known": known - {code}})
    assert (
        bool(may_disclose_without_consent(path.code, **{**ask, "second_person": False}))
        is not path.second_person
    )
    assert not may_disclose_without_consent(path.code, **{**ask, "kind": "counseling_note"})
    assert bool(may_disclose_without_consent(path.code, **{**ask, "kind": "note"})) is not bool(path.kinds)


def test_there_is_no_other_way_and_duty_to_warn_is_none():
    for path in ("subpoena", "duty_to_warn", "curiosity"):
        assert not may_disclose_without_consent(path, kind="identity", known=())


def test_an_emergency_asks_for_exactly_what_2_51_lists():
    assert {code for code, _ in PATHS["emergency"].needs} == {
        "recipient",
        "affiliation",
        "discloser",
        "disclosed_at",
        "nature",
        "no_consent",
    }


def test_an_emergency_lets_out_what_helps_and_nothing_kept_apart():
    out = {kind for kind in KINDS if may_leave_without_consent("emergency", kind)}
    assert out == IN_EMERGENCY & MAY_LEAVE
    assert not out & APART


def test_a_kind_that_nobody_knows_goes_nowhere():
    assert not any(may_leave_without_consent(path, "horoscope") for path in PATHS)
