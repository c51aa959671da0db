"""Papers from courts: a subpoena alone opens nothing; an order opens exactly what it names, by two people."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.boards_cast import in_program
from tests.cast import MORNING
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.privacy.disclosure import prepare_disclosure, tell_now
from throughcare.pathway.privacy.disclosure_book import accounting
from throughcare.pathway.privacy.legal import (
    NewDocument,
    NewLegalRequest,
    decide,
    enter_legal_request,
    hand_over_paper,
    keep_document,
    legal_request,
    legal_requests,
    name_patient,
)
from throughcare.pathway.privacy.notices import unread_notices
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.records.accesses import Access
from throughcare.records.disclosures import Disclosure
from throughcare.records.people import Patient

pytestmark = pytest.mark.django_db

SUBPOENA = NewLegalRequest("subpoena", "Attorney Pell", "Ana Ruiz", "All records")
ORDER = NewLegalRequest(
    "court_order_2_64",
    "County Court",
    "Ana Ruiz",
    "Attendance in February",
    kinds=("attendance",),
    records_from=date(2026, 2, 1),
    records_until=date(2026, 2, 28),
    answer_due_date=date(2026, 3, 16),
)
NEEDS = ("read_by_counsel", "patient_heard", "order_on_file")


@pytest.fixture
def ana(cast):
    return in_program(cast, "Ana", "Ruiz")


def number_of(person):
    return Patient.objects.get(pk=person.key).number


def an_order(cast, person, *, met=NEEDS):
    paper = enter_legal_request(replace(ORDER, number=number_of(person)), by=cast.compliance, at=MORNING)
    for need in met:
        keep_document(paper, NewDocument(need, "Counsel Wu wrote so"), by=cast.compliance, at=MORNING)
    return paper


def released(cast, person):
    paper = an_order(cast, person)
    for officer in (cast.compliance, cast.director):
        decide(paper, answer="release", because="Read with counsel", by=officer, at=MORNING)
    return paper


def to_court(paper, *items):
    return Telling(
        To("court", "County Court"), "legal_proceedings", "print", items, document="…", legal_request=paper
    )


FEBRUARY = Item("attendance", "February 11", date(2026, 2, 11), ("Present",))


def test_t_l1_a_subpoena_alone_opens_nothing_and_the_try_is_logged(cast, ana):
    """T-L1: a subpoena without a court order → refused, in the book; the letter says nothing of anyone."""
    paper = enter_legal_request(replace(SUBPOENA, number=number_of(ana)), by=cast.compliance, at=MORNING)
    with pytest.raises(Cannot, match="subpoena alone opens nothing"):
        decide(paper, answer="release", because="They insist", by=cast.compliance, at=MORNING)
    row = Access.objects.latest("sequence")
    assert (row.kinds, row.allowed, row.purpose) == (["legal_request"], False, "legal_proceedings")
    with pytest.raises(Cannot):
        tell_now(ana.uid, to_court(paper, FEBRUARY), by=cast.director, at=MORNING)
    assert not Disclosure.objects.exists()
    decide(paper, answer="refuse", because="No order, no consent", by=cast.compliance, at=MORNING)
    assert legal_request(paper, by=cast.director, at=MORNING).standing == "refused"


def test_t_l2_an_order_opens_one_patient_one_period_its_kinds_and_only_by_two_people(cast, ana):
    """T-L2: the court order names one patient, one period → exactly that; second person; notice; ledger."""
    paper = an_order(cast, ana)
    decide(paper, answer="release", because="Read with counsel", by=cast.compliance, at=MORNING)
    assert legal_request(paper, by=cast.compliance, at=MORNING).standing == "undecided"
    with pytest.raises(Cannot):
        prepare_disclosure(ana.uid, to_court(paper, FEBRUARY), by=cast.director, at=MORNING)
    with pytest.raises(Cannot, match="second person"):
        decide(paper, answer="release", because="Again", by=cast.compliance, at=MORNING)
    decide(paper, answer="release", because="Checked it against the order", by=cast.director, at=MORNING)
    assert legal_request(paper, by=cast.compliance, at=MORNING).standing == "released"
    for item in (
        replace(FEBRUARY, day=date(2026, 3, 1)),
        replace(FEBRUARY, day=date(2026, 1, 31)),
        replace(FEBRUARY, kind="note"),
    ):
        with pytest.raises(Cannot):
            tell_now(ana.uid, to_court(paper, FEBRUARY, item), by=cast.director, at=MORNING)
    ben = in_program(cast, "Ben", "Ode")
    with pytest.raises(Cannot):
        tell_now(ben.uid, to_court(paper, FEBRUARY), by=cast.director, at=MORNING)
    tell_now(ana.uid, to_court(paper, FEBRUARY), by=cast.director, at=MORNING)
    [line] = accounting(ana.uid, by=cast.compliance, at=MORNING + timedelta(minutes=1))
    assert (line.to, line.statement) == ("County Court", "court_order")


@pytest.mark.parametrize("missing", NEEDS)
def test_each_need_of_an_order_must_be_met_first(cast, ana, missing):
    paper = an_order(cast, ana, met=[need for need in NEEDS if need != missing])
    with pytest.raises(Cannot):
        decide(paper, answer="release", because="Read", by=cast.compliance, at=MORNING)
    needs = {need.code: need.met for need in legal_request(paper, by=cast.compliance, at=MORNING).needs}
    assert needs == {need: need != missing for need in NEEDS}


def test_one_no_outweighs_every_yes(cast, ana):
    paper = released(cast, ana)
    assert legal_request(paper, by=cast.director, at=MORNING).standing == "released"
    other = an_order(cast, ana)
    decide(other, answer="release", because="Read", by=cast.compliance, at=MORNING)
    decide(other, answer="refuse", because="It names a wrong period", by=cast.director, at=MORNING)
    assert legal_request(other, by=cast.director, at=MORNING).standing == "refused"
    with pytest.raises(Cannot):
        tell_now(ana.uid, to_court(other, FEBRUARY), by=cast.director, at=MORNING)


def test_what_an_order_names_is_entered_exactly_and_stands_once_someone_decided(cast, ana):
    with pytest.raises(Cannot, match="names"):
        enter_legal_request(replace(ORDER, number=number_of(ana), kinds=()), by=cast.compliance, at=MORNING)
    paper = released(cast, ana)
    with pytest.raises(Cannot, match="decided"):
        name_patient(
            paper,
            number=number_of(ana),
            kinds=("attendance", "note"),
            records_from=ORDER.records_from,
            records_until=ORDER.records_until,
            by=cast.compliance,
            at=MORNING,
        )


def test_a_paper_taken_at_the_desk_reaches_the_officers_and_looks_nobody_up(cast, ana):
    hand_over_paper(SUBPOENA, by=cast.front_desk, at=MORNING)
    assert unread_notices(by=cast.compliance) == 1
    [paper] = legal_requests(by=cast.compliance, at=MORNING)
    assert (paper.patient, paper.about_whom, paper.standing) == (None, "Ana Ruiz", "undecided")
    with pytest.raises(CannotSee):
        legal_requests(by=cast.front_desk, at=MORNING)


def test_papers_of_others_are_absent(cast, ana):
    from tests.cast import gather_cast

    elsewhere = gather_cast("Elsewhere", mail_host="elsewhere.test")
    paper = released(cast, ana)
    with pytest.raises(Absent):
        legal_request(paper, by=elsewhere.compliance, at=MORNING)
    with pytest.raises(Cannot, match="Nobody"):
        enter_legal_request(replace(ORDER, number=99), by=elsewhere.compliance, at=MORNING)


def test_a_guarded_record_has_its_papers_read_by_both_officers(cast, ana):
    from throughcare.pathway.privacy.guards import guard_record

    guard_record(ana.uid, text="Known in town", by=cast.clinician, at=MORNING)
    paper = released(cast, ana)
    assert legal_request(paper, by=cast.director, at=MORNING).standing == "released"
