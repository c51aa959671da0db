"""The discharge, its summary as page and PDF, and aftercare, as they are used."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
import time_machine
from pypdf import PdfReader

from tests.cast import gather_cast
from tests.pathway.test_discharge import VISIT, goals_met, leave
from tests.plan_cast import admit
from tests.progress_cast import NOW, patient_uid, six_good_weeks
from throughcare.faces.web.discharges.pdf import draw_pdf
from throughcare.pathway.discharge.discharge import discharge_summary
from throughcare.records.discharges import AftercareAppointment, AftercareOutcome, Discharge
from throughcare.records.episodes import Episode
from throughcare.records.people import Account

LEFT = {
    "reason": "left_informed",
    "text": "She goes on with her own therapist.",
    "next_place": "Riverside Clinic",
    "helped": "The evening group",
    "has_visit": "yes",
    "with_whom": "Dr. Lee",
    "visit_at": "2026-04-16T15:00",
    "phone": "212-555-0147",
}


@pytest.fixture(autouse=True)
def on_the_day():
    """It is Monday 13 April 2026, 10:00 in New York."""
    with time_machine.travel(NOW, tick=False):
        yield


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def text_of(content):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_a_discharge_is_signed_once_and_lands_on_its_summary(client, cast):
    episode = six_good_weeks(cast)
    address = f"/patients/{patient_uid(episode)}/discharge"
    browser = sign_in(client, cast.clinician)
    assert "18 of 18 planned sessions attended" in browser.get(address).content.decode()
    sent = {**LEFT, "once": str(uuid4())}
    first, again = browser.post(address, sent), browser.post(address, sent)
    assert first.status_code == again.status_code == 302
    assert first.url == again.url == f"/episodes/{episode}/summary"
    words = browser.get(first.url).content.decode()
    assert "Carla Reyes, LCSW" in words and "Thursday, April 16, 2026, 3:00 PM, with Dr. Lee" in words
    assert Discharge.objects.count() == AftercareAppointment.objects.count() == 1
    assert browser.get(address).url == first.url


def test_the_clinician_says_where_each_goal_stands(client, cast):
    episode = six_good_weeks(cast)
    goals = {f"goal_{thread}": word for thread, word in goals_met(episode).items()}
    address = f"/patients/{patient_uid(episode)}/discharge"
    browser = sign_in(client, cast.clinician)
    page = browser.post(address, {**LEFT, "reason": "completed"})
    assert page.status_code == 422 and "of 2 goals are met" in page.content.decode()
    assert browser.post(address, {**LEFT, **goals, "reason": "completed"}).status_code == 302


def test_staying_away_reads_what_was_tried(client, cast):
    episode = admit(cast)
    patient = patient_uid(episode)
    browser = sign_in(client, cast.clinician)
    address = f"/patients/{patient}/discharge"
    away = {**LEFT, "reason": "lost_contact", "has_visit": "no"}
    page = browser.post(address, away)
    assert page.status_code == 422 and "Say whether you looked at the suicide risk" in page.content.decode()
    away |= {"tier_checked": "yes", "welfare_check_made": "yes"}
    page = browser.post(address, away)
    assert page.status_code == 422 and "0 of 3 attempts" in page.content.decode()
    attempts = f"/patients/{patient}/contact-attempts"
    assert attempts in browser.get(f"/patients/{patient}/").content.decode()
    for mode in ("call", "call", "text", "letter"):
        sent = {"mode": mode, "outcome": "no_answer", "attempted_at": "2026-04-12T09:00", "note": "Rang long"}
        assert browser.post(attempts, sent).url == attempts
    assert "Rang long" in browser.get(attempts).content.decode()
    assert "3 attempts to reach them since, and a letter" in browser.get(address).content.decode()
    assert browser.post(address, away).status_code == 302
    assert "Write one down" not in browser.get(attempts).content.decode()


def test_an_attempt_with_a_mistake_is_shown_again(client, cast):
    attempts = f"/patients/{patient_uid(admit(cast))}/contact-attempts"
    browser = sign_in(client, cast.case_manager)
    late = {"mode": "call", "outcome": "no_answer", "attempted_at": "2027-04-12T09:00"}
    assert "future" in browser.post(attempts, late).content.decode()
    assert browser.post(attempts, {"mode": "call"}).status_code == 422
    assert sign_in(client, cast.biller).get(attempts).status_code == 403


def test_a_case_manager_reads_the_facts_but_does_not_sign(client, cast):
    episode = admit(cast)
    address = f"/patients/{patient_uid(episode)}/discharge"
    browser = sign_in(client, cast.case_manager)
    words = browser.get(address).content.decode()
    assert "Ask a licensed clinician" in words and "Sign and discharge" not in words
    assert browser.post(address, LEFT).status_code == 422
    assert Episode.objects.get().ended_at is None


def test_the_pdf_is_private_accessible_and_names_nobody_in_its_file_name(client, cast):
    episode = six_good_weeks(cast)
    leave(cast, episode, visit=VISIT)
    answer = sign_in(client, cast.clinician).get(f"/episodes/{episode}/summary.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == 'attachment; filename="discharge-summary.pdf"'
    reader = PdfReader(BytesIO(answer.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    words = text_of(answer.content)
    for told in (
        "Ana Flores",
        "18 of 18 planned sessions",
        "Reliably better since intake: 18",
        "Dr. Lee, Riverside Clinic",
        "Call or text 988",
        "Carla Reyes, LCSW",
        "42 CFR part 2",
    ):
        assert told in words


@pytest.mark.parametrize(
    "name",
    [
        "Zoë Ågren-Łukasiewicz",
        "Олена Ковальчук",
        "李小龍",
        "محمد الأحمد",
        "😀👩‍👩‍👧 Ana",
        "‮abc‬",
        "A\x01B",
        "#set page(fill: red) $x$ *b* _i_ @foo [c]",
        '"); #read("/etc/passwd") //',
        "\\u{1F600} <b>",
    ],
)
def test_a_name_in_any_script_makes_a_pdf_and_is_never_markup(cast, name):
    episode = admit(cast, given=name, family="Х")
    leave(cast, episode, text=name, next_place=name, helped=name)
    told = discharge_summary(episode, by=cast.clinician, at=NOW).summary
    content = draw_pdf(told, signed_at=NOW)
    assert content.startswith(b"%PDF-") and len(PdfReader(BytesIO(content)).pages) >= 1
    if name.isascii() and name.isprintable():
        flat = text_of(content).replace("\n", " ").replace("  ", " ")
        assert name in flat


def test_the_same_summary_is_the_same_file(cast):
    episode = six_good_weeks(cast)
    leave(cast, episode)
    told = discharge_summary(episode, by=cast.clinician, at=NOW).summary
    assert draw_pdf(told, signed_at=NOW) == draw_pdf(told, signed_at=NOW)


def test_summary_and_pdf_are_for_those_who_treat(client, cast):
    episode = admit(cast)
    assert sign_in(client, cast.clinician).get(f"/episodes/{episode}/summary").status_code == 404
    leave(cast, episode)
    other = gather_cast("Other House", mail_host="other.test")
    for page in ("summary", "summary.pdf"):
        assert sign_in(client, cast.nurse).get(f"/episodes/{episode}/{page}").status_code == 200
        for role in (cast.admissions, cast.biller, cast.admin, cast.compliance):
            assert sign_in(client, role).get(f"/episodes/{episode}/{page}").status_code == 403
        assert sign_in(client, other.clinician).get(f"/episodes/{episode}/{page}").status_code == 404


def test_a_case_manager_finds_out_whether_a_visit_was_kept(client, cast):
    episode = admit(cast)
    leave(cast, episode, visit=VISIT)
    uid = AftercareAppointment.objects.get().uid
    browser = sign_in(client, cast.case_manager)
    assert browser.post(f"/aftercare/{uid}/outcome", {"kept": "yes"}).status_code == 409
    with time_machine.travel(VISIT.visit_at + timedelta(hours=2), tick=False):
        browser = sign_in(client, cast.case_manager)
        words = browser.get("/aftercare/").content.decode()
        assert "Ana Flores" in words and "Thu, Apr 16, 3:00 PM" in words
        assert browser.post(f"/aftercare/{uid}/outcome", {"kept": "perhaps"}).status_code == 302
        assert not AftercareOutcome.objects.exists()
        assert browser.post(f"/aftercare/{uid}/outcome", {"kept": "yes"}).status_code == 302
    assert AftercareOutcome.objects.get().kept is True


def test_a_visit_is_planned_for_who_left_without_one(client, cast):
    episode = admit(cast)
    leave(cast, episode)
    browser = sign_in(client, cast.case_manager)
    assert "Ana Flores" in browser.get("/aftercare/").content.decode()
    address = f"/episodes/{episode}/aftercare/new"
    past = browser.post(address, {"with_whom": "Dr. Lee", "visit_at": "2026-04-01T10:00"})
    assert past.status_code == 422 and "lies in the past" in past.content.decode()
    assert browser.post(address, {"with_whom": "Dr. Lee", "visit_at": "2026-04-16T15:00"}).status_code == 302
    assert AftercareAppointment.objects.get().visit_at == VISIT.visit_at


def test_nobody_waits_is_said_in_a_sentence(client, cast):
    words = sign_in(client, cast.nurse).get("/aftercare/").content.decode()
    assert "No visit waits for an answer." in words
