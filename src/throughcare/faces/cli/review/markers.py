"""Words that occur nowhere else: whoever finds one in an answer knows whose record it came from."""

import hashlib
from collections import defaultdict


class Markers:
    """Makes the words and remembers whose they are.

    The owner's plain name stands for their names; `owner:kind` for the words in records of that kind.
    """

    def __init__(self) -> None:
        self.made: dict[str, list[str]] = defaultdict(list)

    def word(self, owner: str, kind: str, where: str) -> str:
        """The word of one field: lower case, so that no tidying changes it."""
        key = f"{owner}:{kind}" if kind else owner
        found = "zq" + hashlib.sha256(f"{key}/{where}".encode()).hexdigest()[:10]
        if found not in self.made[key]:
            self.made[key].append(found)
        return found

    def of(self, owner: str) -> "OwnMarkers":
        """The words of one owner."""
        return OwnMarkers(self, owner)


class OwnMarkers:
    """The words of one owner, asked for as `word(kind, where)`."""

    def __init__(self, markers: Markers, owner: str) -> None:
        self.markers, self.owner = markers, owner

    def __call__(self, kind: str, where: str) -> str:
        return self.markers.word(self.owner, kind, where)

    def house(self, kind: str, where: str) -> str:
        """A word that is the organization's, not the owner's."""
        house = "other_clinic" if self.owner.startswith("other") else "clinic"
        return self.markers.word(house, kind, f"{where} of {self.owner}")

    def name(self, which: str) -> str:
        """A part of the owner's name: a capital, as names have."""
        return self.markers.word(self.owner, "", which)
