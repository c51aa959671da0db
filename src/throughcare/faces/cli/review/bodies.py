"""Bodies of forms that no page of the fixture shows as they would be sent."""

from typing import Any

BODIES: dict[str, dict[str, Any]] = {
    "sign_in": {"email": "someone@review.example", "password": "not a password of anyone", "next": "/"},
    "second_step": {"code": "000000"},
    "link": {"password": "a new pass phrase for the review"},
    "unlock": {"proof": "000000", "next": "/"},
    "aftercare_outcome": {"kept": "yes"},
    "lock": {},
    "still_here": {},
    "hold_form": {"path": "/me", "fields": "[]"},
}
