"""The forms of the page about the model."""

from throughcare.faces.web.fields import LongText, Text
from throughcare.faces.web.form import Form


class FeedbackForm(Form):
    """What the list gets wrong."""

    words = LongText(
        "What does it get wrong, or not know?",
        hint="The clinical director reads it. What you know of a person belongs in their record.",
        missing="Write what it gets wrong, or what it doesn’t know",
        rows=3,
        max_length=1000,
    )


class SwitchForm(Form):
    """Why it is turned off, or on again."""

    because = Text("Why?", missing="Say why in a sentence", max_length=300)
