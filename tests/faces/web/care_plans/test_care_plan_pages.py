"""The pages of the care plan and its review, as staff use them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from tests.cast import MONDAY, at
from tests.pathway.test_admission import NAUGHTY
from tests.plan_cast import admit, attend, measure, nine_hours, plan
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.care_plan import sign_plan, start_plan, write_plan
from throughcare.records.care_plans import Objective, PlanReview, PlanVersion, PrescriptionLine, Problem
from throughcare.records.episodes import Episode
from throughcare.records.people import Account

ONCE = "5f0c3a52-8e0a-4bd8-9d25-1f3a4c1f2a11"


@pytest.fixture
def sign_in(client):
    def enter(actor: Actor):
        client.force_login(Account.objects.get(pk=actor.account))
        return client

    return enter


@pytest.fixture
def episode(cast):
    return admit(cast)


@pytest.fixture
def patient(episode):
    return Episode.objects.get(uid=episode).patient.uid


@pytest.fixture
def draft(cast, episode):
    return start_plan(episode, by=cast.clinician, at=at(10))


def text(answer) -> str:
    return answer.content.decode()


def test_a_plan_is_written_line_by_line_and_signed_without_script(cast, sign_in, patient):
    client = sign_in(cast.clinician)
    assert "Start the plan" in text(client.get(reverse("care_plan", args=[patient])))
    edit = client.post(reverse("start_plan", args=[patient])).url
    version = PlanVersion.objects.get().uid
    assert edit == reverse("edit_plan", args=[version])

    def add(kind: str, words: dict, under=None) -> None:
        url = reverse("add_plan_line", args=[version, kind]) + (f"?under={under}" if under else "")
        assert client.get(url).status_code == 200
        assert client.post(url, words).url == edit

    add("problem", {"statement": "Drinks every evening"})
    problem = Problem.objects.get()
    add("goal", {"own_words": NAUGHTY}, under=problem.uid)
    goal = problem.goals.get()
    words = {"text": "I come.", "measure_code": "attendance", "target": "80", "target_date": "2028-02-29"}
    add("objective", words, under=goal.uid)
    add("intervention", {"session_type": "cbt", "per_week": "1"}, under=goal.objectives.get().uid)
    assert client.post(reverse("plan_mix", args=[version]), {"mix": "iop-9"}).url == edit
    page = text(client.get(edit))
    assert "Nothing stands against signing." in page
    assert "<script>alert(1)" not in page and "田中さん" in page
    for party, name in (("clinician", "Carla Reyes"), ("patient", NAUGHTY)):
        url = reverse("sign_plan", args=[version, party])
        shown = client.get(url)
        answer = client.post(url, {"signed_name": name, "meant": "on", "seen": shown.context["plan"].digest})
        assert answer.url == reverse("care_plan", args=[patient])
    page = text(client.get(answer.url))
    assert "In force" in page and "February 29, 2028" in page and "the plan is in force" in page


def test_what_stands_against_signing_is_listed_and_the_page_refuses(cast, sign_in, draft):
    client = sign_in(cast.clinician)
    page = text(client.get(reverse("edit_plan", args=[draft])))
    assert "Write at least one problem, in plain words." in page and 'aria-disabled="true"' in page
    url = reverse("sign_plan", args=[draft, "patient"])
    answer = client.post(url, {"signed_name": "Ana", "meant": "on", "seen": ""})
    assert answer.status_code == 422 and "at least one problem" in text(answer)


def test_a_supervised_clinician_reads_why_someone_else_signs(cast, sign_in, draft):
    from throughcare.records.people import Practitioner

    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    Practitioner.objects.filter(pk=cast.clinician.practitioner).update(credential="LMSW")
    page = text(sign_in(cast.clinician).get(reverse("edit_plan", args=[draft])))
    assert "ask a licensed clinician to sign this plan" in page


def test_sums_that_do_not_add_up_are_said_beside_the_line(cast, sign_in, draft):
    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    client = sign_in(cast.clinician)
    line = PrescriptionLine.objects.get(session_type="process")
    url = reverse("plan_line", args=[draft, "prescription", line.uid])
    seen = client.get(url).context["form"].initial["seen"]
    client.post(url, {"session_type": "process", "per_week": "1", "minutes": "60", "seen": seen})
    page = text(client.get(reverse("edit_plan", args=[draft])))
    assert "The sessions add up to 8 hours a week, 1 h short of the 9 prescribed." in page


def test_the_second_writer_sees_the_first_ones_words_beside_their_own(cast, sign_in, draft):
    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    client = sign_in(cast.clinician)
    line = Problem.objects.get()
    url = reverse("plan_line", args=[draft, "problem", line.uid])
    seen = client.get(url).context["form"].initial["seen"]
    Problem.objects.update(statement="Dana's words", recorded_by=cast.director.account)
    answer = client.post(url, {"statement": "Carla's words", "seen": seen})
    page = text(answer)
    assert answer.status_code == 409
    assert "Dana&#x27;s words" in page and "Carla&#x27;s words" in page and "Dana Frost" in page
    again = answer.context["form"]["seen"].value()
    assert client.post(url, {"statement": "Both", "seen": again}).status_code == 302
    assert Problem.objects.get().statement == "Both"


def test_a_proposal_fills_the_form_with_words_measure_target_and_date(cast, sign_in, draft):
    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    goal = Problem.objects.get().goals.get()
    url = reverse("add_plan_line", args=[draft, "objective"])
    page = text(sign_in(cast.clinician).get(url, {"under": goal.uid, "idea": "low-mood"}))
    assert "my PHQ-9 score is 9 or lower by" in page and 'value="9"' in page


def test_a_double_click_adds_one_line(cast, sign_in, draft):
    client = sign_in(cast.clinician)
    for _ in range(2):
        client.post(reverse("add_plan_line", args=[draft, "problem"]), {"statement": "Sleep", "once": ONCE})
    assert Problem.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("problem", {"statement": " "}),
        ("prescription", {"session_type": "cbt", "per_week": "0", "minutes": "60"}),
        ("prescription", {"session_type": "cbt", "per_week": "1e9", "minutes": "60"}),
        ("prescription", {"session_type": "cbt", "per_week": "NaN", "minutes": "60"}),
        ("prescription", {"session_type": "yoga", "per_week": "1", "minutes": "60"}),
    ],
)
def test_a_wrong_line_comes_back_with_what_to_mend(cast, sign_in, draft, kind, words):
    answer = sign_in(cast.clinician).post(reverse("add_plan_line", args=[draft, kind]), words)
    assert answer.status_code == 422 and "error" in text(answer).lower()


@pytest.mark.parametrize("hours", ["-1", "1e400", "NaN", "1000", "9,5"])
def test_a_wrong_number_of_hours_comes_back(cast, sign_in, draft, hours):
    answer = sign_in(cast.clinician).post(
        reverse("plan_dose", args=[draft]), {"hours_per_week": hours, "days_per_week": "3"}
    )
    assert answer.status_code == 422


def test_lines_are_removed_and_a_plan_with_a_signature_is_not_edited(cast, sign_in, patient, draft):
    write_plan(draft, nine_hours(), by=cast.clinician, at=at(10))
    client = sign_in(cast.clinician)
    gone = Objective.objects.order_by("pk").last().uid
    client.post(reverse("remove_plan_line", args=[draft, "objective", gone]))
    assert Objective.objects.count() == 1
    sign_plan(draft, party="clinician", by=cast.clinician, at=at(10))
    assert client.get(reverse("edit_plan", args=[draft])).url == reverse("plan_version", args=[draft])
    gone = Objective.objects.get().uid
    assert client.post(reverse("remove_plan_line", args=[draft, "objective", gone])).status_code == 409
    again = client.post(reverse("rewrite_plan", args=[draft])).url
    assert PlanVersion.objects.filter(discarded_at=None).get().uid.hex in again.replace("-", "")


def test_a_draft_is_put_aside_and_stays_readable(cast, sign_in, patient, draft):
    client = sign_in(cast.clinician)
    client.post(reverse("discard_plan", args=[draft]))
    assert "Put aside" in text(client.get(reverse("plan_version", args=[draft])))
    assert "Start the plan" in text(client.get(reverse("care_plan", args=[patient])))


@pytest.mark.parametrize("role", ["admissions", "biller", "admin", "compliance"])
def test_roles_outside_the_chart_are_refused(cast, sign_in, patient, draft, role):
    client = sign_in(getattr(cast, role))
    for name, key in (("care_plan", patient), ("plan_version", draft), ("plan_review", patient)):
        assert client.get(reverse(name, args=[key])).status_code == 403


@pytest.mark.parametrize("role", ["facilitator", "case_manager", "nurse"])
def test_roles_that_only_read_see_no_way_to_write(cast, sign_in, patient, draft, role):
    client = sign_in(getattr(cast, role))
    page = text(client.get(reverse("care_plan", args=[patient])))
    assert "Open the draft" not in page and "Start" not in page.split("<main")[1]
    assert client.get(reverse("edit_plan", args=[draft])).status_code == 403
    assert "Sign as clinician" not in text(client.get(reverse("plan_version", args=[draft])))


def test_a_plan_of_another_clinic_is_not_found(cast, sign_in, draft):
    from tests.cast import gather_cast

    other = gather_cast("Other House", mail_host="other.test")
    assert sign_in(other.clinician).get(reverse("plan_version", args=[draft])).status_code == 404


def test_a_review_is_drafted_edited_and_signed(cast, sign_in, episode, patient):
    plan(cast, episode)
    measure(cast, episode, "phq-9", 14)
    measure(cast, episode, "phq-9", 7, day=MONDAY + timedelta(days=14))
    attend(cast, episode, date(2026, 3, 4))
    attend(cast, episode, date(2026, 3, 5), status="no_show")
    client = sign_in(cast.clinician)
    url = reverse("plan_review", args=[patient])
    page = text(client.get(url))
    assert "Of 2 sessions recorded: 1 present, 1 no-show." in page and "Reliably better" in page
    words = {"text": NAUGHTY, "because": "by_days", "outcome": "revise", "once": ONCE}
    assert client.post(url, words | {"outcome": ""}).status_code == 422
    answer = client.post(url, words)
    assert client.post(url, words).url == answer.url
    held = text(client.get(answer.url))
    assert "Start the next version of the plan" in held and "<script>alert(1)" not in held
    assert PlanReview.objects.count() == 1
    assert "Revise the plan" in text(client.get(reverse("care_plan", args=[patient])))


def test_a_review_waits_for_a_plan_in_force(cast, sign_in, patient, draft):
    answer = sign_in(cast.clinician).get(reverse("plan_review", args=[patient]))
    assert answer.url == reverse("care_plan", args=[patient])


def test_a_facilitator_reads_the_draft_of_a_review_and_why_they_do_not_sign(cast, sign_in, episode, patient):
    plan(cast, episode)
    page = text(sign_in(cast.facilitator).get(reverse("plan_review", args=[patient])))
    assert "may not change care plans" in page and "Sign the review" not in page


def test_the_paper_version_carries_signatures_and_fingerprint(cast, sign_in, episode):
    version = plan(cast, episode)
    answer = sign_in(cast.clinician).get(reverse("plan_print", args=[version]))
    assert answer.context["plan"].digest in text(answer) and "Carla Reyes, LCSW" in text(answer)


def test_the_plan_page_costs_the_same_however_long_the_plan_is(
    cast, sign_in, episode, patient, django_assert_max_num_queries
):
    from dataclasses import replace

    plan(cast, episode, draft=replace(nine_hours(), problems=nine_hours().problems * 8))
    client = sign_in(cast.clinician)
    with django_assert_max_num_queries(50):
        assert client.get(reverse("care_plan", args=[patient])).status_code == 200
