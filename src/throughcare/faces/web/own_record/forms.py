"""The forms about one's own record."""

from typing import Any, ClassVar

from throughcare.faces.web.fields import LongText, Pick, Select
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.languages import said
from throughcare.knowledge.privacy.corrections import ABOUT, ANSWERS, GROUNDS, LONGEST_WORDS


class CorrectionForm(Form):
    """What is wrong, and what it should say."""

    wrong = LongText(_("What is wrong?"), missing=_("Write what is wrong"), rows=4, max_length=LONGEST_WORDS)
    right = LongText(
        _("What should it say?"), missing=_("Write what it should say"), rows=4, max_length=LONGEST_WORDS
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(code, said(words)[:1].upper() + said(words)[1:]) for code, words in ABOUT.items()]
        self.fields["kind"] = Select(_("What is it about?"), choices, missing=_("Choose what it is about"))
        self.order_fields(("kind", "wrong", "right"))


class DisagreementForm(Form):
    """The person's own statement."""

    words = LongText(
        _("Your statement"),
        hint=_("It stays beside the record, word for word."),
        missing=_("Write your statement"),
        rows=6,
        max_length=LONGEST_WORDS,
    )


class AnswerForm(Form):
    """What became of a correction; for staff."""

    answer = Pick("What became of it?", list(ANSWERS.items()), missing="Choose what became of it")
    ground = Pick(
        "On which ground isn't it corrected, or not all of it?",
        [(one.code, one.words) for one in GROUNDS.values()],
        optional=True,
    )
    words = LongText(
        "In words for the person",
        hint="What was corrected and where, or why not. Plain sentences: they read it on their page.",
        missing="Tell the person in a few plain sentences what was done, or why not",
        rows=5,
        max_length=LONGEST_WORDS,
    )
    asked_when: ClassVar = {"ground": AskedWhen("answer", ("in_part", "refused"), "Choose on which ground")}


class DelayForm(Form):
    """More time, once; for staff."""

    because = LongText(
        "Why does it take longer?",
        hint="The person reads it. You can take more time once.",
        missing="Say why it takes longer",
        rows=3,
        max_length=LONGEST_WORDS,
    )


class NothingForm(Form):
    """A button that asks nothing more."""
