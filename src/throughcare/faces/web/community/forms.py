"""Forms of the community."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from throughcare.faces.web.fields import (
    Date,
    LongText,
    Number,
    Phone,
    Pick,
    PickMany,
    Select,
    Text,
    Time,
    TypedDate,
)
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.faces.web.languages import lazy as _
from throughcare.knowledge.community import AUDIENCES, EVENT_KINDS, LONGEST_NAME, REPEATS
from throughcare.knowledge.mentoring import SHARES, Match
from throughcare.knowledge.milestones import PLACES
from throughcare.pathway.community.event import NewEvent
from throughcare.pathway.community.mentor import NewMentor
from throughcare.pathway.community.mentoring import Yes
from throughcare.pathway.community.milestone import Wish

REPEATING = tuple(code for code, (_title, weeks) in REPEATS.items() if weeks)


class EventForm(Form):
    """One event of the calendar."""

    title = Text("Title", missing="Give it a title", max_length=120)
    kind = Select(
        "Kind", [(row.code, row.title) for row in EVENT_KINDS.values()], missing="Choose what kind it is"
    )
    audience = Select(
        "For whom", [(code, title) for code, (title, _roles) in AUDIENCES.items()], missing="Choose for whom"
    )
    words = LongText("What happens there", optional=True, max_length=1000, rows=3)
    first_day = Date("First day", missing="Choose the day")
    starts = Time("Begins at", missing="Enter when it begins")
    minutes = Number("Minutes", missing="Enter how long it takes")
    repeats = Select("How often", [(code, title) for code, (title, _weeks) in REPEATS.items()])
    until_date = Date("Last day", optional=True)
    place = Text("Where", optional=True, max_length=200)
    link = Text("Web address", hint="Beginning with https://", optional=True, max_length=300)
    cost = Text("What it costs", hint="Such as free, or $5", optional=True, max_length=80)
    seats = Number("Seats", hint="Empty: no limit", optional=True, min_value=1, max_value=1000)
    asked_when: ClassVar = {"until_date": AskedWhen("repeats", REPEATING)}

    def __init__(self, *args: Any, sites: list[tuple[UUID, str]] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        if sites is not None:
            choices = [(str(uid), name) for uid, name in sites]
            self.fields["site"] = Select(
                "Site", choices, hint="Its clock counts", missing="Choose the site", initial=choices[0][0]
            )

    @property
    def event(self) -> NewEvent:
        """What was filled in."""
        said = {key: value for key, value in self.cleaned_data.items() if key not in ("site", "once")}
        return NewEvent(**said)


class NameForm(Form):
    """The name I go by in the community."""

    name = Text(
        _("Name you go by"),
        hint=_("A first name or a made-up one. Leave it empty to go without."),
        optional=True,
        width=20,
        max_length=LONGEST_NAME,
    )


class MilestonesForm(Form):
    """Where my milestones are told."""

    places = PickMany(
        _("Where may a milestone be told?"),
        [(code, _(words)) for code, words in PLACES.items()],
        hint=_("Choose none, and nobody hears of it. That is how it is until you choose."),
        optional=True,
    )
    sober_since = TypedDate(
        _("The day since which you count"),
        hint=_("Only if you count sober days. Month/day/year, like 3/27/2026"),
        optional=True,
    )
    tells_sober_days = Pick(
        _("May sober days be told there as well?"),
        (("no", _("No, they are only for me")), ("yes", _("Yes"))),
        optional=True,
    )

    @property
    def wish(self) -> Wish:
        """What was chosen."""
        said = self.cleaned_data
        return Wish(tuple(said["places"]), said["tells_sober_days"] == "yes", said["sober_since"])


class YesForm(Form):
    """What I let my mentor, or whom I mentor, know."""

    shares = PickMany(
        _("What may they know?"),
        [(code, _(words)) for code, words in SHARES.items()],
        hint=_("They see it once both of you said yes, and no more once one of you ends it."),
        optional=True,
    )
    reach = Phone(_("How they can reach you"), hint=_("Such as a phone number"), optional=True)
    words = LongText(_("About you, in your words"), optional=True, max_length=500, rows=3)

    @property
    def yes(self) -> Yes:
        """What was chosen."""
        said = self.cleaned_data
        return Yes(frozenset(said["shares"]), said["reach"], said["words"])


class MentorForm(Form):
    """An alumnus becomes a mentor."""

    training = Text("Which training did they finish?", missing="Name the training", max_length=120)
    trained_on = Date("When?", missing="Choose the day")
    at_most = Number("How many people do they take on?", missing="Enter a number")
    about = LongText(
        "About them, in their words", hint="Whom they meet reads this", optional=True, max_length=500, rows=3
    )

    @property
    def mentor(self) -> NewMentor:
        """What was filled in."""
        said = self.cleaned_data
        return NewMentor(said["training"], said["trained_on"], said["at_most"], said["about"])


class MatchForm(Form):
    """A mentor for somebody, within bounds."""

    hours_week = Number("Hours a week, at most", missing="Enter a number")
    times = Text(
        "When may they be in touch?", hint="Such as weekdays, 9 to 21", optional=True, max_length=200
    )
    from_date = Date("From", missing="Choose the first day")
    until_date = Date("Until", missing="Choose the last day")

    def __init__(self, *args: Any, mentors: list[tuple[str, str]], today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["mentor"] = Select("Mentor", mentors, missing="Choose the mentor")
        self.fields["from_date"].initial = today
        self.order_fields(["mentor", "hours_week", "times", "from_date", "until_date"])

    @property
    def match(self) -> Match:
        """The bounds."""
        said = self.cleaned_data
        return Match(said["hours_week"], said["from_date"], said["until_date"])
