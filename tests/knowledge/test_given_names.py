"""Which given names one person may go by."""

import pytest

from throughcare.knowledge.given_names import may_be_one_name


@pytest.mark.parametrize(
    ("one", "other"),
    [("robert", "bob"), ("bob", "bobby"), ("tony", "antonio"), ("cathy", "kathryn"), ("jon", "juan")],
)
def test_short_forms_and_other_forms_are_one_name(one, other):
    assert may_be_one_name(one, other) and may_be_one_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("christine", "christopher"), ("albert", "alfred"), ("terrence", "theresa")]
)
def test_two_names_are_not_one_because_both_have_the_same_short_form(one, other):
    assert not may_be_one_name(one, other)
