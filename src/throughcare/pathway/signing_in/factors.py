"""Second factors: an authenticator app, passkeys, recovery codes. allauth stores and checks them."""

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from throughcare.pathway.cannot import Absent, Cannot
from throughcare.records.people import Account

PERIOD_SECONDS = 30
TOTP_KIND, PASSKEY, RECOVERY = "totp", "webauthn", "recovery_codes"


@dataclass(frozen=True)
class Passkey:
    """A passkey of someone, by the name they gave it."""

    key: int
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """What an account has besides its password."""

    app: bool
    passkeys: tuple[Passkey, ...]
    codes_left: int

    @property
    def any(self) -> bool:
        """Whether there is a second factor; recovery codes alone are none."""
        return self.app or bool(self.passkeys)

    @property
    def count(self) -> int:
        """How many factors could be used."""
        return len(self.passkeys) + self.app


def factors_of(account: int) -> Factors:
    """The second factors of an account."""
    rows = list(Authenticator.objects.filter(user_id=account).order_by("pk"))
    return Factors(
        app=any(row.type == TOTP_KIND for row in rows),
        passkeys=tuple(
            Passkey(row.pk, row.data["name"], row.created_at, row.last_used_at)
            for row in rows
            if row.type == PASSKEY
        ),
        codes_left=next(
            (len(RecoveryCodes(row).get_unused_codes()) for row in rows if row.type == RECOVERY), 0
        ),
    )


def has_factor(account: int) -> bool:
    """Whether a second factor must be shown."""
    return bool(Authenticator.objects.filter(user_id=account, type__in=(TOTP_KIND, PASSKEY)).exists())


def new_app_secret() -> str:
    """A secret for an authenticator app, in base32."""
    secret: str = generate_totp_secret()
    return secret


def code_at(secret: str, counter: int) -> str:
    """The six digits of a secret in one period."""
    code: str = format_hotp_value(hotp_value(secret, counter))
    return code


def counter_at(at: datetime) -> int:
    """The period that a moment lies in."""
    return int(at.timestamp()) // PERIOD_SECONDS


def _matching(secret: str, code: str, *, at: datetime) -> int | None:
    """The period whose code this is: the present one, or the one before or after, since clocks differ."""
    given, now = "".join(code.split()), counter_at(at)
    return next((counter for counter in (now, now - 1, now + 1) if code_at(secret, counter) == given), None)


def app_address(account: int, *, secret: str) -> str:
    """What the app reads from the picture. It names the organization by its neutral name: phones are looked at."""
    row = Account.objects.select_related("organization").get(pk=account)
    issuer = quote(row.organization.neutral_name)
    return f"otpauth://totp/{issuer}:{quote(row.email)}?secret={secret}&issuer={issuer}"


@transaction.atomic
def enrol_app(account: int, *, secret: str, code: str, at: datetime) -> None:
    """Begin to use an authenticator app, once it shows the right code."""
    try:
        counter = _matching(secret, code, at=at)
    except (ValueError, struct.error):
        counter = None
    if counter is None:
        raise Cannot("That is not the code that the app shows now. Wait for the next one.", field="code")
    if Authenticator.objects.filter(user_id=account, type=TOTP_KIND).exists():
        raise Cannot("An app is set up already. Remove it first.")
    row = TOTP.activate(Account.objects.get(pk=account), secret).instance
    row.created_at, row.data = at, {**row.data, "last_counter": counter}
    row.save()


@transaction.atomic
def check_code(account: int, code: str, *, at: datetime) -> bool:
    """Whether these are the app's digits of now, or a recovery code; each works once."""
    app = Authenticator.objects.select_for_update().filter(user_id=account, type=TOTP_KIND).first()
    if app is not None:
        counter = _matching(decrypt(app.data["secret"]), code, at=at)
        if counter is not None and counter > app.data.get("last_counter", 0):
            app.data["last_counter"], app.last_used_at = counter, at
            app.save()
            return True
    spare = Authenticator.objects.filter(user_id=account, type=RECOVERY).first()
    given = "".join(code.split()).replace("-", "")
    return spare is not None and has_factor(account) and bool(RecoveryCodes(spare).validate_code(given))


def add_passkey(account: int, *, name: str, credential: dict[str, Any], at: datetime) -> None:
    """Keep a passkey that the browser has made."""
    row = WebAuthn.add(Account.objects.get(pk=account), name, credential).instance
    Authenticator.objects.filter(pk=row.pk).update(created_at=at)


@transaction.atomic
def remove_factor(account: int, *, key: int | None, staff: bool) -> None:
    """Take away a passkey by its key, or the app. Staff keep at least one factor."""
    held = factors_of(account)
    if staff and held.count <= 1:
        raise Cannot("Staff always have a second factor. Add another one first, then remove this one.")
    rows = Authenticator.objects.filter(user_id=account)
    chosen = rows.filter(type=TOTP_KIND) if key is None else rows.filter(type=PASSKEY, pk=key)
    if not chosen.exists():
        raise Absent("factor")
    chosen.delete()
    if not has_factor(account):
        rows.delete()


def remove_every_factor(account: int) -> None:
    """Take away all factors: they are lost."""
    Authenticator.objects.filter(user_id=account).delete()


@transaction.atomic
def new_recovery_codes(account: int, *, at: datetime) -> tuple[str, ...]:
    """Ten fresh codes to print; those from before are void."""
    Authenticator.objects.filter(user_id=account, type=RECOVERY).delete()
    codes = RecoveryCodes.activate(Account.objects.get(pk=account))
    Authenticator.objects.filter(pk=codes.instance.pk).update(created_at=at)
    return tuple(f"{code[:4]} {code[4:]}" for code in codes.generate_codes())


def enrol_known_app(email: str, *, secret: str, at: datetime) -> None:
    """Give an account an app whose secret is known to all: for the people of the demo."""
    account = Account.objects.get_by_natural_key(email)
    row = TOTP.activate(account, secret).instance
    Authenticator.objects.filter(pk=row.pk).update(created_at=at)


def shown_code(email: str, *, secret: str, at: datetime) -> str:
    """The code with which someone of the demo signs in next: one that was not used yet."""
    app = Authenticator.objects.filter(user__in=Account.objects.with_email(email), type=TOTP_KIND).first()
    last = app.data.get("last_counter", 0) if app else 0
    return code_at(secret, max(counter_at(at), last + 1))
