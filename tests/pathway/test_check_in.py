"""Before and after a session: a minute of questions, the room's code, and what the facilitator sees."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, Cast, at, gather_cast
from tests.sessions_cast import Person, admit, cancel, hold, open_group
from throughcare.knowledge.between_sessions import CheckIn
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.attendance.own_sessions import own_session, own_sessions
from throughcare.pathway.attendance.room_code import come_by_code, show_code
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.check_in.check_in import check_in, check_out
from throughcare.pathway.check_in.check_in_views import session_check_ins
from throughcare.pathway.check_in.own_words import own_words
from throughcare.pathway.session.session_rows import find_session
from throughcare.records.attendance import Attendance
from throughcare.records.check_ins import CheckIn as CheckInRow
from throughcare.records.check_ins import CheckOut, Presence, SessionCode
from throughcare.records.people import Patient

pytestmark = pytest.mark.django_db

BEFORE, BEGUN, NEAR_END, AFTER = at(17, 20), at(17, 40), at(20, 20), at(21)
FAIR = CheckIn(mood=6, craving=2, sleep=5, practiced="yes", words="")


def own(cast: Cast, person: Person) -> Actor:
    """The person at a page of their own."""
    return Actor(cast.organization, frozenset({"patient"}), "", patient=person.key)


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def lee(cast):
    return admit(cast, "Lee", "Park")


@pytest.fixture
def session(cast, ana, lee):
    return hold(cast, ana, lee, group=open_group(cast))


def say(cast, session, person, answers=FAIR, *, moment=BEFORE, **more):
    return check_in(session, person.uid, answers=answers, way="page", by=own(cast, person), at=moment, **more)


def test_a_check_in_is_kept_in_the_persons_words(cast, session, ana):
    say(cast, session, ana, replace(FAIR, words="  My brother is ill. "))
    row = CheckInRow.objects.get()
    assert row.answers == {
        "mood": 6,
        "craving": 2,
        "sleep": 5,
        "practiced": "yes",
        "words": "My brother is ill.",
    }
    assert row.recorded_by_id is None


def test_every_question_may_be_left_out(cast, session, ana):
    say(cast, session, ana, CheckIn())
    assert CheckInRow.objects.get().answers["mood"] is None


def test_answering_again_replaces_and_the_same_again_does_nothing(cast, session, ana):
    say(cast, session, ana)
    assert say(cast, session, ana, moment=BEGUN) == CheckInRow.objects.get().uid
    say(cast, session, ana, CheckIn(mood=2), moment=BEGUN)
    assert CheckInRow.objects.count() == 2
    assert CheckInRow.objects.get(retired_at__isnull=True).answers["mood"] == 2


@pytest.mark.parametrize(
    ("answers", "field"), [(CheckIn(mood=11), "mood"), (CheckIn(practiced="maybe"), "practiced")]
)
def test_what_is_no_answer_is_refused_at_its_question(cast, session, ana, answers, field):
    with pytest.raises(Cannot) as refused:
        say(cast, session, ana, answers)
    assert refused.value.field == field


def test_check_in_opens_four_hours_before_and_ends_with_the_session(cast, session, ana):
    with pytest.raises(Cannot, match="from 1:30 PM"):
        say(cast, session, ana, moment=at(13, 29))
    say(cast, session, ana, moment=at(13, 30))
    with pytest.raises(Cannot, match="over"):
        say(cast, session, ana, CheckIn(mood=1), moment=at(20, 30))


def test_nobody_checks_in_to_what_was_canceled(cast, session, ana):
    cancel(session)
    with pytest.raises(Cannot, match="canceled"):
        say(cast, session, ana)


def test_a_check_in_alone_is_no_attendance(cast, session, ana):
    say(cast, session, ana)
    assert not Attendance.objects.exists()


def test_check_in_and_the_rooms_code_make_an_arrival_in_either_order(cast, session, ana, lee):
    code = show_code(session, by=cast.facilitator, at=BEFORE).code
    say(cast, session, ana)
    assert come_by_code(f" {code[:3]} {code[3:]}", by=own(cast, ana), at=BEFORE) == session
    come_by_code(code, by=own(cast, lee), at=BEFORE)
    say(cast, session, lee, moment=BEGUN)
    assert list(Attendance.objects.values_list("status", "recorded_by")) == [("present", None)] * 2


def test_who_comes_late_is_late_by_the_clock(cast, session, ana):
    late = at(17, 50)
    code = show_code(session, by=cast.facilitator, at=late).code
    come_by_code(code, by=own(cast, ana), at=late)
    say(cast, session, ana, moment=at(17, 52))
    row = Attendance.objects.get()
    assert (row.status, row.late_minutes, row.minutes) == ("late", 20, 160)


def test_a_code_entered_long_after_the_start_leaves_the_attendance_to_staff(cast, session, ana):
    code = show_code(session, by=cast.facilitator, at=at(18, 30)).code
    come_by_code(code, by=own(cast, ana), at=at(18, 30))
    say(cast, session, ana, moment=at(18, 31))
    assert not Attendance.objects.exists()
    assert Presence.objects.count() == 1


def test_what_staff_tapped_stays(cast, session, ana):
    record_attendance(session, ana.uid, status="excused", by=cast.facilitator, at=BEFORE)
    code = show_code(session, by=cast.facilitator, at=BEFORE).code
    come_by_code(code, by=own(cast, ana), at=BEFORE)
    say(cast, session, ana)
    assert Attendance.objects.get().status == "excused"


def test_the_code_is_no_secret_that_the_database_tells_and_ends(cast, session, ana):
    shown = show_code(session, by=cast.facilitator, at=BEFORE)
    row = SessionCode.objects.get()
    assert shown.code.isdigit() and len(shown.code) == 6 and shown.code not in row.code_mark
    with pytest.raises(Cannot, match="doesn't work"):
        come_by_code(shown.code, by=own(cast, ana), at=BEFORE + timedelta(minutes=10))


def test_a_new_code_leaves_the_one_before_its_own_minutes(cast, session, ana):
    first = show_code(session, by=cast.facilitator, at=BEFORE).code
    second = show_code(session, by=cast.facilitator, at=BEFORE + timedelta(minutes=5)).code
    assert first != second
    come_by_code(first, by=own(cast, ana), at=BEFORE + timedelta(minutes=9))


def test_no_code_outlives_the_session(cast, session):
    assert show_code(session, by=cast.facilitator, at=at(20, 25)).ends_at == at(20, 30)
    with pytest.raises(Cannot, match="over"):
        show_code(session, by=cast.facilitator, at=at(20, 30))
    with pytest.raises(Cannot):
        show_code(session, by=cast.biller, at=BEFORE)


def test_a_code_of_a_session_that_isnt_theirs_sounds_like_a_wrong_one(cast, session):
    stranger = admit(cast, "Sam", "Cole")
    code = show_code(session, by=cast.facilitator, at=BEFORE).code
    words = []
    for tried in (code, "000000" if code != "000000" else "111111"):
        with pytest.raises(Cannot) as refused:
            come_by_code(tried, by=own(cast, stranger), at=BEFORE)
        words.append(refused.value.because)
    assert words[0] == words[1]
    assert not Presence.objects.exists()


def test_another_patients_session_is_not_there(cast, session, ana):
    stranger = admit(cast, "Sam", "Cole")
    with pytest.raises(Absent):
        say(cast, session, stranger)
    with pytest.raises(Absent):
        own_session(session, stranger.uid, by=own(cast, stranger), at=BEFORE)


def test_another_person_and_another_clinic_cant_answer_for_someone(cast, session, ana, lee):
    account = cast.facilitator.account
    as_lee = Actor(cast.organization, frozenset({"patient"}), "", account=account, patient=lee.key)
    with pytest.raises(Absent):
        check_in(session, ana.uid, answers=FAIR, way="page", by=as_lee, at=BEFORE)
    other = gather_cast("Other House", mail_host="other.test")
    with pytest.raises(Absent):
        session_check_ins(session, by=other.facilitator, at=BEFORE)


def test_who_has_no_part_in_treatment_sees_no_check_ins(cast, session, ana):
    say(cast, session, ana)
    for role in (cast.biller, cast.front_desk, cast.admin, cast.compliance):
        with pytest.raises(CannotSee):
            session_check_ins(session, by=role, at=BEFORE)


def test_what_was_noticed_stands_first(cast, session, ana, lee):
    say(cast, session, ana)
    say(cast, session, lee, CheckIn(mood=1, craving=9, words="I don't know how to go on."))
    page = session_check_ins(session, by=cast.facilitator, at=BEFORE)
    assert [line.name for line in page.lines] == ["Lee Park", "Ana Silva"]
    assert page.lines[0].noticed[0] == "Strong craving: 9 of 10."
    assert any("Ask about safety" in words for words in page.lines[0].noticed)
    assert page.first == ("Lee Park",) and page.done == 2
    assert page.lines[1].answers == (
        "Mood 6 of 10",
        "Craving 2 of 10",
        "Sleep 5 of 10",
        "Practiced the skill: yes",
    )


def test_a_persons_own_usual_is_known_from_sessions_before(cast, ana):
    for weeks in (3, 2, 1):
        day = MONDAY - timedelta(weeks=weeks)
        earlier = hold(cast, ana, day=day)
        say(cast, earlier, ana, CheckIn(mood=8), moment=at(17, day=day))
    now = hold(cast, ana)
    say(cast, now, ana, CheckIn(mood=4))
    (line,) = session_check_ins(now, by=cast.facilitator, at=BEFORE).lines
    assert "Mood is 4, usually 8." in line.noticed
    assert line.trends[0].values == (8, 8, 8, 4)


def test_check_out_is_asked_at_the_end_and_for_half_a_day(cast, session, ana):
    with pytest.raises(Cannot, match="when the session ends"):
        check_out(session, ana.uid, words="Breathing", way="page", by=own(cast, ana), at=at(20, 14))
    check_out(session, ana.uid, words=" Breathing ", way="page", by=own(cast, ana), at=NEAR_END)
    check_out(session, ana.uid, words="", way="page", by=own(cast, ana), at=NEAR_END)
    assert CheckOut.objects.get().words == "Breathing"
    with pytest.raises(Cannot, match="a while ago"):
        check_out(
            session, ana.uid, words="More", way="page", by=own(cast, ana), at=AFTER + timedelta(hours=12)
        )


def test_own_words_come_in_two_queries(cast, session, ana, lee):
    say(cast, session, ana, replace(FAIR, words="Rough night"))
    check_out(session, lee.uid, words="I can call Tom", way="page", by=own(cast, lee), at=NEAR_END)
    found = find_session(session, by=cast.facilitator)
    own_words(found)
    with CaptureQueriesContext(connection) as asked:
        words = own_words(found)
    assert len(asked) == 2
    assert words[ana.key].check_in == "Rough night" and words[ana.key].answers[0] == "Mood 6 of 10"
    assert words[lee.key].check_out == "I can call Tom" and words[lee.key].check_in_at is None


def test_the_queries_grow_with_neither_people_nor_history(cast):
    def asked(people: int, weeks: int, start: int) -> int:
        persons = [admit(cast, f"P{start}x{number}") for number in range(people)]
        for week in range(weeks):
            day = MONDAY - timedelta(days=week + 1 + start)
            earlier = hold(cast, *persons, day=day)
            for person in persons:
                say(cast, earlier, person, moment=at(17, 20, day=day))
        session = hold(cast, *persons, group=open_group(cast))
        for person in persons:
            say(cast, session, person)
        session_check_ins(session, by=cast.facilitator, at=BEFORE)
        with CaptureQueriesContext(connection) as queries:
            session_check_ins(session, by=cast.facilitator, at=BEFORE)
        return len(queries)

    assert asked(2, 1, 0) == asked(6, 4, 10)


def test_own_sessions_say_what_can_be_done_now(cast, session, ana):
    later = hold(cast, ana, day=MONDAY + timedelta(days=2))
    hold(cast, ana, day=MONDAY + timedelta(days=20))
    hold(cast, ana, day=MONDAY - timedelta(days=1))
    say(cast, session, ana)
    mine = own_sessions(by=own(cast, ana), at=BEFORE)
    assert [one.uid for one in mine] == [session, later]
    assert mine[0].may_check_in and mine[0].has_checked_in and mine[0].is_today
    assert not mine[1].may_check_in and not mine[0].may_join and not mine[0].may_check_out


def test_own_sessions_come_in_a_fixed_number_of_queries(cast, ana):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            own_sessions(by=own(cast, ana), at=BEFORE)
        return len(queries)

    hold(cast, ana)
    asked()
    few = asked()
    for days in range(1, 9):
        hold(cast, ana, day=MONDAY + timedelta(days=days))
    assert asked() == few


def test_without_an_own_record_there_are_no_own_sessions(cast):
    with pytest.raises(Absent):
        own_sessions(by=cast.facilitator, at=BEFORE)
    assert Patient.objects.count() == 0
