"""Care plans: drafted line by line, signed by both, followed through their versions."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.cast import at
from tests.pathway.test_admission import NAUGHTY
from tests.plan_cast import admit, attend, measure, nine_hours, plan
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.care_plan.care_plan import (
    discard_plan,
    rewrite_plan,
    sign_plan,
    start_plan,
    write_plan,
)
from throughcare.pathway.care_plan.care_plan_view import care_plan_view, version_view
from throughcare.pathway.care_plan.plan_dose import prescribe, use_mix
from throughcare.pathway.care_plan.plan_lines import add_line, change_line, read_line, remove_line
from throughcare.pathway.care_plan.plans_in_force import plan_in_force, versions_in_force
from throughcare.pathway.episode.diagnoses import diagnose
from throughcare.records.care_plans import Goal, Intervention, Objective, PlanSignature, PlanVersion, Problem
from throughcare.records.episodes import Episode


@pytest.fixture
def episode(cast):
    return admit(cast)


@pytest.fixture
def draft(cast, episode):
    return start_plan(episode, by=cast.clinician, at=at(10))


def page(cast, episode, *, by=None, when=None):
    patient = Episode.objects.get(uid=episode).patient.uid
    return care_plan_view(patient, by=by or cast.clinician, at=when or at(12))


def test_a_plan_is_in_force_when_clinician_and_patient_have_signed(cast, episode, draft):
    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    sign_plan(draft, party="clinician", by=cast.clinician, at=at(11))
    assert page(cast, episode).in_force is None
    sign_plan(draft, party="patient", signed_name=NAUGHTY, by=cast.clinician, at=at(11, 5))
    shown = page(cast, episode).in_force
    assert (shown.number, shown.status, shown.clinical_hours, shown.other_hours) == (1, "in_force", "9", "0")
    assert [(one.party, one.name, one.credential) for one in shown.signatures] == [
        ("clinician", "Carla Reyes", "LCSW"),
        ("patient", NAUGHTY, ""),
    ]
    assert {one.digest for one in PlanSignature.objects.all()} == {shown.digest}
    assert PlanVersion.objects.get().in_force_at == at(11, 5)


def test_starting_twice_opens_the_same_draft(cast, episode, draft):
    assert start_plan(episode, by=cast.director, at=at(10, 1)) == draft


def test_the_database_holds_one_draft_at_a_time(cast, episode, draft):
    found = Episode.objects.get(uid=episode)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanVersion.objects.create(
            episode=found, number=9, started_at=at(10), organization_id=cast.organization, recorded_at=at(10)
        )


def test_an_incomplete_plan_lists_what_stands_against_signing_and_refuses(cast, episode, draft):
    shown = page(cast, episode).draft
    assert [one.because for one in shown.refusals] == [
        "Write at least one problem, in plain words.",
        "Prescribe the hours and the days a week.",
    ]
    for party in ("clinician", "patient"):
        with pytest.raises(Cannot, match="at least one problem"):
            sign_plan(draft, party=party, signed_name="Ana", by=cast.clinician, at=at(11))


def test_a_teenager_may_be_planned_for_six_hours(cast):
    six = {"hours_per_week": 6, "days_per_week": 3}
    for born, refused in ((date(2009, 1, 1), False), (date(1990, 1, 1), True)):
        version = start_plan(admit(cast, born=born), by=cast.clinician, at=at(10))
        write_plan(version, replace(nine_hours(), **six), by=cast.clinician, at=at(10))
        texts = [one.because for one in version_view(version, by=cast.clinician, at=at(10)).refusals]
        assert any("9 to 19" in text for text in texts) is refused


def test_only_a_practitioner_who_may_signs_as_the_clinician(cast, draft):
    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    supervised = replace(cast.clinician, credential="LMSW")
    with pytest.raises(Cannot, match="ask a licensed clinician"):
        sign_plan(draft, party="clinician", by=supervised, at=at(11))
    with pytest.raises(Cannot, match="signed by a practitioner"):
        sign_plan(draft, party="clinician", by=cast.program, at=at(11))
    with pytest.raises(CannotSee):
        sign_plan(draft, party="patient", signed_name="Ana", by=cast.case_manager, at=at(11))
    with pytest.raises(Cannot, match="full name"):
        sign_plan(draft, party="patient", signed_name=" ", by=cast.clinician, at=at(11))
    with pytest.raises(Cannot, match="by the clinician and by the patient"):
        sign_plan(draft, party="mother", signed_name="Eva", by=cast.clinician, at=at(11))


def test_a_party_signs_once(cast, draft):
    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    sign_plan(draft, party="clinician", by=cast.clinician, at=at(11))
    with pytest.raises(Cannot, match="has signed this version already"):
        sign_plan(draft, party="clinician", by=cast.director, at=at(11))


def test_what_is_signed_is_what_was_on_the_screen(cast, draft):
    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    seen = version_view(draft, by=cast.clinician, at=at(10)).digest
    write_plan(draft, nine_hours(objective="Other words."), by=cast.director, at=at(10, 1))
    with pytest.raises(ChangedMeanwhile):
        sign_plan(draft, party="clinician", seen=seen, by=cast.clinician, at=at(11))
    assert not PlanSignature.objects.exists()


def test_the_digest_follows_every_word(cast, draft):
    def digest() -> str:
        return version_view(draft, by=cast.clinician, at=at(10)).digest

    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    first = digest()
    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10, 5))
    assert digest() == first
    write_plan(draft, replace(nine_hours(), expected_weeks=11), by=cast.clinician, at=at(10, 5))
    assert digest() != first


def test_after_the_first_signature_a_change_makes_a_new_version(cast, episode, draft):
    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    sign_plan(draft, party="clinician", by=cast.clinician, at=at(11))
    with pytest.raises(Cannot, match="Change it as a new version"):
        add_line(draft, "problem", {"statement": "More"}, by=cast.clinician, at=at(11))
    again = rewrite_plan(draft, by=cast.clinician, at=at(11))
    add_line(again, "problem", {"statement": "More"}, by=cast.clinician, at=at(11))
    assert not version_view(again, by=cast.clinician, at=at(11)).signatures
    assert [(one.number, one.status) for one in page(cast, episode).history] == [
        (2, "draft"),
        (1, "set_aside"),
    ]


def test_a_new_version_copies_every_line_with_its_thread(cast, episode):
    diagnose(episode, "F10.20", by=cast.clinician, at=at(9))
    one = replace(nine_hours().problems[0], diagnosis="F10.20")
    plan(cast, episode, draft=replace(nine_hours(), problems=(one,)))
    second = start_plan(episode, by=cast.clinician, at=at(13))
    before, after = (
        version_view(uid, by=cast.clinician, at=at(13))
        for uid in PlanVersion.objects.order_by("number").values_list("uid", flat=True)
    )
    assert after.uid == second and after.content.draft == before.content.draft
    threads = lambda view: [  # noqa: E731
        (p.thread, g.thread, o.thread) for p in view.content.problems for g in p.goals for o in g.objectives
    ]
    assert threads(before) == threads(after)
    assert {o.uid for o in before.content.problems[0].goals[0].objectives}.isdisjoint(
        {o.uid for o in after.content.problems[0].goals[0].objectives}
    )
    assert before.status == "in_force" and after.status == "draft"


def test_the_second_version_takes_over_when_signed_and_history_keeps_both(cast, episode):
    first = plan(cast, episode, when=at(11))
    second = start_plan(episode, by=cast.clinician, at=at(12))
    use_mix(second, "iop-12", by=cast.clinician, at=at(12))
    for party in ("patient", "clinician"):
        sign_plan(second, party=party, signed_name="Ana", by=cast.clinician, at=at(13))
    key = Episode.objects.get(uid=episode).pk
    assert [(one.number, one.status) for one in page(cast, episode, when=at(14)).history] == [
        (2, "in_force"),
        (1, "superseded"),
    ]
    assert versions_in_force([key], at=at(12))[key].uid == first
    assert versions_in_force([key], at=at(14))[key].hours_per_week == 12
    assert plan_in_force(key, on=at(9).date()).uid == second
    assert plan_in_force(key, on=at(9).date() - timedelta(days=1)) is None


def test_a_discarded_draft_leaves_the_plan_in_force(cast, episode):
    plan(cast, episode)
    second = start_plan(episode, by=cast.clinician, at=at(12))
    discard_plan(second, by=cast.clinician, at=at(12))
    shown = page(cast, episode)
    assert shown.draft is None and shown.in_force.number == 1
    with pytest.raises(Cannot, match="put aside"):
        sign_plan(second, party="patient", signed_name="Ana", by=cast.clinician, at=at(12))


def test_a_plan_in_force_does_not_change(cast, episode):
    version = plan(cast, episode)
    for change in (
        lambda: write_plan(version, nine_hours(), by=cast.clinician, at=at(12)),
        lambda: use_mix(version, "iop-12", by=cast.clinician, at=at(12)),
        lambda: discard_plan(version, by=cast.clinician, at=at(12)),
    ):
        with pytest.raises(Cannot, match="stays as it is"):
            change()


def grow(cast, draft):
    """A problem, goal, objective and intervention, one by one."""
    by = {"by": cast.clinician, "at": at(10)}
    problem = add_line(draft, "problem", {"statement": "Sleep"}, **by)
    goal = add_line(draft, "goal", {"own_words": NAUGHTY}, under=problem, **by)
    objective = add_line(
        draft,
        "objective",
        {
            "text": "Six hours",
            "measure_code": "own-count",
            "target": Decimal(5),
            "target_date": date(2028, 2, 29),
        },
        under=goal,
        **by,
    )
    intervention = add_line(
        draft, "intervention", {"session_type": "cbt", "per_week": Decimal(1)}, under=objective, **by
    )
    return problem, goal, objective, intervention


def test_a_plan_grows_line_by_line_in_order(cast, draft):
    grow(cast, draft)
    add_line(draft, "problem", {"statement": "Work"}, by=cast.clinician, at=at(10))
    shown = version_view(draft, by=cast.clinician, at=at(10)).content
    assert [one.statement for one in shown.problems] == ["Sleep", "Work"]
    (objective,) = shown.problems[0].goals[0].objectives
    assert shown.problems[0].goals[0].own_words == NAUGHTY
    assert objective.draft.target_date == date(2028, 2, 29)
    assert objective.measure == "A count named in the objective: 5 times or more"
    assert objective.interventions[0].title == "Cognitive behavioral therapy"


def test_two_people_on_one_line_lose_nothing(cast, draft):
    problem = add_line(draft, "problem", {"statement": "Sleep"}, by=cast.clinician, at=at(10))
    seen = read_line(draft, "problem", problem, by=cast.clinician, at=at(10)).seen
    change_line(
        draft,
        "problem",
        problem,
        {"statement": "Sleeps two hours"},
        seen=seen,
        by=cast.director,
        at=at(10, 1),
    )
    with pytest.raises(ChangedMeanwhile) as told:
        change_line(
            draft,
            "problem",
            problem,
            {"statement": "Cannot sleep"},
            seen=seen,
            by=cast.clinician,
            at=at(10, 2),
        )
    assert (told.value.theirs, told.value.changed_by) == ("Sleeps two hours", "Dana Frost")
    assert Problem.objects.get().statement == "Sleeps two hours"


def test_two_people_on_two_lines_do_not_meet(cast, draft):
    one = add_line(draft, "problem", {"statement": "Sleep"}, by=cast.clinician, at=at(10))
    seen = read_line(draft, "problem", one, by=cast.clinician, at=at(10)).seen
    add_line(draft, "problem", {"statement": "Work"}, by=cast.director, at=at(10))
    change_line(draft, "problem", one, {"statement": "Sleeps badly"}, seen=seen, by=cast.clinician, at=at(10))
    assert Problem.objects.get(uid=one).statement == "Sleeps badly"


def test_the_dose_too_is_not_overwritten_unseen(cast, draft):
    seen = version_view(draft, by=cast.clinician, at=at(10)).dose_seen
    prescribe(draft, {"hours_per_week": 12, "days_per_week": 4}, seen=seen, by=cast.director, at=at(10))
    with pytest.raises(ChangedMeanwhile) as told:
        prescribe(draft, {"hours_per_week": 9, "days_per_week": 3}, seen=seen, by=cast.clinician, at=at(10))
    assert told.value.theirs == "12.0 hours on 4 days a week"


def test_taking_a_problem_off_takes_what_hangs_under_it(cast, draft):
    problem, *_ = grow(cast, draft)
    remove_line(draft, "problem", problem, by=cast.clinician, at=at(10))
    assert not any(model.objects.exists() for model in (Problem, Goal, Objective, Intervention))


@pytest.mark.parametrize(
    ("kind", "words", "field"),
    [
        ("problem", {"statement": " "}, "statement"),
        ("problem", {"statement": "x", "diagnosis": "F10.20"}, "diagnosis"),
        ("prescription", {"session_type": "cbt", "per_week": 0, "minutes": 60}, ""),
        ("prescription", {"session_type": "yoga", "per_week": 1, "minutes": 60}, ""),
    ],
)
def test_an_impossible_line_is_refused_at_its_field(cast, draft, kind, words, field):
    with pytest.raises(Cannot) as refused:
        add_line(draft, kind, words, by=cast.clinician, at=at(10))
    assert refused.value.field == field


def test_a_kind_of_session_is_prescribed_in_one_line(cast, draft):
    words = {"session_type": "cbt", "per_week": 1, "minutes": 60}
    add_line(draft, "prescription", words, by=cast.clinician, at=at(10))
    with pytest.raises(Cannot, match="prescribed already"):
        add_line(draft, "prescription", words, by=cast.clinician, at=at(10))


def test_a_line_of_another_plan_is_absent(cast, draft):
    other = start_plan(admit(cast, given="Ben"), by=cast.clinician, at=at(10))
    line = add_line(other, "problem", {"statement": "Theirs"}, by=cast.clinician, at=at(10))
    with pytest.raises(Absent):
        remove_line(draft, "problem", line, by=cast.clinician, at=at(10))
    with pytest.raises(Absent):
        add_line(draft, "goal", {"own_words": "x"}, under=line, by=cast.clinician, at=at(10))


@pytest.mark.parametrize("role", ["facilitator", "case_manager", "nurse"])
def test_roles_that_read_plans_may_not_write_them(cast, episode, draft, role):
    actor = getattr(cast, role)
    assert page(cast, episode, by=actor).draft is not None
    with pytest.raises(CannotSee):
        add_line(draft, "problem", {"statement": "x"}, by=actor, at=at(10))


@pytest.mark.parametrize("role", ["admissions", "biller", "admin", "compliance"])
def test_roles_outside_the_chart_do_not_read_plans(cast, episode, draft, role):
    with pytest.raises(CannotSee):
        page(cast, episode, by=getattr(cast, role))


def test_the_plan_shows_the_latest_value_of_each_measure(cast, episode):
    measure(cast, episode, "phq-9", 17, band="moderately severe", day=date(2026, 3, 1))
    measure(cast, episode, "phq-9", 14, band="moderate")
    plan(cast, episode)
    attend(cast, episode, date(2026, 3, 2))
    attend(cast, episode, date(2026, 3, 4), status="no_show")
    shown = page(cast, episode, when=at(22, day=date(2026, 3, 4))).in_force
    mood, coming = shown.content.problems[0].goals[0].objectives
    assert mood.latest == "14 (moderate) on Mar 2"
    assert coming.latest == "50% in the last 4 weeks"


def test_the_page_asks_the_same_number_of_questions_however_long_the_plan_is(
    cast, episode, django_assert_max_num_queries
):
    long = replace(nine_hours(), problems=nine_hours().problems * 6)
    plan(cast, episode, draft=long)
    start_plan(episode, by=cast.clinician, at=at(12))
    with django_assert_max_num_queries(50):
        page(cast, episode)
