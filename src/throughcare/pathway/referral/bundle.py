"""A FHIR bundle as a whole: its entries with their places, whole references, nothing nested beyond reason."""

import json
from dataclasses import dataclass
from typing import Any

from throughcare.pathway.referral.fhir_node import Node
from throughcare.pathway.referral.fhir_types import R4
from throughcare.pathway.referral.referral_reading import MOST_PROBLEMS, Problem, Unreadable, shown, storable
from throughcare.pathway.referral.unpack import require_light

DEEPEST = 100
# Elements that are a string wherever FHIR R4 has them.
STRINGS = frozenset({"display", "fullUrl", "family", "resourceType", "system", "unit", "id", "birthDate"})


@dataclass(frozen=True)
class Entry:
    """A resource of a bundle with its type and the address that others refer to it by."""

    kind: str
    node: Node
    full_url: str


@dataclass(frozen=True)
class Bundle:
    """A bundle's entries, and what they refer to."""

    entries: tuple[Entry, ...]
    by_address: dict[str, Entry]
    problems: list[Problem]

    def of(self, kind: str) -> list[Node]:
        """The resources of one type."""
        return [entry.node for entry in self.entries if entry.kind == kind]

    def target(self, reference: str) -> Entry | None:
        """What a reference leads to inside the bundle."""
        return self.by_address.get(reference.split("/_history/")[0])


def parse_json(content: bytes) -> Any:
    """The JSON in these bytes. Raises `Unreadable` with line and column."""
    require_light(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            Problem(f"byte {error.start}", "not UTF-8; JSON is written in UTF-8. Export the file again.")
        ) from error
    if not text.strip():
        raise Unreadable(Problem("the file", "it is empty; a FHIR R4 Bundle in JSON is expected"))
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(
            Problem(f"line {error.lineno}, column {error.colno}", f"not JSON: {error.msg}")
        ) from error
    except RecursionError as error:
        raise Unreadable(
            Problem("the file", f"nested too deeply; at most {DEEPEST} levels are read")
        ) from error
    except ValueError as error:  # an integer of thousands of digits
        raise Unreadable(
            Problem("the file", f"holds a number that can't be read: {shown(str(error))}")
        ) from error


def open_bundle(found: Any) -> Bundle:
    """A bundle from parsed JSON, checked as a whole. Raises `Unreadable` with every problem up to 20."""
    if not isinstance(found, dict):
        raise Unreadable(Problem("Bundle", f"one FHIR Bundle object is expected, found {shown(found)}"))
    kind = found.get("resourceType")
    if kind != "Bundle":
        told = "it is missing" if kind is None else f"found {shown(kind)}"
        raise Unreadable(Problem("resourceType", f"“Bundle” is expected, {told}"))
    problems: list[Problem] = []
    _check_nesting(found)
    root = Node(found, "Bundle", problems)
    entries = tuple(entry for one in root.nodes("entry") if (entry := _entry(one)) is not None)
    if not entries and not problems:
        problems.append(Problem("Bundle.entry", "no resources; at least a Patient is expected"))
    bundle = Bundle(entries, _addresses(entries), problems)
    for entry in entries:
        _check_resource(bundle, entry)
    return bundle


def stop_if_wrong(problems: list[Problem]) -> None:
    """Raise `Unreadable` when there are problems, the first 20 of them."""
    if problems:
        found = list(dict.fromkeys(problems))
        kept = found[:MOST_PROBLEMS]
        if len(found) > MOST_PROBLEMS:
            kept.append(Problem("the rest of the bundle", f"{len(found) - MOST_PROBLEMS} more problems"))
        raise Unreadable(*kept)


def _entry(node: Node) -> Entry | None:
    resource = node.node("resource")
    if resource is None:
        return None
    kind = resource.text("resourceType")
    if not kind:
        if "resourceType" not in resource.value:
            resource.wrong("resourceType", "it is missing; the name of a FHIR R4 resource is expected")
        return None
    if kind not in R4:
        resource.wrong("resourceType", f"{shown(kind)} is not a resource of FHIR R4, such as Patient")
        return None
    return Entry(kind, resource, node.text("fullUrl"))


def _addresses(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    known: dict[str, Entry] = {}
    for entry in entries:
        ident = entry.node.text("id")
        for address in (entry.full_url, f"{entry.kind}/{ident}", f"urn:uuid:{ident}"):
            if address and (ident or address == entry.full_url):
                known.setdefault(address, entry)
    return known


def _check_nesting(found: dict[str, Any]) -> None:
    """Walk level by level, so that no nesting however deep ends the walk."""
    level: list[Any] = [found]
    for _ in range(DEEPEST):
        level = [
            child
            for one in level
            for child in (one.values() if isinstance(one, dict) else one)
            if isinstance(child, dict | list)
        ]
        if not level:
            return
    raise Unreadable(Problem("Bundle", f"nested too deeply; at most {DEEPEST} levels are read"))


def _check_resource(bundle: Bundle, entry: Entry) -> None:
    """Every string a string, every reference to something: all through one resource."""
    inside = _contained(entry.node)
    todo: list[tuple[Any, str]] = [(entry.node.value, entry.node.place)]
    while todo and len(bundle.problems) <= MOST_PROBLEMS:
        value, place = todo.pop()
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, child in pairs:
            where = f"{place}.{key}" if isinstance(value, dict) else f"{place}[{key}]"
            if isinstance(child, dict | list):
                todo.append((child, where))
            if key in STRINGS and isinstance(value, dict) and (trouble := _not_a_string(child)):
                bundle.problems.append(Problem(where, trouble))
            if key == "reference" and not isinstance(child, dict):
                _check_reference(bundle, child, where, inside)


def _contained(node: Node) -> set[str]:
    contained = node.value.get("contained")
    found = contained if isinstance(contained, list) else []
    return {f"#{one.get('id')}" for one in found if isinstance(one, dict)} | {"#"}


def _not_a_string(value: Any) -> str:
    if value is None or (isinstance(value, str) and storable(value)):
        return ""
    if isinstance(value, str):
        return "the string holds a character that can't be stored (NUL or half of a surrogate pair)"
    return f"a string is expected, found {shown(value)}"


def _check_reference(bundle: Bundle, reference: Any, where: str, inside: set[str]) -> None:
    if not isinstance(reference, str):
        bundle.problems.append(Problem(where, f"a string is expected, found {shown(reference)}"))
        return
    if _leads_nowhere(bundle, reference, inside):
        bundle.problems.append(Problem(where, f"{shown(reference)} leads to nothing in this bundle"))


def _leads_nowhere(bundle: Bundle, reference: str, inside: set[str]) -> bool:
    """Whether nothing can be there. Others than the patient may be left on the sender's server, as exports do."""
    if reference.startswith("#"):
        return reference not in inside
    if bundle.target(reference) is not None or "?" in reference or "://" in reference:
        return False
    kind = reference.split("/")[0]
    return kind == "Patient" or kind not in R4
