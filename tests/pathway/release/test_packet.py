"""Packets: what was seen in the lens is what leaves, with the statement and the consent, once."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import MONDAY, NEW_YORK, gather_cast
from tests.pathway.privacy.consent_cast import TPO, for_mother, kim, mother_of, signed
from tests.pathway.release.release_cast import (
    NAUGHTY,
    SIGNED_AT,
    court_order,
    kims_record,
    one_consent,
    physician,
)
from tests.progress_cast import NOW
from throughcare.knowledge.privacy.part2_statements import LONG_STATEMENT
from throughcare.pathway.actor import Page
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.clinic.founding import open_site
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.disclosure_book import (
    accounting,
    disclosure_book,
    disclosures_of,
    waiting_disclosures,
)
from throughcare.pathway.privacy.telling import Telling, To
from throughcare.pathway.release.lens import look_through
from throughcare.pathway.release.packet import Wish, prepare_packet, prepare_telling
from throughcare.pathway.release.paper import Wording, read_paper
from throughcare.pathway.release.sending import prepare_again, review_packet, send_packet
from throughcare.records.disclosures import Disclosure
from throughcare.records.legal_requests import LegalDecision
from throughcare.records.organizations import Site

pytestmark = pytest.mark.django_db
COURT = To("court", "County Court")


@pytest.fixture
def patient(cast):
    return kims_record(cast)


def wish_for(
    cast, patient, to, purpose="treatment", *, kinds=None, by=None, method="pdf", order=None, at=NOW
):
    """Everything that the lens lets go, or these kinds of it."""
    lens = look_through(patient.uid, to, purpose, legal_request=order, by=by or cast.clinician, at=at)
    keys = frozenset(one.key for one in lens.going if kinds is None or one.item.kind in kinds)
    return Wish(to, purpose, method, keys, legal_request=order)


def prepare(cast, patient, to, purpose="treatment", *, by=None, at=NOW, **more):
    wish = wish_for(cast, patient, to, purpose, by=by, at=at, **more)
    return prepare_packet(patient.uid, wish, by=by or cast.clinician, at=at)


def test_the_packet_for_a_new_physician_has_statement_and_consent_and_no_counseling_notes(cast, patient):
    """domain.md §11.10, last sentence."""
    consent = one_consent(cast, patient)
    waiting = prepare(cast, patient, physician(cast))
    send_packet(waiting, by=cast.clinician, at=NOW)
    review = review_packet(waiting, by=cast.director, at=NOW)
    assert review.paper.statement == LONG_STATEMENT
    assert [one.title for one in review.paper.copies] and "Kim Vance" in review.paper.copies[0].signed[0]
    assert "Kim Vance lets Harbor House give" in review.paper.explanations[0]
    (line,) = accounting(patient.uid, by=cast.compliance, at=NOW + timedelta(days=3 * 365))
    assert (line.uid, line.to, line.consent, line.sent_at) == (waiting, "Dr. Osei", consent, NOW)
    assert not {one.kind for one in line.items} & {"counseling_note", "psychotherapy_note"}
    assert "note" in {one.kind for one in line.items}
    assert accounting(patient.uid, by=cast.compliance, at=NOW + timedelta(days=3 * 365 + 2)) == ()


def test_what_is_ticked_leaves_and_nothing_beside_it(cast, patient):
    one_consent(cast, patient)
    waiting = prepare(cast, patient, physician(cast), kinds={"diagnosis", "measure"})
    row = Disclosure.objects.get(uid=waiting)
    assert row.kinds == ["diagnosis", "measure"]
    titles = {section.title for section in read_paper(row.document).sections}
    assert titles == {"Diagnoses", "Measures"}
    assert "urge surfing" not in row.document


def test_an_item_that_may_not_go_stops_all_of_it(cast, patient):
    mother = mother_of(cast, patient)
    signed(cast, patient, for_mother(mother, at=SIGNED_AT), at=SIGNED_AT)
    rosa = To("family", "Rosa Vance", related_person=mother)
    lens = look_through(patient.uid, rosa, "family_involvement", by=cast.clinician, at=NOW)
    keys = frozenset({lens.going[0].key, lens.staying[0].key})
    with pytest.raises(Cannot, match="No consent lets this recipient"):
        prepare_packet(
            patient.uid, Wish(rosa, "family_involvement", "print", keys), by=cast.clinician, at=NOW
        )
    assert not Disclosure.objects.exists()


def test_a_record_that_changed_since_it_was_looked_at_is_looked_at_again(cast, patient):
    one_consent(cast, patient)
    wish = wish_for(cast, patient, physician(cast))
    with pytest.raises(Cannot, match="changed since you looked"):
        prepare_packet(patient.uid, replace(wish, keys=wish.keys | {"0" * 20}), by=cast.clinician, at=NOW)


@pytest.mark.parametrize(("change", "field"), [
    ({"keys": frozenset()}, "items"),
    ({"method": "pigeon"}, "method"),
    ({"to": To("treating_provider", " ")}, "name"),
])  # fmt: skip
def test_what_is_missing_is_said_at_its_field(cast, patient, change, field):
    one_consent(cast, patient)
    wish = replace(wish_for(cast, patient, physician(cast)), **change)
    with pytest.raises(Cannot) as refused:
        prepare_packet(patient.uid, wish, by=cast.clinician, at=NOW)
    assert refused.value.field == field


def test_without_the_statement_or_the_explanation_no_paper_can_be_made(cast, patient):
    one_consent(cast, patient)
    paper = read_paper(Disclosure.objects.get(uid=prepare(cast, patient, physician(cast))).document)
    for missing in ({"statement": ""}, {"explanations": ()}):
        with pytest.raises(ValueError, match="only with the statement"):
            replace(paper, **missing)


def test_a_packet_leaves_once_and_the_same_again_is_a_row_of_its_own(cast, patient):
    one_consent(cast, patient)
    first = prepare(cast, patient, physician(cast))
    with pytest.raises(Cannot, match="still waits"):
        prepare_again(first, by=cast.clinician, at=NOW)
    send_packet(first, by=cast.clinician, at=NOW)
    with pytest.raises(Cannot, match="already"):
        send_packet(first, by=cast.clinician, at=NOW)
    second = prepare_again(first, by=cast.clinician, at=NOW)
    send_packet(second, by=cast.clinician, at=NOW)
    assert len(accounting(patient.uid, by=cast.compliance, at=NOW)) == 2
    one, two = (Disclosure.objects.get(uid=uid).document for uid in (first, second))
    assert json.loads(one) == json.loads(two)


def test_taken_back_before_it_left_nothing_leaves_and_the_reason_stays(cast, patient):
    consent = one_consent(cast, patient)
    waiting = prepare(cast, patient, physician(cast))
    revoke_consent(consent, how="oral", by=cast.clinician, at=NOW)
    later = NOW + timedelta(minutes=1)
    assert "taken back" in review_packet(waiting, by=cast.clinician, at=later).against[0]
    with pytest.raises(Cannot, match="Nothing was sent"):
        send_packet(waiting, by=cast.clinician, at=later)
    (line,) = disclosures_of(patient.uid, by=cast.compliance, at=later)
    assert line.state == "withheld" and "taken back" in line.withheld_because
    with pytest.raises(Cannot, match="taken back"):
        prepare_again(waiting, by=cast.clinician, at=later)


def test_another_consent_than_the_one_on_the_paper_sends_nothing(cast, patient):
    one_consent(cast, patient)
    waiting = prepare(cast, patient, physician(cast))
    signed(cast, patient, TPO, at=NOW + timedelta(minutes=5))
    with pytest.raises(Cannot, match="Another consent"):
        send_packet(waiting, by=cast.clinician, at=NOW + timedelta(minutes=6))
    assert review_packet(waiting, by=cast.clinician, at=NOW + timedelta(minutes=6)).waits


def test_the_patient_gets_their_own_record_without_a_consent(cast, patient):
    waiting = prepare(cast, patient, To("patient", "Kim Vance"), "patient_request")
    send_packet(waiting, by=cast.clinician, at=NOW)
    review = review_packet(waiting, by=cast.director, at=NOW)
    assert (review.line.basis, review.line.consent, review.paper.statement) == ("patient_request", None, "")


def test_a_court_order_opens_one_patient_one_period_and_what_two_people_checked(cast, patient):
    """trust.md L2."""
    first, last = MONDAY, MONDAY + timedelta(days=6)
    order = court_order(
        cast, patient, "attendance", "episode", first=first, last=last, people=[cast.compliance]
    )
    by = cast.director
    one_person = look_through(patient.uid, COURT, "legal_proceedings", legal_request=order, by=by, at=NOW)
    assert one_person.going == ()
    assert "A second person must check" in one_person.staying[0].because
    LegalDecision.objects.create(
        organization_id=cast.organization,
        request_id=LegalDecision.objects.get().request_id,
        account_id=by.account,
        answer="release",
        because="Checked",
        decided_at=NOW,
        recorded_at=NOW,
    )
    waiting = prepare(cast, patient, COURT, "legal_proceedings", by=by, order=order)
    send_packet(waiting, by=by, at=NOW)
    review = review_packet(waiting, by=cast.director, at=NOW)
    assert {one.kind for one in review.line.items} == {"attendance", "episode"}
    days = [one.day for one in review.line.items]
    assert len(days) == 4 and all(first <= day <= last for day in days)
    assert review.line.basis == "legal_order" and review.line.consent is None
    assert review.paper.statement == LONG_STATEMENT
    assert "attendance" in review.paper.explanations[0] and "March 2, 2026" in review.paper.explanations[0]
    assert Disclosure.objects.get(uid=waiting).legal_request.uid == order


def test_an_order_about_someone_else_opens_nothing_of_this_record(cast, patient):
    other = kim(cast)
    last = MONDAY + timedelta(days=60)
    people = [cast.compliance, cast.director]
    order = court_order(cast, other, "attendance", first=MONDAY, last=last, people=people)
    with pytest.raises(Cannot, match="names another patient"):
        look_through(patient.uid, COURT, "legal_proceedings", legal_request=order, by=cast.director, at=NOW)
    with pytest.raises(Absent):
        stranger = gather_cast("Elsewhere", mail_host="elsewhere.test")
        look_through(
            patient.uid, COURT, "legal_proceedings", legal_request=order, by=stranger.director, at=NOW
        )


def test_a_subpoena_alone_opens_nothing_even_with_the_single_consent(cast, patient):
    one_consent(cast, patient)
    lens = look_through(patient.uid, COURT, "legal_proceedings", by=cast.director, at=NOW)
    assert lens.going == ()


def test_what_waits_more_than_three_days_is_late_and_names_who_prepared_it(cast, patient):
    one_consent(cast, patient)
    to = physician(cast)
    waiting = prepare(cast, patient, to)
    for days, late in ((3, False), (3.1, True)):
        (line,) = waiting_disclosures(by=cast.compliance, at=NOW + timedelta(days=days))
        assert (line.uid, line.is_late, line.by) == (waiting, late, "Carla Reyes")
    assert waiting_disclosures(by=cast.nurse, at=NOW, mine=True) == ()
    assert len(waiting_disclosures(by=cast.clinician, at=NOW, mine=True)) == 1


def test_who_may_prepare_nothing_is_refused(cast, patient):
    one_consent(cast, patient)
    wish = wish_for(cast, patient, physician(cast))
    for by in (cast.facilitator, cast.front_desk):
        with pytest.raises(CannotSee):
            prepare_packet(patient.uid, wish, by=by, at=NOW)


def test_words_of_every_kind_are_kept_and_read_back(cast):
    patient = kims_record(cast, own_words=f"Said: {NAUGHTY}")
    one_consent(cast, patient)
    to = replace(physician(cast), affiliation=NAUGHTY)
    lens = look_through(patient.uid, to, "treatment", by=cast.clinician, at=NOW)
    telling = Telling(to, "treatment", "pdf", tuple(one.item for one in lens.going))
    made = prepare_telling(patient.uid, telling, Wording(NAUGHTY), by=cast.clinician, at=NOW)
    review = review_packet(made, by=cast.clinician, at=NOW)
    assert (review.paper.title, review.paper.affiliation) == (NAUGHTY, NAUGHTY)
    assert any(NAUGHTY in line for one in review.line.items for line in one.lines)


def test_who_may_not_open_a_kind_reads_none_of_its_words_in_a_packet_and_sends_none(cast, patient):
    one_consent(cast, patient)
    waiting = prepare(cast, patient, physician(cast))
    page = Page()
    review = review_packet(waiting, by=cast.biller.on(page), at=NOW)
    told = str(review)
    assert "Named two triggers" not in told and "PHQ-9" not in told and "Drinks most evenings" not in told
    assert "clinical notes" in review.closed and "diagnoses" not in review.closed
    assert {"Diagnoses", "Attendance"} <= {section.title for section in review.paper.sections}
    assert {"diagnosis", "attendance"} <= {one.kind for one in page.asked} and all(
        one.allowed for one in page.asked
    )
    for act in (send_packet, prepare_again):
        with pytest.raises(Cannot):
            act(waiting, by=cast.biller, at=NOW)
    assert Disclosure.objects.get().sent_at is None
    send_packet(waiting, by=cast.clinician, at=NOW)
    with pytest.raises(CannotSee):
        prepare_again(waiting, by=cast.biller, at=NOW)


def test_the_book_of_one_site_has_no_rows_of_another(cast, patient):
    one_consent(cast, patient)
    prepare(cast, patient, physician(cast))
    here, elsewhere = Site.objects.get(uid=cast.site).pk, open_site_row(cast)
    for site, rows in ((here, 1), (elsewhere, 0)):
        by = replace(cast.director, roles=frozenset({"director"}), grants=frozenset({("director", site)}))
        assert disclosure_book(by=by, at=NOW)[1] == len(waiting_disclosures(by=by, at=NOW)) == rows
    assert disclosure_book(by=cast.compliance, at=NOW)[1] == 1


def open_site_row(cast):
    uid = open_site("Second Street", time_zone=NEW_YORK, by=cast.program, at=NOW)
    return Site.objects.get(uid=uid).pk
