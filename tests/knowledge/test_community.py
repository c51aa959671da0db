"""The community's rules: when events come round, what a name may tell, who may mentor, which days are milestones."""

from datetime import date, timedelta

from throughcare.knowledge.community import EventDays, check_name
from throughcare.knowledge.family_education import ROWS as LESSONS
from throughcare.knowledge.mentoring import Match, MentorFacts, check_match, may_match, may_mentor
from throughcare.knowledge.milestones import Course, milestones, told

DAY = date(2026, 3, 2)


def test_an_event_comes_round_on_its_days_until_its_last_and_not_when_called_off():
    weekly = EventDays(DAY, "weekly", DAY + timedelta(weeks=4), off=frozenset({DAY + timedelta(weeks=1)}))
    found = list(weekly.between(DAY + timedelta(days=1), DAY + timedelta(weeks=9)))
    assert found == [DAY + timedelta(weeks=n) for n in (2, 3, 4)]
    assert not weekly.is_on(DAY + timedelta(weeks=1))
    assert not weekly.is_on(DAY + timedelta(days=3))
    assert list(EventDays(DAY).between(DAY - timedelta(days=9), DAY + timedelta(days=90))) == [DAY]
    second = EventDays(DAY, "second_week")
    assert list(second.between(DAY, DAY + timedelta(weeks=3))) == [DAY, DAY + timedelta(weeks=2)]


def test_a_community_name_tells_nobody_who_somebody_is():
    assert check_name("River", family_name="Flores")
    for name in ("", "Ana Flores", "ana-FLORES", "ana@mail.test", "Ana 212 555", "x" * 31):
        assert not check_name(name, family_name="Flores"), name
    assert check_name("Ana", family_name="")


def test_a_mentor_has_left_long_ago_was_trained_and_takes_on_no_more_than_agreed():
    facts = MentorFacts(left_on=DAY - timedelta(days=200), trained_on=DAY)
    assert may_match(facts, on=DAY, months=6)
    for wrong in (
        MentorFacts(left_on=DAY - timedelta(days=30), trained_on=DAY),
        MentorFacts(left_on=None, trained_on=DAY),
        MentorFacts(left_on=DAY - timedelta(days=200), trained_on=None),
        MentorFacts(left_on=DAY - timedelta(days=200), trained_on=DAY, is_in_care=True),
    ):
        assert not may_mentor(wrong, on=DAY, months=6)
    full = MentorFacts(left_on=DAY - timedelta(days=200), trained_on=DAY, matches=1, at_most=1)
    assert "Choose another" in may_match(full, on=DAY, months=6).because


def test_a_match_keeps_to_its_hours_and_to_its_end():
    bounds = {"on": DAY, "most_hours": 3, "most_weeks": 26}
    assert check_match(Match(2, DAY, DAY + timedelta(weeks=26)), **bounds)
    for hours, first, weeks in ((0, 0, 5), (4, 0, 5), (2, -1, 5), (2, 0, -1), (2, 0, 27)):
        match = Match(hours, DAY + timedelta(days=first), DAY + timedelta(weeks=weeks))
        assert not check_match(match, **bounds)


def test_sober_days_are_told_only_to_whom_asks_for_it_and_old_days_to_nobody():
    reached = milestones(Course(DAY), sober_since=DAY, until=DAY + timedelta(days=30))
    assert {one.words for one in reached} >= {"One month in the program", "30 days sober"}
    since = DAY + timedelta(days=24)
    assert [one.words for one in told(reached, tells_sober_days=False, since=since)] == [
        "One month in the program"
    ]
    assert len(told(reached, tells_sober_days=True, since=since)) == 2
    left = milestones(Course(DAY, DAY + timedelta(days=20)), until=DAY + timedelta(days=400))
    assert [one.words for one in left] == ["One week in the program"], "who left early reached no end"
    finished = milestones(Course(DAY, DAY + timedelta(days=60), True), until=DAY + timedelta(days=95))
    assert {one.words for one in finished} >= {"One month after the program", "Finished the program"}


def test_every_lesson_has_steps_and_something_to_say_and_danger_is_short():
    for lesson in LESSONS:
        assert lesson.steps and lesson.say and lesson.source, lesson.code
        assert len(lesson.why.split()) < 60, lesson.code
    urgent = [lesson for lesson in LESSONS if lesson.urgent]
    assert len(urgent) == 4
    assert all("911" in " ".join(lesson.steps) for lesson in urgent)
