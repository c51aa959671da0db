"""The ledger of hours, in the browser."""

from datetime import timedelta

from django.urls import reverse

from tests.cast import MONDAY
from tests.sessions_cast import AFTER, hold
from throughcare.pathway.attendance.attendance import record_attendance


def test_each_week_opens_to_its_sessions_and_why_they_count(evening):
    evening.now(AFTER)
    record_attendance(
        evening.session, evening.ana.uid, status="present", by=evening.cast.facilitator, at=AFTER
    )
    alumni = hold(
        evening.cast, evening.ana, kind="alumni", title="Alumni evening", day=MONDAY - timedelta(days=7)
    )
    record_attendance(alumni, evening.ana.uid, status="present", by=evening.cast.facilitator, at=AFTER)
    html = (
        evening.page(evening.cast.biller).get(reverse("hour_ledger", args=[evening.ana.uid])).content.decode()
    )
    assert "180 minutes less 15 of break: 165 count." in html
    assert "Alumni group is no treatment hour" in html
    assert "2.75 of 2.75 planned hours delivered" in html


def test_a_session_without_attendance_is_marked_once_it_is_over(evening):
    browser, address = evening.page(evening.cast.biller), reverse("hour_ledger", args=[evening.ana.uid])
    before = browser.get(address).content.decode()
    assert "2.75 still to come" in before
    assert "Attendance not taken" not in before
    evening.now(AFTER)
    after = browser.get(address).content.decode()
    assert "2.75 with attendance not taken" in after
    assert "Attendance not taken" in after
    assert "still to come" not in after


def test_earlier_weeks_are_one_link_away(evening):
    hold(evening.cast, evening.ana, title="Long ago", day=MONDAY - timedelta(weeks=20))
    browser = evening.page(evening.cast.clinician)
    address = reverse("hour_ledger", args=[evening.ana.uid])
    assert "Earlier weeks" in browser.get(address).content.decode()
    earlier = browser.get(f"{address}?before=2025-11-03").content.decode()
    assert "Back to now" in earlier
    assert browser.get(f"{address}?before=x").status_code == 200
