"""Forms of messages."""

from collections.abc import Sequence
from typing import Any

from throughcare.faces.web.fields import LongText, PickMany, Select, Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.knowledge.answer_times import LONGEST_ABOUT, LONGEST_WORDS


class NewForm(Form):
    """A new matter."""

    about = Text(
        _("What is it about?"), hint=_("A few words are enough."), optional=True, max_length=LONGEST_ABOUT
    )
    words = LongText(_("Your message"), missing=_("Write your message"), rows=5, max_length=LONGEST_WORDS)


class MoreForm(Form):
    """More in a matter that is there."""

    words = LongText(_("Write more"), missing=_("Write your message"), rows=4, max_length=LONGEST_WORDS)


class AnswerForm(Form):
    """The team's answer; to somebody near to the patient also what of the record it speaks of."""

    words = LongText("Your answer", missing="Write your answer", rows=5, max_length=LONGEST_WORDS)

    def __init__(self, *args: Any, may_be_told: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        if may_be_told:
            self.fields["tells"] = PickMany(
                "What of the record does it speak of?",
                [(kind, words.capitalize()) for kind, words in may_be_told],
                hint="The patient lets them be told these. What you tick stands in the disclosure book. Tick nothing "
                "when it speaks of nothing in the record.",
                optional=True,
            )


class FirstForm(Form):
    """The team writes first."""

    about = Text("What is it about?", optional=True, max_length=LONGEST_ABOUT)
    words = LongText("Your message", missing="Write your message", rows=5, max_length=LONGEST_WORDS)


class HandOverForm(Form):
    """Who answers from now on."""

    def __init__(self, *args: Any, staff: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"] = Select("Who answers?", staff, missing="Choose who answers")
