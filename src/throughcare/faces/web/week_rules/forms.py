"""Forms of what the week must respect."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from throughcare.faces.web.fields import Date, Hours, LongText, Number, Pick, Select, Text, Time
from throughcare.faces.web.form import Form
from throughcare.faces.web.one_list import OneList
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.tracks import COMMITMENT_KINDS, VARIANTS, WEEKDAYS
from throughcare.pathway.timetable.person.wishes import LONGEST_WAY, Wishes
from throughcare.pathway.timetable.picture.grid import PARTS
from throughcare.pathway.timetable.picture.wish_words import GLADLY, GROUPS_FOR, LIKINGS, WAYS
from throughcare.pathway.timetable.rules.group_offers import NewOffer
from throughcare.pathway.week.commitments import NewCommitment
from throughcare.pathway.week.week_choices import Choice

WEEKDAY_CHOICES = tuple((str(number), name) for number, name in enumerate(WEEKDAYS))
GROUP_TYPES = tuple(
    (kind.code, kind.title)
    for kind in SESSION_TYPES.values()
    if kind.capacity_setting is not None and kind.counts_as_clinical_hours
)


class WishesForm(Form):
    """How gladly a person comes on each part of each day, and what else they wish."""

    group_for = Pick("Which groups?", tuple(GROUPS_FOR.items()), optional=True, initial="")
    way = Pick("In person or by video?", tuple(WAYS.items()), optional=True, initial="")
    travel_minutes = Number(
        "Minutes for the way",
        hint="Between work, school or home and the program. Empty: what holds for everyone",
        optional=True,
        min_value=0,
        max_value=LONGEST_WAY,
    )

    def __init__(self, practitioners: Sequence[Choice], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["therapist"] = Select(
            "One-to-ones with",
            practitioners,
            hint="Counts for one-to-ones that are not booked yet",
            optional=True,
            empty="Whoever carries them",
        )
        for day, weekday in enumerate(WEEKDAYS):
            for part, (title, *_) in PARTS.items():
                self.fields[f"{part}_{day}"] = _liking(f"{weekday} {title.lower()}")
        self.order_fields(["group_for", "way", "therapist", "travel_minutes"])

    @property
    def days(self) -> list[tuple[str, list[tuple[str, Any]]]]:
        """Each day with its lists: the part's title and the field."""
        return [
            (weekday, [(title, self[f"{part}_{day}"]) for part, (title, *_) in PARTS.items()])
            for day, weekday in enumerate(WEEKDAYS)
        ]

    @property
    def others(self) -> list[Any]:
        """The fields beside the days."""
        return [self[name] for name in ("group_for", "way", "therapist", "travel_minutes")]

    def wishes(self) -> Wishes:
        """What was said, once the form is valid."""
        said = self.cleaned_data
        likings = {
            (day, part): said[f"{part}_{day}"] or GLADLY for day in range(len(WEEKDAYS)) for part in PARTS
        }
        return Wishes(
            likings=likings,
            group_for=said["group_for"],
            way=said["way"],
            therapist=UUID(said["therapist"]) if said["therapist"] else None,
            travel_minutes=said["travel_minutes"],
        )


