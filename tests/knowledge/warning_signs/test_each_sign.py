"""Every warning sign on both sides of each of its bounds."""

from datetime import date, datetime, timedelta

import pytest

from tests.knowledge.warning_signs.facts import ZONE, codes, on, only, session
from throughcare.knowledge.warning_signs.kinds import all_signs, next_look_at, signs_of, would_stand
from throughcare.knowledge.warning_signs.picture import (
    ContactFact,
    DayFact,
    DoseFact,
    EventFact,
    OwnSignFact,
    Picture,
    PlanFact,
    ScoreFact,
    TestFact,
    TierFact,
    WordsFact,
)
from throughcare.knowledge.warning_signs.sign import end_of_day

DAY = timedelta(days=1)


def picture(at: datetime, **facts: object) -> Picture:
    return Picture(at=at, zone=ZONE, **facts)  # type: ignore[arg-type]


def late(day: int, minutes: int):
    return session(day, "late", late_minutes=minutes)


@pytest.mark.parametrize(
    ("first", "second", "minutes", "raised"),
    [(0, 3, 15, True), (0, 3, 14, False), (0, 6, 15, True), (-1, 6, 15, False)],
)
def test_late_twice_in_seven_days_by_fifteen_minutes(first, second, minutes, raised):
    seen = picture(on(6, 13), sessions=(late(first, 15), late(second, minutes)))
    assert ("late" in codes(seen)) is raised


def test_late_stands_for_seven_days_to_the_minute_over_the_change_of_clocks():
    lates = (late(0, 20), late(3, 20))
    assert "late" in codes(picture(on(7, 10), sessions=lates))
    assert "late" not in codes(picture(on(7, 10, 1), sessions=lates))


def test_late_is_asked_about_at_the_next_session():
    found = only(picture(on(3, 14), sessions=(late(0, 20), late(3, 20), session(5, None))), "late")
    assert (found.since, found.due_at, found.owner_role) == (on(3, 10), on(5, 13), "facilitator")


def test_a_no_show_counts_from_fifteen_minutes_after_the_start():
    absent = (session(0, "no_show"),)
    assert "no_show" not in codes(picture(on(0, 10, 14), sessions=absent))
    found = only(picture(on(0, 10, 15), sessions=absent), "no_show")
    assert found.since == on(0, 10, 15)
    assert found.first_step_by == on(0, 12, 15)
    assert found.due_at == end_of_day(date(2026, 3, 3), ZONE)


@pytest.mark.parametrize(("minutes", "raised"), [(120, False), (119, True)])
def test_whoever_cancels_less_than_two_hours_before_is_a_no_show(minutes, raised):
    called_off = session(0, None, cancelled_at=on(0, 10) - timedelta(minutes=minutes))
    assert ("no_show" in codes(picture(on(0, 11), sessions=(called_off,)))) is raised


@pytest.mark.parametrize(
    ("tier", "day", "risk"), [("low", 3, "watch"), ("moderate", 2, "high"), ("high", 2, "high")]
)
def test_from_moderate_tier_on_a_no_show_is_due_the_same_day(tier, day, risk):
    found = only(picture(on(0, 11), sessions=(session(0, "no_show"),), tier=tier), "no_show")
    assert (found.due_at, found.risk) == (end_of_day(date(2026, 3, day), ZONE), risk)


@pytest.mark.parametrize(
    ("contact", "stands"),
    [
        (ContactFact(on(0, 11), "call", "no_answer"), False),
        (ContactFact(on(0, 10), "call", "no_answer"), True),
        (ContactFact(on(0, 11), "text", caring=True), True),
        (ContactFact(on(0, 13), "call", "reached"), True),  # still to come
    ],
)
def test_a_documented_contact_after_the_start_answers_a_no_show(contact, stands):
    seen = picture(on(0, 12), sessions=(session(0, "no_show"),), contacts=(contact,))
    assert ("no_show" in codes(seen)) is stands


def test_three_sessions_missed_on_one_day_are_one_no_show():
    missed = tuple(session(0, "no_show", hour=hour) for hour in (9, 12, 15))
    assert codes(picture(on(0, 18), sessions=missed)).count("no_show") == 1


