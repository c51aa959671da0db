"""The forms of aftercare; whatever is asked of a person may be left out."""

from collections.abc import Sequence
from typing import Any

from throughcare.faces.web.check_ins.forms import SKIP, SKIPPED, Scale
from throughcare.faces.web.fields import LongText, Pick, Select
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.languages import said
from throughcare.knowledge.aftercare.answers import LONGEST_WORDS, Answer
from throughcare.knowledge.aftercare.rhythm import CALL_OUTCOMES
from throughcare.knowledge.between_sessions import Item
from throughcare.pathway.aftercare.answering import OpenAsk


class AskForm(Form):
    """What is asked, on one short page."""

    all_may_be_skipped = True

    def __init__(self, *args: Any, asked: OpenAsk, **more: Any) -> None:
        if asked.said is not None:
            more["initial"] = {
                item.code: _as_said(getattr(asked.said, item.code), item) for item in asked.items
            }
        super().__init__(*args, **more)
        self.asked = asked
        for item in asked.items:
            self.fields[item.code] = _field(item)

    @property
    def answer(self) -> Answer:
        """What was answered."""
        given: dict[str, Any] = {
            code: "" if value == SKIPPED else value or "" for code, value in self.cleaned_data.items()
        }
        scales = {one.code for one in self.asked.items if one.kind == "scale"}
        read: dict[str, Any] = {
            code: (int(value) if value else None) if code in scales else value
            for code, value in given.items()
        }
        return Answer(**read)


def _as_said(value: object, item: Item) -> str:
    if item.kind == "words":
        return str(value)
    return SKIPPED if value in (None, "") else str(value)


def _field(item: Item) -> Any:
    if item.kind == "scale":
        return Scale(item)
    if item.kind == "choice":
        answers = [(code, said(words)) for code, words in item.answers]
        return Pick(said(item.words), [*answers, SKIP], optional=True)
    return LongText(said(item.words), optional=True, rows=3, max_length=LONGEST_WORDS)


class CallForm(Form):
    """What came of a call; for staff."""

    outcome = Pick(
        "What came of the call?",
        [(code, words) for code, (words, _over) in CALL_OUTCOMES.items()],
        missing="Choose what came of the call",
    )
    words = LongText("Note", hint="What they told you, and what you agreed.", optional=True, rows=3)


class GiveCallForm(Form):
    """Who calls from now on."""

    def __init__(self, *args: Any, staff: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"] = Select("Who calls?", staff, missing="Choose who calls")


class NothingForm(Form):
    """A button that asks nothing more."""


class WayBackForm(Form):
    """One tap back in; whatever is written beside it is read by those who call."""

    words = LongText(
        _("Anything we should know? You can leave this empty."), optional=True, rows=3, max_length=1000
    )
