"""The lens, packets, letters, the book and the accounting as people use them."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from tests.cast import MONDAY
from tests.pathway.privacy.consent_cast import for_mother, mother_of, signed
from tests.pathway.release.release_cast import (
    NAUGHTY,
    SIGNED_AT,
    court_order,
    kims_record,
    one_consent,
    physician,
)
from tests.progress_cast import NOW
from throughcare.knowledge.privacy.part2_statements import LONG_STATEMENT, SHORT_STATEMENT
from throughcare.pathway.accounts import open_account
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.records.accesses import Access
from throughcare.records.consents import PatientAccount
from throughcare.records.disclosures import Disclosure
from throughcare.records.people import Account


@pytest.fixture(autouse=True)
def on_the_day():
    """It is Monday 13 April 2026, 10:00 in New York."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kim(cast):
    return kims_record(cast)


@pytest.fixture
def doctor(cast, kim):
    one_consent(cast, kim)
    return f"recipient:{physician(cast).recipient}"


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def lens_url(kim):
    return reverse("lens", args=[kim.uid])


def keys_on(page):
    """What the packet form would send as it stands: its ticked boxes."""
    boxes = re.findall(r'<input type="checkbox" name="(items_\w+)" value="(\w+)"[^>]*checked', page)
    sent = {}
    for name, key in boxes:
        sent.setdefault(name, []).append(key)
    return sent


def prepare(browser, kim, who, *, method="pdf", drop=(), **more):
    page = browser.get(lens_url(kim), {"who": who}).content.decode()
    sent = {name: keys for name, keys in keys_on(page).items() if name not in drop}
    purpose = re.search(r'name="purpose" value="(\w+)">', page)[1]
    data = {
        "who": who,
        "purpose": purpose,
        "method": method,
        "contact": "",
        "once": str(uuid4()),
        **sent,
        **more,
    }
    return browser.post(lens_url(kim), data)