@pytest.mark.parametrize(
    ("attended", "code"),
    [
        (405, None),
        (404, "attendance_low"),
        (270, "attendance_low"),
        (269, "attendance_critical"),
    ],
)
def test_the_week_by_its_share_of_planned_hours(attended, code):
    parts = [min(180, max(0, attended - 180 * n)) for n in range(3)]
    from dataclasses import replace

    sessions = tuple(
        replace(session(day, "left_early"), attended_minutes=minutes)
        for day, minutes in zip((0, 2, 3), parts, strict=True)
    )
    found = [one for one in codes(picture(on(4), sessions=sessions)) if one.startswith("attendance")]
    assert found == ([code] if code else [])


@pytest.mark.parametrize(("first", "raised"), [(-11, True), (-12, False)])
def test_three_no_shows_in_fourteen_days_are_critical(first, raised):
    missed = (session(first, "no_show"), session(-6, "no_show"), session(1, "no_show"))
    kept = tuple(session(2, "present", hour=hour) for hour in (6, 9, 12, 15))
    seen = picture(on(3, 10), sessions=(*missed, *kept))
    assert ("attendance_critical" in codes(seen)) is raised


@pytest.mark.parametrize(("minute", "raised"), [(59, False), (0, True)])
def test_seven_days_without_contact_are_silence(minute, raised):
    moment = on(6, 9, 59) if minute else on(7, 10)
    assert ("silent" in codes(picture(moment, sessions=(session(0),)))) is raised


@pytest.mark.parametrize(
    "facts",
    [
        {"contacts": (ContactFact(on(3), "call", "reached"),)},
        {"contacts": (ContactFact(on(3), "text", "unable", inbound=True),)},
        {"days": (DayFact(on(3), mood=4),)},
        {"scores": (ScoreFact("gad-7", on(3), 4),)},
        {"words": (WordsFact("w", on(3), "see you on Monday"),)},
    ],
)
def test_any_sign_of_life_breaks_the_silence(facts):
    assert "silent" not in codes(picture(on(8), sessions=(session(0),), **facts))


def test_an_attempt_that_reached_nobody_breaks_no_silence_and_counts():
    tried = (ContactFact(on(5), "call", "no_answer"), ContactFact(on(6), "call", "message_left"))
    found = only(picture(on(8), sessions=(session(0),), contacts=tried), "silent")
    assert "1 attempt by another way" in found.because and "a letter" in found.because


def test_nobody_is_silent_who_is_in_a_hospital():
    assert codes(picture(on(30), sessions=(session(0),), level="hospital")) == []


@pytest.mark.parametrize(("latest", "raised"), [(13, False), (14, True)])
def test_worse_is_six_points_of_the_phq_9_above_the_best(latest, raised):
    scores = (
        ScoreFact("phq-9", on(-14), 15),
        ScoreFact("phq-9", on(-7), 8),
        ScoreFact("phq-9", on(0), latest),
    )
    assert ("score_worse" in codes(picture(on(1), scores=scores))) is raised


@pytest.mark.parametrize(
    ("days", "latest", "raised"), [(28, 9, True), (27, 9, False), (28, 8, False), (28, 14, True)]
)
def test_no_reliable_gain_by_week_four(days, latest, raised):
    scores = (ScoreFact("phq-9", on(0), 14), ScoreFact("phq-9", on(20), latest))
    assert ("no_change_4w" in codes(picture(on(days), scores=scores))) is raised


def test_whoever_was_well_at_first_can_gain_nothing():
    scores = (ScoreFact("phq-9", on(0), 5), ScoreFact("phq-9", on(20), 5))
    assert "no_change_4w" not in codes(picture(on(28), scores=scores))


def test_item_9_is_due_the_same_day_and_red_from_midnight():
    asked = (ScoreFact("phq-9", on(0, 18, 10), 17, critical=(9,), key="a"),)
    found = only(picture(on(0, 18, 10), scores=asked), "item9")
    assert found.due_at == end_of_day(date(2026, 3, 2), ZONE)
    assert not found.is_red(on(0, 23, 59))
    assert found.is_red(on(1, 0))


