"""What the crisis desk asks: as little as the moment allows."""

from typing import Any

from django import forms

from throughcare.faces.web.emergencies.forms import TellingForm
from throughcare.faces.web.fields import (
    Date,
    LongText,
    Moment,
    Number,
    Phone,
    Pick,
    PickMany,
    Select,
    Text,
    Time,
)
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.knowledge.crisis.entries import ALL as KINDS
from throughcare.knowledge.on_call import LINES
from throughcare.knowledge.safety import PRIORITIES

PRIORITY_CHOICES = [(one.code, f"{one.code} {one.word}: {', '.join(one.covers)}") for one in PRIORITIES]


class CallingForm(Form):
    """A form that calls for help: who calls is sealed in it, for a call that can only be kept on disk."""

    caller = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def said(self) -> dict[str, Any]:
        """What was answered."""
        return {name: value for name, value in self.cleaned_data.items() if name != "caller"}


class HelpForm(CallingForm):
    """What somebody may say when they press the button; nothing has to be said."""

    words = LongText(
        _("What is happening?"), hint=_("You can leave this empty"), optional=True, max_length=2000, rows=3
    )
    callback = Phone(_("Which number should we call?"), hint=_("If it isn't the one we have"), optional=True)


class RaiseForm(CallingForm):
    """A crisis that staff raise about somebody whose record they have open."""

    priority = Pick("How urgent is it?", PRIORITY_CHOICES, missing="Choose how urgent it is")
    words = LongText("What happened?", missing="Write what happened", max_length=2000, rows=3)
    callback = Phone("Number to call", hint="If it isn't the one on record", optional=True)


class PastForm(Form):
    """A crisis that was dealt with on paper."""

    priority = Pick("How urgent was it?", PRIORITY_CHOICES, missing="Choose how urgent it was")
    words = LongText("What happened?", missing="Write what happened", max_length=2000, rows=3)
    happened_at = Moment("When did it come to us?", missing="Enter the day and the time")
    reached_at = Moment("When did somebody speak with the person?", missing="Enter the day and the time")
    callback = Phone("Number they called from", optional=True)


class CallForm(RaiseForm):
    """A call about somebody: whoever takes it opens no record and says neither yes nor no."""

    said_name = Text("Whom is it about?", hint="As the caller says it", optional=True, max_length=200)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["callback"].label = "Which number did they call from?"
        self.fields["callback"].help_text = ""
        self.fields["words"].label = "What did they say?"
        self.order_fields(["priority", "said_name", "callback", "words"])


class EntryForm(Form):
    """One line of the log, of one kind."""

    happened_at = Moment("When?", missing="Enter the day and the time")

    def __init__(self, kind: str, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        asked = KINDS[kind]
        if asked.choices:
            choices = [(one.code, one.words) for one in asked.choices]
            self.fields["choice"] = Pick(asked.question, choices, missing="Choose one")
        if asked.whom:
            self.fields["whom"] = Text(asked.whom, missing="Write who it was", max_length=200)
        words = "What was said or found?"
        self.fields["words"] = (
            LongText(words, missing="Write what was said or found", max_length=2000, rows=3)
            if asked.needs_words
            else LongText(words, optional=True, max_length=2000, rows=3)
        )
        self.order_fields(["choice", "whom", "words", "happened_at"])


class PriorityForm(Form):
    """More urgent than it was raised."""

    words = LongText("Why is it more urgent?", missing="Write why it is more urgent", max_length=1000, rows=2)

    def __init__(self, now: str, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        higher = [(one, words) for one, words in PRIORITY_CHOICES if one < now]
        self.fields["priority"] = Pick("How urgent is it?", higher, missing="Choose how urgent it is")
        self.order_fields(["priority", "words"])


class CloseForm(Form):
    """A last word before a crisis is closed."""

    words = LongText("Anything the next one should know?", optional=True, max_length=2000, rows=3)


class TeamForm(TellingForm):
    """The record of 42 CFR 2.51(c) where the medication list, and nothing else, is told."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        del self.fields["kinds"], self.fields["words"]


class TurnsForm(Form):
    """Turns that go round."""

    first_day = Date("From which day on?", missing="Choose the first day")
    changes_at = Time("At what time does a turn change over?", missing="Enter the time")
    turn_days = Number(
        "How many days is a turn?", hint="7 for a week each", missing="Enter the days of a turn"
    )

    def __init__(self, people: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for line, word in LINES.items():
            self.fields[line] = PickMany(
                f"Who takes turns as {word.lower()}?",
                people,
                hint="In the order of this list",
                missing=f"Choose who takes turns as {word.lower()}",
            )


class SwapForm(Form):
    """Somebody takes a stretch."""

    line = Pick("Which line?", tuple(LINES.items()), missing="Choose primary or backup")
    starts_at = Moment("From when?", missing="Enter the day and the time")
    ends_at = Moment("Until when?", missing="Enter the day and the time")
    reason = Text("Why?", optional=True, max_length=200)

    def __init__(self, people: list[tuple[str, str]], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["account"] = Select("Who takes it?", people, missing="Choose who takes it")
        self.order_fields(["line", "account", "starts_at", "ends_at", "reason"])


class HandoverForm(Form):
    """What the next one needs to know."""

    words = LongText(
        "What does the next one need to know?", missing="Write what the next one needs to know", rows=4
    )
