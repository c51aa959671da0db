"""Ana takes her whole record home, and has a mistake in it corrected, or stands beside it with her own words."""

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.test import Client

from tests.cast import at
from tests.intake_cast import PHQ_14
from tests.plan_cast import admit, plan
from throughcare.faces.own_record.drawing import draw_files
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.episode.diagnoses import diagnose
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.own_record.copies import end_old_copies, make_copy, take_copies
from throughcare.records.consents import PatientAccount
from throughcare.records.disclosures import Disclosure
from throughcare.records.episodes import Episode
from throughcare.records.own_record import RecordCopy, RecordFetch, RecordFile
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db
NOW = at(10, day=date(2026, 3, 20))


def browser_of(account):
    browser = Client()
    browser.force_login(account)
    return browser


def press(browser, url, **data):
    return browser.post(url, {"once": str(uuid4()), **data})


@pytest.fixture
def ana(cast, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    episode = admit(cast, given="Ana", family="Flores")
    plan(cast, episode)
    diagnose(episode, "F10.20", by=cast.clinician, at=at(9, 30))
    person = Episode.objects.get(uid=episode).patient
    record_measure(person.uid, "phq-9", PHQ_14, mode="self", by=cast.clinician, at=at(12))
    invite_patient(person.uid, email="ana@mail.test", by=cast.clinician, at=at(9))
    return person, PatientAccount.objects.get(patient=person).account


def check_bundle(bundle):
    """Every reference leads into the bundle, every resource has a type, an id and its labels."""
    entries = [one["resource"] for one in bundle["entry"]]
    names = {f"{one['resourceType']}/{one['id']}" for one in entries}
    assert len(names) == len(entries)

    def references(node):
        if isinstance(node, dict):
            if set(node) == {"reference"}:
                yield node["reference"]
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    assert set(references(entries)) <= names
    for one in entries:
        assert {"42CFRPart2", "NORDSCLCD"} <= {label["code"] for label in one["meta"]["security"]}, one
    return entries


def test_the_whole_record_is_asked_for_made_fetched_and_written_in_the_book(cast, ana):
    person, account = ana
    phone = browser_of(account)
    assert "Make my record" in phone.get("/my/record").content.decode()
    for _ in range(2):
        assert press(phone, "/my/record").status_code == 302
    waiting = phone.get("/my/record")
    assert "It begins in a moment" in waiting.content.decode() and waiting["Refresh"]
    [copy] = take_copies(at=NOW)
    assert take_copies(at=NOW) == []  # one process each
    make_copy(copy, draw=draw_files, at=NOW)
    page = phone.get("/my/record").content.decode()
    assert "Ready to take" in page and "What is not in it, and why" in page
    pdf = phone.get(f"/my/record/{copy}/record.pdf")
    assert (
        pdf.content[:5] == b"%PDF-" and "no-store" in pdf["Cache-Control"] and "Ana" not in str(pdf.headers)
    )
    entries = check_bundle(json.loads(phone.get(f"/my/record/{copy}/record.json").content))
    kinds = {one["resourceType"] for one in entries}
    assert kinds >= {
        "Patient",
        "Organization",
        "EpisodeOfCare",
        "Condition",
        "QuestionnaireResponse",
        "Observation",
        "Goal",
        "DocumentReference",
    }
    score = next(one for one in entries if one["resourceType"] == "Observation")
    assert score["valueQuantity"]["value"] == 14
    assert RecordFetch.objects.count() == 2
    told = Disclosure.objects.filter(patient=person, sent_at__isnull=False).order_by("pk")
    assert [(one.basis, one.method) for one in told] == [
        ("patient_request", "pdf"),
        ("patient_request", "export"),
    ]
    # Neither staff nor a stranger fetches it, sealed it lies there, and after a week it is gone.
    assert browser_of(Account.objects.get(pk=cast.clinician.account)).get(
        f"/my/record/{copy}/record.pdf"
    ).status_code in (403, 404)
    assert Client().get(f"/my/record/{copy}/record.pdf").status_code == 302
    assert end_old_copies(at=NOW + timedelta(days=6)) == 0 and end_old_copies(at=NOW + timedelta(days=8)) == 1
    assert set(RecordFile.objects.values_list("content", flat=True)) == {None}
    assert phone.get(f"/my/record/{copy}/record.pdf").status_code == 404


def test_who_falls_silent_is_tried_anew_and_then_given_up(ana):
    _, account = ana
    press(browser_of(account), "/my/record")
    moments = [NOW + timedelta(minutes=3 * number) for number in range(5)]
    assert [len(take_copies(at=moment)) for moment in moments] == [1, 1, 1, 0, 0]
    assert RecordCopy.objects.get().ended_at
    assert "could not be made" in browser_of(account).get("/my/record").content.decode()


def test_no_record_about_a_person_is_forgotten_by_the_copy():
    """Each table that points to a patient is read for the copy, or is no part of anybody's own record."""
    folder = Path("src/throughcare/pathway")
    read = "".join(
        path.read_text()
        for part in ("own_record", "release", "drug_test", "medication", "safety_plan", "session", "intake")
        for path in (folder / part).glob("*.py")
    ) + "".join((folder / "privacy" / name).read_text() for name in ("access_log.py", "disclosure_book.py"))
    pointing = {
        model.__name__
        for model in apps.get_app_config("records").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model.__name__ == "Patient"
    }
    forgotten = {name for name in pointing if name not in read} - NO_PART_OF_IT
    assert pointing >= NO_PART_OF_IT
    assert not forgotten, f"Put these into pathway/own_record, or say here why not: {sorted(forgotten)}"


NO_PART_OF_IT = {
    # what is still being written, or was never signed
    *("DraftShare", "NoteDraft", "DeletedDraft", "MeasureSheet"),
    # notes kept apart, and words of or about other people
    *("NoteApart", "KeptApart", "NeverWith", "WorryMatch", "PatientMerge", "NotTheSamePerson"),
    # messages that say no more than that something waits, links and codes, who signs in, who may open
    *("Message", "SeatNotice", "WeekNotice", "PrivacyNotice", "MeasureLink", "KioskCode", "CalendarFeed"),
    *("PatientAccount", "PatientSearchKey", "Guard"),
    # when something is due or asked: what came of it is in the copy
    *("MeasureRequest", "MakeUpOffer", "SessionWait", "AftercarePlan", "DailyChoice", "PrizeDraw"),
    *("Presence", "ClimateAnswered", "PatientRevision"),
    # what staff work with, worked out of the record (NOT_THEIRS: warning signs)
    *("WarningSign", "LifeEvent", "Nudge", "NextLook", "TierLowering"),
}


def test_a_mistake_is_corrected_or_stands_beside_her_own_words(cast, ana):
    _, account = ana
    phone = browser_of(account)
    staff = browser_of(Account.objects.get(pk=cast.director.account))
    assert press(phone, "/my/corrections/new", kind="note").status_code == 422
    for wrong in ("It says I drank on Monday.", "It says that I live alone."):
        said = {"kind": "note", "wrong": wrong, "right": "I did not."}
        assert press(phone, "/my/corrections/new", **said).status_code == 302
    assert "We answer by May 19, 2026." in phone.get("/my/corrections").content.decode()
    assert "Ana Flores" in staff.get("/privacy/corrections").content.decode()
    from throughcare.records.own_record import CorrectionRequest

    first, second = CorrectionRequest.objects.order_by("pk").values_list("uid", flat=True)
    press(staff, f"/privacy/corrections/{first}/later", because="Carla is away.")
    assert "June 18, 2026" in staff.get(f"/privacy/corrections/{first}").content.decode()
    assert press(staff, f"/privacy/corrections/{first}/later", because="Still.").status_code == 422
    assert press(staff, f"/privacy/corrections/{first}", answer="refused", words="No.").status_code == 422
    press(
        staff, f"/privacy/corrections/{first}", answer="refused", ground="accurate", words="You told us so."
    )
    press(staff, f"/privacy/corrections/{second}", answer="corrected", words="An addendum says so now.")
    page = phone.get("/my/corrections").content.decode()
    assert "You told us so." in page and "Write a statement" in page and "An addendum says so now." in page
    assert press(phone, f"/my/corrections/{second}/statement", words="But").status_code == 422
    press(phone, f"/my/corrections/{first}/statement", words="I was at work that day.")
    assert "I was at work that day." in staff.get(f"/privacy/corrections/{first}").content.decode()
    nurse = browser_of(Account.objects.get(pk=cast.nurse.account))
    assert nurse.get("/privacy/corrections").status_code == 403
    assert actor_for(account.pk) is not None
