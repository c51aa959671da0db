"""Plan reviews: due by days and attended days, drafted from what happened, kept with what was found."""

from datetime import date, timedelta

import pytest

from tests.cast import MONDAY, at
from tests.plan_cast import admit, attend, measure, plan
from tests.progress_cast import A_PLAN, answer, phq
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.care_plan.care_plan import sign_plan, start_plan
from throughcare.pathway.care_plan.plan_dues import plan_dues, review_due
from throughcare.pathway.care_plan.plan_review import draft_review, held_review, reviews_of, sign_review
from throughcare.pathway.program_settings import change_setting
from throughcare.records.care_plans import Objective, PlanReview
from throughcare.records.episodes import Episode, Stay
from throughcare.records.notes import Note
from throughcare.records.sessions import Session


@pytest.fixture
def episode(cast):
    return admit(cast)


def day(n: int) -> date:
    return MONDAY + timedelta(days=n)


def due(cast, episode, on: date):
    return review_due(episode, by=cast.clinician, at=at(22, day=on))


def review(cast, episode, on: date, **words):
    said = {"text": "Going well.", "outcome": "continue", "because": "by_days"} | words
    return sign_review(episode, **said, by=cast.clinician, at=at(22, day=on))


def test_the_full_plan_is_due_after_a_week_or_on_the_third_attended_day(cast, episode):
    assert due(cast, episode, day(1)).due_date == day(7)
    for n in (0, 2):
        attend(cast, episode, day(n))
    attend(cast, episode, day(2), title="A second session on the same day")
    attend(cast, episode, day(3), status="no_show")
    assert due(cast, episode, day(3)).due_date == day(7)
    attend(cast, episode, day(4))
    found = due(cast, episode, day(4))
    assert (found.what, found.due_date, found.rule) == ("plan", day(4), "by_sessions")


def test_a_signed_plan_is_reviewed_after_thirty_days_and_the_review_moves_the_date(cast, episode):
    plan(cast, episode)
    assert (due(cast, episode, day(1)).what, due(cast, episode, day(1)).due_date) == ("review", day(30))
    review(cast, episode, day(30))
    assert due(cast, episode, day(30)).due_date == day(60)


def test_twelve_attended_days_bring_the_review_forward(cast, episode):
    plan(cast, episode)
    for n in range(1, 13):
        attend(cast, episode, day(n))
    found = due(cast, episode, day(12))
    assert (found.due_date, found.rule) == (day(12), "by_sessions")
    assert draft_review(episode, by=cast.clinician, at=at(22, day=day(12))).because == "by_sessions"
    review(cast, episode, day(12))
    assert due(cast, episode, day(12)).due_date == day(42)


def test_a_setting_changes_when_reviews_are_due(cast, episode):
    plan(cast, episode)
    change_setting("plan.review_every_days", 14, effective_date=MONDAY, by=cast.admin, at=at(9))
    assert due(cast, episode, day(1)).due_date == day(14)


def test_a_change_of_level_makes_a_review_due_that_day(cast, episode):
    plan(cast, episode)
    step(cast, episode, "php", on=day(5))
    assert (due(cast, episode, day(6)).due_date, due(cast, episode, day(6)).rule) == (day(5), "level_change")
    review(cast, episode, day(6), because="level_change")
    assert due(cast, episode, day(6)).rule == "by_days"


def step(cast, episode, level, *, on):
    found = Episode.objects.get(uid=episode)
    found.stays.update(ended_at=at(12, day=on))
    Stay.objects.create(
        organization_id=cast.organization,
        recorded_at=at(12, day=on),
        episode=found,
        level=level,
        edition="ASAM 4th",
        began_at=at(12, day=on),
        reason="step",
    )


def test_four_weeks_without_a_reliable_gain_ask_for_a_review(cast, episode):
    plan(cast, episode)
    phq(cast, episode, 8, day=day(1))
    review(cast, episode, day(8))
    phq(cast, episode, 8, day=day(21))
    assert due(cast, episode, day(27)).rule == "by_days"
    found = due(cast, episode, day(28))
    assert (found.due_date, found.rule) == (day(28), "no_gain")
    assert "4 weeks after admission" in found.because
    review(cast, episode, day(28), because="no_gain")
    assert due(cast, episode, day(28)).due_date == day(58)


