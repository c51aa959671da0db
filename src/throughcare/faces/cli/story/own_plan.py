"""What the patient of the demo does with their own plan: goals, steps, practice, and a word under a note."""

from datetime import timedelta
from uuid import UUID

from throughcare.faces.cli.story.consents import SHOWN
from throughcare.faces.cli.story.days import Cast
from throughcare.pathway.note.my_notes import answer_note
from throughcare.pathway.note.page import notes_of_patient
from throughcare.pathway.own_goal.own_goals import finish_step, plan_step, say_of_goal, set_goal
from throughcare.pathway.practice.practice import NewPractice, log_practice, rate_practice

DAY = timedelta(days=1)
# The part of life, the goal, how far it is as time goes, what was done, and what comes next.
GOALS = (
    ("work", "I want to go back to my old shift by June.", (2, 4, 5), "Ask which days are open", "Call on Friday"),
    ("people", "I want my girl to stay over on weekends again.", (1, 3), "Write to her", "Ask about Sunday"),
    ("free_time", "I want to fish with my uncle again.", (), "", "Find the rods"),
)  # fmt: skip
PRACTICED = (
    ("", "breathing", 6, 6, ""),
    ("Asking for help", "", 5, 8, "Pat picked up at once."),
    ("", "urge-surfing", 4, 7, ""),
    ("Asking for help", "", 2, 6, ""),
    ("", "grounding", 1, 5, "It took two rounds."),
    ("", "thought-record", 1, 7, ""),
)
WRITTEN = {
    "thought": "I ruin everything I touch.",
    "feeling": "Ashamed",
    "strength": "8",
    "to_a_friend": "You came back. That counts.",
    "fair_thought": "I made a mess and I am mending it.",
    "strength_now": "4",
}


def plan_for_themselves(cast: Cast) -> None:
    """The person who can be tried out sets goals and practices; a few others set one goal."""
    here = [patient for patient in cast.patients.values() if cast.lives[patient].leaves is None]
    here.sort(key=lambda patient: cast.lives[patient].number != SHOWN)
    for patient in here[:1]:
        for number in range(len(GOALS)):
            _goal(cast, patient, number)
        _practice(cast, patient)
        _answer(cast, patient)
    for number, patient in enumerate(here[1:4]):
        _goal(cast, patient, number)


def _goal(cast: Cast, patient: UUID, number: int) -> None:
    by, at = cast.clinic.program, cast.now
    area, words, far, done, ahead = GOALS[number]
    goal = set_goal(patient, area, words, by=by, at=at - 12 * DAY)
    if done:
        finish_step(plan_step(patient, goal, done, by=by, at=at - 11 * DAY), by=by, at=at - 7 * DAY)
    plan_step(patient, goal, ahead, by_date=(at + 3 * DAY).date(), by=by, at=at - 2 * DAY)
    for place, how_far in enumerate(far):
        say_of_goal(patient, goal, how_far, by=by, at=at - (10 - 4 * place) * DAY)


def _practice(cast: Cast, patient: UUID) -> None:
    by = cast.clinic.program
    for skill, exercise, ago, helped, words in PRACTICED:
        at = cast.now - ago * DAY
        answers = WRITTEN if exercise == "thought-record" else {}
        told = log_practice(patient, NewPractice(skill, exercise, answers), by=by, at=at)
        rate_practice(told, helped=helped, words=words, by=by, at=at)


def _answer(cast: Cast, patient: UUID) -> None:
    lines, _total = notes_of_patient(patient, by=cast.clinic.actors["director"], at=cast.now, first=0, most=1)
    for line in lines:
        words = "I also said that the walk home helped. Please keep that."
        answer_note(line.uid, words, by=cast.clinic.program, at=cast.now - DAY / 2)
