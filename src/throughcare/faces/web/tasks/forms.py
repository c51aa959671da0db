"""Forms of tasks and referrals out."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from throughcare.faces.web.fields import Date, LongText, Pick, Select, Text
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.referrals_out import Step
from throughcare.knowledge.tasks import KINDS, LONGEST_TITLE, MOST_STEPS, OUTCOMES
from throughcare.pathway.privacy.recipients import RecipientLine
from throughcare.pathway.task.referrals_out import LONGEST_ASKS, NewReferralOut
from throughcare.pathway.task.tasks import LONGEST_STEP, LONGEST_WORDS, NewTask

KIND_CHOICES = [(row.code, row.word) for row in KINDS]
Choices = Sequence[tuple[str, str]]


class TaskForm(Form):
    """What is to be arranged, by when, by whom."""

    kind = Select("What is it about?", KIND_CHOICES, missing="Choose what it is about")
    title = Text(
        "What is to be arranged?",
        hint="In a few words, such as “Bus pass for March”",
        missing="Say in a few words what is to be arranged",
        max_length=LONGEST_TITLE,
    )
    due = Date("By when?", missing="Choose the day by which it is done")

    def __init__(self, *args: Any, staff: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"] = Select("Who does it?", staff, missing="Choose who does it")
        self.fields["steps"] = LongText(
            "Steps",
            hint="One a line. Leave it empty to begin with the usual steps for what it is about.",
            optional=True,
            max_length=MOST_STEPS * LONGEST_STEP,
            rows=5,
        )
        self.fields["words"] = LongText("Anything else", optional=True, max_length=LONGEST_WORDS, rows=3)

    @property
    def task(self) -> NewTask:
        """What `write_task` takes."""
        said = self.cleaned_data
        steps = said["steps"].splitlines() or next(row.steps for row in KINDS if row.code == said["kind"])
        return NewTask(said["kind"], said["title"], said["due"], said["words"], steps, UUID(said["owner"]))


class HandOverForm(Form):
    """Whose a task is from now on, and by when."""

    def __init__(self, *args: Any, staff: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["owner"] = Select("Who does it?", staff, missing="Choose who does it")
        self.fields["due"] = Date("By when?", missing="Choose the day by which it is done")


class EndForm(Form):
    """What came of a task."""

    outcome = Pick("What came of it?", list(OUTCOMES.items()), missing="Choose what came of it")
    words = LongText("In a sentence", optional=True, max_length=LONGEST_WORDS, rows=3)
    asked_when = {
        "words": AskedWhen(
            "outcome", tuple(code for code in OUTCOMES if code != "arranged"), "Say in a sentence why"
        )
    }


class ReferralForm(Form):
    """To whom a person is referred, and what is asked."""

    def __init__(self, *args: Any, recipients: Iterable[RecipientLine], staff: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["recipient"] = Select(
            "To whom?", [(str(one.uid), one.said) for one in recipients], missing="Choose to whom"
        )
        self.fields["kind"] = Select("What is it about?", KIND_CHOICES, missing="Choose what it is about")
        self.fields["asks"] = LongText(
            "What do we ask of them?",
            hint="They read these words. Say no more than they need.",
            missing="Say what is asked of them",
            max_length=LONGEST_ASKS,
        )
        self.fields["owner"] = Select("Who follows it?", staff, missing="Choose who follows it")

    @property
    def referral(self) -> NewReferralOut:
        """What `write_referral_out` takes."""
        said = self.cleaned_data
        return NewReferralOut(UUID(said["recipient"]), said["kind"], said["asks"], UUID(said["owner"]))


class KnownForm(Form):
    """What became known of a referral."""

    def __init__(self, *args: Any, steps: Iterable[Step], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["step"] = Pick(
            "What is known now?", [(row.code, row.word) for row in steps], missing="Choose what is known now"
        )
        self.fields["on"] = Date(
            "On which day?", hint="Of an appointment: the day it is on", missing="Choose the day"
        )
        self.fields["words"] = LongText(
            "In a sentence",
            hint="An answer that came back, or why it is closed, is always written.",
            optional=True,
            max_length=LONGEST_WORDS,
            rows=3,
        )
