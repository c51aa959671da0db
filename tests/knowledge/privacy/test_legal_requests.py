"""Papers from lawyers, courts and police (threats L1 and L2): what each needs, and no more is handed over."""

from dataclasses import replace
from datetime import date

import pytest

from throughcare.knowledge.privacy.legal_requests import ALL, ROWS, LegalRequest, may_answer
from throughcare.knowledge.privacy.weighing import CourtOrder

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))


def request_for(paper: str) -> LegalRequest:
    """A paper for which everything that it needs was confirmed."""
    return LegalRequest(
        paper,
        frozenset({"attendance"}),
        *JANUARY,
        names_patient=True,
        order=CourtOrder(frozenset({"attendance", "episode"}), *JANUARY),
        met=frozenset(code for code, _ in ALL[paper].needs),
        second_person=True,
    )


@pytest.mark.parametrize("paper", [one for one in ROWS if not one.opens], ids=lambda one: one.code)
def test_papers_that_open_nothing_are_refused_whatever_else_is_done(paper):
    verdict = may_answer(request_for(paper.code))
    assert not verdict and verdict.because == paper.alone


@pytest.mark.parametrize("paper", [one for one in ROWS if one.opens], ids=lambda one: one.code)
def test_papers_that_open_need_each_of_their_needs_and_a_second_person(paper):
    whole = request_for(paper.code)
    assert may_answer(whole)
    for code, sentence in paper.needs:
        assert may_answer(replace(whole, met=whole.met - {code})).because == sentence
    assert not may_answer(replace(whole, second_person=False))
    assert not may_answer(replace(whole, names_patient=False))


@pytest.mark.parametrize(
    "change",
    [
        {"kinds": frozenset({"attendance", "note"})},
        {"kinds": frozenset()},
        {"records_from": date(2025, 12, 31)},
        {"records_until": date(2026, 2, 1)},
        {"records_until": None},
        {"order": None},
    ],
)
def test_a_court_order_opens_exactly_what_it_names(change):
    assert not may_answer(replace(request_for("court_order_2_64"), **change))


def test_a_paper_of_no_known_kind_is_refused():
    assert not may_answer(replace(request_for("subpoena"), paper="postcard"))
