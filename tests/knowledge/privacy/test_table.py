"""The table of roles and kinds states every cell; a hole in it is an error."""

import pytest

from throughcare.knowledge.privacy import KINDS, MAY_CHANGE, MAY_SEE, may, roles_that
from throughcare.knowledge.privacy import table as the_table
from throughcare.knowledge.privacy.kinds import APART, ROWS
from throughcare.knowledge.privacy.table import CELLS, PURPOSES_OF, USUAL_PURPOSE, WrongTable, cells_from
from throughcare.knowledge.roles import ALL as ROLES

TEXT = the_table._read("privacy_table.tsv")
PURPOSES_TEXT = the_table._read("privacy_purposes.tsv")


def test_every_role_and_kind_has_a_cell_and_every_role_a_usual_purpose():
    assert set(CELLS) == {(role, kind) for role in ROLES for kind in KINDS}
    assert set(MAY_SEE) == set(MAY_CHANGE) == set(PURPOSES_OF) == set(USUAL_PURPOSE) == set(ROLES)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\nnote\t", "\nnotes\t", "note"),
        ("\tbiller\t", "\tbilling\t", "biller"),
        ("see:self", "see:myself", "see:myself"),
        ("change:author", "no:author", "no:author"),
        ("\tno\n", "\n", "cells"),
        ("\nnote\t", "\nattendance\t", "note"),
    ],
)
def test_a_missing_or_unknown_role_kind_or_cell_is_an_error(old, new, says):
    with pytest.raises(WrongTable, match=says):
        cells_from(TEXT.replace(old, new, 1))


def test_a_table_without_its_last_row_is_an_error():
    with pytest.raises(WrongTable, match="emergency"):
        cells_from("\n".join(TEXT.splitlines()[:-1]))


@pytest.mark.parametrize("change", [("usual", "yes"), ("yes", "perhaps"), ("yes", "usual"), ("\naudit", "")])
def test_a_role_has_exactly_one_usual_purpose(change):
    with pytest.raises(WrongTable):
        the_table.purposes_from(PURPOSES_TEXT.replace(*change, 1) if change[1] else PURPOSES_TEXT[:200])


def test_a_cell_with_a_condition_is_no_grant_by_role_alone():
    assert not may("see", "note", roles=frozenset({"patient"}))
    assert not may("change", "counseling_note", roles=frozenset({"clinician"}))
    assert "patient" in roles_that("see", "note")
    assert "clinician" in roles_that("change", "counseling_note")


def test_reception_records_calls_and_opens_nothing():
    assert MAY_SEE["front_desk"] == MAY_CHANGE["front_desk"] == {"contact_call"}


def test_a_biller_has_the_diagnosis_and_no_narrative():
    assert "diagnosis" in MAY_SEE["biller"]
    assert not MAY_SEE["biller"] & {"note", "assessment", "care_plan", "discharge", "measure", "placement"}


def test_notes_kept_apart_belong_to_their_author_and_nobody_else():
    for role in ROLES:
        for kind in APART:
            assert CELLS[role, kind].grant == "no" or CELLS[role, kind].condition == "author", (role, kind)


def test_patients_see_their_own_kinds_only_and_family_only_what_may_leave():
    for kind in ROWS:
        for role in ("patient", "alumnus"):
            assert CELLS[role, kind.code].grant == "no" or kind.own, kind.code
        cell = CELLS["family", kind.code]
        assert cell.grant == "no" or (cell.condition == "consent" and kind.may_leave), kind.code


def test_a_refusal_says_whom_to_ask():
    assert "Ask someone who is" in may("see", "note", roles=frozenset({"biller"})).because
    assert "who wrote them" in may("see", "counseling_note", roles=frozenset({"biller"})).because
