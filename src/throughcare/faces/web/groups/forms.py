"""Forms of groups: opening one, its times, leaders, room, seats, and its end."""

from typing import Any

from throughcare.faces.web.fields import Agree, Date, Number, Pick, Select, Text, Time
from throughcare.faces.web.form import Form
from throughcare.faces.web.week.forms import WEEKDAY_CHOICES
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.tracks import ALL as TRACKS
from throughcare.knowledge.tracks import VARIANTS
from throughcare.pathway.week.week_choices import WeekChoices

GROUP_TYPES = tuple(
    (kind.code, kind.title) for kind in SESSION_TYPES.values() if kind.capacity_setting is not None
)
VIDEO_HINT = "For a group by video, or for those who join one from home"


class GroupForm(Form):
    """A group that opens."""

    name = Text("Name", hint="As people call it, such as Thoughts and choices", missing="Name the group")
    session_type = Select("Session type", GROUP_TYPES, missing="Choose the session type")
    track = Pick(
        "Track",
        tuple((track.code, f"{track.title}: {track.about}") for track in TRACKS.values()),
        missing="Choose the track",
    )
    variant = Select("For whom", tuple(VARIANTS.items()), initial="mixed")
    capacity = Number("Seats", initial=12, min_value=1, max_value=35)
    opened_date = Date("First day", missing="Choose the first day")

    def __init__(self, choices: WeekChoices, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if len(choices.sites) > 1:
            self.fields["site"] = Select("Site", choices.sites, missing="Choose the site")
            self.order_fields(["site", "name"])
        self.fields["room"] = Select("Room", choices.rooms, optional=True, empty="No room: by video")
        self.fields["telehealth_url"] = Text("Link for video", hint=VIDEO_HINT, optional=True)


class TimeForm(Form):
    """A weekly time."""

    weekday = Select("Day of the week", WEEKDAY_CHOICES, missing="Choose the day of the week")
    starts = Time("Starts at", missing="Enter when it starts")
    minutes = Number("Minutes, breaks included", initial=60, min_value=5, max_value=480)
    break_minutes = Number("Minutes of break", initial=0, min_value=0, max_value=240)
    from_date = Date("From this day on", missing="Choose the day")


class ChangeTimeForm(TimeForm):
    """Another weekly time from a day on."""

    despite_warnings = Agree("Move it even if members have something else then", optional=True)


class LeadForm(Form):
    """Who leads, from a day on."""

    from_date = Date("From this day on", missing="Choose the day")

    def __init__(self, choices: WeekChoices, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["practitioner"] = Select("Who leads", choices.practitioners, missing="Choose who leads")
        self.order_fields(["practitioner", "from_date"])


class RoomForm(Form):
    """Where a group is held, from a day on."""

    from_date = Date("From this day on", missing="Choose the day")

    def __init__(self, choices: WeekChoices, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["room"] = Select("Room", choices.rooms, optional=True, empty="No room: by video")
        self.fields["telehealth_url"] = Text("Link for video", hint=VIDEO_HINT, optional=True)
        self.order_fields(["room", "telehealth_url", "from_date"])


class SeatsForm(Form):
    """How many seats a group has."""

    capacity = Number("Seats", min_value=1, max_value=35)


class LastDayForm(Form):
    """The last day of something."""

    until_date = Date("Last day", missing="Choose the last day")
