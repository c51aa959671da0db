"""What may be written in an exercise: each of its questions, and whether it helped. All of it may be left out."""

from collections.abc import Mapping
from typing import Any

from throughcare.faces.web.check_ins.forms import SKIPPED, Scale
from throughcare.faces.web.fields import LongText
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.languages import said
from throughcare.knowledge.between_sessions import Item
from throughcare.knowledge.exercises.exercise import LONGEST_ANSWER, Exercise, Step
from throughcare.pathway.practice.practice import NewPractice

HELPED = Item("helped", "scale", "Did it help?", "Not at all", "Very much")


class ExerciseForm(Form):
    """One exercise with its questions."""

    all_may_be_skipped = True

    def __init__(self, *args: Any, exercise: Exercise, **more: Any) -> None:
        super().__init__(*args, **more)
        self.exercise = exercise
        for step in exercise.asks:
            self.fields[step.ask] = _field(step)
        self.fields["helped"] = Scale(HELPED)

    @property
    def steps(self) -> list[tuple[Step, Any]]:
        """Each step, with its field where something may be written."""
        return [(step, self[step.ask] if step.ask else None) for step in self.exercise.steps]

    @property
    def practice(self) -> NewPractice:
        """What was done."""
        answers: Mapping[str, str] = {
            step.ask: value
            for step in self.exercise.asks
            if (value := self.cleaned_data.get(step.ask)) and value != SKIPPED
        }
        helped = self.cleaned_data.get("helped")
        number = int(helped) if helped and helped != SKIPPED else None
        return NewPractice(exercise=self.exercise.code, answers=answers, helped=number)


class SkillForm(Form):
    """A skill that stands on no button."""

    skill = LongText(
        _("Something else that you did"), missing=_("Say which skill you used"), rows=2, max_length=80
    )


def _field(step: Step) -> Any:
    if step.kind == "scale":
        return Scale(Item(step.ask, "scale", said(step.words), said(step.low), said(step.high)))
    return LongText(said(step.words), optional=True, rows=3, max_length=LONGEST_ANSWER)
