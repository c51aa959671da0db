"""What people are asked before and after a session; every question may be left out."""

from typing import Any

from django.core.exceptions import ValidationError

from throughcare.faces.web.fields import LongText, Pick, Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.languages import said
from throughcare.knowledge.between_sessions import CHECK_IN, CHECK_OUT, LONGEST_WORDS, TOP, CheckIn, Item
from throughcare.knowledge.group_climate import TAPS
from throughcare.pathway.attendance.joining_by_video import LONGEST
from throughcare.pathway.attendance.room_code import DIGITS

SKIPPED = "skip"
SKIP = (SKIPPED, _("Skip"))
ANSWERS = (("yes", _("Yes")), ("partly", _("Partly")), ("no", _("No")), SKIP)


class Scale(Pick):
    """A number from 0 to 10, each one tap; the last one skips the question."""

    def __init__(self, item: Item) -> None:
        numbers = [(str(number), str(number)) for number in range(TOP + 1)]
        low, high = said(item.low).lower(), said(item.high).lower()
        hint = _("0: {low}. {top}: {high}.").format(low=low, top=TOP, high=high)
        super().__init__(item.words, [*numbers, SKIP], hint=hint, optional=True)
        self.widget.attrs["class"] = "scale"


def _field(item: Item) -> Any:
    if item.kind == "scale":
        return Scale(item)
    if item.kind == "choice":
        return Pick(item.words, [*item.answers, SKIP], optional=True)
    return LongText(item.words, optional=True, rows=3, max_length=LONGEST_WORDS)


class CheckInForm(Form):
    """The questions of a check-in on one short page."""

    all_may_be_skipped = True

    def __init__(self, *args: Any, said: CheckIn | None = None, skill: str = "", **more: Any) -> None:
        if said is not None:
            values = {item.code: getattr(said, item.code) for item in CHECK_IN}
            more["initial"] = {
                code: value if code == "words" else SKIPPED if value in (None, "") else str(value)
                for code, value in values.items()
            }
        super().__init__(*args, **more)
        for item in CHECK_IN:
            self.fields[item.code] = _field(item)
        self.fields["practiced"].help_text = skill

    @property
    def answers(self) -> CheckIn:
        """What was answered."""
        said = {code: "" if value == SKIPPED else value for code, value in self.cleaned_data.items()}
        scales = {item.code: said[item.code] for item in CHECK_IN if item.kind == "scale"}
        numbers = {code: int(value) if value else None for code, value in scales.items()}
        return CheckIn(**numbers, practiced=said["practiced"], words=said["words"])


class CheckOutForm(Form):
    """What somebody takes with them."""

    asks_one_question = True
    all_may_be_skipped = True

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        hint = _("Your facilitator reads this. Leave it empty if you like.")
        self.fields["words"] = LongText(
            CHECK_OUT.words, hint=hint, optional=True, rows=3, max_length=LONGEST_WORDS
        )


class ClimateForm(Form):
    """Four taps without a name."""

    all_may_be_skipped = True

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for tap in TAPS:
            self.fields[tap.code] = Pick(tap.words, ANSWERS, optional=True)
            self.fields[tap.code].widget.attrs["class"] = "in-fours"

    @property
    def taps(self) -> dict[str, str]:
        """What was tapped."""
        return {code: value for code, value in self.cleaned_data.items() if value not in ("", SKIPPED)}


class RoomCodeForm(Form):
    """The digits from the screen in the room."""

    code = Text(
        _("Code"),
        hint=_("Six digits, on the screen in your group's room"),
        missing=_("Enter the six digits"),
        width=10,
        inputmode="numeric",
        max_length=2 * DIGITS,
    )


class WhoForm(Form):
    """How someone finds themselves at a kiosk, without the names of others."""

    who = Text(
        _("Your two initials, or your number"),
        hint=_("First and last name, like MK"),
        missing=_("Enter your initials or your number"),
        width=10,
        max_length=12,
    )
    birthday = Text(
        _("Your birthday"),
        hint=_("Month and day, like 5/4"),
        missing=_("Enter your birthday"),
        width=10,
        max_length=10,
    )

    def clean_birthday(self) -> tuple[int, int]:
        """Month and day."""
        words = str(self.cleaned_data["birthday"])
        parts = "".join(one if one.isascii() and one.isdigit() else " " for one in words).split()
        if len(parts) < 2 or not (1 <= int(parts[0]) <= 12 and 1 <= int(parts[1]) <= 31):
            raise ValidationError(_("Write your birthday as month and day, like 5/4"))
        return int(parts[0]), int(parts[1])


class JoinForm(Form):
    """Where someone is, before they join by video."""

    place = Text(
        _("Where are you right now?"),
        hint=_("Street and town. Only your facilitator sees it, so that help could find you."),
        missing=_("Write where you are right now, so that help could find you"),
        max_length=LONGEST,
    )
    phone = Text(
        _("A number to call if the video breaks off"), optional=True, width=20, max_length=40, inputmode="tel"
    )
    nearby = Text(_("Is anyone with you who could hear?"), optional=True, max_length=LONGEST)
