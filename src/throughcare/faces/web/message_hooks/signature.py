"""Whether a request comes from the provider: it is signed with the secret that only they and we have."""

import base64
import hmac

from django.conf import settings
from django.http import HttpRequest


def is_signed(request: HttpRequest) -> bool:
    """Whether the signature fits the address and all fields. Without a secret nothing is."""
    if not settings.SMS_TOKEN:
        return False
    given = request.headers.get("X-Twilio-Signature", "")
    address = f"{settings.HOME_ADDRESS}{request.get_full_path()}"
    return hmac.compare_digest(
        given.encode(), sign(address, request.POST.dict(), settings.SMS_TOKEN).encode()
    )


def sign(address: str, fields: dict[str, str], token: str) -> str:
    """The signature: HMAC-SHA1 over the address and the fields by name, as such providers make it."""
    said = address + "".join(f"{name}{fields[name]}" for name in sorted(fields))
    return base64.b64encode(hmac.digest(token.encode(), said.encode(), "sha1")).decode()
