"""A person's own side of the plan: a goal with a step and words, practice told, an answer under a signed note."""

from datetime import date, datetime, timedelta
from uuid import UUID

from tests.cast import Cast
from throughcare.pathway.actor import Actor
from throughcare.pathway.note.my_notes import answer_note
from throughcare.pathway.own_goal.own_goals import finish_step, plan_step, say_of_goal, set_goal
from throughcare.pathway.practice.practice import NewPractice, log_practice, rate_practice
from throughcare.records.notes import Note
from throughcare.records.people import Patient


def what_is_planned(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """Back to the bakery: one step done, one ahead; a thought looked at twice; a word to the signed note."""
    row = Patient.objects.get(uid=patient)
    by, hour = Actor(cast.organization, frozenset({"patient"}), "", patient=row.pk), timedelta(hours=1)
    goal = set_goal(patient, "work", "Back to the bakery by June", by=by, at=now - 9 * hour)
    done = plan_step(patient, goal, "Ask what they need", by=by, at=now - 9 * hour)
    finish_step(done, by=by, at=now - 8 * hour)
    step = plan_step(patient, goal, "Call my boss", by_date=date(2026, 3, 9), by=by, at=now - 7 * hour)
    for number, ago in ((2, 7), (5, 2)):
        say_of_goal(patient, goal, number, "Getting there.", by=by, at=now - ago * hour)
    tapped = log_practice(patient, NewPractice("Asking for help"), by=by, at=now - 3 * hour)
    rate_practice(tapped, helped=7, words="Pat picked up at once.", by=by, at=now - 3 * hour)
    wrote = {"thought": "I always fail", "fair_thought": "I came back four times", "strength": "8"}
    log_practice(
        patient, NewPractice(exercise="thought-record", answers=wrote, helped=6), by=by, at=now - hour
    )
    open_row = log_practice(patient, NewPractice(exercise="breathing"), by=by, at=now - hour / 2)
    note = Note.objects.filter(patient=row).earliest("pk").uid
    answer_note(note, "I said more than that, about my boy.", by=by, at=now - hour)
    return {
        "goal": goal,
        "my_step_done.step": step,
        "my_step_drop.step": step,
        "practice": open_row,
        "exercise": "thought-record",
    }
