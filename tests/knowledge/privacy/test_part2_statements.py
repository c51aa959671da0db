"""What goes along with a disclosure, and what a person is asked to sign, in words."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.knowledge.privacy.consents import MOTHER, ONE_OF_EACH, PROBATION, TPO, request_like
from throughcare.knowledge.privacy.kinds import MAY_LEAVE, ROWS
from throughcare.knowledge.privacy.part2_statements import (
    LONG_STATEMENT,
    SHORT_STATEMENT,
    explanation_of,
    in_plain_words,
    statement_text,
    statements_of_form,
)
from throughcare.knowledge.privacy.weighing import weigh

NEW_YORK = "America/New_York"


@pytest.mark.parametrize("consent", ONE_OF_EACH, ids=lambda one: one.form)
def test_whatever_a_consent_lets_out_has_its_statement_in_both_lengths(consent):
    weighed = weigh(request_like(consent), [consent])
    assert statement_text(weighed.statement) == LONG_STATEMENT
    assert statement_text(weighed.statement, short=True) == SHORT_STATEMENT


def test_where_nothing_leaves_there_is_no_statement():
    assert statement_text(weigh(request_like(TPO), []).statement) == ""


def test_the_long_statement_names_the_law_and_what_it_forbids():
    for words in ("42 CFR part 2", "against the patient", "2.64 or 2.65", "NOT sufficient"):
        assert words in LONG_STATEMENT


def test_kims_consent_is_explained_to_her_mother_in_full():
    last_second = datetime(2026, 6, 1, tzinfo=ZoneInfo(NEW_YORK))
    assert explanation_of(replace(MOTHER, expires_at=last_second), zone=NEW_YORK) == (
        "Kim Vance lets Harbor House give Rosa Vance these records: attendance. They are for family involvement. "
        "It ends on May 31, 2026. It is given as consent for someone close."
    )


def test_a_single_consent_says_its_classes_and_that_it_has_no_end():
    words = explanation_of(TPO, zone=NEW_YORK)
    assert "a treating provider; a health plan;" in words and "stands until it is taken back" in words


def test_a_period_of_records_and_the_members_of_a_network_are_said():
    bounded = replace(
        MOTHER, records_from=date(2026, 3, 1), records_until=date(2026, 3, 31), participants="Dr. A, Dr. B"
    )
    words = explanation_of(bounded, zone=NEW_YORK)
    assert "dated from March 1, 2026 to March 31, 2026" in words and "Dr. A, Dr. B" in words


@pytest.mark.parametrize("consent", ONE_OF_EACH, ids=lambda one: one.form)
def test_the_person_reads_what_they_sign_as_said_to_them(consent):
    words = in_plain_words(consent, zone=NEW_YORK)
    assert words[0].startswith("You let Harbor House tell")
    assert set(statements_of_form(consent)) <= set(words)


def test_a_consent_for_supervision_says_that_it_cannot_be_taken_back_yet():
    assert "supervision ends" in statements_of_form(PROBATION)[0]
    assert "take this back at any time" in statements_of_form(TPO)[0]


def test_every_kind_that_may_leave_has_plain_words():
    assert all(kind.plain for kind in ROWS if kind.code in MAY_LEAVE)
