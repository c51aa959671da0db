"""Fields worded for people: label, hint and the sentence shown when the answer is missing."""

from collections.abc import Iterable
from typing import Any

from django import forms

from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.languages import worded
from throughcare.faces.web.one_list import OneList

Choices = Iterable[tuple[str, str]]

YES_NO: tuple[tuple[str, str], ...] = (("yes", _("Yes")), ("no", _("No")))


class _NativeDate(forms.DateInput):
    input_type = "date"


class _NativeTime(forms.TimeInput):
    input_type = "time"


class _NativeMoment(forms.DateTimeInput):
    input_type = "datetime-local"


class _Radios(forms.RadioSelect):
    template_name = "forms/choices.html"
    option_template_name = "forms/choice.html"


class _Checkboxes(forms.CheckboxSelectMultiple):
    template_name = "forms/choices.html"
    option_template_name = "forms/choice.html"


def _worded(label: str, hint: str, missing: str, optional: bool) -> dict[str, Any]:
    return {
        "label": label,
        "help_text": hint,
        "required": not optional,
        "error_messages": {"required": missing or worded(_("“{label}” needs an answer"), label=label)},
    }


class Text(forms.CharField):
    """One line of text. `width` is the expected length in characters: 4, 10, 20 or 40."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        missing: str = "",
        optional: bool = False,
        width: int = 40,
        autocomplete: str = "off",
        inputmode: str = "",
        **more: Any,
    ) -> None:
        attrs = {"class": f"wide-{width}", "autocomplete": autocomplete}
        if inputmode:
            attrs["inputmode"] = inputmode
        more.setdefault("max_length", 200)
        more.setdefault("widget", forms.TextInput(attrs))
        super().__init__(**_worded(label, hint, missing, optional), **more)


class Phone(Text):
    """A telephone number as the person writes it; `pathway` reads it."""

    def __init__(self, label: str = _("Phone number"), *, autocomplete: str = "tel", **more: Any) -> None:
        attrs = {"type": "tel", "class": "wide-20", "autocomplete": autocomplete}
        super().__init__(label, widget=forms.TextInput(attrs), max_length=40, **more)


class Email(forms.EmailField):
    """An e-mail address."""

    def __init__(
        self,
        label: str = _("Email address"),
        *,
        hint: str = "",
        missing: str = "",
        optional: bool = False,
        autocomplete: str = "email",
        **more: Any,
    ) -> None:
        widget = forms.EmailInput({"class": "wide-40", "autocomplete": autocomplete, "spellcheck": "false"})
        super().__init__(widget=widget, **_worded(label, hint, missing, optional), **more)
        self.error_messages["invalid"] = _("Enter an email address like name@example.org")


class Password(Text):
    """A password; `autocomplete` is `current-password` or `new-password`."""

    def __init__(
        self, label: str = _("Password"), *, autocomplete: str = "current-password", **more: Any
    ) -> None:
        widget = forms.PasswordInput({"class": "wide-20", "autocomplete": autocomplete})
        super().__init__(label, widget=widget, strip=False, max_length=1000, **more)


class LongText(forms.CharField):
    """Several lines of text; the page says how many characters fit."""

    def __init__(
        self,
        label: str,
        *,
        hint: str = "",
        missing: str = "",
        optional: bool = False,
        rows: int = 4,
        **more: Any,
    ) -> None:
        more.setdefault("max_length", 4000)
        super().__init__(
            widget=forms.Textarea({"rows": rows}), **_worded(label, hint, missing, optional), **more
        )


class Number(forms.IntegerField):
    """A whole number."""

    def __init__(
        self, label: str, *, hint: str = "", missing: str = "", optional: bool = False, **more: Any
    ) -> None:
        widget = forms.TextInput({"class": "wide-4", "inputmode": "numeric", "autocomplete": "off"})
        super().__init__(widget=widget, **_worded(label, hint, missing, optional), **more)
        self.error_messages["invalid"] = worded(_("“{label}” must be a whole number, like 3"), label=label)


class Amount(forms.DecimalField):
    """A number with its decimals: what was measured, or a sum of dollars."""

    wrong, most_digits = _("“{label}” must be a number, like 12 or 1.5"), 8

    def __init__(
        self, label: str, *, hint: str = "", missing: str = "", optional: bool = False, **more: Any
    ) -> None:
        widget = forms.TextInput({"class": "wide-4", "inputmode": "decimal", "autocomplete": "off"})
        more = {"max_digits": self.most_digits, "decimal_places": 2, **more}
        super().__init__(widget=widget, **_worded(label, hint, missing, optional), **more)
        self.error_messages["invalid"] = worded(self.wrong, label=label)


class Hours(Amount):
    """A number of hours with at most two decimals."""

    wrong, most_digits = _("“{label}” must be a number of hours, like 9 or 1.5"), 5


class Date(forms.DateField):
    """A date near today, picked with the browser's own calendar."""

    def __init__(
        self, label: str, *, hint: str = "", missing: str = "", optional: bool = False, **more: Any
    ) -> None:
        widget = _NativeDate({"class": "wide-10"}, format="%Y-%m-%d")
        super().__init__(
            widget=widget, input_formats=["%Y-%m-%d"], **_worded(label, hint, missing, optional), **more
        )
        self.error_messages["invalid"] = worded(_("“{label}” must be a real date"), label=label)


