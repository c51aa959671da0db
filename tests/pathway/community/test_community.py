"""The community: who comes is a number, a mentor knows what is let, milestones are told where somebody asks."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.pathway.community.community_cast import AUTUMN, EVENING, NOW, an_evening, ana, lee, matched
from throughcare.knowledge.mentoring import Match
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.community.calendar import come_to, community_calendar, not_come_to
from throughcare.pathway.community.event import (
    add_event,
    call_off,
    change_event,
    events_to_curate,
    withdraw_event,
)
from throughcare.pathway.community.mentor import (
    NewMentor,
    make_mentor,
    mentor_of,
    mentors,
    propose_match,
    retire_mentor,
)
from throughcare.pathway.community.mentoring import Yes, end_my_match, my_matches, say_yes
from throughcare.pathway.community.milestone import (
    Wish,
    milestones_to_say,
    milestones_told,
    my_milestones,
    wish_for_milestones,
)
from throughcare.pathway.community.name import choose_name
from throughcare.pathway.week.commitments import keep_apart
from throughcare.records.accesses import Access
from throughcare.records.community import EventReply, Mentoring
from throughcare.records.messages import Message

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture
def people(cast):
    return ana(cast), lee(cast)


def test_who_comes_is_a_number_to_staff_and_nothing_to_others(cast, people):
    (patient, her), (_, him) = people
    evening = an_evening(cast)
    alumni = add_event(
        cast.site, replace(EVENING, audience="alumni", title="Alumni walk"), by=cast.director, at=NOW
    )
    for_her = community_calendar(by=her, at=NOW)
    assert {one.title for one in for_her} == {"Open evening"} and len(for_her) == 3
    assert {one.title for one in community_calendar(by=him, at=NOW)} == {"Open evening", "Alumni walk"}
    with pytest.raises(Absent):
        come_to(alumni, AUTUMN, by=her, at=NOW)
    come_to(evening, AUTUMN, by=her, at=NOW)
    come_to(evening, AUTUMN, by=her, at=NOW)
    assert EventReply.objects.count() == 1
    mine = community_calendar(by=her, at=NOW)[0]
    [his, *_] = [one for one in community_calendar(by=him, at=NOW, kind="alumni") if one.event == evening]
    assert (mine.is_coming, mine.is_full) == (True, False)
    assert (his.is_coming, his.is_full) == (False, True)
    with pytest.raises(Cannot, match="full"):
        come_to(evening, AUTUMN, by=him, at=NOW)
    line = next(one for one in events_to_curate(by=cast.facilitator, at=NOW) if one.thread == evening)
    assert line.coming == {AUTUMN: 1}
    assert "Ana" not in repr(line) and patient.uid.hex not in repr(line)
    not_come_to(evening, AUTUMN, by=her, at=NOW)
    come_to(evening, AUTUMN, by=him, at=NOW)


def test_an_event_is_changed_called_off_and_taken_away_by_those_who_curate(cast, people):
    (_, her), _ = people
    evening = an_evening(cast)
    come_to(evening, AUTUMN, by=her, at=NOW)
    change_event(evening, replace(EVENING, title="Open house"), by=cast.admin, at=NOW)
    [first, *_] = community_calendar(by=her, at=NOW)
    assert (first.title, first.is_coming) == ("Open house", True)
    call_off(evening, AUTUMN + WEEK, by=cast.facilitator, at=NOW)
    days = [one.day for one in community_calendar(by=her, at=NOW)]
    assert AUTUMN + WEEK not in days and AUTUMN + 2 * WEEK in days
    with pytest.raises(Cannot, match="doesn't take place"):
        come_to(evening, AUTUMN + WEEK, by=her, at=NOW)
    for wrong in (replace(EVENING, title=" "), replace(EVENING, link="javascript:alert(1)")):
        with pytest.raises(Cannot):
            change_event(evening, wrong, by=cast.admin, at=NOW)
    for by in (her, cast.biller):
        with pytest.raises(CannotSee):
            withdraw_event(evening, by=by, at=NOW)
    withdraw_event(evening, by=cast.director, at=NOW)
    assert community_calendar(by=her, at=NOW) == []


def told():
    """The patients (keys) that neutral words about a match went out to, the earliest first."""
    rows = Message.objects.filter(key__startswith="match ").order_by("pk")
    return [row.patient_id for row in rows if "mentor" not in row.words]


def test_a_mentor_and_a_mentee_know_what_each_lets_know_from_both_yeses_until_either_ends_it(cast, people):
    (patient, her), (mentor, him) = people
    match = matched(cast, patient, mentor)
    assert told() == [patient.pk, mentor.pk], "both hear that something waits, and not what"
    choose_name("River", by=her, at=NOW)
    with pytest.raises(Cannot, match="family name"):
        choose_name("Lee Moss", by=him, at=NOW)
    [proposed] = my_matches(by=her, at=NOW)
    assert (proposed.party, proposed.state, proposed.other.about) == (
        "mentee",
        "waiting",
        "I have been where you are.",
    )
    say_yes(match, Yes(frozenset({"reach"}), reach="212-555-0190", words="not told"), by=him, at=NOW)
    assert told()[2:] == [patient.pk]
    assert my_matches(by=her, at=NOW)[0].other.reach == "", "before her own yes she learns nothing"
    say_yes(match, Yes(frozenset({"words"}), words="I like walking."), by=her, at=NOW)
    [hers], [his] = my_matches(by=her, at=NOW), my_matches(by=him, at=NOW)
    assert (hers.state, hers.other.reach, hers.other.words) == ("running", "212-555-0190", "")
    assert (his.other.name, his.other.words, his.other.reach) == ("River", "I like walking.", "")
    assert not {"Ana", "Flores"} & set(repr(his).split("'"))
    seen = Access.objects.filter(account=him.account, relationship="peer")
    assert patient.pk in {one.patient_id for row in seen for one in row.shown.all()}
    end_my_match(match, by=her, at=NOW)
    assert my_matches(by=her, at=NOW) == my_matches(by=him, at=NOW) == []
    with pytest.raises(Absent):
        end_my_match(match, by=him, at=NOW)
    assert Mentoring.objects.get().end.party == "mentee"


def test_staff_match_within_bounds_and_never_those_who_are_kept_apart(cast, people):
    (patient, her), (mentor, him) = people
    with pytest.raises(Cannot, match="alumnus"):
        make_mentor(patient.uid, NewMentor("Training", AUTUMN, 1), by=cast.case_manager, at=NOW)
    with pytest.raises(CannotSee):
        make_mentor(mentor.uid, NewMentor("Training", AUTUMN, 1), by=cast.nurse, at=NOW)
    with pytest.raises(Cannot, match="months ago"):
        make_mentor(
            mentor.uid, NewMentor("Training", AUTUMN, 1), by=cast.case_manager, at=NOW - timedelta(days=190)
        )
    made = make_mentor(mentor.uid, NewMentor("Training", AUTUMN, 1), by=cast.case_manager, at=NOW)
    bounds = Match(2, AUTUMN, AUTUMN + 10 * WEEK)
    for by in (her, him):
        with pytest.raises((Absent, CannotSee)):
            propose_match(patient.uid, made, bounds, by=by, at=NOW)
    keep_apart(patient.uid, mentor.uid, reason="An old quarrel", by=cast.clinician, at=NOW)
    with pytest.raises(Cannot, match="can't be matched") as refused:
        propose_match(patient.uid, made, bounds, by=cast.case_manager, at=NOW)
    assert "quarrel" not in refused.value.because
    assert mentor_of(patient.uid, by=cast.case_manager, at=NOW) is None
    retire_mentor(made, by=cast.case_manager, at=NOW)
    assert mentors(by=cast.case_manager, at=NOW) == []


def test_milestones_are_told_nowhere_until_asked_and_sober_days_only_besides(cast, people):
    (_, her), (_, him) = people
    day = AUTUMN - timedelta(days=30)
    assert my_milestones(by=her, at=NOW).wish == Wish()
    assert milestones_told(by=him, at=NOW) == milestones_to_say(by=cast.facilitator, at=NOW) == []
    with pytest.raises(Cannot, match="name for the community"):
        wish_for_milestones(Wish(("community",), sober_since=day), by=her, at=NOW)
    choose_name("River", by=her, at=NOW)
    wish_for_milestones(Wish(("community",), sober_since=day), by=her, at=NOW)
    assert milestones_told(by=him, at=NOW) == [], "her sober days are hers"
    assert my_milestones(by=her, at=NOW).sober_days == 30
    wish_for_milestones(Wish(("community", "group"), True, day), by=her, at=NOW)
    assert [(one.name, one.words) for one in milestones_told(by=him, at=NOW)] == [("River", "30 days sober")]
    [to_say] = milestones_to_say(by=cast.facilitator, at=NOW)
    assert (to_say.name, to_say.words) == ("Ana Flores", "30 days sober")
    with pytest.raises(CannotSee):
        milestones_to_say(by=cast.biller, at=NOW)
    wish_for_milestones(Wish(), by=her, at=NOW)
    assert milestones_told(by=him, at=NOW) == milestones_to_say(by=cast.facilitator, at=NOW) == []
