"""The form of the house: wording first, errors linked to fields, one idempotency key per form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.utils import ErrorList
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .form_key import once_key


class Renderer(DjangoTemplates):
    """Renders forms and fields with the templates in `templates/forms/`; Django's own widgets stay."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class FieldErrors(ErrorList):
    """The errors of one field, or of the form as a whole."""

    template_name = "forms/errors.html"
    template_name_ul = "forms/errors.html"


@dataclass(frozen=True)
class AskedWhen:
    """A field that is asked only when another field has one of `values`; then an answer is required.

    With no `missing` sentence the answer may stay empty.
    """

    field: str
    values: tuple[str, ...]
    missing: str = ""


@dataclass(frozen=True)
class LinkedError:
    """One line of the error summary; `href` is empty for an error of the whole form."""

    message: str
    href: str


class BoundField(forms.BoundField):
    """A field on the page: knows where an error link must land and when the field is asked."""

    @property
    def error_href(self) -> str:
        """The fragment of the first control of this field."""
        if self.is_hidden or not self.auto_id:
            return ""
        first = f"{self.auto_id}_0" if self.use_fieldset else self.auto_id
        return f"#{first}"

    @property
    def asked_when(self) -> SafeString:
        """Attributes that let the reveal script hide the field until it is asked."""
        when = getattr(self.form, "asked_when", {}).get(self.name)
        if when is None:
            return SafeString("")
        return format_html(
            ' data-asked-by="{}" data-asked-for="{}"', self.form.add_prefix(when.field), " ".join(when.values)
        )

    @property
    def optional(self) -> bool:
        """Whether to say that the field may stay empty."""
        when = getattr(self.form, "asked_when", {}).get(self.name)
        is_asked = when is not None and bool(when.missing)
        says_so = not getattr(self.form, "all_may_be_skipped", False)
        return says_so and not self.field.required and not is_asked and self.widget_type != "checkbox"

    @property
    def most_characters(self) -> int | None:
        """The length to tell the writer of a long text."""
        if not isinstance(self.field.widget, forms.Textarea):
            return None
        return getattr(self.field, "max_length", None)


class Form(forms.Form):
    """A form whose errors, hints and idempotency key are rendered by the house's templates."""

    # One for all forms: each renderer reads and compiles its templates anew.
    default_renderer = Renderer()
    bound_field_class = BoundField
    use_required_attribute = False
    asked_when: ClassVar[Mapping[str, AskedWhen]] = {}
    asks_one_question = False  # the label of the only field becomes the page's heading
    all_may_be_skipped = False  # the page says so once; no field says that it is optional

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        kwargs.setdefault("error_class", FieldErrors)
        super().__init__(*args, **kwargs)
        self.once = once_key(self.data if self.is_bound else None)

    def clean(self) -> dict[str, Any]:
        """Require the fields whose condition holds; a subclass that overrides this calls it first."""
        cleaned = super().clean() or self.cleaned_data
        for name, when in self.asked_when.items():
            if not when.missing or name in self.errors:
                continue
            if self._holds(when, cleaned) and self._is_empty(name, cleaned):
                self.add_error(name, when.missing)
        return cleaned

    @property
    def error_summary(self) -> list[LinkedError]:
        """Every error in the order of the page, each with a link to its field."""
        whole = [LinkedError(str(error), "") for error in self.non_field_errors()]
        fields = [bound for bound in self if isinstance(bound, BoundField)]
        return whole + [
            LinkedError(str(error), field.error_href) for field in fields for error in field.errors
        ]

    @staticmethod
    def _holds(when: AskedWhen, cleaned: Mapping[str, Any]) -> bool:
        value = cleaned.get(when.field)
        given = value if isinstance(value, list | tuple) else [value]
        return any(str(one) in when.values for one in given)

    def _is_empty(self, name: str, cleaned: Mapping[str, Any]) -> bool:
        return cleaned.get(name) in self.fields[name].empty_values
