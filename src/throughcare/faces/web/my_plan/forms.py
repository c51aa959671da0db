"""The forms of a person's own plan: a goal, a next step, how far it is."""

from datetime import date

from django.core.exceptions import ValidationError

from throughcare.faces.web.check_ins.forms import SKIPPED, Scale
from throughcare.faces.web.fields import Date, LongText, Pick, Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.knowledge.between_sessions import Item
from throughcare.knowledge.own_goals import AREAS, LONGEST_GOAL, LONGEST_STEP, LONGEST_WORDS

LETTERS = {
    "back": "return to work or school",
    "times": "days and hours I was here",
    "neutral": "only that I was here",
    "attendance": "attendance, for a court",
}
HOW_FAR = Item("how_far", "scale", "How far are you with it?", "Just begun", "I am there")


class GoalForm(Form):
    """A goal of my own."""

    area = Pick(
        _("What is it about?"),
        tuple((one.code, _(one.title)) for one in AREAS),
        missing=_("Choose the part of life it is about"),
    )
    own_words = LongText(
        _("What do you want?"),
        hint=_("In your own words. Small is fine."),
        missing=_("Say in your own words what you want"),
        rows=3,
        max_length=LONGEST_GOAL,
    )


class StepForm(Form):
    """What I do next."""

    words = Text(
        _("What do you do next?"),
        hint=_("One small thing that you can do this week"),
        missing=_("Say what you do next"),
        max_length=LONGEST_STEP,
    )
    by_date = Date(_("By when?"), optional=True)


class FarForm(Form):
    """How far I am with a goal."""

    words = LongText(_("A few words, if you like"), optional=True, rows=3, max_length=LONGEST_WORDS)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["how_far"] = Scale(HOW_FAR)
        self.order_fields(["how_far", "words"])

    @property
    def number(self) -> int | None:
        """The number that was tapped; None for none."""
        tapped = self.cleaned_data.get("how_far")
        return int(tapped) if tapped and tapped != SKIPPED else None


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


class LetterForm(Form):
    """Which letter I need, for whom, from which day, and until when with how much a week."""

    letter = Pick(
        _("Which letter do you need?"),
        (
            ("back", _("That I can be back at work or school from a day on")),
            ("times", _("On which days and hours I was here, and not what for")),
            ("neutral", _("Only that I was here, and not what for")),
            ("attendance", _("How often I came, for a court")),
        ),
        missing=_("Choose which letter you need"),
    )
    whom = Text(
        _("For whom?"),
        hint=_("Such as “my boss” or “the college”. We send nothing to them without your consent."),
        missing=_("Say whom it is for"),
        max_length=120,
    )
    day = Date(_("From which day?"), optional=True)
    until = Date(_("Until which day?"), hint=_("If you begin with less than before."), optional=True)
    a_week = Text(
        _("How much a week until then?"),
        hint=_("Such as “20 hours” or “3 days”."),
        optional=True,
        max_length=60,
    )
    words = LongText(_("Anything else?"), optional=True, rows=3, max_length=LONGEST_WORDS)

    about = "A letter"

    def clean_until(self) -> date | None:
        """The last day, not before the first."""
        until, day = self.cleaned_data["until"], self.cleaned_data.get("day")
        if until and day and until < day:
            raise ValidationError(_("Choose a day after the first one"))
        return until  # type: ignore[no-any-return]  # a day, as `Date` reads it

    @property
    def question(self) -> str:
        """The same as a message that the team reads."""
        said = self.cleaned_data
        lines = [
            f"I need a letter: {LETTERS[said['letter']]}.",
            f"For: {said['whom']}",
            f"From: {_day(said['day'])}" if said["day"] else "",
            f"Until: {_day(said['until'])}" if said["until"] else "",
            f"A week: {said['a_week']}" if said["a_week"] else "",
            said["words"],
        ]
        return "\n".join(line for line in lines if line)
