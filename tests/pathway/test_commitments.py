"""A person's own week, and the people they must not meet."""

from datetime import date, time

import pytest

from tests.cast import MONDAY, MORNING
from tests.week_cast import a_group, admit
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.group.group import join_group
from throughcare.pathway.week.commitments import (
    NewCommitment,
    add_commitment,
    commitments_of,
    end_commitment,
    end_keeping_apart,
    keep_apart,
    kept_apart_from,
)


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Ruiz")


def test_commitments_stand_until_they_are_ended(cast, ana):
    work = add_commitment(
        ana.patient, NewCommitment("work", "Café “Ñandú”", weekday=1), by=cast.clinician, at=MORNING
    )
    add_commitment(ana.patient, NewCommitment("court", day=date(2026, 4, 1)), by=cast.clinician, at=MORNING)
    standing = commitments_of(ana.patient, by=cast.facilitator, at=MORNING)
    assert {one.kind for one in standing} == {"work", "court"}
    end_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    assert [one.kind for one in commitments_of(ana.patient, by=cast.clinician, at=MORNING)] == ["court"]


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewCommitment("yoga", weekday=1), "kind"),
        (NewCommitment("work"), "weekday"),
        (NewCommitment("work", weekday=1, day=MONDAY), "weekday"),
        (NewCommitment("work", weekday=7), "weekday"),
        (NewCommitment("work", weekday=1, starts=time(9), ends=time(9)), "ends"),
        (
            NewCommitment("work", weekday=1, from_date=date(2026, 3, 2), until_date=date(2026, 3, 1)),
            "until_date",
        ),
    ],
)
def test_a_commitment_that_makes_no_sense_names_its_field(cast, ana, new, field):
    with pytest.raises(Cannot) as refusal:
        add_commitment(ana.patient, new, by=cast.clinician, at=MORNING)
    assert refusal.value.field == field


def test_keeping_apart_two_who_share_a_group_is_told_at_once(cast, ana):
    lee = admit(cast, "Lee", "Park")
    group = a_group(cast)
    for person in (ana, lee):
        join_group(group, person.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    pair = keep_apart(lee.patient, ana.patient, reason="Former partners", by=cast.clinician, at=MORNING)
    assert (pair.name, pair.shared) == ("Ana Ruiz", ("CBT skills",))
    (seen,) = kept_apart_from(ana.patient, by=cast.director, at=MORNING)
    assert (seen.name, seen.reason, seen.shared) == ("Lee Park", "Former partners", ("CBT skills",))
    end_keeping_apart(ana.patient, seen.uid, by=cast.director, at=MORNING)
    assert kept_apart_from(lee.patient, by=cast.director, at=MORNING) == []


def test_the_same_two_are_kept_apart_once_and_never_from_themselves(cast, ana):
    lee = admit(cast, "Lee", "Park")
    keep_apart(lee.patient, ana.patient, reason="x", by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="already"):
        keep_apart(ana.patient, lee.patient, reason="x", by=cast.clinician, at=MORNING)
    with pytest.raises(Cannot, match="same"):
        keep_apart(ana.patient, ana.patient, reason="x", by=cast.clinician, at=MORNING)


def test_who_must_not_meet_is_seen_by_few(cast, ana):
    for actor in (cast.case_manager, cast.facilitator, cast.admin, cast.biller):
        with pytest.raises(CannotSee):
            kept_apart_from(ana.patient, by=actor, at=MORNING)
