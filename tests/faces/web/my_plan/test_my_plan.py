"""A person's own plan on a phone: their goals, next steps, practice, notes, referrals; and what staff see of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import plan_cast
from tests.cast import MONDAY, at
from throughcare.knowledge.daily import Day
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.cannot import Absent, CannotSee
from throughcare.pathway.care_plan.care_plan import sign_plan, start_plan
from throughcare.pathway.care_plan.plan_lines import add_line
from throughcare.pathway.daily_check_in.daily_check_in import say_day
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.homework.homework import NewHomework, give_homework
from throughcare.pathway.own_goal.own_goals import plan_step
from throughcare.pathway.practice.practice import NewPractice, log_practice
from throughcare.records.care_plans import Goal, Problem
from throughcare.records.consents import PatientAccount
from throughcare.records.crises import Crisis
from throughcare.records.own_goals import NextStep, OwnGoal
from throughcare.records.people import Account, Patient
from throughcare.records.practice import Practice

THURSDAY = MONDAY + timedelta(days=3)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(at(10, day=THURSDAY), tick=False) as clock:
        yield clock


def words(answer):
    return " ".join(answer.content.decode().split())


def browser_of(account):
    browser = Client()
    browser.force_login(Account.objects.get(pk=account))
    return browser


class Ana:
    """Ana with a signed plan, her phone, and her therapist's desk."""

    def __init__(self, cast):
        self.episode = plan_cast.admit(cast)
        self.version = plan_cast.plan(cast, self.episode)
        self.row = Patient.objects.get(episodes__uid=self.episode)
        self.uid = self.row.uid
        invite_patient(self.uid, email="ana@mail.test", by=cast.clinician, at=at(8))
        account = PatientAccount.objects.get(patient=self.row).account_id
        self.phone, self.desk = browser_of(account), browser_of(cast.clinician.account)
        self.account, self.actor = account, actor_for(account)

    def read(self, name, *args):
        answer = self.phone.get(reverse(name, args=args))
        assert answer.status_code == 200, name
        return words(answer)

    def post(self, name, *args, **said):
        return self.phone.post(reverse(name, args=args), {"once": str(uuid4()), **said})


@pytest.fixture
def ana(cast):
    return Ana(cast)


def test_she_sets_a_goal_plans_a_step_does_it_and_says_how_far_she_is(cast, ana):
    give_homework(ana.uid, NewHomework("Walk when it starts", "Time-out"), by=cast.clinician, at=at(9))
    page = ana.read("my_plan")
    assert "clear-headed when my boy wakes up" in page and "9 hours a week, on 3 days" in page
    assert "Walk when it starts" in page and "Not known" not in page
    empty = ana.post("my_new_goal", area="work", own_words=" ")
    assert empty.status_code == 422 and not OwnGoal.objects.exists()
    made = ana.post("my_new_goal", area="work", own_words="Back to the bakery by June")
    goal = OwnGoal.objects.get().uid
    assert made.url == reverse("my_new_step", args=[goal])
    late = ana.post("my_new_step", goal, words="Call my boss", by_date=str(THURSDAY - timedelta(days=1)))
    assert late.status_code == 422 and "That day is over" in words(late)
    ana.post("my_new_step", goal, words="Call my boss", by_date=str(THURSDAY + timedelta(days=1)))
    assert "Call my boss" in ana.read("my_plan") and "By Friday" in ana.read("my_plan")
    assert ana.post("my_goal_said", goal, words="No idea").status_code == 422
    for number in ("2", "5"):
        ana.post("my_goal_said", goal, how_far=number, words="Getting there")
    assert "You say you are at 5 of 10, up from 2 at first." in ana.read("my_goal", goal)
    step = NextStep.objects.get()
    for _tap in range(2):
        ana.post("my_step_done", step.uid)
    assert "What you did" in ana.read("my_goal", goal)
    # Another's goal, or one that was let go, is none of hers.
    with pytest.raises(Absent):
        plan_step(ana.uid, uuid4(), "Call", by=ana.actor, at=at(11, day=THURSDAY))
    ana.post("my_goal_let_go", goal)
    assert (
        "bakery" not in ana.read("my_plan")
        and ana.phone.get(reverse("my_goal", args=[goal])).status_code == 404
    )


def test_her_therapist_takes_her_goal_up_word_for_word_and_her_steps_go_along(cast, ana):
    ana.post("my_new_goal", area="learning", own_words="Finish my GED")
    goal = OwnGoal.objects.get()
    ana.post("my_new_step", goal.uid, words="Ask for the next date")
    assert "Finish my GED" in words(ana.desk.get(reverse("care_plan", args=[ana.uid])))
    draft = start_plan(ana.episode, by=cast.clinician, at=at(9, day=THURSDAY))
    problem = Problem.objects.get(version__uid=draft)
    edit = words(ana.desk.get(reverse("edit_plan", args=[draft])))
    assert "Goals they set themselves" in edit and "Ask for the next date" in edit
    take = reverse("take_up_goal", args=[draft, goal.uid])
    assert ana.desk.post(take, {"problem": str(problem.uid)}).status_code == 302
    edit = words(ana.desk.get(reverse("edit_plan", args=[draft])))
    assert "“Finish my GED”" in edit and "Goals they set themselves" not in edit
    ana.desk.post(take, {"problem": str(problem.uid)})  # a second tap adds nothing
    [line] = [one for one in Goal.objects.filter(problem=problem) if one.own_words == "Finish my GED"]
    # Until both sign, it stands on her own page as hers; then as a goal of the plan, with its step.
    assert "You set this goal yourself" in ana.read("my_plan")
    passed = {"text": "I pass one test by June.", "measure_code": "attendance", "target": 80}
    passed["target_date"] = THURSDAY + timedelta(days=60)
    add_line(draft, "objective", passed, under=line.uid, by=cast.clinician, at=at(9, day=THURSDAY))
    sign_plan(draft, party="clinician", by=cast.clinician, at=at(9, 30, day=THURSDAY))
    sign_plan(draft, party="patient", signed_name="Ana Flores", by=cast.clinician, at=at(9, 30, day=THURSDAY))
    page = ana.read("my_plan")
    assert "You set this goal yourself" not in page and "I pass one test by June." in page
    assert "Ask for the next date" in page
    assert ana.phone.get(reverse("care_plan", args=[ana.uid])).status_code in (403, 404)


