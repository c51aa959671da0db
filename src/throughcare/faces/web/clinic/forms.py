"""Forms of the clinic's set-up."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from throughcare.faces.web.fields import (
    Date,
    Email,
    Hours,
    Number,
    Password,
    Phone,
    PickMany,
    Select,
    Text,
    Time,
)
from throughcare.faces.web.form import Form
from throughcare.faces.web.week.forms import WEEKDAY_CHOICES
from throughcare.knowledge.credentials import ALL as CREDENTIALS
from throughcare.knowledge.program_settings import ProgramSetting
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.session_types import ALL as SESSION_TYPES
from throughcare.knowledge.states import STATES
from throughcare.pathway.clinic.clinic import ROOM_KINDS
from throughcare.pathway.week.week_choices import Choice

US_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)
STAFF_ROLES = tuple((role.code, f"{role.title}: {role.about}") for role in ROLES.values() if role.staff)
SKILLS = tuple(
    (skill, skill.replace("-", " ").capitalize())
    for skill in sorted({kind.skill for kind in SESSION_TYPES.values()})
)
LENGTH_HINT = "At least 15 characters. A sentence that only you would say is good."


def zone_choices() -> list[Choice]:
    """Time zones, those of the United States first."""
    rest = sorted(zone for zone in available_timezones() if "/" in zone and zone not in US_ZONES)
    return [(zone, zone.replace("_", " ")) for zone in (*US_ZONES, *rest)]


class NewPassword(Password):
    """A password that is set: the rules of the house are checked and said."""

    def __init__(self, label: str = "Password") -> None:
        super().__init__(label, hint=LENGTH_HINT, autocomplete="new-password", missing="Choose a password")

    def clean(self, value: Any) -> Any:
        """The password, if it is long enough and not a common one."""
        cleaned = super().clean(value)
        try:
            validate_password(cleaned)
        except ValidationError as weak:
            raise ValidationError(list(weak.messages)) from weak
        return cleaned


class FirstRunForm(Form):
    """What the first run asks."""

    organization = Text("Organization", hint="As patients know it", missing="Name the organization")
    phone = Phone("Phone number of the organization", optional=True)
    site = Text("First site", hint="Such as Main Street", missing="Name the first site")
    address = Text("Address of the site", optional=True, max_length=300)
    given_name = Text("Your given name", autocomplete="given-name", missing="Enter your given name")
    family_name = Text("Your family name", autocomplete="family-name", missing="Enter your family name")
    email = Email("Your email address", hint="You sign in with it", missing="Enter your email address")
    password = NewPassword("Your password")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["time_zone"] = Select(
            "Time zone of the site",
            zone_choices(),
            hint="Every session is on this clock, also when it changes in spring and autumn",
            missing="Choose the time zone",
        )
        self.order_fields(["organization", "phone", "site", "time_zone", "address"])


class SiteForm(Form):
    """A further site."""

    name = Text("Name", missing="Name the site")
    address = Text("Address", optional=True, max_length=300)
    phone = Phone("Phone number", optional=True)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["time_zone"] = Select("Time zone", zone_choices(), missing="Choose the time zone")
        self.fields["state"] = state_field()


def state_field() -> Select:
    """In which state a site is; without one, minors and guardians both sign."""
    hint = "Its law decides who signs for a minor. Without a state, the minor and a guardian both sign."
    return Select("State", tuple(STATES.items()), hint=hint, optional=True, empty="Not chosen")


class StateForm(Form):
    """In which state a site is."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["state"] = state_field()


class RoomForm(Form):
    """A room of a site."""

    name = Text("Name", missing="Name the room", max_length=100)
    kind = Select("Kind", tuple(ROOM_KINDS.items()), missing="Choose the kind of room")
    capacity = Number("How many people it holds, staff included", min_value=1, max_value=500)

    def __init__(self, sites: Sequence[Choice], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["site"] = Select("Site", sites, missing="Choose the site")
        self.order_fields(["site"])


class StaffForm(Form):
    """Someone who starts to work here."""

    given_name = Text("Given name", missing="Enter the given name")
    family_name = Text("Family name", missing="Enter the family name")
    email = Email("Email address", hint="They sign in with it", missing="Enter the email address")
    roles = PickMany("Roles", STAFF_ROLES, missing="Choose at least one role")
    credential = Select(
        "Credential",
        tuple((one.code, f"{one.code}: {one.title}") for one in CREDENTIALS.values()),
        hint="Needed to lead sessions and to sign",
        optional=True,
        empty="None: does not treat",
    )
    licence_number = Text("License number", optional=True, max_length=40)
    languages = Text("Languages", hint="Codes, such as en, es", optional=True, initial="en")
    skills = PickMany("What they may lead or do", SKILLS, optional=True)

    def __init__(self, sites: Sequence[Choice], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["site"] = Select("Site", sites, missing="Choose the site")
        self.order_fields(["site"])


class RolesForm(Form):
    """Which roles someone holds, and what they may lead."""

    roles = PickMany("Roles", STAFF_ROLES, missing="Choose at least one role")
    skills = PickMany("What they may lead or do", SKILLS, optional=True)

    def __init__(self, supervisors: Sequence[Choice], *args: Any, treats: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not treats:
            del self.fields["skills"]
            return
        self.fields["supervisor"] = Select(
            "Supervisor",
            supervisors,
            hint="Co-signs the notes of someone who works under supervision",
            optional=True,
            empty="None",
        )


class ShiftForm(Form):
    """When someone works every week."""

    weekdays = PickMany("Days", WEEKDAY_CHOICES, missing="Choose at least one day")
    starts = Time("From", missing="Enter when the shift starts")
    ends = Time("Until", missing="Enter when the shift ends")
    from_date = Date("From this day on", missing="Choose the day")

    def __init__(self, sites: Sequence[Choice], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["site"] = Select("Site", sites, missing="Choose the site")
        self.order_fields(["site"])


class SettingForm(Form):
    """Another value for one number of the program, from a day on."""

    effective_date = Date("From this day on", missing="Choose the day")

    def __init__(self, setting: ProgramSetting, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        hint = f"{setting.low} to {setting.high} {setting.unit}; the default is {setting.value}"
        kind = Number if setting.is_whole else Hours
        self.fields["value"] = kind("Value", hint=hint, missing="Enter the value")
        self.order_fields(["value"])


class HolidayForm(Form):
    """A day on which a site, or every site, is closed."""

    day = Date("Day", missing="Choose the day")
    name = Text("Name", hint="Such as Labor Day", missing="Name the day", max_length=100)

    def __init__(self, sites: Sequence[Choice], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["site"] = Select("Site", sites, optional=True, empty="Every site")
