"""Homework between sessions: given to all or to one, asked about, told, quoted, and seen as a trend."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, at
from tests.sessions_cast import WEDNESDAY, admit, cancel, hold, open_group
from throughcare.knowledge.curricula.library import ALL, TOPICS
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.homework.homework import (
    NewHomework,
    add_to_answer,
    give_homework,
    report_homework,
    take_back_homework,
)
from throughcare.pathway.homework.homework_views import homework_words, my_homework, open_homework, skills_of
from throughcare.pathway.lesson.session_homework import give_topic_homework
from throughcare.pathway.lesson.topics import choose_topic
from throughcare.records.consents import PatientAccount
from throughcare.records.homework import Homework, HomeworkReport
from throughcare.records.sessions import Session

TIME_OUT = ALL["anger-management"].topics[2].code
CALL = NewHomework("Call Pat each evening", "Asking for help")


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana")


def herself(cast, person, email="ana@mail.test"):
    """The person at their own account."""
    invite_patient(person.uid, email=email, by=cast.clinician, at=at(8))
    return actor_for(PatientAccount.objects.get(patient=person.key).account_id)


def given_to(person, cast, new=CALL, when=None):
    return give_homework(person.uid, new, by=cast.facilitator, at=when or at(19))


def test_everyone_who_is_there_gets_the_homework_of_the_topic_once(cast, ana):
    lee, hope = admit(cast, "Lee"), admit(cast, "Hope")
    session = hold(cast, ana, lee, hope, group=open_group(cast))
    with pytest.raises(Cannot, match="has no topic"):
        give_topic_homework(session, by=cast.facilitator, at=at(19))
    choose_topic(session, code=TIME_OUT, by=cast.facilitator, at=at(17))
    record_attendance(session, hope.uid, status="no_show", by=cast.facilitator, at=at(18))
    assert give_topic_homework(session, by=cast.facilitator, at=at(19)) == 2
    assert give_topic_homework(session, by=cast.facilitator, at=at(19, 1)) == 0
    row = Homework.objects.get(patient=ana.key)
    assert (row.skill, row.text, row.local_day) == (
        TOPICS[TIME_OUT].skill,
        TOPICS[TIME_OUT].homework,
        MONDAY,
    )
    assert not Homework.objects.filter(patient=hope.key).exists()
    record_attendance(session, hope.uid, status="present", by=cast.facilitator, at=at(20))
    assert give_topic_homework(session, by=cast.facilitator, at=at(20)) == 1


def test_a_canceled_session_gives_no_homework(cast, ana):
    session = hold(cast, ana, group=open_group(cast))
    choose_topic(session, code=TIME_OUT, by=cast.facilitator, at=at(17))
    cancel(session)
    with pytest.raises(Cannot, match="was canceled"):
        give_topic_homework(session, by=cast.facilitator, at=at(19))


def test_what_is_given_by_hand_is_asked_about_until_it_is_told(cast, ana):
    homework = given_to(ana, cast)
    (line,) = open_homework(ana.uid, by=cast.nurse, at=at(9, day=WEDNESDAY))
    assert (line.uid, line.skill, line.text, line.title) == (homework, CALL.skill, CALL.text, "")
    report_homework(homework, practiced="partly", helped=6, by=cast.nurse, at=at(9, day=WEDNESDAY))
    assert open_homework(ana.uid, by=cast.nurse, at=at(10, day=WEDNESDAY)) == ()
    told = skills_of(ana.uid, by=cast.nurse, at=at(10, day=WEDNESDAY)).lines[0].told
    assert (told.answer.practiced, told.answer.helped, told.by, told.day) == (
        "partly",
        6,
        "staff",
        WEDNESDAY,
    )


def test_after_two_weeks_nobody_asks_any_more_and_staff_may_still_write_it_down(cast, ana):
    homework = given_to(ana, cast)
    late = at(9, day=MONDAY + timedelta(days=15))
    mine = herself(cast, ana)
    assert open_homework(ana.uid, by=cast.nurse, at=at(9, day=MONDAY + timedelta(days=14)))
    assert open_homework(ana.uid, by=cast.nurse, at=late) == ()
    with pytest.raises(Cannot, match="some time ago"):
        report_homework(homework, practiced="yes", by=mine, at=late)
    report_homework(homework, practiced="yes", by=cast.nurse, at=late)


def test_the_person_answers_tap_by_tap_and_every_answer_stays_on_record(cast, ana):
    mine = herself(cast, ana)
    homework = given_to(ana, cast)
    with pytest.raises(Cannot, match="whether it was done"):
        add_to_answer(homework, helped=3, by=mine, at=at(20))
    add_to_answer(homework, practiced="yes", by=mine, at=at(20))
    add_to_answer(homework, helped=7, by=mine, at=at(20, 1))
    add_to_answer(homework, words="I called twice.", by=mine, at=at(20, 2))
    add_to_answer(homework, words="I called twice.", by=mine, at=at(20, 3))
    (line,) = my_homework(by=mine, at=at(21)).lines
    assert (line.told.answer.practiced, line.told.answer.helped, line.told.answer.words, line.told.by) == (
        "yes",
        7,
        "I called twice.",
        "patient",
    )
    assert HomeworkReport.objects.count() == 3
    add_to_answer(homework, practiced="no", by=mine, at=at(20, 4))
    now = HomeworkReport.objects.get(retired_at__isnull=True)
    assert (now.practiced, now.helped, now.words) == ("no", None, "I called twice.")


def test_answers_must_fit(cast, ana):
    homework = given_to(ana, cast)
    wrong = (
        {"practiced": "perhaps"},
        {"practiced": "no", "helped": 4},
        {"practiced": "yes", "helped": 11},
        {"practiced": "yes", "words": "x" * 501},
    )
    for answer in wrong:
        with pytest.raises(Cannot):
            report_homework(homework, **answer, by=cast.nurse, at=at(20))
    for new in (NewHomework(" "), NewHomework("x" * 501), NewHomework("Walk", "x" * 81)):
        with pytest.raises(Cannot):
            given_to(ana, cast, new)


def test_a_mistake_is_taken_back_and_what_was_told_stays(cast, ana):
    homework, other = given_to(ana, cast), given_to(ana, cast, NewHomework("Walk"))
    take_back_homework(homework, by=cast.facilitator, at=at(20))
    with pytest.raises(Cannot, match="taken back"):
        report_homework(homework, practiced="yes", by=cast.nurse, at=at(20))
    assert [one.uid for one in skills_of(ana.uid, by=cast.nurse, at=at(20)).lines] == [other]
    report_homework(other, practiced="yes", by=cast.nurse, at=at(20))
    with pytest.raises(Cannot, match="stays on record"):
        take_back_homework(other, by=cast.facilitator, at=at(21))


def test_whose_homework_it_is_who_may_touch_it(cast, ana):
    homework, lee = given_to(ana, cast), admit(cast, "Lee")
    lees = herself(cast, lee, "lee@mail.test")
    with pytest.raises(Absent):
        report_homework(homework, practiced="yes", by=lees, at=at(20))
    mine = herself(cast, ana)
    with pytest.raises(Cannot, match="by who treats you"):
        give_homework(ana.uid, CALL, by=mine, at=at(20))
    with pytest.raises(Cannot, match="by who treats you"):
        take_back_homework(homework, by=mine, at=at(20))
    for by in (cast.biller, cast.front_desk, cast.admissions, cast.compliance):
        with pytest.raises(CannotSee):
            skills_of(ana.uid, by=by, at=at(20))


def test_the_trend_says_how_much_practice_helps(cast, ana):
    for number, helped in enumerate((2, 3, 2, 6, 7, 8)):
        day = MONDAY + timedelta(days=number)
        homework = given_to(ana, cast, when=at(9, day=day))
        report_homework(homework, practiced="yes", helped=helped, by=cast.nurse, at=at(20, day=day))
    practice = skills_of(ana.uid, by=cast.nurse, at=at(21, day=MONDAY + timedelta(days=6))).practice
    assert (practice.answered, practice.done, practice.trend.direction) == (6, 6, "better")


def test_a_note_may_quote_what_was_said_before(cast, ana):
    lee = admit(cast, "Lee")
    session = hold(cast, ana, lee, group=open_group(cast), day=WEDNESDAY)
    homework, silent = given_to(ana, cast), given_to(lee, cast)
    report_homework(
        homework, practiced="yes", helped=8, words="It was easier than I thought.", by=cast.nurse, at=at(21)
    )
    report_homework(silent, practiced="no", by=cast.nurse, at=at(21))
    found = homework_words(Session.objects.get(uid=session), [ana.key, lee.key])
    (said,) = found[ana.key]
    assert (said.skill, said.practiced, said.helped, said.words) == (
        CALL.skill,
        "yes",
        8,
        "It was easier than I thought.",
    )
    assert lee.key not in found
    later = hold(cast, ana, group=open_group(cast, "Later"), day=WEDNESDAY + timedelta(days=15))
    assert homework_words(Session.objects.get(uid=later), [ana.key]) == {}
