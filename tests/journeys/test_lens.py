"""Carla looks through the eyes of Kim's mother and of her new physician, and sends the physician a packet, once."""

import pytest
from django.urls import reverse
from pypdf import PdfReader

from tests.journeys.walker import PHONE
from tests.pathway.privacy.consent_cast import for_mother, mother_of, signed
from tests.pathway.release.release_cast import SIGNED_AT, kims_record, one_consent, physician
from tests.progress_cast import NOW
from throughcare.pathway.accounts import open_account
from throughcare.records.consents import PatientAccount
from throughcare.records.disclosures import Disclosure

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kim(cast, clock):
    """Kim with a consent for her mother, and the single one for those who treat her."""
    clock.set(NOW)
    patient = kims_record(cast)
    mother = mother_of(cast, patient)
    signed(cast, patient, for_mother(mother, at=SIGNED_AT), at=SIGNED_AT)
    one_consent(cast, patient)
    physician(cast)
    account = open_account(
        "kim@home.test", name="Kim Vance", password=None, roles=("patient",), by=cast.program, at=NOW
    )
    PatientAccount.objects.create(
        organization_id=cast.organization, patient=patient, account=account, recorded_at=NOW
    )
    return patient


def test_the_lens_and_the_packet(someone, kim, tmp_path):
    carla = someone("carla@harbor.test")
    looks_as_her_mother(carla, kim)
    looks_as_her_physician(carla)
    sends_the_packet(carla, tmp_path)
    is_read_by_compliance(someone("omar@harbor.test"))
    is_read_by_kim(someone("kim@home.test", size=PHONE))


def test_the_lens_on_a_phone(someone, kim):
    carla = someone("carla@harbor.test", size=PHONE)
    looks_as_her_mother(carla, kim)
    looks_as_her_physician(carla)


def looks_as_her_mother(carla, kim):
    """Attendance and nothing else, as of now; nothing at all as of the week before the consent."""
    carla.go(f"/patients/{kim.uid}")
    carla.follow("Privacy", within=".patient-banner, header, main")
    carla.follow("What would they see?")
    carla.look("lens", "Looking tells nobody anything.")
    carla.select("Who would see it?", "Rosa Vance")
    carla.press("Apply", within="main")
    carla.look(
        "lens-mother", "They would see", "No consent lets this recipient have measures for this purpose."
    )
    carla.fill("As of", "2026-03-30")
    carla.press("Apply", within="main")
    carla.look("lens-before", "They would see nothing.", "The consent wasn't signed yet.")
    assert not Disclosure.objects.exists()


def looks_as_her_physician(carla):
    """Everything that may leave, and the notes kept apart with why they stay."""
    carla.fill("As of", "")
    carla.select("Who would see it?", "Dr. Osei")
    carla.press("Apply", within="main")
    carla.look("lens-physician", "F10.20", "They need a consent of their own.", "Prepare a packet")


def sends_the_packet(carla, tmp_path):
    """Read first, then downloaded: from that moment it stands as sent."""
    carla.pick("How does it leave?", "As a PDF, handed over or sent securely")
    carla.press("Prepare it")
    carla.look("before-it-leaves", "Nothing has left yet", "This record which has been disclosed to you")
    with carla.page.expect_download() as download:
        carla.page.get_by_role("button", name="Send it: download the PDF").click()
    kept = tmp_path / "records.pdf"
    download.value.save_as(kept)
    words = " ".join(page.extract_text() for page in PdfReader(kept).pages)
    assert "Copy of the consent" in words and "F10.20" in words
    carla.page.reload()
    carla.look("left-the-house", "Left the house", "A packet leaves once.")


def is_read_by_compliance(omar):
    """The book of the program, and Kim's accounting."""
    omar.go(reverse("disclosure_book"))
    omar.look("disclosure-book", "Dr. Osei, Elm Street Practice", "Left the house")
    omar.follow("Kim Vance")
    omar.follow("The last 6 years")
    omar.look("accounting", "Dr. Osei, Elm Street Practice", "Print this accounting")


def is_read_by_kim(kim):
    """Her own book, in plain words."""
    kim.go(reverse("my_disclosures"))
    kim.look("my-disclosures", "Dr. Osei", "your diagnoses", "to treat you")