def text_of(content):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_looking_shows_what_goes_and_what_does_not_and_tells_nobody(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    page = browser.get(lens_url(kim), {"who": doctor}).content.decode()
    for words in (
        "They would see",
        "They would not see",
        "Counseling notes kept apart",
        "need a consent of their own",
        "F10.20",
    ):
        assert words in page
    assert not Disclosure.objects.exists()
    row = Access.objects.latest("sequence")
    assert (row.route, row.allowed) == ("lens", True)


def test_mother_sees_attendance_only_and_each_refusal_says_why(client, cast, kim):
    mother = mother_of(cast, kim)
    signed(cast, kim, for_mother(mother, at=SIGNED_AT), at=SIGNED_AT)
    page = sign_in(client, cast.clinician).get(lens_url(kim), {"who": f"related:{mother}"}).content.decode()
    assert set(keys_on(page)) == {"items_attendance"}
    assert "No consent lets this recipient have measures for this purpose." in page
    before = sign_in(client, cast.clinician).get(
        lens_url(kim),
        {"who": f"related:{mother}", "as_of": (SIGNED_AT.date() - timedelta(days=1)).isoformat()},
    )
    assert "They would see nothing." in before.content.decode() and not keys_on(before.content.decode())


@pytest.mark.parametrize("asked", [
    {"who": "recipient:nobody"}, {"who": "x" * 500}, {"who": "patient", "purpose": "curiosity"},
    {"who": "patient", "as_of": "yesterday"}, {"who": "patient", "as_of": "2030-01-01"}, {"who": NAUGHTY},
])  # fmt: skip
def test_an_odd_question_is_answered_with_what_to_mend(client, cast, kim, asked):
    page = sign_in(client, cast.clinician).get(lens_url(kim), asked)
    assert page.status_code == 422
    assert "<script>alert" not in page.content.decode()


def test_a_packet_for_the_new_physician_leaves_as_a_pdf_with_all_that_must_go_along(
    client, cast, kim, doctor
):
    """domain.md §11.10: the statement of 2.32, a copy of the consent, no counseling notes, in the accounting."""
    browser = sign_in(client, cast.clinician)
    landed = prepare(browser, kim, doctor, contact="fax 212-555-0177")
    row = Disclosure.objects.get()
    assert landed.status_code == 302 and landed.url == reverse("disclosure", args=[row.uid])
    review = browser.get(landed.url).content.decode()
    assert "Before it leaves" in review and "Send it: download the PDF" in review and row.sent_at is None
    answer = browser.post(reverse("send_pdf", args=[row.uid]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer["Cache-Control"]
    assert "kim" not in answer["Content-Disposition"].lower()
    row.refresh_from_db()
    assert row.sent_at == NOW
    words = text_of(answer.content)
    assert " ".join(LONG_STATEMENT.split())[:200] in words.replace("- ", "")
    for said in (
        "Copy of the consent",
        "Kim Vance lets Harbor House give",
        "Signed: Kim Vance",
        "F10.20",
        "Dr. Osei",
    ):
        assert said in words
    assert "counselor's own notes" not in words and "kept apart" not in words.split("Copy of the consent")[0]
    assert PdfReader(BytesIO(answer.content)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    accounting = sign_in(client, cast.compliance).get(
        reverse("patient_disclosures", args=[kim.uid]), {"years": "3"}
    )
    assert "Dr. Osei, Elm Street Practice" in accounting.content.decode()


def test_a_second_download_is_refused_and_the_same_again_is_a_new_row(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    prepare(browser, kim, doctor)
    row = Disclosure.objects.get()
    send = reverse("send_pdf", args=[row.uid])
    assert browser.post(send).status_code == 200
    second = browser.post(send)
    assert second.status_code == 409 and second["Content-Type"].startswith("text/html")
    assert "sent or withheld already" in second.content.decode()
    again = browser.post(reverse("prepare_again", args=[row.uid]), {"once": str(uuid4())})
    assert again.status_code == 302 and Disclosure.objects.count() == 2


def test_taken_back_after_preparing_no_byte_leaves(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    prepare(browser, kim, doctor)
    row = Disclosure.objects.get()
    revoke_consent(row.consent.uid, how="oral", by=cast.clinician, at=NOW)
    assert "It may no longer leave" in browser.get(reverse("disclosure", args=[row.uid])).content.decode()
    answer = browser.post(reverse("send_pdf", args=[row.uid]))
    assert answer.status_code == 409 and not answer.content.startswith(b"%PDF")
    row.refresh_from_db()
    assert row.sent_at is None and row.withheld_at == NOW


def test_a_fax_has_a_cover_that_names_neither_care_nor_patient(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    prepare(browser, kim, doctor, method="fax", contact="212-555-0177")
    answer = browser.post(reverse("send_pdf", args=[Disclosure.objects.get().uid]))
    pages = PdfReader(BytesIO(answer.content)).pages
    cover = " ".join(pages[0].extract_text().split())
    assert "212-555-0177" in cover and "Dr. Osei" in cover and f"{len(pages)} with this one" in cover
    for word in (
        "Kim",
        "Vance",
        "treatment",
        "program",
        "substance",
        "Harbor House",
        "42 CFR",
        "patient",
        "health",
    ):
        assert word not in cover
    assert "From Harbor" in cover


@pytest.mark.parametrize("method", ["print", "spoken"])
def test_what_leaves_on_paper_or_by_word_is_marked_in_that_request(client, cast, kim, doctor, method):
    browser = sign_in(client, cast.clinician)
    prepare(browser, kim, doctor, method=method)
    row = Disclosure.objects.get()
    name = "send_print" if method == "print" else "send_told"
    assert browser.post(reverse("send_pdf", args=[row.uid])).status_code == 409
    row.refresh_from_db()
    assert row.sent_at is None
    if method == "spoken":
        assert SHORT_STATEMENT in browser.get(reverse("disclosure", args=[row.uid])).content.decode()
    answer = browser.post(reverse(name, args=[row.uid]) + "?print=1", {"once": str(uuid4())})
    row.refresh_from_db()
    assert row.sent_at == NOW
    if method == "print":
        assert answer.status_code == 200 and LONG_STATEMENT[:60] in answer.content.decode()
        assert browser.post(reverse(name, args=[row.uid])).status_code == 409
        assert Access.objects.filter(route="send_print", surface="print").exists()
    else:
        assert answer.status_code == 302


def test_what_is_unticked_stays_and_nothing_ticked_is_said(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    prepare(browser, kim, doctor, drop={"items_note", "items_measure"})
    assert not {"note", "measure"} & set(Disclosure.objects.get().kinds)
    every = set(keys_on(browser.get(lens_url(kim), {"who": doctor}).content.decode()))
    empty = prepare(browser, kim, doctor, drop=every)
    assert empty.status_code == 422 and "Tick what is to be sent." in empty.content.decode()


def test_a_key_from_elsewhere_is_no_choice(client, cast, kim, doctor):
    answer = prepare(sign_in(client, cast.clinician), kim, doctor, items_note=["0" * 20])
    assert answer.status_code == 422 and not Disclosure.objects.exists()


def test_a_double_click_prepares_one(client, cast, kim, doctor):
    browser, once = sign_in(client, cast.clinician), str(uuid4())
    first, second = (prepare(browser, kim, doctor, once=once) for _ in range(2))
    assert first.url == second.url and Disclosure.objects.count() == 1


def test_a_class_is_enough_to_look_and_a_name_is_needed_to_send(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    nobody = prepare(browser, kim, "class:treating_provider", name="")
    assert nobody.status_code == 422
    prepare(browser, kim, "class:treating_provider", name="Dr. Anyone")
    assert Disclosure.objects.get().recipient_name == "Dr. Anyone"


def test_a_court_order_is_answered_with_exactly_what_it_names(client, cast, kim):
    """trust.md L2."""
    last = MONDAY + timedelta(days=6)
    people = [cast.compliance, cast.director]
    order = court_order(cast, kim, "attendance", first=MONDAY, last=last, people=people)
    browser = sign_in(client, cast.director)
    page = browser.get(lens_url(kim), {"who": "class:court", "order": str(order)}).content.decode()
    assert set(keys_on(page)) == {"items_attendance"} and len(keys_on(page)["items_attendance"]) == 3
    sent = {"purpose": "legal_proceedings", "method": "pdf", "name": "County Court", "order": str(order)}
    browser.post(lens_url(kim), {"who": "class:court", "contact": "", **sent, **keys_on(page)})
    row = Disclosure.objects.get()
    answer = browser.post(reverse("send_pdf", args=[row.uid]))
    words = text_of(answer.content)
    assert "Released under a court order" in words and "protected by Federal confidentiality rules" in words
    for more in ("PHQ", "F10.20", "March 9"):
        assert more not in words


def test_a_letter_leaves_with_its_statement_on_a_page_of_its_own(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    address = reverse("release_letter", args=[kim.uid])
    assert browser.get(address).status_code == 200
    days = {"first": MONDAY.isoformat(), "last": (MONDAY + timedelta(days=6)).isoformat()}
    asked = {
        "letter": "neutral",
        "who": doctor,
        "method": "letter",
        "contact": "",
        **days,
        "once": str(uuid4()),
    }
    assert browser.post(address, {**asked, "who": ""}).status_code == 422
    assert browser.post(address, asked).status_code == 302
    answer = browser.post(reverse("send_pdf", args=[Disclosure.objects.get().uid]))
    first, second = (
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(answer.content)).pages
    )
    assert "Kim Vance had an appointment with us and was here on:" in first
    assert "Harbor House" not in first and "42 CFR" not in first
    assert SHORT_STATEMENT in second


def test_naughty_words_stay_words_on_page_and_paper(client, cast):
    kim = kims_record(cast, own_words=f"Said: {NAUGHTY} Ünï 日本")
    one_consent(cast, kim)
    browser = sign_in(client, cast.clinician)
    who = f"recipient:{physician(cast).recipient}"
    page = browser.get(lens_url(kim), {"who": who}).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page
    prepare(browser, kim, who, contact=NAUGHTY)
    answer = browser.post(reverse("send_pdf", args=[Disclosure.objects.get().uid]))
    assert "DROP TABLE" in text_of(answer.content)


def test_what_is_put_aside_says_why(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    prepare(browser, kim, doctor)
    address = reverse("withhold_disclosure", args=[Disclosure.objects.get().uid])
    assert browser.post(address, {"because": ""}).status_code == 422
    assert browser.post(address, {"because": "They moved", "once": str(uuid4())}).status_code == 302
    page = browser.get(reverse("patient_disclosures", args=[kim.uid])).content.decode()
    assert "They moved" in page and "Withheld" in page


def test_the_book_has_what_waits_on_top_with_who_prepared_it(client, cast, kim, doctor):
    prepare(sign_in(client, cast.clinician), kim, doctor)
    assert "Dr. Osei" in sign_in(client, cast.clinician).get(reverse("waiting_disclosures")).content.decode()
    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        page = sign_in(client, cast.compliance).get(reverse("disclosure_book")).content.decode()
    assert page.index("Waiting") < page.index("The book")
    assert "More than 3 days" in page and "Carla Reyes" in page
    assert sign_in(client, cast.nurse).get(reverse("disclosure_book")).status_code == 403


def test_the_accounting_is_one_click_on_paper_and_as_a_table(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    prepare(browser, kim, doctor)
    browser.post(reverse("send_pdf", args=[Disclosure.objects.get().uid]))
    Disclosure.objects.update(recipient_name="=cmd")
    here = reverse("patient_disclosures", args=[kim.uid])
    for years in ("3", "6"):
        assert "=cmd" in browser.get(here, {"years": years, "print": "1"}).content.decode()
        table = browser.get(
            reverse("patient_disclosures_csv", args=[kim.uid]), {"years": years}
        ).content.decode()
        assert table.count("\n") == 2 and "'=cmd" in table
    with time_machine.travel(NOW + timedelta(days=4 * 365), tick=False):
        late = sign_in(client, cast.clinician)
        assert "Nobody was told anything" in late.get(here, {"years": "3"}).content.decode()
        assert "=cmd" in late.get(here, {"years": "6"}).content.decode()


def test_the_patient_reads_their_own_book_in_plain_words(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    prepare(browser, kim, doctor)
    browser.post(reverse("send_pdf", args=[Disclosure.objects.get().uid]))
    account = open_account(
        "kim@home.test", name="Kim Vance", password=None, roles=("patient",), by=cast.program, at=NOW
    )
    PatientAccount.objects.create(
        organization_id=cast.organization, patient=kim, account=account, recorded_at=NOW
    )
    client.force_login(account)
    page = client.get(reverse("my_disclosures")).content.decode()
    assert "Dr. Osei" in page and "your diagnoses" in page and "to treat you" in page
    assert "Dr. Osei" in client.get(reverse("my_disclosures_csv"), {"years": "6"}).content.decode()
    assert client.get(reverse("patient_disclosures", args=[kim.uid])).status_code == 403
    assert sign_in(client, cast.clinician).get(reverse("my_disclosures")).status_code == 403


def test_someone_elses_and_nobodys_disclosure_are_the_same_not_found(client, cast, kim, doctor):
    browser = sign_in(client, cast.clinician)
    for name in ("send_pdf", "send_print", "send_told", "prepare_again", "withhold_disclosure"):
        assert browser.post(reverse(name, args=[uuid4()]), {"because": "x"}).status_code == 404
    assert browser.get(reverse("disclosure", args=[uuid4()])).status_code == 404
    assert browser.get(reverse("lens", args=[uuid4()])).status_code == 404


def test_pages_stay_constant_in_queries(client, cast, kim, doctor, django_assert_max_num_queries):
    browser = sign_in(client, cast.clinician)
    with django_assert_max_num_queries(115):
        browser.get(lens_url(kim), {"who": doctor})
    prepare(browser, kim, doctor)
    with django_assert_max_num_queries(45):
        browser.get(reverse("disclosure", args=[Disclosure.objects.get().uid]))
    with django_assert_max_num_queries(30):
        browser.get(reverse("patient_disclosures", args=[kim.uid]))


def test_the_book_shows_a_biller_and_compliance_no_words_of_notes(client, cast, kim, doctor):
    prepare(sign_in(client, cast.clinician), kim, doctor)
    row = Disclosure.objects.get()
    for actor in (cast.biller, cast.compliance):
        browser = sign_in(client, actor)
        page = browser.get(reverse("disclosure", args=[row.uid])).content.decode()
        assert "Named two triggers" not in page and "Closed to your role" in page
        assert browser.post(reverse("send_pdf", args=[row.uid])).status_code == 409
    row.refresh_from_db()
    assert row.sent_at is None
