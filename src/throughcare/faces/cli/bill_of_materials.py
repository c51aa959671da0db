"""What the program is made of, as installed: a bill of materials in CycloneDX 1.6, from the packages' own metadata."""

import re
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from typing import Any
from uuid import NAMESPACE_URL, uuid5

PROGRAM = "throughcare"
ASKED = re.compile(r"([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?")
EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)")
# Files of others that come along in the repository.
VENDORED = (("htmx.org", "4.0.1", "0BSD"),)


def bill_of_materials(*, at: datetime) -> dict[str, Any]:
    """The program with every package that it needs to run, and who needs whom."""
    found = installed()
    program = found.pop(PROGRAM)
    parts = sorted(found)
    made = at.isoformat(timespec="seconds")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        # The same parts have the same number.
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join(_ref(found[name]) for name in parts))}",
        "version": 1,
        "metadata": {"timestamp": made, "component": {**_component(program), "type": "application"}},
        "components": [*(_component(found[name]) for name in parts), *_vendored()],
        "dependencies": [
            {
                "ref": _ref(one),
                "dependsOn": sorted({_ref(found[name]) for name, _ in needs(one) if name in found}),
            }
            for one in (program, *(found[name] for name in parts))
        ],
    }


def installed() -> dict[str, Distribution]:
    """The program and all that it needs, directly or not, by plain name; what another system would need is left out."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    ahead = [(PROGRAM, "")]
    while ahead:
        name, extra = ahead.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        ahead.extend(needs(found[name], extra))
    return found


def needs(one: Distribution, extra: str = "") -> Iterator[tuple[str, str]]:
    """The plain names of what a package asks for, each with the extra of it that is asked for (and once without)."""
    for asked in one.requires or ():
        wanted = ASKED.match(asked)
        only = EXTRA.search(asked)
        if wanted is None or (only is not None and only.group(1) != extra):
            continue
        name = _plain(wanted.group(1))
        yield name, ""
        yield from ((name, part.strip()) for part in (wanted.group(2) or "").split(",") if part.strip())


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _ref(one: Distribution) -> str:
    return f"pkg:pypi/{_plain(one.metadata['Name'])}@{one.version}"


def _component(one: Distribution) -> dict[str, Any]:
    told = [one.metadata[name] for name in ("License-Expression", "License") if name in one.metadata]
    said = next(iter(told), "")
    licence = said.strip().splitlines()[0][:80] if said.strip() else ""
    return {
        "type": "library",
        "bom-ref": _ref(one),
        "name": one.metadata["Name"],
        "version": one.version,
        "purl": _ref(one),
        **({"licenses": [{"license": {"name": licence}}]} if licence else {}),
    }


def _vendored() -> Iterator[dict[str, Any]]:
    for name, version, licence in VENDORED:
        purl = f"pkg:npm/{name}@{version}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "licenses": [{"license": {"id": licence}}],
        }
