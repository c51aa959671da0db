"""Forms of the week: commitments, sessions, joining and leaving groups, reasons."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from throughcare.faces.web.fields import (
    Agree,
    Date,
    LongText,
    Number,
    Pick,
    PickMany,
    Select,
    Text,
    Time,
)
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.tracks import COMMITMENT_KINDS, EVERY_WEEKS, WEEKDAYS
from throughcare.pathway.week.commitments import NewCommitment
from throughcare.pathway.week.week_choices import Choice, WeekChoices

# How often a commitment may come round beside every week, as the form names it.
ROUND = tuple(str(weeks) for weeks in EVERY_WEEKS if weeks > 1)
WEEKDAY_CHOICES = tuple((str(number), name) for number, name in enumerate(WEEKDAYS))
ONE_TO_ONE = tuple(
    (kind.code, kind.title) for kind in SESSION_TYPES.values() if kind.capacity_setting is None
)


class BoardFilter(Form):
    """What the week board is narrowed to; any value that is no choice is left out."""

    def __init__(
        self, sites: Sequence[Choice], practitioners: Sequence[Choice], *args: Any, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        if len(sites) > 1:
            self.fields["site"] = Select("Site", sites, optional=True, empty="First site")
        tracks = [(track.code, track.title) for track in TRACKS.values()]
        self.fields["track"] = Select("Track", tracks, optional=True, empty="Every track")
        self.fields["facilitator"] = Select("Facilitator", practitioners, optional=True, empty="Everyone")


class CommitmentForm(Form):
    """Something a person's own life asks of their week."""

    kind = Pick(
        "What is it?",
        tuple((kind.code, kind.title) for kind in COMMITMENT_KINDS.values()),
        missing="Choose what it is",
    )
    title = Text("In a few words", hint="Such as Bakery, or Mia's school run", optional=True, max_length=120)
    how_often = Pick(
        "How often?",
        (
            ("weekly", EVERY_WEEKS[1]),
            *((str(weeks), words) for weeks, words in EVERY_WEEKS.items() if weeks > 1),
            ("once", "Once"),
        ),
        missing="Choose every week or once",
    )
    weekday = Select("Day of the week", WEEKDAY_CHOICES, optional=True)
    anchor_date = Date(
        "A day of a week in which it is held",
        hint="Any day of that week; it is counted from there",
        optional=True,
    )
    day = Date("Date", optional=True)
    starts = Time("From", missing="Enter when it starts")
    ends = Time("Until", hint="Earlier than the start means the next morning", missing="Enter when it ends")
    from_date = Date("First day", hint="Empty: it holds already", optional=True)
    until_date = Date("Last day", hint="Empty: until it is ended", optional=True)
    asked_when: ClassVar = {
        "weekday": AskedWhen("how_often", ("weekly", *ROUND), "Choose the day of the week"),
        "anchor_date": AskedWhen("how_often", ROUND, "Enter a day of a week in which it is held"),
        "day": AskedWhen("how_often", ("once",), "Enter the date"),
    }

    def commitment(self) -> NewCommitment:
        """What was asked for, once the form is valid."""
        said = self.cleaned_data
        weekly = said["how_often"] != "once"
        rounds = said["how_often"] in ROUND
        return NewCommitment(
            kind=said["kind"],
            title=said["title"],
            weekday=int(said["weekday"]) if weekly else None,
            day=None if weekly else said["day"],
            starts=said["starts"],
            ends=said["ends"],
            from_date=said["from_date"] if weekly else None,
            until_date=said["until_date"] if weekly else None,
            every_weeks=int(said["how_often"]) if rounds else 1,
            anchor_date=said["anchor_date"] if rounds else None,
        )


class SessionForm(Form):
    """A one-to-one, family or prescriber session; `others` are patients who may come too, `family` their own people."""

    kind = Pick("Kind of session", ONE_TO_ONE, missing="Choose the kind of session")
    day = Date("Day", missing="Choose the day")
    starts = Time("Starts at", missing="Enter when it starts")
    minutes = Number("Minutes", initial=60, min_value=5, max_value=480)
    weeks = Number(
        "How many weeks in a row?", hint="1 books one session", initial=1, min_value=1, max_value=26
    )

    def __init__(
        self,
        choices: WeekChoices,
        *args: Any,
        others: Sequence[Choice] = (),
        family: Sequence[Choice] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        if others:
            self.fields["others"] = PickMany("Other patients in this session", others, optional=True)
        if family:
            self.fields["guests"] = PickMany("Family and others who come too", family, optional=True)
        self.fields["practitioner"] = Select(
            "With whom", choices.practitioners, missing="Choose who leads the session"
        )
        self.fields["beside"] = PickMany("Who leads it too", choices.practitioners, optional=True)
        self.fields["room"] = Select("Room", choices.rooms, optional=True, empty="No room: by video or phone")

    def picked(self, name: str) -> tuple[UUID, ...]:
        """The public ids that were picked in a list; none where the list was not asked."""
        return tuple(UUID(one) for one in self.cleaned_data.get(name) or ())

    @property
    def starts_at(self) -> datetime:
        """The wall-clock moment that was asked for."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["starts"])


class MoveForm(Form):
    """Another time, room or leader for one session."""

    day = Date("New day", missing="Choose the day")
    starts = Time("Starts at", missing="Enter when it starts")
    minutes = Number("Minutes", min_value=5, max_value=480)

    def __init__(self, choices: WeekChoices, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["practitioner"] = Select("With whom", choices.practitioners)
        self.fields["room"] = Select("Room", choices.rooms, optional=True, empty="No room")

    @property
    def starts_at(self) -> datetime:
        """The wall-clock moment that was asked for."""
        day: date = self.cleaned_data["day"]
        clock: time = self.cleaned_data["starts"]
        return datetime.combine(day, clock)


class BecauseForm(Form):
    """Why something is given up."""

    because = Text("Why?", hint="A few words, for those who ask later", missing="Say why in a few words")


class CancelForm(Form):
    """Why a session is taken away; unlike other reasons it is told."""

    because = Text(
        "Why?",
        hint="Everyone who is told reads these words: they and who leads it",
        missing="Say why in a few words",
    )


class JoinForm(Form):
    """From when a person is in a group."""

    from_date = Date("First day in the group", missing="Choose the first day")
    despite_warnings = Agree("I have weighed these warnings and place the person all the same", optional=True)

    def __init__(self, *args: Any, has_warnings: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not has_warnings:
            del self.fields["despite_warnings"]


class LeaveForm(BecauseForm):
    """Until when a person is in a group, and why they leave."""

    until_date = Date("Last day in the group", missing="Choose the last day")
    despite_warnings = Agree("I have weighed that too few are left for a group", optional=True)

    def __init__(self, *args: Any, has_warnings: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        if not has_warnings:
            del self.fields["despite_warnings"]


class KeepApartForm(Form):
    """Whom a person must not meet, and why."""

    def __init__(self, people: Sequence[Choice], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["other"] = Pick("Who must not meet them?", people, missing="Choose a person")
        self.fields["reason"] = LongText(
            "Why?",
            hint="Read only by clinicians and the clinical director; never shown with a clash.",
            missing="Say why",
            max_length=1000,
        )
