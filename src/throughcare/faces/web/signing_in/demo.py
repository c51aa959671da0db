"""The demo's sign-ins, printed where one signs in. Only a data folder that the demo made has them."""

import json
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class DemoSignIn:
    """One made-up member of staff of the demo clinic."""

    role: str
    name: str
    email: str
    password: str


def demo_sign_ins() -> list[DemoSignIn]:
    """What the demo wrote beside its database; empty in a real clinic."""
    if not settings.DEMO:
        return []
    return [DemoSignIn(**row) for row in json.loads((settings.DATA / "demo").read_text(encoding="utf-8"))]
