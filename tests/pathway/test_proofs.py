"""By code, by kiosk and by video: proof of presence beside the attendance, and taking it over."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.cast import at, gather_cast
from tests.pathway.test_check_in import BEFORE, BEGUN, FAIR, own
from tests.sessions_cast import admit, hold, open_group
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.attendance.joining_by_video import (
    Whereabouts,
    join_session,
    leave,
    own_joining,
    still_there,
)
from throughcare.pathway.attendance.proofs import take_over_proofs
from throughcare.pathway.attendance.room_code import at_kiosk, find_self, session_at_kiosk, show_code
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.check_in.check_in import check_in
from throughcare.pathway.signing_in.kiosks import begin_kiosk, kiosk_here
from throughcare.records.attendance import Attendance
from throughcare.records.check_ins import Presence
from throughcare.records.sessions import Session

pytestmark = pytest.mark.django_db

HOME = Whereabouts("12 Oak Street, Albany", "518-555-0100", "My sister")


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva", preferred="Nita")


@pytest.fixture
def lee(cast):
    return admit(cast, "Lee", "Park")


@pytest.fixture
def session(cast, ana, lee):
    made = hold(cast, ana, lee, group=open_group(cast))
    Session.objects.filter(uid=made).update(telehealth_url="https://meet.harbor.test/evening")
    return made


@pytest.fixture
def kiosk(cast):
    begin_kiosk(cast.site, browser="the tablet", by=cast.facilitator, at=BEFORE)
    return kiosk_here("the tablet")


def join(cast, session, person, moment=BEFORE):
    return join_session(session, person.uid, whereabouts=HOME, by=own(cast, person), at=moment)


def find(session, kiosk, who, month=5, day=4, moment=BEFORE):
    return find_self(session, who=who, born_month=month, born_day=day, kiosk=kiosk, at=moment)


def sign_of(cast, session, person, moment=BEGUN):
    roster = session_room(session, by=cast.facilitator, at=moment).roster
    return next(row.sign for row in roster if row.patient == person.uid)


@pytest.mark.parametrize("who", ["AS", "a.s.", "NS", "n s"])
def test_someone_finds_themselves_by_initials_and_birthday(session, kiosk, ana, who):
    assert find(session, kiosk, who) == ana.uid
    assert Presence.objects.get().way == "kiosk"


def test_or_by_their_number(cast, session, kiosk, ana):
    assert find(session, kiosk, "1") == ana.uid


@pytest.mark.parametrize(("who", "day"), [("AS", 5), ("XY", 4), ("", 4), ("2", 5), ("A", 4)])
def test_whoever_fits_nobody_is_told_the_same(session, kiosk, who, day):
    with pytest.raises(Cannot) as refused:
        find(session, kiosk, who, day=day)
    assert refused.value.because.startswith("That doesn't fit anyone expected here.")
    assert not Presence.objects.exists()


def test_two_with_the_same_initials_and_birthday_are_sent_to_the_facilitator(cast, kiosk, ana):
    twin = admit(cast, "Alma", "Silva")
    session = hold(cast, ana, twin)
    with pytest.raises(Cannot, match="ask your facilitator"):
        find(session, kiosk, "AS")
    assert find(session, kiosk, "NS") == ana.uid


def test_a_patient_who_isnt_expected_is_nobody_here(cast, session, kiosk):
    admit(cast, "Sam", "Cole")
    with pytest.raises(Cannot):
        find(session, kiosk, "SC")


def test_a_code_opens_its_session_only_at_a_kiosk_of_its_site(cast, session, kiosk):
    code = show_code(session, by=cast.facilitator, at=BEFORE).code
    assert session_at_kiosk(code, kiosk=kiosk, at=BEFORE) == session
    other = gather_cast("Other House", mail_host="other.test")
    begin_kiosk(other.site, browser="theirs", by=other.facilitator, at=BEFORE)
    with pytest.raises(Cannot):
        session_at_kiosk(code, kiosk=kiosk_here("theirs"), at=BEFORE)


def test_at_the_kiosk_one_checks_in_as_oneself_only(cast, session, kiosk, ana, lee):
    by = at_kiosk(find(session, kiosk, "AS"), kiosk=kiosk)
    check_in(session, ana.uid, answers=FAIR, way="kiosk", by=by, at=BEFORE)
    assert Attendance.objects.get().status == "present"


def test_joining_by_video_is_proof_and_with_a_check_in_an_arrival(cast, session, ana, lee):
    join(cast, session, ana)
    check_in(session, ana.uid, answers=FAIR, way="page", by=own(cast, ana), at=BEFORE)
    check_in(session, lee.uid, answers=FAIR, way="page", by=own(cast, lee), at=BEFORE)
    assert Attendance.objects.get().patient_id == ana.key
    assert sign_of(cast, session, ana).words.startswith("Joined by video 5:20 PM, last sign 5:20 PM")
    assert sign_of(cast, session, ana).whereabouts == ("12 Oak Street, Albany", "518-555-0100", "My sister")
    assert sign_of(cast, session, lee).words == "Checked in, not yet seen (5:20 PM)"


def test_joining_twice_is_one_joining_until_they_left(cast, session, ana):
    first = join(cast, session, ana)
    assert join(cast, session, ana, BEFORE + timedelta(minutes=3)) == first
    leave(first, at=BEGUN)
    assert join(cast, session, ana, BEGUN + timedelta(minutes=1)) != first


def test_where_someone_is_must_be_said_and_no_video_can_t_be_joined(cast, session, ana):
    with pytest.raises(Cannot, match="where you are"):
        join_session(session, ana.uid, whereabouts=Whereabouts(), by=own(cast, ana), at=BEFORE)
    for url, why in (("", "isn't held by video"), ("http://meet.harbor.test/x", "https")):
        Session.objects.filter(uid=session).update(telehealth_url=url)
        with pytest.raises(Cannot, match=why):
            join(cast, session, ana)


def test_joining_opens_with_the_door_and_closes_with_the_session(cast, session, ana):
    with pytest.raises(Cannot, match="from 5:00 PM"):
        join(cast, session, ana, at(16, 59))
    with pytest.raises(Cannot, match="over"):
        join(cast, session, ana, at(20, 30))


def test_the_open_page_moves_the_last_sign_and_stops_with_the_session(cast, session, ana):
    joining = join(cast, session, ana)
    for minute in (25, 35, 45, 55):
        assert still_there(joining, at=at(17, minute))
    assert still_there(joining, at=at(18))
    assert not still_there(joining, at=at(20, 30))
    assert "last sign 6:00 PM, 30 min in the session" in sign_of(cast, session, ana, at(18, 5)).words
    leave(joining, at=at(20, 40))
    assert Presence.objects.get().left_at == at(20, 30)
    assert not still_there(joining, at=at(20, 41))


def test_a_page_that_was_silent_fills_no_gap(cast, session, ana):
    joining = join(cast, session, ana)
    assert not still_there(joining, at=at(18))
    assert Presence.objects.get().last_seen_at == BEFORE
    assert join(cast, session, ana, at(18)) != joining


def test_a_joining_is_its_persons_own(cast, session, ana, lee):
    join(cast, session, ana)
    assert (
        own_joining(session, ana.uid, by=own(cast, ana), at=BEFORE).url == "https://meet.harbor.test/evening"
    )
    with pytest.raises(Absent):
        own_joining(session, lee.uid, by=own(cast, lee), at=BEFORE)
    with pytest.raises(Absent):
        still_there(uuid4(), at=BEFORE)


def test_taking_over_records_everyone_whose_proof_is_clear(cast, session, kiosk, ana, lee):
    leave(join(cast, session, ana), at=at(20))
    find(session, kiosk, "LP", moment=at(17, 50))
    assert take_over_proofs(session, by=cast.facilitator, at=at(20, 35)) == 2
    rows = {row.patient_id: row for row in Attendance.objects.all()}
    assert (rows[ana.key].status, rows[ana.key].left_early_minutes) == ("left_early", 30)
    assert (rows[lee.key].status, rows[lee.key].late_minutes) == ("late", 20)
    assert rows[ana.key].recorded_by_id == cast.facilitator.account
    assert take_over_proofs(session, by=cast.facilitator, at=at(20, 36)) == 0


def test_an_unclear_proof_and_a_staff_members_tap_are_left_alone(cast, session, ana, lee):
    join(cast, session, ana)
    join(cast, session, lee)
    record_attendance(session, lee.uid, status="no_show", by=cast.facilitator, at=BEGUN)
    assert take_over_proofs(session, by=cast.facilitator, at=at(20, 35)) == 0
    assert sign_of(cast, session, ana, at(20, 35)).doubt.startswith("No sign since")


def test_an_arrival_by_check_in_is_mended_by_the_proof_of_leaving(cast, session, ana):
    joining = join(cast, session, ana)
    check_in(session, ana.uid, answers=FAIR, way="page", by=own(cast, ana), at=BEFORE)
    leave(joining, at=at(19, 30))
    assert take_over_proofs(session, by=cast.facilitator, at=at(20, 35)) == 1
    assert Attendance.objects.get(retired_at__isnull=True).left_early_minutes == 60
