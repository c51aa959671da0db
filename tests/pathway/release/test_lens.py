"""The lens: the same verdicts as the consent engine, as of now or a day before, and nothing told by looking."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, at, gather_cast
from tests.pathway.privacy.consent_cast import for_mother, mother_of, signed
from tests.pathway.release.release_cast import SIGNED_AT, kims_record, one_consent
from tests.progress_cast import NOW
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.weighing import Request, weigh
from throughcare.pathway.actor import Page
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.consents_kept import consents_of, restrictions_of
from throughcare.pathway.privacy.telling import To
from throughcare.pathway.release.items import CHAPTERS, GATHERED
from throughcare.pathway.release.lens import look_through
from throughcare.records.disclosures import Disclosure

pytestmark = pytest.mark.django_db
ANY_DOCTOR = To("treating_provider", "a treating provider")


@pytest.fixture
def kim(cast):
    return kims_record(cast)


def look(cast, patient, to=ANY_DOCTOR, purpose="treatment", *, by=None, at=NOW, **more):
    return look_through(patient.uid, to, purpose, by=by or cast.clinician, at=at, **more)


def kind(lens, code):
    return next(one for one in lens.kinds if one.code == code)


def test_every_kind_that_may_leave_is_gathered_or_kept_apart():
    assert set(CHAPTERS) == set(GATHERED) == MAY_LEAVE - APART


def test_each_item_has_the_verdict_that_the_engine_gives(cast, kim):
    one_consent(cast, kim)
    lens = look(cast, kim)
    consents, restrictions = consents_of(kim.pk), restrictions_of(kim.pk)
    items = [one for found in lens.kinds for one in found.items]
    assert len(items) >= 30
    for one in items:
        request = Request(
            "",
            "treating_provider",
            "treatment",
            one.item.kind,
            NOW,
            records_from=one.item.day,
            records_until=one.item.day,
        )
        weighed = weigh(request, consents, restrictions)
        assert (one.goes, one.because) == (bool(weighed), weighed.because)
        assert str(one.consent or "") == weighed.consent


def test_each_kind_of_her_record_has_its_items(cast, kim):
    one_consent(cast, kim)
    lens = look(cast, kim)
    shown = {found.code for found in lens.kinds if found.items}
    assert shown >= {
        "identity", "referral", "measure", "placement", "episode",
        "care_plan", "diagnosis", "attendance", "note",
    }  # fmt: skip
    (note,) = kind(lens, "note").going
    assert "Named two triggers and a plan for each of them." in note.item.lines
    assert any("of 27" in line for line in kind(lens, "measure").going[0].item.lines)


def test_notes_kept_apart_are_out_with_their_reason_and_never_itemized(cast, kim):
    one_consent(cast, kim)
    lens = look(cast, kim)
    for code in APART:
        found = kind(lens, code)
        assert not found.goes and found.items == ()
        assert "consent of their own" in found.because


def test_her_mother_would_see_attendance_and_nothing_else(cast, kim):
    mother = mother_of(cast, kim)
    consent = signed(cast, kim, for_mother(mother, at=SIGNED_AT), at=SIGNED_AT)
    lens = look(cast, kim, To("family", "Rosa Vance", related_person=mother), "family_involvement")
    assert {one.item.kind for one in lens.going} == {"attendance"}
    assert {one.consent for one in lens.going} == {consent}
    assert "Rosa Vance" in lens.consents[0].words
    assert "No consent lets this recipient have measures" in kind(lens, "measure").staying[0].because


def test_nobody_has_anything_without_a_consent(cast, kim):
    for code in ("employer", "court", "media", "law_enforcement", "family"):
        lens = look(
            cast, kim, To(code, "Someone"), "patient_request" if code != "court" else "legal_proceedings"
        )
        assert lens.going == () and lens.consents == ()


def test_the_patient_would_see_all_of_their_own(cast, kim):
    lens = look(cast, kim, To("patient", "The patient"), "patient_request")
    assert lens.staying == () and lens.going


def test_as_of_a_day_before_the_consent_nothing_would_go_and_after_it_was_taken_back_neither(cast, kim):
    consent = one_consent(cast, kim)
    before = look(cast, kim, as_of=SIGNED_AT - timedelta(minutes=1))
    assert before.going == ()
    assert "wasn't signed yet" in kind(before, "attendance").staying[0].because
    revoke_consent(consent, how="oral", by=cast.clinician, at=NOW - timedelta(hours=1))
    assert "taken back" in kind(look(cast, kim), "attendance").staying[0].because
    assert look(cast, kim, as_of=NOW - timedelta(hours=2)).going


def test_as_of_a_day_the_record_ends_on_that_day(cast, kim):
    lens = look(cast, kim, as_of=at(20, day=MONDAY + timedelta(days=2)))
    days = [one.item.day for found in lens.kinds for one in found.items if found.code != "schedule"]
    assert max(day for day in days if day) == MONDAY + timedelta(days=2)
    assert len(kind(lens, "attendance").items) == 2
    assert len(kind(lens, "measure").items) == 1
    with pytest.raises(Cannot, match="nobody knows yet"):
        look(cast, kim, as_of=NOW + timedelta(days=1))


def test_looking_tells_nobody_and_leaves_only_its_row_in_the_book_of_accesses(
    cast, kim, django_assert_max_num_queries
):
    one_consent(cast, kim)
    page = Page()
    with django_assert_max_num_queries(75) as asked:
        look(cast, kim, by=cast.clinician.on(page))
    assert not [one["sql"] for one in asked if not one["sql"].startswith(("SELECT", "SAVEPOINT", "RELEASE"))]
    assert not Disclosure.objects.exists()
    assert {one.kind for one in page.asked} == {"disclosure", *GATHERED} - {"intake"}
    assert all(one.allowed for one in page.asked)


def test_the_number_of_queries_does_not_grow_with_the_record(cast, kim, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tests.plan_cast import attend, measure
    from throughcare.records.episodes import Episode

    one_consent(cast, kim)
    with CaptureQueriesContext(
        connection,
    ) as before:
        look(cast, kim)
    episode = Episode.objects.get(patient=kim).uid
    for number in range(1, 15):
        attend(cast, episode, MONDAY - timedelta(days=number))
        measure(cast, episode, "phq-9", 5, day=MONDAY + timedelta(days=number))
    with django_assert_num_queries(len(before)):
        look(cast, kim)


def test_who_may_not_open_a_kind_sees_what_it_would_do_and_none_of_its_items(cast, kim):
    one_consent(cast, kim)
    lens = look(cast, kim, by=cast.biller)
    notes = kind(lens, "note")
    assert notes.hidden and notes.items == () and notes.goes and "role" in notes.because
    assert kind(lens, "attendance").items


def test_reception_and_another_organization_look_through_nothing(cast, kim):
    with pytest.raises(CannotSee):
        look(cast, kim, by=cast.front_desk)
    other = gather_cast("Elsewhere", mail_host="elsewhere.test")
    with pytest.raises(Absent):
        look(other, kim)


@pytest.mark.parametrize(("to", "purpose", "field"), [
    (To("stranger", "X"), "treatment", "who"),
    (ANY_DOCTOR, "curiosity", "purpose"),
])  # fmt: skip
def test_an_unknown_recipient_or_purpose_is_refused(cast, kim, to, purpose, field):
    with pytest.raises(Cannot) as refused:
        look(cast, kim, to, purpose)
    assert refused.value.field == field


def test_the_kinds_that_never_leave_are_named(cast, kim):
    assert KINDS["access_log"].words in look(cast, kim).never
