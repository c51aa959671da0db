"""The fixture's four files, and for each role and address: own ids, foreign ones, and ids that are nobody's."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

IDENTIFIES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[\w-]{40,}")
HOUSES = {"clinic", "other_clinic"}
# Any two may stand together here: two people side by side, anyone in a group.
FREE_PAIRS = {"side_by_side", "tell_apart", "join_group"}


@dataclass(frozen=True)
class Address:
    """One method of one address."""

    name: str
    method: str
    url: str
    body: dict[str, Any] | None
    public: bool
    roles: frozenset[str]

    @property
    def placeholders(self) -> tuple[str, ...]:
        """What stands in braces."""
        return tuple(re.findall(r"{(\w+)}", self.url))


@dataclass(frozen=True)
class Filled:
    """A path to ask, whose ids are in it, and the ids themselves (to be taken out before answers are compared)."""

    path: str
    ids: tuple[str, ...]


class Material:
    """What the fixture says, asked for by role."""

    def __init__(self, folder: Path) -> None:
        def read(name: str) -> Any:
            return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))

        self.roles, self.ids, self.policy = read("roles"), read("ids"), read("policy")
        self.absent = self.ids["_absent"]
        self.markers: dict[str, list[str]] = self.ids["_markers"]
        self.addresses = [
            Address(
                row["name"], row["method"], row["url"], row["body"], row["public"], frozenset(row["roles"])
            )
            for row in read("routes")
        ]

    def may_see(self, role: str) -> set[str]:
        """The keys of markers that this role may meet."""
        return set(self.policy["may_see"][role])

    def forbidden(self, role: str) -> dict[str, str]:
        """Each marker that this role must never meet, with its key."""
        seen = self.may_see(role)
        return {word: key for key, words in self.markers.items() if key not in seen for word in words}

    def owners(self, role: str, *, own: bool) -> list[str]:
        """The owners of ids that are this role's to see, or not."""
        seen = self.may_see(role)
        house = "other_clinic" if role.startswith("other_org") else "clinic"
        every = {owner for name, owners in self.ids.items() if name[0] != "_" for owner in owners}
        return sorted(owner for owner in every if (owner in seen or owner == house) == own)

    def ids_of(self, placeholder: str, owner: str) -> list[str]:
        """An owner's ids for a placeholder; words that name a thing and no one's own are anyone's."""
        owners = self.ids.get(placeholder, {})
        found = owners.get(owner) or []
        if found:
            return found
        other = [value for values in owners.values() for value in values]
        words = [value for value in other if not IDENTIFIES.fullmatch(value)]
        return words or []

    def own_path(self, address: Address, role: str) -> Filled | None:
        """A path with ids that the role may open; None where the fixture has none."""
        for owner in [one for one in self.owners(role, own=True) if one not in HOUSES] + [self.house(role)]:
            path = self._filled(address, owner, self.house(role))
            if path is not None:
                return path
        return None

    def foreign_paths(self, address: Address, role: str) -> Iterator[Filled]:
        """Paths with someone else's ids: whole, and beside own ones one placeholder swapped."""
        if "token" in address.placeholders:  # whoever has the link may use it
            return
        for owner in self.owners(role, own=False):
            if owner not in HOUSES:
                path = self._filled(address, owner, "other_clinic" if owner.startswith("other") else "clinic")
            else:
                path = self._filled(address, owner, owner)
            if path is not None and self._names(path, owner):
                yield path

    def _names(self, path: Filled, owner: str) -> bool:
        """Whether an id in the path is this owner's own."""
        return any(
            one in ids.get(owner, ()) for name, ids in self.ids.items() if name[0] != "_" for one in path.ids
        )

    def swapped(self, address: Address, role: str) -> Iterator[tuple[Filled, Filled, bool]]:
        """Own ids but for one, which is someone else's; the same with nobody's; and whether that someone is hidden."""
        own = self._values(address, role)
        if own is None or address.name in FREE_PAIRS:
            return
        identifying = [one for one in address.placeholders if IDENTIFIES.fullmatch(own[one])]
        if len(identifying) < 2:
            return
        hidden = set(self.owners(role, own=False))
        for placeholder in identifying:
            for owner, values in self.ids[placeholder].items():
                foreign = {**own, placeholder: values[0]} if values else own
                if foreign == own or self._belong_together(foreign):
                    continue
                nobody = {**own, placeholder: self.absent[placeholder][0]}
                yield self._path(address, foreign), self._path(address, nobody), owner in hidden

    def _belong_together(self, values: dict[str, str]) -> bool:
        """Whether all these ids are one patient's, or a patient's and their house's."""
        patient = values.get("patient", "")
        owner = next((one for one, ids in self.ids["patient"].items() if patient in ids), "")
        house = "other_clinic" if owner.startswith("other") else "clinic"
        return all(
            value in (*self.ids.get(name, {}).get(owner or house, ()), *self._of_house(name, house, owner))
            for name, value in values.items()
            if IDENTIFIES.fullmatch(value) and name != "patient"
        )

    def _of_house(self, placeholder: str, house: str, owner: str) -> list[str]:
        if owner and placeholder.endswith("session"):
            return []
        return list(self.ids.get(placeholder, {}).get(house, ()))

    def absent_path(self, address: Address, role: str) -> Filled | None:
        """A path whose ids are nobody's."""
        values = {}
        for placeholder in address.placeholders:
            known = [one for ids in self.ids.get(placeholder, {}).values() for one in ids]
            words = [one for one in known if not IDENTIFIES.fullmatch(one)]
            values[placeholder] = words[0] if words else self.absent[placeholder][0]
        return self._path(address, values) if address.placeholders else None

    def house(self, role: str) -> str:
        """The organization that a role belongs to."""
        return "other_clinic" if role.startswith("other_org") else "clinic"

    def _values(self, address: Address, role: str) -> dict[str, str] | None:
        for owner in [one for one in self.owners(role, own=True) if one not in HOUSES]:
            values = self._chosen(address, owner, self.house(role))
            if values is not None:
                return values
        return None

    def _chosen(self, address: Address, owner: str, house: str) -> dict[str, str] | None:
        values = {}
        for placeholder in address.placeholders:
            found = self.ids_of(placeholder, owner) or self.ids_of(placeholder, house)
            if not found:
                return None
            values[placeholder] = found[0]
        return values

    def _filled(self, address: Address, owner: str, house: str) -> Filled | None:
        values = self._chosen(address, owner, house)
        return self._path(address, values) if values is not None else None

    def _path(self, address: Address, values: dict[str, str]) -> Filled:
        path = address.url
        for placeholder, value in values.items():
            path = path.replace("{" + placeholder + "}", value)
        return Filled(path, tuple(value for value in values.values() if IDENTIFIES.fullmatch(value)))
