"""The pages of the timetable: asked, watched, looked at, changed by hand, compared, published, told."""

import re

import pytest
from django.urls import reverse

from tests.cast import MORNING
from tests.pathway.timetable.planned_week import NEXT, planned_week, with_cy_on_tuesday
from throughcare.pathway.timetable.publishing.telling import my_week_notices
from throughcare.pathway.timetable.runs.turns import Step, report_turn, take_runs
from throughcare.records.people import Account
from throughcare.records.timetable_runs import Publication, RunTurn, TimetablePlan, TimetableRun, WeekNotice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MORNING)


@pytest.fixture
def week(cast):
    return planned_week(cast)


@pytest.fixture
def plan(week):
    picture = week.picture()
    return week.kept(picture, with_cy_on_tuesday(week, picture))


@pytest.fixture
def dana(client, cast):
    client.force_login(Account.objects.get(pk=cast.director.account))
    return client


def test_a_week_is_asked_for_and_watched(dana, week):
    assert "No week was solved yet." in dana.get(reverse("timetable")).text
    asked = dana.post(reverse("timetable"), {"week": NEXT.isoformat(), "seconds": "10", "seed": "3"})
    run = TimetableRun.objects.get()
    assert asked.headers["Location"] == reverse("timetable_run", args=[run.uid])
    assert (run.monday, run.seconds, run.seed, run.people) == (NEXT, 10, 3, 3)
    waiting = dana.get(reverse("timetable_run", args=[run.uid])).text
    assert "The worker starts it within seconds." in waiting and "every 2s" in waiting
    (turn,) = take_runs(1, at=MORNING)
    report_turn(turn, [Step(1, 900, 9, 1, None), Step(3, 300, 3, 1, 100)], None, at=MORNING)
    moving = dana.get(reverse("timetable_progress", args=[run.uid]), headers={"HX-Request": "true"}).text
    assert "24 of 27" in moving and "67 %" in moving and "<svg" in moving and "<html" not in moving
    dana.post(reverse("stop_run", args=[run.uid]))
    assert "Stopping" in dana.get(reverse("timetable_run", args=[run.uid])).text
    RunTurn.objects.update(ended_at=MORNING, how="interrupted", because="Its process ended.")
    over = dana.get(reverse("timetable_run", args=[run.uid])).text
    assert "Interrupted" in over and "every 2s" not in over and "Go on from here" in over
    dana.post(reverse("start_run_again", args=[run.uid]))
    assert "Waiting" in dana.get(reverse("timetable_run", args=[run.uid])).text


def test_a_week_that_contradicts_itself_is_not_solved(dana, week, monkeypatch):
    from throughcare.timetable import contradictions

    found = contradictions.Contradiction("patients[0].days", "It can't be.")
    monkeypatch.setattr(
        "throughcare.pathway.timetable.asking.whole_week.find_contradictions", lambda problem: (found,)
    )
    answer = dana.post(reverse("timetable"), {"week": NEXT.isoformat(), "seconds": "10", "seed": "0"})
    assert answer.status_code == 422
    assert "It can&#x27;t be." in answer.text or "It can't be." in answer.text
    assert reverse("patient_week", args=[week.people["Ana"].patient]) in answer.text
    assert not TimetableRun.objects.exists()


def test_the_board_of_a_plan_shows_its_week_and_what_is_new(dana, plan):
    page = dana.get(reverse("timetable_plan", args=[plan])).text
    assert page.count('class="card') >= 4
    assert "Every rule is kept." in page and "Carla Reyes" in page and "Blue room" in page
    assert "Ana" not in page


