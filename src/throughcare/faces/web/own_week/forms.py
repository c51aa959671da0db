"""Forms of a person's own week."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from throughcare.faces.web.fields import Agree, Date, LongText, Number, Pick, PickMany, Select, Text, Time
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.week.forms import ROUND, CommitmentForm
from throughcare.knowledge.own_week import LONGEST_TITLE, REASONS, TITLES
from throughcare.knowledge.tracks import COMMITMENT_KINDS, EVERY_WEEKS, WEEKDAYS
from throughcare.pathway.own_week.cannot_come import LONGEST_WORDS
from throughcare.pathway.timetable.person.wishes import LONGEST_WAY, Wishes
from throughcare.pathway.timetable.picture.wish_words import RATHER_NOT, WAYS

DAYS = tuple((str(number), _(name)) for number, name in enumerate(WEEKDAYS))
OWN_WORD = "own"


class CannotComeForm(Form):
    """Why a person can't come, in one tap; words for who wants to."""

    reason = Pick(
        _("Why can't you come?"),
        tuple((code, _(words)) for code, words in REASONS.items()),
        missing=_("Choose why you can't come"),
    )
    words = LongText(_("Anything we should know?"), optional=True, max_length=LONGEST_WORDS, rows=2)


class OwnTimeForm(CommitmentForm):
    """A time of a person's own: as staff enter it, asked in the person's words."""

    kind = Pick(
        _("What is it?"),
        tuple((kind.code, _(kind.title)) for kind in COMMITMENT_KINDS.values()),
        missing=_("Choose what it is"),
    )
    title = Text(
        _("In a few words"),
        hint=_("Such as Bakery, or Mia's school run. Your team sees it."),
        optional=True,
        max_length=120,
    )
    how_often = Pick(
        _("How often?"),
        (
            ("weekly", _(EVERY_WEEKS[1])),
            *((str(weeks), _(words)) for weeks, words in EVERY_WEEKS.items() if weeks > 1),
            ("once", _("Once")),
        ),
        missing=_("Choose how often"),
    )
    weekday = Select(_("Day of the week"), DAYS, optional=True)
    anchor_date = Date(
        _("A day of a week in which it is held"), hint=_("Any day of that week"), optional=True
    )
    day = Date(_("Date"), optional=True)
    starts = Time(_("From"), missing=_("Enter when it starts"))
    ends = Time(
        _("Until"), hint=_("Earlier than the start means the next morning"), missing=_("Enter when it ends")
    )
    from_date = Date(_("First day"), hint=_("Empty: it holds already"), optional=True)
    until_date = Date(_("Last day"), hint=_("Empty: until you end it"), optional=True)
    words = LongText(_("Anything your team should know?"), optional=True, max_length=LONGEST_WORDS, rows=2)
    asked_when: ClassVar = {
        "weekday": AskedWhen("how_often", ("weekly", *ROUND), _("Choose the day of the week")),
        "anchor_date": AskedWhen("how_often", ROUND, _("Enter a day of a week in which it is held")),
        "day": AskedWhen("how_often", ("once",), _("Enter the date")),
    }


PART_FIELDS = {
    "morning": _("Mornings on which you would rather not come"),
    "afternoon": _("Afternoons on which you would rather not come"),
    "evening": _("Evenings on which you would rather not come"),
}


class OwnWishesForm(Form):
    """When a person would rather not come, how they would rather come, and how long the way takes them."""

    morning = PickMany(PART_FIELDS["morning"], DAYS, optional=True)
    afternoon = PickMany(PART_FIELDS["afternoon"], DAYS, optional=True)
    evening = PickMany(PART_FIELDS["evening"], DAYS, optional=True)
    way = Pick(
        _("In person or by video?"),
        tuple((code, _(words)) for code, words in WAYS.items()),
        optional=True,
        initial="",
    )
    travel_minutes = Number(
        _("How many minutes does the way take?"),
        hint=_("From work, school or home. Empty: we take what is usual."),
        optional=True,
        min_value=0,
        max_value=LONGEST_WAY,
    )

    def wishes(self, before: Wishes) -> Wishes:
        """What was said, in place of what was wished before; what this form does not ask stays."""
        said = self.cleaned_data
        likings = {
            (int(day), part): before.likings.get((int(day), part), RATHER_NOT)
            for part in PART_FIELDS
            for day in said[part]
        }
        return replace(before, likings=likings, way=said["way"], travel_minutes=said["travel_minutes"])


def as_initial(wishes: Wishes) -> Mapping[str, Any]:
    """What the form of wishes shows at first."""
    return {
        "way": wishes.way,
        "travel_minutes": wishes.travel_minutes,
        **{part: [str(day) for day, at in wishes.likings if at == part] for part in PART_FIELDS},
    }


class FeedForm(Form):
    """A calendar that is to show a person's times."""

    name = Text(
        _("What do you call this calendar?"),
        hint=_("Only you see this, such as My phone"),
        missing=_("Give it a name"),
        max_length=60,
    )
    title = Pick(
        _("What does each time show as?"),
        (*((title, _(title)) for title in TITLES), (OWN_WORD, _("My own word"))),
        hint=_("Others may see your calendar. It never says why you come."),
        initial=TITLES[0],
        missing=_("Choose what your calendar shows"),
    )
    own_title = Text(_("Your own word"), optional=True, max_length=LONGEST_TITLE)
    with_place = Agree(_("Show the street address too"), optional=True)
    asked_when: ClassVar = {"own_title": AskedWhen("title", (OWN_WORD,), _("Enter your own word"))}

    @property
    def shown(self) -> str:
        """The title that was chosen."""
        said = self.cleaned_data
        own: str = said["own_title"] if said["title"] == OWN_WORD else said["title"]
        return own


class AnswerAskForm(Form):
    """What staff answer to somebody who asks to change their own times."""

    answer = Pick(
        "Your answer",
        (("agree", "Agree: it is in their week from now on"), ("decline", "Not yet")),
        missing="Choose your answer",
    )
    words = LongText(
        "Words for them",
        hint="They read this on their own page",
        optional=True,
        max_length=LONGEST_WORDS,
        rows=3,
    )
    asked_when: ClassVar = {
        "words": AskedWhen("answer", ("decline",), "Say why not yet, and what you offer in its place")
    }
