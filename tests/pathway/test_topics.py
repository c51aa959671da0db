"""What sessions are about: proposed from the group's curricula, chosen, written down, had and missed."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY, at
from tests.sessions_cast import AFTER, THURSDAY, WEDNESDAY, admit, cancel, hold, open_group
from throughcare.knowledge.curricula.library import ALL, TOPICS
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.group.curricula import follow_curricula, followers, group_lessons
from throughcare.pathway.lesson.lessons import lesson_of
from throughcare.pathway.lesson.topic_history import topic_histories
from throughcare.pathway.lesson.topics import choose_topic, settle_topics, write_down_topics
from throughcare.records.curricula import SessionTopic
from throughcare.records.sessions import Session

ANGER = [topic.code for topic in ALL["anger-management"].topics]
SLEEP = [topic.code for topic in ALL["sleep"].topics]
DAYS = (MONDAY, WEDNESDAY, THURSDAY)


@pytest.fixture
def group(cast):
    return open_group(cast)


@pytest.fixture
def evenings(cast, group):
    """Three evenings of one group; Ana is expected at all of them."""
    ana = admit(cast, "Ana")
    return ana, [hold(cast, ana, group=group, day=day) for day in DAYS]


def follow(cast, group, *codes, in_rounds=False, from_date=MONDAY, when=None, **more):
    follow_curricula(
        group.uid, codes, in_rounds=in_rounds, from_date=from_date, by=cast.director, at=when or at(8), **more
    )


def codes_of(sessions):
    return [lesson_of(Session.objects.get(uid=one)).code for one in sessions]


def test_the_next_topics_of_a_group_are_proposed_in_order(cast, group, evenings):
    _, sessions = evenings
    assert codes_of(sessions) == ["", "", ""]
    follow(cast, group, "anger-management")
    assert codes_of(sessions) == ANGER[:3]
    assert not lesson_of(Session.objects.get(uid=sessions[0])).written
    assert Session.objects.get(uid=sessions[0]).topic == ""


def test_another_choice_moves_those_after_it(cast, group, evenings):
    _, sessions = evenings
    follow(cast, group, "anger-management", in_rounds=True)
    choose_topic(sessions[1], code=ANGER[6], by=cast.facilitator, at=at(9))
    assert codes_of(sessions) == [ANGER[0], ANGER[6], ANGER[7]]
    choose_topic(sessions[1], words="A visit from last year's group", by=cast.facilitator, at=at(10))
    found = lesson_of(Session.objects.get(uid=sessions[1]))
    assert (found.code, found.title, found.written) == ("", "A visit from last year's group", True)
    assert codes_of(sessions)[2] == ANGER[1]
    assert SessionTopic.objects.filter(session__uid=sessions[1]).count() == 2
    assert Session.objects.get(uid=sessions[1]).topic == "A visit from last year's group"


def test_a_canceled_evening_takes_no_topic(cast, group, evenings):
    _, sessions = evenings
    follow(cast, group, "anger-management")
    cancel(sessions[1])
    assert codes_of([sessions[0], sessions[2]]) == ANGER[:2]
    with pytest.raises(Cannot, match="was canceled"):
        choose_topic(sessions[1], code=ANGER[0], by=cast.facilitator, at=at(9))


def test_what_began_is_written_down_once_and_later_changes_leave_it_alone(cast, group, evenings):
    _, sessions = evenings
    follow(cast, group, "anger-management")
    assert write_down_topics(at=at(18)) == "1 topics written down"
    assert write_down_topics(at=at(18, 5)) == "0 topics written down"
    held = Session.objects.get(uid=sessions[0])
    assert held.topic == TOPICS[ANGER[0]].title
    row = SessionTopic.objects.get(session=held)
    assert (row.code, row.chosen, row.recorded_by) == (ANGER[0], False, None)
    follow(cast, group, "sleep", from_date=MONDAY + timedelta(days=1), when=at(21))
    assert codes_of(sessions) == [ANGER[0], *SLEEP[:2]]


def test_what_is_written_down_at_once_asks_the_same_number_of_questions(
    cast, group, evenings, django_assert_max_num_queries
):
    follow(cast, group, "anger-management")
    for week in range(1, 9):
        hold(cast, group=group, day=MONDAY + timedelta(weeks=week))
    with django_assert_max_num_queries(10):
        written = settle_topics(cast.organization, since=at(0), at=at(23, day=MONDAY + timedelta(weeks=9)))
    assert written == 11


def test_a_new_choice_of_curricula_goes_on_where_the_group_stands(cast, group, evenings):
    _, sessions = evenings
    follow(cast, group, "anger-management")
    settle_topics(cast.organization, since=at(0), at=at(18))
    follow(cast, group, "anger-management", "sleep", from_date=WEDNESDAY, when=at(21))
    assert codes_of(sessions) == ANGER[:3]
    follow(cast, group, "anger-management", from_date=THURSDAY, when=at(22), from_the_start=True)
    assert codes_of(sessions) == [*ANGER[:2], ANGER[0]]
    follow(cast, group, from_date=THURSDAY, when=at(22))
    assert codes_of(sessions) == [*ANGER[:2], ""]


def test_who_may_say_what_a_session_is_about(cast, evenings):
    _, sessions = evenings
    for by in (cast.facilitator, cast.clinician, cast.director):
        choose_topic(sessions[0], code=ANGER[0], by=by, at=at(9))
    with pytest.raises(Cannot, match="Only who leads this session"):
        choose_topic(sessions[0], code=ANGER[1], by=cast.nurse, at=at(9))
    for wrong in ({"code": "gone"}, {}, {"code": ANGER[0], "words": "Both"}, {"words": "x" * 201}):
        with pytest.raises(Cannot):
            choose_topic(sessions[0], **wrong, by=cast.facilitator, at=at(9))


def test_a_group_follows_from_today_on_as_those_who_set_it_up_say(cast, group):
    with pytest.raises(Cannot, match="today or a later day"):
        follow(cast, group, "sleep", from_date=MONDAY - timedelta(days=1))
    with pytest.raises(Cannot, match="from the list"):
        follow(cast, group, "astrology")
    with pytest.raises(Cannot, match="set up by"):
        follow_curricula(
            group.uid, ["sleep"], in_rounds=True, from_date=MONDAY, by=cast.facilitator, at=at(8)
        )


def test_the_group_shows_what_it_follows_and_what_comes_next(cast, group, evenings):
    assert group_lessons(group.uid, by=cast.facilitator, at=at(8)).followed == ()
    follow(cast, group, "anger-management")
    settle_topics(cast.organization, since=at(0), at=at(18))
    found = group_lessons(group.uid, by=cast.facilitator, at=at(21))
    assert [one.title for one in found.followed[0].curricula] == ["Anger management"]
    assert (found.had, found.topics) == (1, 12)
    assert [one.title for one in found.coming] == [TOPICS[code].title for code in ANGER[1:3]]
    [(uid, name)] = followers("anger-management", by=cast.facilitator, at=at(21))
    assert uid == group.uid and name.startswith(f"{group.name} (") and group.site.name in name
    assert followers("sleep", by=cast.facilitator, at=at(21)) == ()


def test_who_came_had_the_topic_and_who_was_expected_and_stayed_away_missed_it(cast, group, evenings):
    ana, sessions = evenings
    follow(cast, group, "anger-management")
    for session, status in zip(sessions, ("present", "no_show", "late"), strict=True):
        moment = Session.objects.get(uid=session).starts_at + timedelta(hours=3)
        late = 20 if status == "late" else 0
        record_attendance(session, ana.uid, status=status, late_minutes=late, by=cast.facilitator, at=moment)
    settle_topics(cast.organization, since=at(0), at=at(23, day=THURSDAY))
    after = at(23, day=THURSDAY)
    history = topic_histories([ana.key], organization=cast.organization, before=after)[ana.key]
    assert history.had == {ANGER[0]: MONDAY, ANGER[2]: THURSDAY}
    assert history.missed == {ANGER[1]: WEDNESDAY}
    assert [(topic.code, day) for topic, day in history.lacks(MONDAY)] == [(ANGER[1], WEDNESDAY)]
    assert history.lacks(THURSDAY) == ()
    # A correction of what the session was about corrects what was had.
    choose_topic(sessions[0], code=SLEEP[0], by=cast.facilitator, at=AFTER)
    again = topic_histories([ana.key], organization=cast.organization, before=after)[ana.key]
    assert set(again.had) == {SLEEP[0], ANGER[2]}
    early = topic_histories([ana.key], organization=cast.organization, before=at(17))
    assert early == {}


def test_another_house_has_no_such_session(cast, evenings):
    from dataclasses import replace

    stranger = replace(cast.director, organization=cast.organization + 1)
    with pytest.raises(Absent):
        choose_topic(evenings[1][0], code=ANGER[0], by=stranger, at=at(9))
