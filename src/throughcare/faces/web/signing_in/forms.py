"""What the pages of signing in ask."""

from collections.abc import Sequence
from typing import Any

from throughcare.faces.web.fields import Email, LongText, Password, Select, Text
from throughcare.faces.web.form import Form
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.pathway.signing_in.passwords import ALONE, BESIDE_A_FACTOR

STAFF_ROLES = tuple((role.code, f"{role.title}: {role.about}") for role in ROLES.values() if role.staff)
CODE_HINT = "The six digits that your app shows now, or one of your recovery codes"


class SignInForm(Form):
    """E-mail address and password."""

    email = Email("E-mail address", autocomplete="username", missing="Enter your e-mail address")
    password = Password("Password", missing="Enter your password")


class CodeForm(Form):
    """A code of the second step."""

    code = Text(
        "Code",
        hint=CODE_HINT,
        missing="Enter the code",
        width=10,
        autocomplete="one-time-code",
        inputmode="numeric",
        max_length=20,
    )


class ForgottenForm(Form):
    """The address to which a link is sent."""

    email = Email("E-mail address", autocomplete="username", missing="Enter your e-mail address")


def new_password(*, has_factor: bool) -> Password:
    """The field of a password that is chosen. Its rules are asked in `pathway`, where the person is known."""
    least = BESIDE_A_FACTOR if has_factor else ALONE
    return Password(
        "New password",
        hint=f"At least {least} characters. A sentence that only you would say is good; spaces are fine.",
        autocomplete="new-password",
        missing="Choose a password",
    )


class ChangePasswordForm(Form):
    """Another password for oneself, with proof that it is oneself."""

    proof = Password("Your present password, or the six digits of your app", missing="Show that it is you")

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
                "Code of your second step",
                hint=CODE_HINT,
                missing="Enter the code",
                width=10,
                autocomplete="one-time-code",
                inputmode="numeric",
                max_length=20,
            )


class AppForm(Form):
    """The first code of an app that is set up."""

    code = Text(
        "The six digits that the app shows now",
        missing="Enter the six digits",
        width=10,
        autocomplete="one-time-code",
        inputmode="numeric",
        max_length=10,
    )


class PasskeyForm(Form):
    """What a passkey is called."""

    name = Text(
        "Name of this passkey",
        hint="So that you know it again, like “My phone”",
        missing="Name it",
        max_length=60,
    )


class RoleForm(Form):
    """A role that is given, at one site or everywhere."""

    role = Select("Role", STAFF_ROLES, missing="Choose the role")

    def __init__(self, sites: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["site"] = Select("Where", sites, empty="At every site", optional=True)


class LostFactorForm(Form):
    """How an administrator knows that it is really they who lost it."""

    reason = LongText(
        "How do you know that it is really they who lost it?",
        hint="Such as: they stood before me with their badge",
        missing="Write down how you know",
        max_length=300,
        rows=3,
    )


class KioskForm(Form):
    """Where the kiosk stands."""

    def __init__(self, sites: Sequence[tuple[str, str]], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["site"] = Select("Site", sites, missing="Choose the site")


class KioskCodeForm(Form):
    """The six digits from the desk."""

    code = Text(
        "Code",
        missing="Enter the six digits",
        width=10,
        inputmode="numeric",
        autocomplete="off",
        max_length=12,
    )
