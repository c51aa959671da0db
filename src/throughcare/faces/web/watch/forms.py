"""What was done about a sign, and what happened in a person's life."""

from typing import ClassVar

from throughcare.faces.web.fields import LongText, Pick, TypedDate
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.referring.referrals import OUTCOMES
from throughcare.knowledge.warning_signs.acts import REASONS
from throughcare.knowledge.warning_signs.living import EVENTS


class CallForm(Form):
    """What came of a call."""

    outcome = Pick(
        "What came of the call?",
        tuple((outcome.code, outcome.title) for outcome in OUTCOMES.values()),
        missing="Choose what came of the call",
    )
    words = LongText("Note", hint="What was said, in a sentence.", optional=True, rows=2)


class MessageForm(Form):
    """Nothing is asked: the words are the house's."""


class BookForm(Form):
    """What was booked."""

    words = LongText("What is booked?", hint="When, and with whom.", missing="Say when and with whom", rows=2)


class ReviewForm(Form):
    """What somebody saw and decided."""

    words = LongText(
        "What did you see and decide?", missing="Say in a sentence what you saw and decided", rows=3
    )


class DismissForm(Form):
    """Why it is no warning sign."""

    reason = Pick(
        "Why is this no warning sign?", tuple(REASONS.items()), missing="Choose why this is no warning sign"
    )
    words = LongText("In your words", optional=True, rows=2)
    asked_when: ClassVar = {"words": AskedWhen("reason", ("other",), "Write the reason")}


class LifeEventForm(Form):
    """What happened."""

    kind = Pick("What happened?", tuple(EVENTS.items()), missing="Choose what happened")
    on = TypedDate("On which day?", hint="For an anniversary, the next one.", optional=True)
    words = LongText("What should the team know?", optional=True, rows=2)


FORMS: dict[str, type[Form]] = {
    "called": CallForm,
    "messaged": MessageForm,
    "booked": BookForm,
    "reviewed": ReviewForm,
    "dismissed": DismissForm,
}
