"""A morning's watch list: the case manager calls whoever comes first, by keyboard, and it is written down."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, at
from tests.journeys.walker import PHONE
from tests.sessions_cast import THURSDAY, WEDNESDAY, admit, hold
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.warning_sign.due_looks import watch_people
from throughcare.records.people import Patient
from throughcare.records.signs import SignAct

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_first_on_the_list_is_called_by_keyboard(cast, someone, clock):
    ana, dev = admit(cast, "Ana", "Silva"), admit(cast, "Dev", "Patel")
    Patient.objects.filter(pk=ana.key).update(phone="212-555-0177")
    for day, status in ((MONDAY, "present"), (WEDNESDAY, "no_show")):
        session = hold(cast, ana, day=day)
        record_attendance(session, ana.uid, status=status, by=cast.facilitator, at=at(17, 46, day=day))
    record_measure(dev.uid, "phq-9", (2,) * 8 + (1,), mode="self", by=cast.clinician, at=at(18, 10))
    clock.set(at(8, day=THURSDAY))
    watch_people(at=at(8, day=THURSDAY) - timedelta(minutes=1))
    cam = someone("cam@harbor.test")
    cam.go("/watch/")
    cam.look("watch-list", "1 at high risk", "PHQ-9 item 9 was above 0", "Did not come to Process group")
    call = cam.page.get_by_role("link", name="Call No-show")
    call.focus()
    cam.press_enter()
    cam.look("watch-call", "212-555-0177", "What came of the call?")
    cam.page.get_by_label("Reached", exact=True).focus()
    cam.page.keyboard.press("Space")
    cam.page.get_by_role("button", name="Write it down").focus()
    cam.press_enter()
    cam.reads("It is written down. The sign is settled.")
    act = SignAct.objects.get()
    assert (act.act, act.outcome, act.sign.code) == ("called", "reached", "no_show")
    cam.go(f"/patients/{ana.uid}/signs")
    cam.look("watch-person", "Called: reached.")
    at_the_phone = someone("carla@harbor.test", size=PHONE)
    at_the_phone.go("/watch/")
    at_the_phone.look("watch-list-phone", "High risk")
