"""How alike two people are, and why."""

from datetime import date

import pytest

from throughcare.knowledge.referring.likeness import (
    Identity,
    any_order,
    birth_dates_like,
    likeness,
    name_key,
    plain,
)

BORN = date(1984, 3, 7)
MAYA = Identity("Maya", "Okafor", birth_date=BORN, phone="+12125550134", email="maya@example.org")


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("María del Carmen", "maria carmen"),
        ("O’Hara", "ohara"),
        ("Anne-Marie", "anne marie"),
        ("STRAẞE", "strasse"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("山田 太郎", "山田 太郎"),
        ("محمد", "محمد"),
        ("नेहा", "नेहा"),
        ("De La", "de la"),
        ("💥", ""),
    ],
)
def test_a_name_becomes_plain(name, key):
    assert plain(name) == key


def test_a_family_name_leads_the_key():
    assert name_key("María del Carmen", "Villa") == "villa maria carmen"
    assert name_key("Prince", "") == "prince"


@pytest.mark.parametrize(
    "name", [("María del Carmen", "Villa"), ("Villa", "Maria Carmen"), ("maria carmen villa", "")]
)
def test_the_same_names_in_any_order_are_one(name):
    assert any_order(*name) == "carmen maria villa"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (Identity("Maya", "Okafor"), "same name"),
        (Identity("Okafor", "Maya", birth_date=BORN), "same name with given and family name swapped"),
        (Identity("MÁYA", "OKAFOR", birth_date=BORN), "same date of birth"),
        (Identity("Maya", "Okafor", birth_date=date(1984, 7, 3)), "day and month of birth swapped"),
        (Identity("Maya", "Okafor", birth_date=date(1984, 3, 17)), "dates of birth differ by one digit"),
        (
            Identity("Maya", "Okaford", birth_date=BORN),
            "family names differ by a letter or two, same given name",
        ),
        (
            Identity("Maia", "Okafor", birth_date=BORN),
            "same family name, given names differ by a letter or two",
        ),
        (Identity("Maya", "Okafor", phone="+12125550134"), "same phone number"),
        (Identity("Maya", "Smith", birth_date=BORN, email="maya@example.org"), "same e-mail address"),
        (Identity("Maya", "", phone="+12125550134"), "same given name"),
        (Identity("Maya Okafor", ""), "same names in another order"),
    ],
)
def test_look_alikes_are_found_with_the_reason(other, reason):
    alike = likeness(MAYA, other)
    assert alike.likely
    assert reason in alike.reasons


@pytest.mark.parametrize(
    "other",
    [
        Identity("Maya", "Okafor", birth_date=date(1961, 11, 30)),
        Identity("Ngozi", "Okafor", birth_date=date(2010, 1, 9), phone="+12125550134"),
        Identity("Peter", "Stone", birth_date=BORN),
        Identity("Maya", "Stone"),
        Identity("", ""),
    ],
)
def test_others_are_not(other):
    assert not likeness(MAYA, other).likely


def test_a_nickname_stands_for_the_name():
    bob = Identity("Bob", "Miller", birth_date=BORN)
    alike = likeness(bob, Identity("Robert", "Miller", birth_date=BORN))
    assert alike.likely
    assert "same family name, one given name is short for the other" in alike.reasons


def test_a_first_name_alone_says_little():
    assert not likeness(Identity("Sam", ""), Identity("Sam", "")).likely
    assert likeness(Identity("Sam", "", phone="+1"), Identity("Sam", "", phone="+1")).likely


def test_likeness_is_the_same_both_ways():
    other = Identity("Maja", "Okaffor", birth_date=date(1984, 7, 3))
    assert likeness(MAYA, other).score == likeness(other, MAYA).score


def test_slips_of_a_date_are_real_dates():
    found = birth_dates_like(date(2000, 2, 29))
    assert date(2000, 2, 29) in found
    assert date(2004, 2, 29) in found
    assert len(birth_dates_like(date(1984, 12, 11))) > 10
