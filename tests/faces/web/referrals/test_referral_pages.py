"""The pages of referrals, as staff use them."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import at
from tests.referral_cast import MAYA, a_bundle, as_bytes, patient_of, refer
from throughcare.pathway.people.duplicates import merge_people
from throughcare.pathway.people.people import correct_details
from throughcare.pathway.referral.referral import close_referral, record_contact, take_referral
from throughcare.records.assessments import Assessment
from throughcare.records.people import NotTheSamePerson, Patient, PatientMerge
from throughcare.records.referrals import Referral, ReferralClosure, ReferralContact

pytestmark = pytest.mark.django_db

CALL = {
    "asked_for_by": "self",
    "given_name": "Maya",
    "family_name": "Okafor",
    "birth_date": "3/4/1990",
    "source": "self",
    "concerns": ["alcohol"],
}


def text(answer) -> str:
    return answer.content.decode()


def test_the_pipeline_shows_each_referral_with_its_clock(cast, admissions):
    fresh, late = (
        refer(cast, at=at(9)),
        refer(cast, replace(MAYA, given_name="Late"), at=at(7, day=at(7).date())),
    )
    record_contact(late, mode="call", outcome="no_answer", by=cast.admissions, at=at(8))
    take_referral(fresh, by=cast.admissions, at=at(9))
    page = text(admissions.get("/referrals/"))
    assert "Contact due in 23 h" in page
    assert "Trying to reach" in page
    assert "Ada Moss" in page
    assert "Nobody owns it" in page


def test_the_pipeline_is_narrowed_by_its_address(cast, admissions):
    take_referral(refer(cast), by=cast.admissions, at=at(9))
    refer(cast, replace(MAYA, given_name="Bo"))
    page = text(admissions.get("/referrals/?whose=mine"))
    assert "Maya" in page and "Bo Okafor" not in page
    assert admissions.get("/referrals/?whose=nonsense&site=1&due=x").status_code == 200


def test_the_pipeline_takes_as_many_queries_for_many(cast, admissions, django_assert_max_num_queries):
    for number in range(15):
        referral = refer(cast, replace(MAYA, given_name=f"P{number}"))
        take_referral(referral, by=cast.admissions, at=at(9))
    with django_assert_max_num_queries(25):
        admissions.get("/referrals/")


@pytest.mark.parametrize(
    "path", ["/referrals/", "/referrals/new", "/referrals/import", "/referrals/import/template.csv"]
)
def test_a_biller_is_refused_in_a_sentence(cast, signed_in, path):
    answer = signed_in(cast.biller).get(path)
    assert answer.status_code == 403
    assert "This page is for these roles" in text(answer)


def test_a_compliance_officer_reads_and_changes_nothing(cast, signed_in):
    referral = refer(cast)
    browser = signed_in(cast.compliance)
    page = text(browser.get(f"/referrals/{referral}/"))
    assert "Write down a contact" not in page
    assert browser.post(f"/referrals/{referral}/owner/me").status_code == 403
    assert browser.post(f"/referrals/{referral}/closure/new", {"reason": "cost"}).status_code == 403


def test_a_call_is_written_down(cast, admissions):
    answer = admissions.post("/referrals/new", {**CALL, "site": str(cast.site)})
    referral = Referral.objects.get()
    assert answer.url == f"/referrals/{referral.uid}/"
    page = text(admissions.get(answer.url))
    assert "Maya Okafor" in page and "born March 4, 1990" in page and "Alcohol" in page


def test_a_caller_is_asked_about_before_someone_is_entered_twice(cast, admissions):
    known = patient_of(refer(cast))
    given = {**CALL, "site": str(cast.site)}
    page = admissions.post("/referrals/new", given)
    assert page.status_code == 422
    assert "Is this someone we know?" in text(page)
    assert Referral.objects.count() == 1
    admissions.post("/referrals/new", {**given, "known": str(known)})
    assert (Referral.objects.count(), Patient.objects.count()) == (2, 1)
    admissions.post("/referrals/new", {**given, "known": "new"})
    assert (Referral.objects.count(), Patient.objects.count()) == (3, 2)


def test_look_alikes_are_shown_while_one_writes(cast, admissions):
    refer(cast)
    page = text(admissions.post("/referrals/look-alikes", {"given_name": "Maya", "phone": MAYA.phone}))
    assert "same phone number" in page
    assert text(admissions.post("/referrals/look-alikes", {})).strip() == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"given_name": ""}, "Enter a name"),
        ({"birth_date": "1/1/2031"}, "lies in the future"),
        ({"birth_date": "2/29/2001"}, "must be a real date"),
        ({"asked_for_by": "provider"}, "Enter who is asking"),
        ({"site": "x"}, "x"),
    ],
)
def test_a_wrong_call_form_says_what_to_mend(cast, admissions, changes, words):
    answer = admissions.post("/referrals/new", {**CALL, "site": str(cast.site), **changes})
    assert answer.status_code == 422
    assert words in text(answer)
    assert not Referral.objects.exists()


def test_a_contact_is_written_down_once_however_often_one_clicks(cast, admissions):
    referral = refer(cast)
    path = f"/referrals/{referral}/contacts/new"
    assert admissions.get(path).status_code == 200
    given = {
        "mode": "call",
        "outcome": "message_left",
        "contacted_at": "2026-03-02T09:30",
        "note": "Called back later",
        "once": "6f1b5f4e-8a3d-4a77-9f0e-0d6f6c1d2b12",
    }
    for _ in range(2):
        assert admissions.post(path, given).url == f"/referrals/{referral}/"
    contact = ReferralContact.objects.get()
    assert contact.contacted_at == at(9, 30)
    page = text(admissions.get(f"/referrals/{referral}/"))
    assert "Phone call: left a message" in page and "9:30" in page


def test_a_contact_in_the_future_is_refused_on_its_form(cast, admissions):
    path = f"/referrals/{refer(cast)}/contacts/new"
    given = {"mode": "call", "outcome": "reached", "contacted_at": "2026-03-03T09:30", "note": ""}
    answer = admissions.post(path, given)
    assert answer.status_code == 422
    assert "future" in text(answer)


def test_a_referral_is_taken_given_closed_and_reopened(cast, admissions):
    referral = refer(cast)
    at_page = f"/referrals/{referral}/"
    admissions.post(f"{at_page}owner/me")
    assert "Owned by Ada Moss" in text(admissions.get(at_page))
    admissions.post(f"{at_page}owner", {"owner": str(cast.clinician.account_uid)})
    assert "Owned by Carla Reyes" in text(admissions.get(at_page))
    assert admissions.post(f"{at_page}closure/new", {"reason": "other"}).status_code == 422
    admissions.post(f"{at_page}closure/new", {"reason": "cost", "text": "High deductible"})
    page = text(admissions.get(at_page))
    assert "Cost or insurance" in page and "High deductible" in page
    assert "This referral is closed. Reopen it first." in page
    admissions.post(f"{at_page}closure/undo")
    assert ReferralClosure.objects.get().reopened_at is not None


def test_a_clinician_opens_the_assessment_and_admissions_may_not(cast, signed_in, admissions):
    referral = refer(cast)
    assert "Your role may not change assessments" in text(admissions.get(f"/referrals/{referral}/"))
    answer = signed_in(cast.clinician).post(f"/referrals/{referral}/assessments/new")
    assert str(Assessment.objects.get().uid) in answer.url


def test_an_intake_is_booked_moved_and_canceled_from_the_referral(cast, admissions):
    referral = refer(cast)
    record_contact(referral, mode="call", outcome="reached", by=cast.admissions, at=at(9))
    page = f"/referrals/{referral}/"
    assert "Book the intake" in text(admissions.get(page))
    asked = {
        "day": "2026-03-03",
        "starts": "14:00",
        "minutes": "90",
        "practitioner": str(cast.practitioner_uid(cast.clinician)),
        "way": "phone",
    }
    assert admissions.get(f"{page}intake").status_code == 200
    assert admissions.post(f"{page}intake", asked).url == page
    assert "Intake booked for Tue, Mar 3, 2:00 PM with Carla Reyes, by phone" in text(admissions.get(page))
    assert "Intake in 28 h" in text(admissions.get("/referrals/"))
    assert "Move the intake" in text(admissions.get(f"{page}intake"))
    no_room = admissions.post(f"{page}intake", {**asked, "starts": "15:00", "way": "in_person"})
    assert no_room.status_code == 422 and "Choose the room" in text(no_room)
    busy = admissions.post(f"/referrals/{refer(cast)}/intake", asked)
    assert busy.status_code == 422 and "Carla Reyes leads" in text(busy)
    assert admissions.post(f"{page}intake/cancellation", {"because": "Ill"}).url == page
    assert "Book the intake" in text(admissions.get(page))


def test_the_pipeline_is_read_page_by_page(cast, admissions):
    for number in range(42):
        refer(cast, replace(MAYA, given_name=f"P{number}"))
    assert "1–40 of 42 referrals" in text(admissions.get("/referrals/"))
    assert "41–42 of 42 referrals" in text(admissions.get("/referrals/?page=2"))
    assert admissions.get("/referrals/?page=x").status_code == 200


def test_a_file_is_imported_and_its_document_is_kept(cast, admissions):
    def send(content, name="bundle.json.gz"):
        file = SimpleUploadedFile(name, content)
        return text(admissions.post("/referrals/import", {"site": str(cast.site), "file": file}))

    content = as_bytes(a_bundle(), packed=True)
    assert "1 taken in, 0 there already" in send(content)
    assert "0 taken in, 1 there already" in send(content)
    assert "Bundle.entry" in send(as_bytes({"resourceType": "Bundle"}))
    referral = Referral.objects.get()
    document = admissions.get(f"/referrals/{referral.uid}/documents/{referral.documents.get().uid}")
    assert document.content == content
    assert "Villa" not in document.headers["Content-Disposition"]


def test_an_import_without_a_file_says_so(cast, admissions):
    assert "Choose a file" in text(admissions.post("/referrals/import", {"site": str(cast.site)}))


def test_the_template_of_a_table_is_downloaded(cast, admissions):
    assert admissions.get("/referrals/import/template.csv").content.startswith(
        b"\xef\xbb\xbfgiven_name,family_name"
    )


def test_two_entries_are_shown_side_by_side_and_merged(cast, admissions):
    maya = patient_of(refer(cast))
    maia = patient_of(refer(cast, replace(MAYA, given_name="Maia", pronouns="she/her")))
    assert "may be someone we know" in text(admissions.get(f"/referrals/{Referral.objects.first().uid}/"))
    assert f"/patients/{maya}/duplicates/{maia}" in text(admissions.get(f"/patients/{maya}/duplicates/"))
    path = f"/patients/{maya}/duplicates/{maia}"
    page = text(admissions.get(path))
    assert 'id="pronouns-other" checked' in page and 'id="given_name-one" checked' in page
    answer = admissions.post(path, {"keep": "one", "take_pronouns": "other", "take_given_name": "one"})
    assert answer.url == f"/patients/{maya}/details"
    page = text(admissions.get(f"/patients/{maia}/details"))
    assert "she/her" in page and "Merged into this record" in page
    admissions.post(f"/merges/{PatientMerge.objects.get().uid}/undo")
    assert Patient.objects.filter(absorbed_by__isnull=True).count() == 2


def test_a_merge_needs_a_choice(cast, admissions):
    maya, maia = patient_of(refer(cast)), patient_of(refer(cast))
    answer = admissions.post(f"/patients/{maya}/duplicates/{maia}", {})
    assert answer.status_code == 422
    assert "Choose which entry is kept" in text(answer)


def test_two_people_are_told_apart(cast, admissions):
    maya, maia = patient_of(refer(cast)), patient_of(refer(cast))
    admissions.post(f"/patients/{maya}/duplicates/{maia}/apart")
    assert NotTheSamePerson.objects.count() == 1
    assert "Nobody else looks like" in text(admissions.get(f"/patients/{maya}/duplicates/"))


def test_one_person_beside_themself_is_no_page(cast, admissions):
    maya, maia = patient_of(refer(cast)), patient_of(refer(cast))
    merge_people(maya, maia, by=cast.admissions, at=at(9))
    assert admissions.get(f"/patients/{maya}/duplicates/{maia}").status_code == 404


def test_details_are_corrected(cast, admissions):
    patient = patient_of(refer(cast))
    path = f"/patients/{patient}/details/edit"
    page = text(admissions.get(path))
    assert 'value="03/04/1990"' in page and 'name="seen_version" value="0"' in page
    given = {"given_name": "Maya", "family_name": "Bell", "birth_date": "3/4/1990", "seen_version": "0"}
    assert admissions.post(path, given).url == f"/patients/{patient}/details"
    second = admissions.post(path, {**given, "family_name": "Stone"})
    assert second.status_code == 422
    assert "Ada Moss changed these details" in text(second)
    assert Patient.objects.get().family_name == "Bell"
    assert admissions.post(path, {"given_name": "", "seen_version": "1"}).status_code == 422


def test_someone_near_the_patient_is_added_and_removed(cast, admissions):
    patient = patient_of(refer(cast))
    admissions.post(f"/patients/{patient}/related/new", {"name": "Rosa", "relationship": "mother"})
    page = text(admissions.get(f"/patients/{patient}/details"))
    assert "Rosa" in page
    related = Patient.objects.get().related_people.get()
    admissions.post(f"/patients/{patient}/related/{related.uid}/end")
    assert "Rosa" not in text(admissions.get(f"/patients/{patient}/details")).split("People in their life")[1]


def test_search_leads_to_the_referral(cast, admissions):
    referral = refer(cast)
    page = text(admissions.get("/search?q=okafor"))
    assert f"/referrals/{referral}/" in page
    assert "Nobody matches" in text(admissions.get("/search?q=nobody"))
    assert admissions.get("/search").status_code == 200


def test_someone_is_found_by_a_former_name_and_the_page_says_so(cast, admissions):
    patient = patient_of(refer(cast))
    correct_details(patient, replace(MAYA, family_name="Bell"), by=cast.admissions, at=at(9))
    page = text(admissions.get("/search?q=okafor"))
    assert "Maya Bell" in page and "Found by a former name: Maya Okafor" in page
    assert "former name" not in text(admissions.get("/search?q=bell"))
    assert "former name" not in text(admissions.get("/search?q=maya"))
    assert "Found by a former name: Maya Okafor" in text(admissions.get("/search?q=maya+oka"))


def test_an_administrator_finds_nobody(cast, signed_in):
    assert signed_in(cast.admin).get("/search?q=maya").status_code == 403


def test_another_organizations_referral_is_not_there(cast, signed_in):
    from tests.cast import gather_cast

    others = gather_cast("Elsewhere", mail_host="elsewhere.test")
    referral = refer(cast)
    browser = signed_in(others.admissions)
    assert browser.get(f"/referrals/{referral}/").status_code == 404
    assert browser.get(f"/patients/{patient_of(referral)}/details").status_code == 404
    close = browser.post(f"/referrals/{referral}/closure/new", {"reason": "cost"})
    assert close.status_code == 404


def test_a_closed_referral_is_shown_with_its_reason_on_the_pipeline(cast, admissions):
    close_referral(refer(cast), reason="schedule", by=cast.admissions, at=at(9))
    assert "Our hours don’t fit theirs" in text(admissions.get("/referrals/"))
