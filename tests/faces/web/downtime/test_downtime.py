"""T-R4: the server is gone for eight hours. What lies on paper, what opens it, and what is entered afterwards."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from tests.boards_cast import in_program
from tests.cast import MORNING, at
from tests.crisis_cast import paged, put_on_call
from tests.sessions_cast import WEDNESDAY, hold
from throughcare.faces.downtime.drawing import write_packet
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.clinic.founding import open_site
from throughcare.pathway.crisis.climbing import climb
from throughcare.pathway.crisis.desk import one_crisis
from throughcare.pathway.downtime.openings import NewOpening, record_opening
from throughcare.pathway.downtime.packet_files import open_packet, packet_ages, packets_of, path_of
from throughcare.pathway.downtime.packet_words import change_words, words_in_force
from throughcare.pathway.people.people import NewRelatedPerson, add_related_person
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.records.accesses import AccessedPatient
from throughcare.records.crises import Crisis
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Patient
from throughcare.records.restorations import Restoration

pytestmark = pytest.mark.django_db
SIGN = "I stop answering the phone"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DOWNTIME_FOLDER = tmp_path / "downtime"
    return settings.DOWNTIME_FOLDER


@pytest.fixture
def morning():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def eve(cast, morning):
    put_on_call(cast)
    person = in_program(cast, "Eve", "Lund")
    Patient.objects.filter(pk=person.key).update(phone="212-555-0144")
    mother = NewRelatedPerson("Rosa Lund", "mother", phone="212-555-0123", emergency_contact=True)
    add_related_person(person.uid, mother, by=cast.clinician, at=MORNING)
    save_plan(person.uid, "safety", NewPlan({"signs": [SIGN]}), by=cast.clinician, at=MORNING)
    return person


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def words_of(content, password):
    reader = PdfReader(BytesIO(content))
    assert reader.is_encrypted and reader.decrypt(password)
    return "\n".join(page.extract_text() for page in reader.pages)


def test_the_packet_holds_what_a_day_needs_and_opens_with_its_words_alone(cast, eve, folder):
    hold(cast, eve)
    path = write_packet(cast.site, at=MORNING)
    content, words = path.read_bytes(), words_in_force(cast.organization, at=MORNING)
    for canary in (b"Lund", b"212-555-0144", SIGN.encode()):
        assert canary not in content
    sealed = PdfReader(BytesIO(content))
    assert not sealed.decrypt("wrong-words") and not sealed.decrypt("")
    with pytest.raises(FileNotDecryptedError):
        _ = sealed.pages[0]
    said = words_of(content, words)
    for told in ("Eve Lund", "212-555-0144", "Rosa Lund, mother: 212-555-0123", SIGN, "Call or text 988"):
        assert told in said
    assert (
        "Roster of Monday, March 2, 2026" in said
        and "5:30 PM" in said
        and "Felix" in said
        and "Carla" in said
    )
    assert path.stat().st_mode & 0o077 == 0


def test_a_packet_holds_its_own_site_only(cast, eve):
    other = open_site("Far House", time_zone="America/Chicago", by=cast.director, at=MORNING)
    said = words_of(
        write_packet(other, at=MORNING).read_bytes(), words_in_force(cast.organization, at=MORNING)
    )
    assert "Far House" in said and "Lund" not in said


def test_a_restored_system_that_nobody_armed_writes_packets_that_say_so(cast, eve):
    Restoration.objects.create(snapshot=1, taken_at=MORNING - timedelta(hours=2), restored_at=MORNING)
    packet = write_packet(cast.site, at=MORNING).read_bytes()
    said = words_of(packet, words_in_force(cast.organization, at=MORNING))
    assert "Eve Lund" in said and "From a backup of Monday, March 2, 2026" in said


def test_it_is_never_half_there_and_its_age_is_known(cast, eve, folder):
    assert [one.written_at for one in packets_of(by=cast.director)] == [None]
    write_packet(cast.site, at=MORNING)
    (one,) = packets_of(by=cast.director)
    assert one.written_at is not None and [path.suffix for path in folder.iterdir()] == [".pdf"]
    assert not one.is_late(one.written_at + timedelta(minutes=15))
    assert one.is_late(one.written_at + timedelta(minutes=16))
    assert list(packet_ages(at=one.written_at)) == [str(cast.site)]


def test_who_fetches_a_packet_or_reads_its_words_stands_in_the_book(cast, eve, client):
    write_packet(cast.site, at=MORNING)
    client = sign_in(client, cast.clinician)
    before = AccessedPatient.objects.filter(patient=eve.key).count()
    answer = client.get(reverse("downtime_packet", args=[cast.site]))
    assert answer.content.startswith(b"%PDF") and "attachment" in answer["Content-Disposition"]
    shown = client.get(reverse("downtime_words")).text
    assert words_in_force(cast.organization, at=MORNING) in shown
    assert AccessedPatient.objects.filter(patient=eve.key).count() == before + 2
    page = client.get(reverse("downtime")).text
    assert "Harbor House" in page or path_of(Site.objects.get(uid=cast.site)).name in page


def test_reception_opens_nothing_and_an_administrator_sees_ages_only(cast, eve, client):
    with pytest.raises((CannotSee, Absent)):
        open_packet(cast.site, by=cast.front_desk, at=MORNING)
    assert sign_in(client, cast.front_desk).get(reverse("downtime")).status_code == 403
    admin = sign_in(client, cast.admin)
    assert admin.get(reverse("downtime")).status_code == 200
    assert admin.get(reverse("downtime_words")).status_code == 403
    assert admin.get(reverse("downtime_packet", args=[cast.site])).status_code == 403


def test_new_words_open_the_next_packet_and_only_the_director_makes_them(cast, eve):
    old = words_in_force(cast.organization, at=MORNING)
    with pytest.raises(CannotSee):
        change_words(by=cast.clinician, at=MORNING)
    new = change_words(by=cast.director, at=MORNING)
    assert new != old and len(new) == 24
    content = write_packet(cast.site, at=MORNING).read_bytes()
    assert not PdfReader(BytesIO(content)).decrypt(old) and "Lund" in words_of(content, new)


def test_an_opening_is_told_afterwards_with_its_own_time_and_stands_in_everyones_book(
    cast, eve, client, morning
):
    opened = MORNING - timedelta(hours=6)
    client = sign_in(client, cast.nurse)
    form = {"opened_at": "2026-03-02T03:00", "opened_by": "Nia and Tom", "words": "The server was gone"}
    before = AccessedPatient.objects.filter(patient=eve.key).count()
    assert client.post(reverse("downtime_opened", args=[cast.site]), form).status_code == 302
    assert AccessedPatient.objects.filter(patient=eve.key).count() > before
    page = client.get(reverse("downtime")).text
    assert "Nia and Tom" in page and "3:00 AM" in page and "Entered later by Nia" in page
    late = NewOpening(MORNING + timedelta(hours=1), "Nia", "x")
    with pytest.raises(Cannot):
        record_opening(cast.site, late, by=cast.nurse, at=MORNING)
    assert opened < MORNING


def test_a_crisis_dealt_with_on_paper_is_entered_with_its_own_times_and_pages_nobody(
    cast, eve, client, morning
):
    client = sign_in(client, cast.nurse)
    form = {
        "priority": "P1",
        "words": "She called the desk: pills in her hand",
        "happened_at": "2026-03-02T02:10",
        "reached_at": "2026-03-02T02:14",
        "callback": "",
    }
    here = reverse("past_crisis", args=[eve.uid])
    early = client.post(here, {**form, "reached_at": "2026-03-02T02:09"})
    assert early.status_code == 422 and "correct the time" in early.text
    assert client.post(here, form).status_code == 302
    crisis = Crisis.objects.get()
    climb(at=MORNING + timedelta(hours=12))
    assert paged(crisis.uid) == [] and crisis.next_page_at is None
    view = one_crisis(crisis.uid, by=cast.nurse, at=MORNING)
    came, reached = view.log[0], next(line for line in view.log if line.title == "Reached")
    assert came.at == crisis.happened_at and came.written_at == MORNING and came.later == "Entered later, at"
    assert reached.at - came.at == timedelta(minutes=4) and reached.written_at == MORNING
    assert all(due.met_at and not due.is_late for due in view.dues if due.kind == "contact")
    page = client.get(reverse("crisis", args=[crisis.uid])).text
    assert "2:10 AM" in page and "Entered later, at" in page


def test_attendance_from_paper_says_that_it_was_entered_later(cast, eve, client, morning):
    session = hold(cast, eve)
    client = sign_in(client, cast.facilitator)
    morning.move_to(at(20, 40))
    record_attendance(session, eve.uid, status="present", by=cast.facilitator, at=at(20, 40))
    room = reverse("session", args=[session])
    assert "entered later" not in client.get(room).text
    other = hold(cast, eve, day=WEDNESDAY)
    morning.move_to(at(9, day=WEDNESDAY + timedelta(days=1)))
    client = sign_in(client, cast.facilitator)
    told = timezone.now()
    record_attendance(other, eve.uid, status="late", late_minutes=20, by=cast.facilitator, at=told)
    page = client.get(reverse("session", args=[other])).text
    assert "entered later" in page and "Mar 5, 9:00 AM" in page
