"""A session prepared: what the facilitator is told of each person in the room, and what is not told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, at
from tests.intake_cast import PHQ_14
from tests.sessions_cast import THURSDAY, WEDNESDAY, admit, hold, open_group
from throughcare.knowledge.curricula.library import ALL, TOPICS
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import CannotSee
from throughcare.pathway.group.curricula import follow_curricula
from throughcare.pathway.homework.homework import NewHomework, give_homework, report_homework
from throughcare.pathway.lesson.prepare import prepare_session
from throughcare.pathway.lesson.prepare_day import prepare_day
from throughcare.pathway.lesson.prepare_facts import birthday_in_week
from throughcare.pathway.lesson.prepare_topic import topics_to_choose
from throughcare.pathway.lesson.session_homework import give_topic_homework
from throughcare.pathway.lesson.topics import choose_topic, settle_topics
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.privacy.guards import HIDDEN, guard_record
from throughcare.pathway.privacy.reaching import ask_for_safe_ways
from throughcare.pathway.week.commitments import keep_apart
from throughcare.records.accesses import Access
from throughcare.records.care_plans import PlanVersion
from throughcare.records.timetables import Membership

ANGER = [topic.code for topic in ALL["anger-management"].topics]
NOON = at(12, day=THURSDAY)


@pytest.fixture
def group(cast):
    found = open_group(cast)
    follow_curricula(
        found.uid, ["anger-management"], in_rounds=True, from_date=MONDAY, by=cast.director, at=at(8)
    )
    return found


def held(cast, group, day, came):
    """A session of the group that is over, with how each person came."""
    session = hold(cast, *came, group=group, day=day)
    for person, status in came.items():
        record_attendance(session, person.uid, status=status, by=cast.facilitator, at=at(20, day=day))
    settle_topics(cast.organization, since=at(0, day=day), at=at(20, 30, day=day))
    return session


def one(found, person):
    return next(row for row in found.people if row.patient == person.uid)


def test_each_person_with_what_they_had_missed_and_practiced(cast, group):
    ana, lee, hope = admit(cast, "Ana"), admit(cast, "Lee"), admit(cast, "Hope")
    monday = held(cast, group, MONDAY, {ana: "present", lee: "no_show"})
    give_topic_homework(monday, by=cast.facilitator, at=at(20, 45))
    coming = hold(cast, ana, lee, hope, group=group, day=THURSDAY)
    homework = one(prepare_session(coming, by=cast.facilitator, at=NOON), ana).homework[0]
    report_homework(
        homework.uid,
        practiced="partly",
        helped=4,
        words="Twice.",
        by=cast.facilitator,
        at=at(9, day=WEDNESDAY),
    )
    found = prepare_session(coming, by=cast.facilitator, at=NOON)
    assert (found.lesson.code, found.lesson.written, found.curriculum) == (
        ANGER[1],
        False,
        "Anger management",
    )
    assert found.free_minutes == 180 - TOPICS[ANGER[1]].minutes
    assert (found.had_count, found.to_give) == (0, 3)
    her = one(found, ana)
    assert (her.new, her.lacks) == ("", ())
    assert (her.homework[0].told.answer.helped, her.homework[0].told.answer.words) == (4, "Twice.")
    assert her.objectives == (f"Names three triggers ({ana.episode})",)
    his = one(found, lee)
    assert his.lacks == ((TOPICS[ANGER[0]].title, MONDAY),)
    assert (his.homework, his.new) == ((), "First time in this group")


def test_had_and_missed_of_this_very_topic(cast, group):
    ana, lee = admit(cast, "Ana"), admit(cast, "Lee")
    held(cast, group, MONDAY, {ana: "present", lee: "excused"})
    again = hold(cast, ana, lee, group=group, day=THURSDAY)
    choose_topic(again, code=ANGER[0], by=cast.facilitator, at=NOON)
    found = prepare_session(again, by=cast.facilitator, at=NOON)
    assert (one(found, ana).had, one(found, ana).missed) == (MONDAY, None)
    assert (one(found, lee).had, one(found, lee).missed, one(found, lee).lacks) == (None, MONDAY, ())
    assert found.had_count == 1
    choices = {
        choice.code: choice for choice in topics_to_choose(again, by=cast.facilitator, at=NOON).choices
    }
    assert choices[ANGER[0]].in_words == " (new for 1 of 2)"
    assert choices[ANGER[5]].in_words == " (new for everyone)"
    assert next(iter(choices)) == ANGER[0]


def test_who_is_new_who_leaves_and_whose_birthday_it_is(cast, group):
    new = admit(cast, "New", admitted_at=at(9))
    going = admit(cast, "Going", born=date(1990, 3, 4))
    done = admit(cast, "Done", born=None)
    PlanVersion.objects.filter(episode=done.episode).update(expected_weeks=6)
    Membership.objects.create(
        organization_id=cast.organization,
        group=group,
        episode_id=going.episode,
        from_date=date(2026, 2, 2),
        until_date=date(2026, 3, 9),
        recorded_at=at(8),
    )
    session = hold(cast, new, going, done, group=group, day=THURSDAY)
    found = prepare_session(session, by=cast.facilitator, at=NOON)
    assert one(found, new).new == "First week in the program"
    assert one(found, going).leaves == "Leaves this group after Mar 9"
    assert one(found, going).birthday == date(2026, 3, 4)
    assert one(found, done).leaves == "Planned to finish around Mar 16"
    assert (one(found, done).birthday, one(found, new).birthday) == (None, None)


def test_a_birthday_is_a_day_of_this_week_and_never_a_year():
    assert birthday_in_week(date(1990, 3, 4), THURSDAY, starts_on=0) == date(2026, 3, 4)
    assert birthday_in_week(date(1990, 3, 9), THURSDAY, starts_on=0) is None
    assert birthday_in_week(date(2000, 2, 29), date(2026, 2, 26), starts_on=0) == date(2026, 3, 1)
    assert birthday_in_week(date(1985, 1, 2), date(2026, 12, 30), starts_on=0) == date(2027, 1, 2)


def test_alerts_about_safety_and_home_and_nothing_of_who_is_kept_apart(cast, group):
    ana, lee = admit(cast, "Ana"), admit(cast, "Lee")
    asked = [3 if number == 8 else 1 for number in range(len(PHQ_14))]
    record_measure(ana.uid, "phq-9", asked, mode="self", by=cast.clinician, at=at(9))
    ask_for_safe_ways(lee.uid, ["phone", "post"], text="He reads my mail", by=cast.clinician, at=at(9))
    keep_apart(ana.uid, lee.uid, reason="Former partner", by=cast.clinician, at=at(9))
    session = hold(cast, ana, lee, group=group, day=THURSDAY)
    found = prepare_session(session, by=cast.facilitator, at=NOON)
    assert [alert.words for alert in one(found, ana).alerts] == [
        "Ask about suicide: PHQ-9, item 9, overdue since midnight"
    ]
    (alert,) = one(found, lee).alerts
    assert alert.words == "Unsafe at home: no letters and faxes home, no calls"
    assert "partner" not in repr(found) and "mail" not in repr(found.people)


def test_a_guarded_person_is_a_taken_seat_to_who_does_not_lead(cast, group):
    ana, lee = admit(cast, "Ana"), admit(cast, "Lee")
    session = hold(cast, ana, lee, group=group, day=THURSDAY)
    give_homework(lee.uid, NewHomework("Walk"), by=cast.clinician, at=at(9))
    guard_record(lee.uid, text="Known in town", by=cast.director, at=at(10))
    seen = next(row for row in prepare_session(session, by=cast.nurse, at=NOON).people if row.is_guarded)
    assert (seen.name, seen.homework, seen.objectives, seen.birthday) == (HIDDEN, (), (), None)
    leads = one(prepare_session(session, by=cast.facilitator, at=NOON), lee)
    assert (leads.is_guarded, len(leads.homework)) == (False, 1)


def test_what_the_page_showed_stands_in_the_book(cast, group):
    ana = admit(cast, "Ana")
    session = hold(cast, ana, group=group, day=THURSDAY)
    prepare_session(session, by=cast.facilitator, at=NOON)
    kinds = {kind for row in Access.objects.filter(account=cast.facilitator.account) for kind in row.kinds}
    assert {"homework", "attendance", "care_plan", "measure", "consent", "identity"} <= kinds
    for by in (cast.biller, cast.compliance, cast.admissions):
        with pytest.raises(CannotSee):
            prepare_session(session, by=by, at=NOON)


def test_neither_people_nor_history_add_a_question(cast, group):
    few = [admit(cast, f"Few{number}") for number in range(2)]
    begun = held(cast, group, MONDAY, dict.fromkeys(few, "present"))
    give_topic_homework(begun, by=cast.facilitator, at=at(20, 45))
    small = hold(cast, *few, group=group, day=WEDNESDAY)
    with CaptureQueriesContext(connection) as before:
        prepare_session(small, by=cast.facilitator, at=NOON)
    many = [*few, *(admit(cast, f"Many{number}") for number in range(8))]
    for week in range(1, 5):
        day = MONDAY + timedelta(weeks=week)
        session = held(cast, group, day, dict.fromkeys(many, "present"))
        give_topic_homework(session, by=cast.facilitator, at=at(20, 45, day=day))
    late = MONDAY + timedelta(weeks=5)
    large = hold(cast, *many, group=group, day=late)
    with CaptureQueriesContext(connection) as after:
        found = prepare_session(large, by=cast.facilitator, at=at(12, day=late))
    assert len(found.people) == 10
    assert all(len(person.homework) == 2 for person in found.people)
    assert len(after) <= len(before)


def test_the_whole_day_of_who_leads(cast, group):
    ana = admit(cast, "Ana")
    first = hold(cast, ana, group=group, day=THURSDAY)
    hold(cast, ana, group=open_group(cast, "Other"), day=THURSDAY, led_by=cast.clinician)
    day = prepare_day(by=cast.facilitator, at=NOON)
    assert [one.head.uid for one in day.sessions] == [first]
    assert prepare_day(by=cast.nurse, at=NOON).sessions == ()
    assert prepare_day(by=cast.facilitator, at=NOON, day=WEDNESDAY).sessions == ()
