"""What the pages of signing in ask."""

from collections.abc import Sequence
from typing import Any

from throughcare.faces.web.fields import Email, LongText, Password, Select, Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.pathway.signing_in.passwords import ALONE, BESIDE_A_FACTOR

STAFF_ROLES = tuple((role.code, f"{role.title}: {role.about}") for role in ROLES.values() if role.staff)
CODE_HINT = _("The six digits that your app shows now, or one of your recovery codes")


class SignInForm(Form):
    """E-mail address and password."""

    email = Email(_("E-mail address"), autocomplete="username", missing=_("Enter your e-mail address"))
    password = Password(_("Password"), missing=_("Enter your password"))


class CodeForm(Form):
    """A code of the second step."""

    code = Text(
        _("Code"),
        hint=CODE_HINT,
        missing=_("Enter the code"),
        width=10,
        autocomplete="one-time-code",
        inputmode="numeric",
        max_length=20,
    )


class ForgottenForm(Form):
    """The address to which a link is sent."""

    email = Email(_("E-mail address"), autocomplete="username", missing=_("Enter your e-mail address"))


def new_password(*, has_factor: bool) -> Password:
    """The field of a password that is chosen. Its rules are asked in `pathway`, where the person is known."""
    least = BESIDE_A_FACTOR if has_factor else ALONE
    return Password(
        _("New password"),
        hint=f"At least {least} characters. A sentence that only you would say is good; spaces are fine.",
        autocomplete="new-password",
        missing=_("Choose a password"),
    )


class ChangePasswordForm(Form):
    """Another password for oneself, with proof that it is oneself."""

    proof = Password(
        _("Your present password, or the six digits of your app"), missing=_("Show that it is you")
    )

    def __init__(self, *args: Any, has_factor: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["password"] = new_password(has_factor=has_factor)


class LinkForm(Form):
    """The password that a link sets, and where there is a second step, its code."""

    def __init__(self, *args: Any, has_factor: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["password"] = new_password(has_factor=has_factor)
        if has_factor:
            self.fields["code"] = Text(
                _("Code of your second step"),
                hint=CODE_HINT,
                missing=_("Enter the code"),
                width=10,
                autocomplete="one-time-code",
                inputmode="numeric",
                max_length=20,
            )


class AppForm(Form):
    """The first code of an app that is set up."""

    code = Text(
        _("The six digits that the app shows now"),
        missing=_("Enter the six digits"),
        width=10,
        autocomplete="one-time-code",
        inputmode="numeric",
        max_length=10,
    )


class PasskeyForm(Form):
    """What a passkey is called."""

    name = Text(
        _("Name of this passkey"),
        hint=_("So that you know it again, like “My phone”"),
        missing=_("Name it"),
        max_length=60,
    )


class RoleForm(Form):
    """A role that is given, at one site or everywhere."""

    role = Select(_("Role"), STAFF_ROLES, missing=_("Choose the role"))

    def __init__(self, sites: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["site"] = Select(_("Where"), sites, empty=_("At every site"), optional=True)


class LostFactorForm(Form):
    """How an administrator knows that it is really they who lost it."""

    reason = LongText(
        _("How do you know that it is really they who lost it?"),
        hint=_("Such as: they stood before me with their badge"),
        missing=_("Write down how you know"),
        max_length=300,
        rows=3,
    )


class KioskForm(Form):
    """Where the kiosk stands."""

    def __init__(self, sites: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["site"] = Select(_("Site"), sites, missing=_("Choose the site"))


class KioskCodeForm(Form):
    """The six digits from the desk."""

    code = Text(
        _("Code"),
        missing=_("Enter the six digits"),
        width=10,
        inputmode="numeric",
        autocomplete="off",
        max_length=12,
    )
