"""What a password must be."""

import pytest

from throughcare.knowledge.verdict import Allowed, Refused
from throughcare.pathway.signing_in.passwords import check_password_choice

NAMES = ("Carla Reyes", "carla@harbor.test", "Harbor House", "Harbor")


def verdict(password, *, has_factor=False):
    return check_password_choice(password, has_factor=has_factor, names=NAMES)


def test_alone_it_needs_fifteen_characters():
    assert isinstance(verdict("fourteen chars"), Refused)
    assert verdict("fifteen chars !") == Allowed()


def test_beside_a_second_step_eight_are_enough():
    assert verdict("vq7 rk2x", has_factor=True) == Allowed()
    assert isinstance(verdict("vq7 rk2", has_factor=True), Refused)


@pytest.mark.parametrize("length", [64, 100, 200])
def test_long_ones_are_taken_and_only_beyond_two_hundred_refused(length):
    assert verdict(("river stone " * 20)[:length]) == Allowed()
    assert "at most 200" in verdict("river stone " * 17).because


def test_no_kind_of_character_is_asked_for():
    for password in (
        "all small letters here",
        "123 456 987 654 321",
        "🔑🚪🏠🌊🌲🍎🧭🎻🪁🥁🧵🛶🪵🪨🌙",
        "ALL CAPITALS HERE OK",
    ):
        assert verdict(password) == Allowed(), password


@pytest.mark.parametrize("known", ["password1", "iloveyou", "football1", "PASSWORD1"])
def test_known_ones_are_refused_with_the_reason(known):
    assert "attackers try first" in verdict(known, has_factor=True).because


@pytest.mark.parametrize(
    "tried_first",
    [
        "passwordpassword",
        "Password1Password1Password1",
        "password1234567",
        "!!iloveyou!! 2026",
        "abcabcabcabcabcabc",
        "abcdefghijklmnopq",
        "zyxwvutsrqponmlkj",
        "aaaaaaaaaaaaaaaaaa",
    ],
)
def test_a_known_one_made_long_is_known_all_the_same(tried_first):
    assert "attackers try first" in verdict(tried_first).because


@pytest.mark.parametrize(
    ("made_of", "name"),
    [("carla reyes 2026", "carla"), ("HarborHouse1234", "harbor"), ("throughcare12345", "throughcare")],
)
def test_names_of_the_person_and_the_clinic_are_refused_by_name(made_of, name):
    because = verdict(made_of).because
    assert "which others know about you" in because
    assert name in made_of.casefold()


def test_a_name_in_a_sentence_does_no_harm():
    assert verdict("carla walks by the river at dawn") == Allowed()
