"""What is asked before a whole clinic is exported."""

from throughcare.faces.web.fields import LongText, Pick
from throughcare.faces.web.form import Form

ANSWERS = (("yes", "Allow it, once"), ("no", "Refuse it"))


class AskForm(Form):
    """What the export is for."""

    reason = LongText(
        "What is it for?",
        hint="Where the files go, who will read them, and when they are destroyed",
        missing="Say what the export is for",
        rows=3,
        max_length=2000,
    )


class AnswerForm(Form):
    """The second person's yes or no."""

    answer = Pick("What do you decide?", ANSWERS, missing="Choose whether to allow or to refuse it")
    words = LongText("Why?", optional=True, rows=2, max_length=2000)
