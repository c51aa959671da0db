"""The form of a questionnaire, built from the library: its wording where it may ship, numbered labels where not."""

from typing import Any

from throughcare.faces.web.fields import Pick, Select
from throughcare.faces.web.form import BoundField, Form
from throughcare.knowledge.questionnaires.questionnaire import Answer, Item, Questionnaire
from throughcare.pathway.measure.measure import MODES

# Scales with more answers than this become a list to open on staff pages.
MOST_IN_SIGHT = 5


class SkippableField(BoundField):
    """An item may stay empty: a blank is a missing answer."""

    optional = False


class MeasureForm(Form):
    """One field for each item (and each part of one). `for_staff` shows values, and offers “Not answered”."""

    bound_field_class = SkippableField

    def __init__(self, questionnaire: Questionnaire, *args: Any, for_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questionnaire = questionnaire
        self.for_staff = for_staff
        for item in questionnaire.items:
            if not item.parts:
                self._add(f"item_{item.number}", item, *self._wording(item))
            for part in item.parts:
                self._add(
                    f"item_{item.number}{part.letter}",
                    item,
                    f"{item.number}{part.letter}. {part.label}: {item.label.lower()}",
                )
        if for_staff:
            self.fields["mode"] = Pick("How was it filled in?", tuple(MODES.items()), initial="clinician")

    def _wording(self, item: Item) -> tuple[str, str]:
        """The question and its hint: the wording for the person, our label above the wording for staff."""
        if not self.for_staff or item.text is None:
            return wording_of(item), ""
        return f"{item.number}. {item.label}", item.text

    def _add(self, name: str, item: Item, wording: str, hint: str = "") -> None:
        if not self.for_staff:
            choices = [(str(answer.value), answer.label) for answer in item.answers]
            self.fields[name] = Pick(wording, choices, optional=True)
            return
        choices = [(str(answer.value), said(answer)) for answer in item.answers]
        if len(item.answers) > MOST_IN_SIGHT:
            self.fields[name] = Select(wording, choices, hint=hint, optional=True, empty="Not answered")
            return
        self.fields[name] = Pick(wording, [*choices, ("", "Not answered")], hint=hint, optional=True)
        self.fields[name].widget.attrs["class"] = "across"

    @property
    def answers(self) -> list[int | None]:
        """One value for each item in the instrument's order; None for a blank."""
        return [_value(self.cleaned_data.get(f"item_{item.number}")) for item in self.questionnaire.items]

    @property
    def context(self) -> dict[str, Any]:
        """What is recorded beside the items: the parts that were answered."""
        parts = {
            f"{item.number}{part.letter}": _value(self.cleaned_data.get(f"item_{item.number}{part.letter}"))
            for item in self.questionnaire.items
            for part in item.parts
        }
        answered = {name: value for name, value in parts.items() if value is not None}
        return {"parts": answered} if answered else {}

    @property
    def mode(self) -> str:
        """How it was filled in."""
        return str(self.cleaned_data.get("mode", "self"))


def initial_of(answers: tuple[int | None, ...], context: Any, mode: str = "") -> dict[str, str]:
    """What a form shows of answers recorded before."""
    given = {f"item_{number}": str(value) for number, value in enumerate(answers, 1) if value is not None}
    given |= {f"item_{name}": str(value) for name, value in context.get("parts", {}).items()}
    return given | ({"mode": mode} if mode else {})


def wording_of(item: Item) -> str:
    """The item's number with its wording, or with our own label where the wording may not ship."""
    label = item.text or item.label
    return label if label.startswith(("Item", "Question")) else f"{item.number}. {label}"


def said(answer: Answer) -> str:
    """An answer with its value, once."""
    return answer.label if answer.label == str(answer.value) else f"{answer.value} · {answer.label}"


def _value(text: str | None) -> int | None:
    return int(text) if text else None