def _liking(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(choices=tuple(LIKINGS.items()), widget=OneList(), label=label, required=False)


def as_initial(wishes: Wishes) -> Mapping[str, Any]:
    """What the form shows at first."""
    return {
        "group_for": wishes.group_for,
        "way": wishes.way,
        "therapist": str(wishes.therapist or ""),
        "travel_minutes": wishes.travel_minutes,
        **{f"{part}_{day}": how for (day, part), how in wishes.likings.items()},
    }


class RosterForm(Form):
    """The same hours on days that follow no rule."""

    kind = Pick(
        "What is it?",
        tuple((kind.code, kind.title) for kind in COMMITMENT_KINDS.values()),
        missing="Choose what it is",
    )
    title = Text("In a few words", hint="Such as Bakery", optional=True, max_length=120)
    days = LongText(
        "Days",
        hint="One a line, as 2026-03-02 or 3/2/2026",
        missing="Enter at least one day",
        max_length=2000,
        rows=6,
    )
    starts = Time("From", missing="Enter when it starts")
    ends = Time("Until", hint="Earlier than the start means the next morning", missing="Enter when it ends")

    def clean_days(self) -> list[date]:
        """The days, each read by itself."""
        read = forms.DateField(input_formats=["%Y-%m-%d", "%m/%d/%Y"])
        found = []
        for line in self.cleaned_data["days"].replace(",", "\n").splitlines():
            if not line.strip():
                continue
            try:
                found.append(read.clean(line.strip()))
            except forms.ValidationError as wrong:
                raise forms.ValidationError(f"“{line.strip()}” is no day. Write it as 2026-03-02.") from wrong
        return found

    def commitment(self) -> NewCommitment:
        """What is asked on each of the days."""
        said = self.cleaned_data
        return NewCommitment(said["kind"], said["title"], starts=said["starts"], ends=said["ends"])


class NeverWithForm(Form):
    """Whom of the staff a person must not meet, and why."""

    def __init__(self, practitioners: Sequence[Choice], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["practitioner"] = Select(
            "Who of the staff must not meet them?", practitioners, missing="Choose someone"
        )
        self.fields["reason"] = LongText(
            "Why?",
            hint="Read only by clinicians and the clinical director; never shown with a clash.",
            missing="Say why",
            max_length=1000,
        )


class LimitsForm(Form):
    """Hours of groups that someone leads."""

    most = Hours("Hours of groups a week, at most", missing="Enter the hours", min_value=0, max_value=40)
    meant = Hours(
        "Hours that are meant",
        hint="More than this is possible, and costs something in the plan",
        missing="Enter the hours",
        min_value=0,
        max_value=40,
    )


class AwayForm(Form):
    """Days on which someone is away."""

    first_day = Date("First day away", missing="Choose the first day")
    last_day = Date("Last day away", missing="Choose the last day")


class OfferForm(Form):
    """A group that may be opened."""

    session_type = Select("Session type", GROUP_TYPES, missing="Choose the session type")
    track = Select(
        "Track", tuple((one.code, one.title) for one in TRACKS.values()), missing="Choose the track"
    )
    variant = Select("For whom", tuple(VARIANTS.items()), initial="mixed", missing="Choose for whom it is")
    capacity = Number("Seats", missing="Enter the seats", min_value=1, max_value=40)
    weekday = Select("Day of the week", WEEKDAY_CHOICES, missing="Choose the day of the week")
    starts = Time("Starts at", missing="Enter when it starts")
    minutes = Number("Minutes, breaks included", missing="Enter the minutes", min_value=15, max_value=480)
    break_minutes = Number("Minutes of break", initial=0, min_value=0, max_value=120)
    telehealth_url = Text("Link for video", hint="For a group by video", optional=True)

    def __init__(self, rooms: Sequence[Choice], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["room"] = Select("Room", rooms, optional=True, empty="No room: by video")
        self.order_fields([*(name for name in self.fields if name not in ("room", "telehealth_url")), "room"])

    def offer(self) -> NewOffer:
        """What was asked for, once the form is valid."""
        said = self.cleaned_data
        return NewOffer(
            session_type=said["session_type"],
            track=said["track"],
            capacity=said["capacity"],
            weekday=int(said["weekday"]),
            starts=said["starts"],
            minutes=said["minutes"],
            break_minutes=said["break_minutes"],
            variant=said["variant"],
            room=UUID(said["room"]) if said["room"] else None,
            telehealth_url=said["telehealth_url"],
        )


class MixForm(Form):
    """Which mix of sessions is sought for someone without a plan in force."""

    def __init__(self, mixes: Sequence[Choice], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["mix"] = Select("Mix of sessions", mixes, optional=True, empty="Choose a mix")