def test_one_tap_logs_a_skill_and_an_exercise_is_kept_with_what_was_written(cast, ana, clock):
    give_homework(ana.uid, NewHomework("Walk when it starts", "Time-out"), by=cast.clinician, at=at(9))
    log = ana.read("my_practice")
    assert "Time-out" in log and "Slow breathing" in log and "One tap is enough" in log
    once = str(uuid4())
    for _tap in range(2):
        ana.phone.post(reverse("my_practice"), {"skill": "Time-out", "once": once})
    row = Practice.objects.get()
    assert (row.skill, row.exercise, row.recorded_by_id) == ("Time-out", "", None)
    ana.post("my_practice_more", row.uid, helped="8")
    ana.post("my_practice_more", row.uid, helped="3", words="It was short.")
    row.refresh_from_db()
    assert (row.helped, row.words) == (8, "It was short.")
    page = ana.read("my_exercise", "thought-record")
    assert "Look at a thought twice" in page and "What went through your mind?" in page
    assert ana.phone.get(reverse("my_exercise", args=["juggling"])).status_code == 404
    too_long = ana.post("my_exercise", "thought-record", thought="x" * 1001)
    assert too_long.status_code == 422
    ana.post(
        "my_exercise", "thought-record", thought="I always fail", strength="8", strength_now="4", helped="7"
    )
    # Written without a connection two hours ago; it arrives now and stands where it happened.
    ana.post("my_exercise", "breathing", helped="skip", later_age="7200")
    breathing = Practice.objects.get(exercise="breathing")
    assert breathing.practiced_at == at(8, day=THURSDAY) and breathing.helped is None
    log = ana.read("my_practice")
    assert "3 times on one of the last seven days." in log and "I always fail" in log
    ana.post("take_back_practice", breathing.uid)
    skills = words(ana.desk.get(reverse("skills", args=[ana.uid])))
    assert "Practice log" in skills and "I always fail" in skills and "Slow breathing" not in skills
    clock.shift(timedelta(days=1))
    ana.phone.force_login(Account.objects.get(pk=ana.account))
    ana.post("take_back_practice", row.uid)
    row.refresh_from_db()
    assert row.taken_back_at is None
    assert not Crisis.objects.exists()
    ana.post("my_exercise", "thought-record", thought="I want to kill myself")
    assert Crisis.objects.filter(patient=ana.row).count() == 1


def test_her_progress_is_a_picture_with_words(cast, ana):
    assert "Your pictures grow here" in ana.read("my_progress")
    for ago, mood in ((5, 2), (4, 3), (3, 2), (2, 6), (1, 7), (0, 8)):
        then = at(9, day=THURSDAY - timedelta(days=ago))
        say_day(ana.uid, Day(mood=mood, asked=("mood",)), way="staff", by=cast.clinician, at=then)
    plan_cast.measure(cast, ana.episode, "phq-9", 18)
    plan_cast.measure(cast, ana.episode, "phq-9", 8, day=THURSDAY - timedelta(days=1))
    plan_cast.attend(cast, ana.episode, THURSDAY - timedelta(days=1))
    page = ana.read("my_progress")
    assert "Better than before." in page and "Lower is better. Clearly better than at the start." in page
    assert "You came to 1 of 1 sessions" in page and page.count("<svg") >= 2


def test_what_is_hers_is_not_anothers(cast, ana):
    ana.post("my_new_goal", area="home", own_words="A place with a door")
    goal = OwnGoal.objects.get().uid
    ben = plan_cast.admit(cast, given="Ben", family="Stone", when=at(9, 5))
    stranger = Patient.objects.get(episodes__uid=ben)
    invite_patient(stranger.uid, email="ben@mail.test", by=cast.clinician, at=at(9, 6))
    his = actor_for(PatientAccount.objects.get(patient=stranger).account_id)
    for patient in (ana.uid, stranger.uid):
        with pytest.raises(Absent):
            plan_step(patient, goal, "Walk in", by=his, at=at(11, day=THURSDAY))
    for desk in (cast.front_desk, cast.biller):
        answer = browser_of(desk.account).get(reverse("care_plan", args=[ana.uid]))
        assert "A place with a door" not in answer.content.decode()
    with pytest.raises(CannotSee):
        log_practice(ana.uid, NewPractice("Breathing"), by=cast.clinician, at=at(11, day=THURSDAY))
