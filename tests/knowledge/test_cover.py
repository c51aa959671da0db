"""Who could take a session whose leader is ill."""

from dataclasses import replace

import pytest

from throughcare.knowledge.cover import Candidate, SessionToCover, check_enough, cover_by, who_could_cover

GROUP = SessionToCover("Early recovery skills", "relapse-prevention", hours=1, patients=10, ratio=12)
BEN = Candidate(
    "b", "Ben Ortiz", {"relapse-prevention", "cbt"}, "LCSW", {"en", "es"}, "male", hours=10, most_hours=20
)


def why_not(session=GROUP, **changes) -> str:
    return " ".join(one.because for one in cover_by(session, replace(BEN, **changes)).against)


def test_who_fits_could_take_it_and_it_is_said_why():
    cover = cover_by(GROUP, BEN)
    assert cover.could
    assert cover.because == "10 hours to spare this week."
    assert (
        cover_by(GROUP, replace(BEN, knows_group=True)).because
        == "Knows the group; 10 hours to spare this week."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"away_because": "vacation"}, "is away: vacation."),
        ({"busy_with": "“DBT skills”"}, "has “DBT skills” at that time."),
        ({"skills": {"cbt"}}, "isn't down as leading Early recovery skills"),
        ({"credential": ""}, "no credential on record"),
        ({"credential": "INTERN"}, "no supervisor on record"),
        ({"hours": 19.5}, "20.5 hours this week; at most 20"),
        ({"off_shift": "Ben Ortiz does not work on Mondays."}, "does not work on Mondays"),
        ({"never_with_someone": True}, "must not be in a session with Ben Ortiz"),
    ],
)
def test_each_reason_against_is_a_sentence(changes, said):
    assert said in why_not(**changes)


def test_a_supervised_clinician_with_a_supervisor_may_lead():
    assert why_not(credential="INTERN", has_supervisor=True) == ""


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ({"language": "fr"}, "is held in “fr”"),
        ({"gender": "female"}, "promised a leader of one gender (female)"),
        ({"takes_prescriber": True}, "takes a prescriber"),
    ],
)
def test_what_a_group_asks_for_is_asked_of_the_leader(needs, said):
    assert said in why_not(replace(GROUP, **needs))


def test_languages_and_genders_that_fit_are_no_reason_against():
    assert why_not(replace(GROUP, language="es", gender="male")) == ""
    assert why_not(replace(GROUP, takes_prescriber=True), credential="PMHNP") == ""


def test_every_reason_is_said_at_once():
    assert len(cover_by(GROUP, replace(BEN, away_because="ill", skills=(), credential="")).against) == 3


def test_those_who_could_come_first_then_who_knows_the_group_then_who_has_hours():
    candidates = [
        replace(BEN, uid="1", name="Away", away_because="ill"),
        replace(BEN, uid="2", name="Full", hours=18),
        replace(BEN, uid="3", name="Knows", hours=19, knows_group=True),
        replace(BEN, uid="4", name="Spare", hours=2),
        replace(BEN, uid="5", name="Away and unskilled", away_because="ill", skills=()),
    ]
    order = [cover.candidate.name for cover in who_could_cover(GROUP, candidates)]
    assert order == ["Knows", "Spare", "Full", "Away", "Away and unskilled"]
    assert order == [cover.candidate.name for cover in who_could_cover(GROUP, reversed(candidates))]


def test_a_large_group_takes_more_than_one():
    large = replace(GROUP, patients=30)
    assert large.leaders_short == 3
    assert replace(large, staying=1).leaders_short == 2
    assert not check_enough(large, 2)
    assert "it takes one more leader" in check_enough(large, 2).because
    assert check_enough(large, 3)
    assert check_enough(replace(GROUP, staying=1), 0)