@pytest.mark.parametrize(
    ("tool", "stands"),
    [
        (ScoreFact("c-ssrs-screener", on(0, 19), band="moderate"), False),
        (ScoreFact("asq", on(0, 19), band="negative"), False),
        (ScoreFact("c-ssrs-screener", on(0, 9), band="none"), True),
        (ScoreFact("c-ssrs-screener", on(0, 19)), True),
    ],
)
def test_only_a_complete_risk_tool_after_the_answer_answers_item_9(tool, stands):
    scores = (ScoreFact("phq-9", on(0, 18), 17, critical=(9,)), tool)
    assert ("item9" in codes(picture(on(0, 20), scores=scores))) is stands


def test_a_phq_without_item_9_is_no_sign():
    assert "item9" not in codes(picture(on(0, 20), scores=(ScoreFact("phq-9", on(0), 20, critical=()),)))


def an_unexpected(*analytes: str, **more: object) -> TestFact:
    return TestFact("t", on(0), on(0), unexpected_positive=analytes, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("analytes", "risk"),
    [
        (("cocaine",), "watch"),
        (("fentanyl",), "high"),
        (("norfentanyl",), "high"),
        (("benzodiazepines",), "watch"),
        (("benzodiazepines", "oxycodone"), "high"),
        (("opiates",), "watch"),
    ],
)
def test_fentanyl_or_a_benzodiazepine_with_an_opioid_is_high(analytes, risk):
    assert only(picture(on(0, 13), tests=(an_unexpected(*analytes),)), "test_unexpected").risk == risk


def test_a_pending_or_expected_test_is_no_sign():
    tests = (TestFact("a", on(0)), TestFact("b", on(0), on(0)), TestFact("c", on(0), on(1), "", ("cocaine",)))
    assert "test_unexpected" not in codes(picture(on(0, 20), tests=tests))


@pytest.mark.parametrize(("first", "raised"), [(-14, True), (-15, False)])
def test_two_avoided_tests_in_fourteen_days(first, raised):
    tests = (TestFact("a", on(first), avoided="refused"), TestFact("b", on(-1), avoided="tampered"))
    assert ("test_avoid" in codes(picture(on(0), tests=tests))) is raised


def missed(drug: str, *days: int) -> tuple[DoseFact, ...]:
    return tuple(DoseFact(drug, date(2026, 3, 2) + day * DAY, status="missed") for day in days)


@pytest.mark.parametrize(
    ("doses", "risk"),
    [
        (missed("sertraline", 0), None),
        (missed("sertraline", 0, 1), "watch"),
        (missed("sertraline", 0, 1, 2), "watch"),
        (missed("buprenorphine", 0, 1), "watch"),
        (missed("buprenorphine", 0, 1, 2), "high"),
        (missed("buprenorphine", 0, 1, 3), "watch"),
        (missed("methadone", 1, 2, 3), "high"),
        ((*missed("sertraline", 0), *missed("bupropion", 1)), None),
    ],
)
def test_two_missed_doses_of_one_medicine_and_three_days_of_opioid_treatment(doses, risk):
    found = [sign.risk for sign in signs_of(picture(on(4), doses=doses)) if sign.code == "med_missed"]
    assert found == ([risk] if risk else [])


def test_an_injection_is_late_when_its_day_is_over():
    late_one = (DoseFact("naltrexone", date(2026, 3, 2), "injection", "late"),)
    assert "med_missed" not in codes(picture(on(0, 23, 59), doses=late_one))
    assert only(picture(on(1, 0), doses=late_one), "med_missed").owner_role == "prescriber"


@pytest.mark.parametrize(
    ("first", "second", "raised"),
    [((0, 7), (6, 7), True), ((0, 6), (6, 10), False), ((-1, 9), (6, 9), False)],
)
def test_craving_of_seven_twice_in_seven_days(first, second, raised):
    days = tuple(DayFact(on(day, 10), craving=value) for day, value in (first, second))
    seen = picture(on(6, 11), days=days)
    assert ("craving_high" in codes(seen)) is raised
    if raised:
        assert only(seen, "craving_high").due_at == on(6, 10) + timedelta(hours=48)


OWN = tuple(OwnSignFact(key, f"I {key}") for key in ("hide", "skip", "lie", "drive"))