def test_a_gain_within_four_weeks_asks_for_nothing(cast, episode):
    plan(cast, episode)
    for total, on in ((18, -1), (9, 20), (18, 35)):
        phq(cast, episode, total, day=day(on))
    review(cast, episode, day(20))
    assert due(cast, episode, day(36)).rule == "by_days"


def test_a_new_critical_answer_asks_for_a_review_that_day(cast, episode):
    plan(cast, episode)
    phq(cast, episode, 8, day=day(2))
    assert due(cast, episode, day(4)).rule == "by_days"
    phq(cast, episode, 9, day=day(5))
    found = due(cast, episode, day(5))
    assert (found.due_date, found.rule) == (day(5), "critical")
    assert found.because == "PHQ-9 on March 7, 2026 has an answer that must be looked at."
    assert draft_review(episode, by=cast.clinician, at=at(22, day=day(5))).because == "critical"
    review(cast, episode, day(5), because="critical")
    phq(cast, episode, 9, day=day(9))
    assert due(cast, episode, day(10)).rule == "by_days", "the review knew of it"


def test_a_risk_tier_that_rises_to_moderate_asks_for_a_review(cast, episode):
    plan(cast, episode)
    answer(cast, episode, "c-ssrs-screener", (1, 0, None, None, None, 0, None), day=day(1))
    assert due(cast, episode, day(2)).rule == "by_days"
    answer(cast, episode, "c-ssrs-screener", (1, 1, 1, 0, 0, 0, None), day=day(3))
    assert due(cast, episode, day(3)).rule == "critical"
    review(cast, episode, day(3), because="critical")
    answer(cast, episode, "c-ssrs-screener", A_PLAN, day=day(6))
    assert due(cast, episode, day(6)).rule == "critical"


def test_nothing_is_due_for_an_episode_that_ended(cast, episode):
    Episode.objects.update(ended_at=at(12, day=day(3)))
    assert due(cast, episode, day(4)) is None


def test_a_whole_census_costs_the_same_number_of_questions(cast, django_assert_num_queries):
    keys = []
    for given in ("Ana", "Ben", "Kim", "Dev"):
        uid = admit(cast, given=given)
        attend(cast, uid, day(1))
        plan(cast, uid)
        keys.append(Episode.objects.get(uid=uid).pk)
    with django_assert_num_queries(7):
        one = plan_dues(keys[:1], at=at(22, day=day(2)))
    with django_assert_num_queries(7):
        many = plan_dues(keys, at=at(22, day=day(2)))
    assert set(many) == set(keys) and many[keys[0]] == one[keys[0]]
    assert plan_dues([], at=at(9)) == {}


def test_the_draft_tells_hours_attendance_measures_and_notes(cast, episode):
    plan(cast, episode)
    measure(cast, episode, "phq-9", 14, day=day(-1))
    measure(cast, episode, "phq-9", 7, day=day(13))
    measure(cast, episode, "gad-7", 11, day=day(13))
    for n in (0, 2, 4, 7):
        attend(cast, episode, day(n))
    attend(cast, episode, day(9), status="no_show")
    attend(cast, episode, day(11), status="excused")
    note(cast, episode, "Named two triggers. <b>Bold</b>", on=day(7))
    found = draft_review(episode, by=cast.clinician, at=at(22, day=day(13)))
    facts = found.findings
    assert [(week.delivered, week.prescribed, week.whole) for week in facts.weeks] == [
        (9.0, 9.0, True),
        (3.0, 9.0, True),
    ]
    assert facts.attendance == {"present": 4, "no_show": 1, "excused": 1}
    assert [when for when, *_ in facts.missed] == [day(9), day(11)]
    assert [(one.code, one.first, one.last, one.change) for one in facts.measures] == [
        ("phq-9", 14, 7, "better")
    ]
    assert [one.notes for one in facts.objectives] == [1, 0]
    assert facts.objectives[0].last_quote == "Named two triggers. <b>Bold</b>"
    assert "reached in 1 of 2 whole weeks" in found.text


