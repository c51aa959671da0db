"""A JSON object of FHIR with its place, read by the types that FHIR R4 gives; what is wrong is noted, not guessed."""

from dataclasses import dataclass
from typing import Any

from throughcare.pathway.referral.referral_reading import Problem, shown, storable


@dataclass(frozen=True)
class Node:
    """An object at a place such as `Bundle.entry[3].resource`; problems found on the way are collected."""

    value: dict[str, Any]
    place: str
    problems: list[Problem]

    def wrong(self, key: str, because: str) -> None:
        """Note a problem at an element of this object."""
        self.problems.append(Problem(f"{self.place}.{key}" if key else self.place, because))

    def text(self, key: str) -> str:
        """The string under `key`; empty when absent or wrong."""
        value = self.value.get(key)
        if value is None:
            return ""
        return self._string(key, value)

    def _string(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            self.wrong(key, f"a string is expected, found {_kind(value)} {shown(value)}")
            return ""
        if not storable(value):
            self.wrong(
                key, "the string holds a character that can't be stored (NUL or half of a surrogate pair)"
            )
            return ""
        return value.strip()

    def texts(self, key: str) -> list[str]:
        """The strings of the list under `key`."""
        value = self.value.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, f"a list of strings is expected, found {_kind(value)} {shown(value)}")
            return []
        read = [self._string(f"{key}[{place}]", one) for place, one in enumerate(value) if one is not None]
        return [one for one in read if one]

    def node(self, key: str) -> "Node | None":
        """The object under `key`."""
        value = self.value.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.wrong(key, f"an object is expected, found {_kind(value)} {shown(value)}")
            return None
        return Node(value, f"{self.place}.{key}", self.problems)

    def nodes(self, key: str) -> list["Node"]:
        """The objects of the list under `key`."""
        value = self.value.get(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, f"a list is expected, found {_kind(value)} {shown(value)}")
            return []
        read = []
        for place, one in enumerate(value):
            if isinstance(one, dict):
                read.append(Node(one, f"{self.place}.{key}[{place}]", self.problems))
            else:
                self.wrong(f"{key}[{place}]", f"an object is expected, found {_kind(one)} {shown(one)}")
        return read

    def number(self, key: str) -> float | None:
        """The number under `key`; None when absent or wrong."""
        value = self.value.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(key, f"a number is expected, found {_kind(value)} {shown(value)}")
            return None
        return float(value)

    def codings(self, key: str) -> list[tuple[str, str, str]]:
        """The codings of the CodeableConcept under `key`: system, code, display."""
        concept = self.node(key)
        if concept is None:
            return []
        return [
            (one.text("system"), one.text("code"), one.text("display")) for one in concept.nodes("coding")
        ]

    def words(self, key: str) -> str:
        """The CodeableConcept under `key` in words: its text, else its first display."""
        concept = self.node(key)
        if concept is None:
            return ""
        return concept.text("text") or next((show for _, _, show in self.codings(key) if show), "")


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "a list", bool: "true or false", str: "the string", int: "the number"}
    return kinds.get(type(value), "the number" if isinstance(value, float) else "null")