class TypedDate(forms.DateField):
    """A date that people know by heart, such as a birth date: typed, never picked."""

    def __init__(
        self,
        label: str = _("Date of birth"),
        *,
        hint: str = _("Month/day/year, like 3/27/1984"),
        missing: str = "",
        optional: bool = False,
        autocomplete: str = "off",
        **more: Any,
    ) -> None:
        attrs = {"class": "wide-10", "inputmode": "numeric", "autocomplete": autocomplete}
        formats = ["%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y", "%m %d %Y", "%Y-%m-%d"]
        super().__init__(
            widget=forms.DateInput(attrs, format="%m/%d/%Y"),
            input_formats=formats,
            **_worded(label, hint, missing, optional),
            **more,
        )
        self.error_messages["invalid"] = worded(
            _("“{label}” must be a real date, like 3/27/1984"), label=label
        )


class Time(forms.TimeField):
    """A time of day at the site, to the minute."""

    def __init__(
        self, label: str, *, hint: str = "", missing: str = "", optional: bool = False, **more: Any
    ) -> None:
        widget = _NativeTime({"class": "wide-10"}, format="%H:%M")
        super().__init__(
            widget=widget,
            input_formats=["%H:%M", "%H:%M:%S", "%I:%M %p"],
            **_worded(label, hint, missing, optional),
            **more,
        )
        self.error_messages["invalid"] = worded(_("“{label}” must be a time, like 5:30 PM"), label=label)


class Moment(forms.DateTimeField):
    """A date and time at the site; read in the time zone that is active."""

    def __init__(
        self, label: str, *, hint: str = "", missing: str = "", optional: bool = False, **more: Any
    ) -> None:
        widget = _NativeMoment({"class": "wide-20"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **_worded(label, hint, missing, optional), **more)
        self.error_messages["invalid"] = worded(_("“{label}” must be a date and a time"), label=label)


class Pick(forms.ChoiceField):
    """One of a few: radio buttons, all choices in sight."""

    def __init__(
        self,
        label: str,
        choices: Choices = YES_NO,
        *,
        hint: str = "",
        missing: str = "",
        optional: bool = False,
        **more: Any,
    ) -> None:
        widget = _Radios({"class": "side-by-side"} if choices is YES_NO else None)
        super().__init__(choices=choices, widget=widget, **_worded(label, hint, missing, optional), **more)


class PickMany(forms.MultipleChoiceField):
    """Any of a few: checkboxes."""

    def __init__(
        self,
        label: str,
        choices: Choices,
        *,
        hint: str = "",
        missing: str = "",
        optional: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(
            choices=choices, widget=_Checkboxes(), **_worded(label, hint, missing, optional), **more
        )


class Select(forms.ChoiceField):
    """One of many: a native list. An empty first line is added so that nothing is chosen by accident."""

    def __init__(
        self,
        label: str,
        choices: Choices,
        *,
        hint: str = "",
        missing: str = "",
        optional: bool = False,
        empty: str = _("Choose one"),
        **more: Any,
    ) -> None:
        lines = [("", empty), *choices]
        super().__init__(choices=lines, widget=OneList(), **_worded(label, hint, missing, optional), **more)


class Agree(forms.BooleanField):
    """One checkbox with its sentence beside it."""

    def __init__(self, label: str, *, hint: str = "", missing: str = "", optional: bool = False) -> None:
        super().__init__(**_worded(label, hint, missing, optional))


class File(forms.FileField):
    """A file to read; `accept` names the kinds, like `.csv,.json`."""

    def __init__(
        self,
        label: str,
        *,
        accept: str,
        hint: str = "",
        missing: str = "",
        optional: bool = False,
    ) -> None:
        super().__init__(
            widget=forms.FileInput({"accept": accept}), **_worded(label, hint, missing, optional)
        )
