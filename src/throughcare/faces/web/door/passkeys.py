"""Passkeys, between the browser and allauth."""

import json
from datetime import datetime
from typing import Any

from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from throughcare.faces.web.languages import lazy as _
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.signing_in.factors import add_passkey, factors_of

# What reading a browser's words may end in, when they are not of a browser.
WRONG_SHAPE = (
    ValueError,
    ValidationError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    OverflowError,
)

WRONG = _("That passkey was not accepted. Try again, or use another way.")


def options_for(request: HttpRequest) -> dict[str, Any] | None:
    """What the browser needs to ask for one of the signed-in person's passkeys; None when they have none."""
    account = request.user
    return options_of(account) if account.pk and factors_of(account.pk).passkeys else None


def options_of(account: Any) -> dict[str, Any]:
    """What the browser needs to ask for one of the account's passkeys; without an account, for any of this site."""
    options: dict[str, Any] = webauthn.begin_authentication(account)
    return options


def options_to_make(account: Any) -> dict[str, Any]:
    """What the browser needs to make a passkey that signs in by itself."""
    options: dict[str, Any] = webauthn.begin_registration(account, passwordless=True)
    return options


def keep_passkey(account: Any, *, name: str, said: str, at: datetime) -> None:
    """Keep the passkey that the browser made."""
    try:
        credential = json.loads(said)
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except WRONG_SHAPE:
        raise Cannot(_("The browser made no passkey that fits. Try again, or use an app instead.")) from None
    add_passkey(account.pk, name=name, credential=credential, at=at)


def account_of(said: str) -> Any:
    """Whose passkey the browser showed; None when it is nobody's or was not accepted."""
    try:
        return webauthn.extract_user_from_response(json.loads(said))
    except WRONG_SHAPE:
        return None


def passkey_is_right(account: Any, said: str) -> bool:
    """Whether the browser showed a passkey of this account just now."""
    try:
        response = json.loads(said)
        webauthn.parse_authentication_response(response)
        row = webauthn.complete_authentication(account, response)
    except WRONG_SHAPE:
        return False
    row.record_usage()
    return True
