"""What belongs into a copy of somebody's own record, and what a correction must say."""

from datetime import date

from throughcare.knowledge.privacy.corrections import (
    ABOUT,
    check_answer,
    check_request,
    due_date,
    later_date,
)
from throughcare.knowledge.privacy.kinds import ALL, OWN
from throughcare.knowledge.privacy.own_record import IN_A_COPY, LEFT_OUT, NOT_THEIRS, left_out


def test_every_kind_of_record_is_in_a_copy_or_listed_with_the_reason():
    assert set(IN_A_COPY) | set(LEFT_OUT) | set(NOT_THEIRS) == set(ALL)
    assert not set(IN_A_COPY) & (set(LEFT_OUT) | set(NOT_THEIRS))
    assert set(NOT_THEIRS).isdisjoint(OWN)
    assert len(left_out(frozenset(IN_A_COPY))) == len(LEFT_OUT) + len(NOT_THEIRS)


def test_what_the_person_may_not_open_is_listed_too():
    assert any(why.startswith("This is not open") for _, why in left_out(frozenset()))


def test_a_correction_is_answered_in_sixty_days_and_thirty_more_once():
    due = due_date(date(2026, 3, 2))
    assert (due, later_date(due)) == (date(2026, 5, 1), date(2026, 5, 31))


def test_a_refusal_names_its_ground_and_everything_is_said_in_words():
    assert "note" in ABOUT and "counseling_note" not in ABOUT
    assert check_request("note", "I said beer", "I said root beer")
    for kind, wrong, right in (("secret", "a", "b"), ("note", " ", "b"), ("note", "a", "b" * 2001)):
        assert not check_request(kind, wrong, right)
    assert check_answer("corrected", "", "Done") and check_answer("refused", "accurate", "It is right")
    assert not check_answer("refused", "", "No") and not check_answer("corrected", "", " ")
