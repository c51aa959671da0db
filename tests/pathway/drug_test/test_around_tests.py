"""What tests mean elsewhere: no discharge for a test alone; at the door, no group above zero."""

from decimal import Decimal

import pytest

from tests import sessions_cast
from tests.cast import at
from tests.pathway.drug_test.tests_cast import days_after, in_care, key_of, whole_test
from throughcare.knowledge.recording.attendance_taps import Came
from throughcare.pathway.attendance.attendance import everyone_else_present, record_attendance, record_roster
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.discharge.discharge import discharge_patient
from throughcare.pathway.drug_test.at_the_door import may_attend, record_breath, record_steps
from throughcare.records.discharges import Discharge
from throughcare.records.episodes import Episode


@pytest.fixture
def ana(cast):
    return in_care(cast)


def end(cast, ana, **more):
    episode = Episode.objects.get(patient__uid=ana).uid
    more.setdefault("reason", "administrative")
    return discharge_patient(
        episode,
        text="She stayed four weeks.",
        next_place="Her doctor",
        by=cast.director,
        at=at(12, day=days_after(3)),
        **more,
    )


def test_a_stay_does_not_end_for_a_test_alone(cast, ana):
    whole_test(cast, ana, on=days_after(1), fentanyl=True)
    with pytest.raises(Cannot, match="never the only ground") as refusal:
        end(cast, ana)
    assert refusal.value.field == "other_ground"
    end(cast, ana, other_ground="Threatened a nurse")
    assert "Ground, apart from any test: Threatened a nurse" in Discharge.objects.get().text


def test_without_unexpected_tests_nothing_more_is_asked(cast, ana):
    whole_test(cast, ana, on=days_after(1), fentanyl=False)
    assert end(cast, ana)


def test_above_zero_nobody_joins_a_group_for_the_next_hours(cast, ana):
    first = record_breath(ana, Decimal("0.03"), waited_minutes=15, by=cast.facilitator, at=at(17))
    assert [step.code for step in first.left] == ["no_group", "no_driving", "safe_ride", "check"]
    assert "no group today" in may_attend([key_of(ana)], at=at(17, 30))[key_of(ana)].because
    record_breath(ana, Decimal("0.00"), waited_minutes=15, by=cast.facilitator, at=at(19))
    assert may_attend([key_of(ana)], at=at(19, 1)) == {}


@pytest.mark.parametrize(("reading", "clear"), [("0.004", True), ("0.006", False), ("0.01", False)])
def test_zero_is_what_the_device_shows_with_two_places(cast, ana, reading, clear):
    found = record_breath(ana, Decimal(reading), waited_minutes=15, by=cast.nurse, at=at(9))
    assert bool(found.verdict) is clear


def test_steps_are_written_down_as_they_are_done_and_only_above_zero(cast, ana):
    above = record_breath(ana, Decimal("0.05"), waited_minutes=15, by=cast.nurse, at=at(9))
    left = record_steps(above.uid, ["safe_ride"], by=cast.nurse, at=at(9, 5)).left
    assert "safe_ride" not in {step.code for step in left}
    clear = record_breath(ana, Decimal(0), waited_minutes=15, by=cast.nurse, at=at(12))
    with pytest.raises(Cannot, match=r"0\.00"):
        record_steps(clear.uid, ["check"], by=cast.nurse, at=at(12))


def test_who_leads_the_group_reads_at_the_door_who_may_not_join(cast):
    lee, hope = sessions_cast.admit(cast, "Lee"), sessions_cast.admit(cast, "Hope")
    session = sessions_cast.hold(cast, lee, hope, group=sessions_cast.open_group(cast))
    record_breath(lee.uid, Decimal("0.03"), waited_minutes=15, by=cast.facilitator, at=at(17, 15))
    told = {
        row.patient: row.at_door for row in session_room(session, by=cast.facilitator, at=at(17, 20)).roster
    }
    assert "no group today" in told[lee.uid]
    assert told[hope.uid] == ""


def test_who_is_stopped_at_the_door_came_and_whoever_leads_says_how(cast):
    """A breath test above zero makes nobody a no-show, and nobody who sits out is counted in with the rest."""
    lee, hope = sessions_cast.admit(cast, "Lee"), sessions_cast.admit(cast, "Hope")
    session = sessions_cast.hold(cast, lee, hope, group=sessions_cast.open_group(cast))
    record_breath(lee.uid, Decimal("0.03"), waited_minutes=15, by=cast.facilitator, at=at(17, 15))
    assert everyone_else_present(session, by=cast.facilitator, at=at(17, 35)) == 1
    for record in (
        lambda: record_attendance(session, lee.uid, status="no_show", by=cast.facilitator, at=at(17, 46)),
        lambda: record_roster(session, {lee.uid: Came("no_show")}, by=cast.facilitator, at=at(17, 46)),
    ):
        with pytest.raises(Cannot, match="They came to the door at 5:15 PM"):
            record()
    record_attendance(session, lee.uid, status="excused", by=cast.facilitator, at=at(17, 46))
    status = {row.patient: row.status for row in session_room(session, by=cast.nurse, at=at(18)).roster}
    assert status == {lee.uid: "excused", hope.uid: "present"}