def note(cast, episode, text, *, on):
    found = Episode.objects.get(uid=episode)
    Note.objects.create(
        organization_id=cast.organization,
        recorded_at=at(21, day=on),
        patient=found.patient,
        episode=found,
        session=Session.objects.get(local_day=on),
        starts_at=at(17, 30, day=on),
        ends_at=at(20, 30, day=on),
        objective=Objective.objects.order_by("pk").first(),
        text=text,
        attendance_status="present",
        minutes=180,
        local_day=on,
        practitioner_id=cast.clinician.practitioner,
        credential="LCSW",
        signed_at=at(21, day=on),
        digest="0" * 64,
    )


def test_notes_under_an_earlier_version_belong_to_the_same_objective(cast, episode):
    plan(cast, episode)
    attend(cast, episode, day(1))
    note(cast, episode, "Practiced at home.", on=day(1))
    second = start_plan(episode, by=cast.clinician, at=at(11, day=day(2)))
    for party in ("clinician", "patient"):
        sign_plan(second, party=party, signed_name="Ana", by=cast.clinician, at=at(11, day=day(2)))
    facts = draft_review(episode, by=cast.clinician, at=at(12, day=day(3))).findings
    assert [one.notes for one in facts.objectives] == [1, 0]


def test_the_next_review_begins_where_the_last_one_ended(cast, episode):
    plan(cast, episode)
    attend(cast, episode, day(1))
    step(cast, episode, "php", on=day(3))
    first = review(cast, episode, day(4))
    attend(cast, episode, day(8))
    facts = draft_review(episode, by=cast.clinician, at=at(22, day=day(9))).findings
    assert (facts.since, facts.attendance, facts.level_changes) == (day(5), {"present": 1}, ())
    kept = held_review(first, by=cast.clinician, at=at(22, day=day(9)))
    assert kept.findings["level_changes"] == [
        [day(3).isoformat(), "intensive outpatient to partial hospitalization"]
    ]


def test_a_review_keeps_its_words_and_findings_whatever_comes_later(cast, episode):
    plan(cast, episode)
    attend(cast, episode, day(1))
    uid = review(cast, episode, day(2), text="«Ω» <script>", outcome="revise", because="asked")
    attend(cast, episode, day(3), status="no_show")
    kept = held_review(uid, by=cast.facilitator, at=at(9, day=day(5)))
    assert (kept.text, kept.outcome, kept.because) == (
        "«Ω» <script>",
        "Revise the plan",
        "The patient or the team asked for it",
    )
    assert kept.findings["attendance"] == {"present": 1}
    assert kept.by == "Carla Reyes, LCSW"
    assert [one.uid for one in reviews_of(episode, by=cast.clinician, at=at(9, day=day(5)))] == [uid]


@pytest.mark.parametrize(
    ("words", "field"),
    [({"text": " "}, "text"), ({"outcome": "party"}, "outcome"), ({"because": "moon"}, "because")],
)
def test_a_review_needs_words_an_outcome_and_a_reason(cast, episode, words, field):
    plan(cast, episode)
    with pytest.raises(Cannot) as refused:
        review(cast, episode, day(2), **words)
    assert refused.value.field == field and not PlanReview.objects.exists()


def test_without_a_plan_in_force_there_is_nothing_to_review(cast, episode):
    with pytest.raises(Cannot, match="no plan in force"):
        draft_review(episode, by=cast.clinician, at=at(12))


def test_those_who_may_not_write_plans_do_not_sign_reviews(cast, episode):
    plan(cast, episode)
    with pytest.raises(CannotSee):
        sign_review(episode, text="x", outcome="continue", because="asked", by=cast.case_manager, at=at(12))
    assert not draft_review(episode, by=cast.facilitator, at=at(12)).may_sign