def test_pages_of_a_plan_ask_the_same_however_many_people(dana, plan, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        dana.get(reverse("timetable_plan", args=[plan]))


def test_a_change_by_hand_is_weighed_then_kept_as_a_plan_of_its_own(dana, week, plan):
    board = dana.get(reverse("timetable_plan", args=[plan])).text
    group = re.search(rf"{reverse('timetable_plan', args=[plan])}groups/[^\"]+~4~[^\"]+", board)[0]
    page = dana.get(group).text
    assert "Bo Silva" in page
    form = {"kind": "leave", "person": str(week.people["Bo"].patient), "staff": "", "action": "weigh"}
    weighed = dana.post(group, form).text
    assert "Bo Silva leaves" in weighed and "It breaks:" in weighed
    assert TimetablePlan.objects.count() == 1
    kept = dana.post(group, {**form, "action": "keep"})
    changed = TimetablePlan.objects.get(number=2)
    assert kept.headers["Location"] == reverse("timetable_plan", args=[changed.uid])
    shown = dana.get(kept.headers["Location"]).text
    assert "Someone leaves" in shown and "Bo Silva leaves" not in shown
    both = dana.get(reverse("compare_plans"), {"plan": [str(plan), str(changed.uid)]}).text
    assert "Plan 1" in both and "Plan 2" in both and "People with all their hours" in both
    own = dana.get(reverse("timetable_person", args=[plan, week.people["Ana"].patient])).text
    assert "Ana Silva" in own and "9 of 9 prescribed hours" in own


def test_a_plan_is_published_from_its_preview_and_everyone_is_told(dana, client, week, plan):
    address = reverse("publish_plan", args=[plan])
    page = dana.get(address).text
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert "Now in Mondays" in page and "Cy Silva" in page
    unsaid = dana.post(address, {"seen": seen, "because": ""})
    assert unsaid.status_code == 422 and "Say why the week changes" in unsaid.text
    done = dana.post(address, {"seen": seen, "because": "Cy gets his hours."})
    publication = Publication.objects.get()
    assert done.headers["Location"] == reverse("publication", args=[publication.uid])
    told = dana.get(done.headers["Location"]).text
    assert "to be told by you" in told and "Cy gets his hours." in told
    assert "Cy gets his hours." in dana.get(reverse("publications")).text
    notice = WeekNotice.objects.get(patient=week.people["Cy"].key)
    dana.post(reverse("told_of_week", args=[publication.uid, notice.uid]))
    notice.refresh_from_db()
    assert notice.told_how == "spoken"
    weeks = dana.get(reverse("patient_week", args=[week.people["Ana"].patient])).text
    assert "Not told yet: their week changes" in weeks
    ana = WeekNotice.objects.get(patient=week.people["Ana"].key)
    dana.post(reverse("told_at_week", args=[week.people["Ana"].patient, ana.uid]))
    weeks = dana.get(reverse("patient_week", args=[week.people["Ana"].patient])).text
    assert "Not told yet" not in weeks


def test_staff_read_it_on_today_once(client, dana, week, plan):
    page = dana.get(reverse("publish_plan", args=[plan])).text
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    dana.post(reverse("publish_plan", args=[plan]), {"seen": seen, "because": "Cy gets his hours."})
    client.force_login(Account.objects.get(pk=week.cast.clinician.account))
    assert "You lead Cognitive behavioral therapy" in client.get(reverse("today")).text
    (notice,) = my_week_notices(by=week.cast.clinician)
    client.post(reverse("heard_of_week", args=[notice.uid]))
    assert "You lead Cognitive behavioral therapy" not in client.get(reverse("today")).text


def test_who_publishes_second_is_shown_what_changed(dana, week, plan):
    from throughcare.pathway.group.group import join_group

    address = reverse("publish_plan", args=[plan])
    seen = re.search(r'name="seen" value="(\w+)"', dana.get(address).text)[1]
    cy = week.people["Cy"]
    join_group(week.groups["Fridays"], cy.episode, from_date=NEXT, by=week.cast.program, at=MORNING)
    late = dana.post(address, {"seen": seen, "because": "Why not."})
    assert late.status_code == 422
    assert "The week changed while you looked at it. Fridays: 1 came, 0 left." in late.text
    again = re.search(r'name="seen" value="(\w+)"', late.text)[1]
    assert again != seen
    assert dana.post(address, {"seen": again, "because": "Cy gets his hours."}).status_code == 302


@pytest.mark.parametrize("role", ["admin", "facilitator", "case_manager", "biller"])
def test_the_pages_are_for_who_plans_weeks(client, cast, plan, role):
    client.force_login(Account.objects.get(pk=getattr(cast, role).account))
    for name, words in (("timetable", ()), ("timetable_plan", (plan,)), ("publish_plan", (plan,))):
        assert client.get(reverse(name, args=words)).status_code == 403
