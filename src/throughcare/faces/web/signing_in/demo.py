"""The demo's sign-ins, shown where one signs in. Only a data folder that the demo made has them."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from throughcare.pathway.signing_in.factors import shown_code


@dataclass(frozen=True)
class DemoSignIn:
    """One made-up member of staff of the demo clinic, with the code that their app shows now."""

    role: str
    name: str
    email: str
    password: str
    code: str


def demo_sign_ins(*, at: datetime) -> list[DemoSignIn]:
    """What the demo wrote beside its database; empty in a real clinic."""
    if not settings.DEMO:
        return []
    rows = json.loads((settings.DATA / "demo").read_text(encoding="utf-8"))
    return [
        DemoSignIn(
            row["role"],
            row["name"],
            row["email"],
            row["password"],
            shown_code(row["email"], secret=row["secret"], at=at) if "secret" in row else "",
        )
        for row in rows
    ]