@pytest.mark.parametrize(
    ("ticked", "raised"), [(("hide",), False), (("hide", "lie"), True), (("hide", "gone"), False)]
)
def test_the_persons_own_signs_are_counted_over_the_week(ticked, raised):
    days = tuple(DayFact(on(n), own_signs=(key,)) for n, key in enumerate(ticked))
    seen = picture(on(3), own_signs=OWN, days=days)
    assert ("own_signs" in codes(seen)) is raised
    if raised:
        assert only(seen, "own_signs").because == "2 of 4 own signs this week: “I hide”, “I lie”."


def test_a_life_event_is_the_case_managers_within_two_days():
    found = only(picture(on(0, 13), events=(EventFact("e", "housing", on(0)),)), "life_event")
    assert (found.owner_role, found.due_at) == ("case_manager", end_of_day(date(2026, 3, 4), ZONE))


@pytest.mark.parametrize(("day", "raised"), [(9, True), (10, False)])
def test_an_anniversary_is_a_sign_a_week_before(day, raised):
    event = EventFact("e", "anniversary", on(-30), date(2026, 3, 2) + day * DAY)
    assert ("life_event" in codes(picture(on(2), events=(event,)))) is raised


def test_words_of_crisis_are_read_within_half_an_hour():
    wrote = WordsFact("w", on(0, 2, 10), "I want to die")
    found = only(picture(on(0, 2, 11), words=(wrote,)), "portal_language")
    assert (found.due_at, found.risk) == (on(0, 2, 40), "high")
    from dataclasses import replace

    assert codes(picture(on(0, 3), words=(replace(wrote, read_at=on(0, 2, 24)),))) == []
    assert codes(picture(on(0, 3), words=(WordsFact("w", on(0), "dying to see the new room"),))) == []


@pytest.mark.parametrize(("tier", "days"), [("low", 30), ("moderate", 14), ("high", 7)])
def test_the_screener_is_due_again_by_its_tier(tier, days):
    asked = (ScoreFact("c-ssrs-screener", on(0, 19), band=tier),)
    seen = on(days, 19)
    assert "reassess_due" not in codes(picture(seen - timedelta(minutes=1), scores=asked))
    assert "reassess_due" in codes(picture(seen, scores=asked))
    assert next_look_at(picture(seen - timedelta(minutes=1), scores=asked)) <= seen


def test_a_tier_without_a_safety_plan_is_a_sign_only_where_plans_are_known():
    asked = (ScoreFact("c-ssrs-screener", on(0, 19), band="low"),)
    assert codes(picture(on(0, 20), scores=asked)) == []
    known = PlanFact(is_known=True)
    assert codes(picture(on(0, 20), scores=asked, plan=known)) == ["safety_plan_missing"]
    made = PlanFact(safety_plan_at=on(0, 19, 30), is_known=True)
    assert codes(picture(on(0, 20), scores=asked, plan=made)) == []


def test_a_clinicians_approved_decision_alone_lowers_the_tier():
    asked = (
        ScoreFact("c-ssrs-screener", on(0), band="high"),
        ScoreFact("c-ssrs-screener", on(1), band="none"),
    )
    absent = (session(2, "no_show"),)
    assert only(picture(on(2), scores=asked, sessions=absent), "no_show").risk == "high"
    lowered = (TierFact(on(1, 15), "low"),)
    assert only(picture(on(2), scores=asked, sessions=absent, tiers=lowered), "no_show").risk == "watch"


def test_what_time_alone_takes_away_stands_and_what_facts_take_away_does_not():
    lates = (late(0, 20), late(3, 20))
    [raised] = [one for one in all_signs(picture(on(3, 14), sessions=lates)) if one.code == "late"]
    sign = {"code": "late", "topic": "", "lapses_at": raised.lapses_at}
    assert would_stand(picture(on(20), sessions=lates), **sign)
    assert not would_stand(picture(on(20), sessions=(late(0, 20), session(3))), **sign)


def test_a_program_may_set_its_own_bounds():
    lates = (late(0, 10), late(3, 10))
    assert "late" in codes(picture(on(4), sessions=lates, settings={"attendance.late_minutes": 10}))
