"""The four files of the fixture, in the shape that reviewers script against."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

from throughcare.faces.cli.review.bodies import BODIES
from throughcare.faces.cli.review.build import Fixture
from throughcare.faces.cli.review.doors import Door
from throughcare.faces.cli.review.policy import policy
from throughcare.faces.cli.review.walk import Found, patterns, placeholders

NOBODY = UUID(int=0x5EED_0000_4000_8000_0000_0000_0000)
FORM = "application/x-www-form-urlencoded"
LEFT_OUT_OF_BODIES = ("csrfmiddlewaretoken", "once")


def write_files(folder: Path, fixture: Fixture, doors: dict[str, Door], found: Found) -> None:
    """Write roles.json, routes.json, ids.json and policy.json."""
    own = own_placeholders(found)
    routes = route_rows(found, own)
    ids = id_rows(fixture, found, own)
    written = {
        "roles": {role: door.row() for role, door in doors.items()},
        "routes": routes,
        "ids": ids,
        "policy": policy(doors, ids["_markers"], routes),
    }
    for name, content in written.items():
        text = json.dumps(content, indent=1, ensure_ascii=False)
        file = folder / f"{name}.json"
        file.touch(mode=0o600)  # cookies that hold are in one of them
        file.write_text(text + "\n", encoding="utf-8")


def own_placeholders(found: Found) -> set[str]:
    """The routes whose ids need names of their own: the first id of the plain name isn't one that leads there."""
    own = set()
    for (name, owner), linked in found.linked.items():
        plain = {
            placeholder: found.ids[placeholder].get(owner, [""])[0]
            for words in linked[:1]
            for placeholder, _ in words
        }
        if tuple(sorted(plain.items())) not in linked:
            own.add(name)
    return own


def route_rows(found: Found, own: set[str]) -> list[dict[str, Any]]:
    """Every method of every address, with a body for what is sent to it."""
    rows = []
    for pattern in patterns():
        route: Any = getattr(pattern.callback, "route")  # noqa: B009  # every address of ours has one
        name = pattern.name or ""
        url = "/" + str(pattern.pattern)
        for placeholder in placeholders(pattern):
            stands = "{" + _placeholder(name, placeholder, own) + "}"
            url = re.sub(f"<(?:\\w+:)?{placeholder}>", stands, url)
        for method in route.methods:
            sends = method == "POST"
            rows.append(
                {
                    "method": method,
                    "url": url,
                    "body": body_of(name, found) if sends else None,
                    "content_type": FORM if sends else None,
                    "public": route.public,
                    "name": name,
                    "roles": list(route.roles),
                }
            )
    return rows


def _placeholder(route: str, name: str, own: set[str]) -> str:
    return f"{route}_{name}" if route in own and name != "patient" else name


def body_of(name: str, found: Found) -> dict[str, Any]:
    """What the route's form would send; for forms that only a browser's script fills, what that would."""
    form = found.forms.get(name)
    fields = {key: values for key, values in form.fields.items() if values} if form else {}
    body = {
        key: values[0] if len(values) == 1 else values
        for key, values in fields.items()
        if key not in LEFT_OUT_OF_BODIES
    }
    return {**body, **BODIES.get(name, {})}


def id_rows(fixture: Fixture, found: Found, own: set[str]) -> dict[str, Any]:
    """Ids by placeholder and owner, one that is nobody's for each, and the markers of each owner."""
    rows: dict[str, Any] = {name: dict(owners) for name, owners in found.ids.items()}
    for pattern in patterns():
        name = pattern.name or ""
        for placeholder in placeholders(pattern):
            rows.setdefault(_placeholder(name, placeholder, own), {})
    for (name, owner), linked in found.linked.items():
        if name not in own:
            continue
        for words in linked:
            for placeholder, value in words:
                if placeholder != "patient":
                    rows.setdefault(f"{name}_{placeholder}", {}).setdefault(owner, []).append(value)
    absent = {placeholder: [str(NOBODY)] for placeholder in rows}
    return {**rows, "_absent": absent, "_markers": dict(fixture.markers.made)}
