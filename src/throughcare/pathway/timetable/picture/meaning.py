"""What stands behind the names in a problem: the running group or the offer of each slot, groups' names and rooms."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from throughcare.pathway.clinic.group_places import Places
from throughcare.pathway.timetable.picture.week import Picture
from throughcare.records.timetables import Group, Room
from throughcare.timetable.interchange import read_plan, write_plan
from throughcare.timetable.problem import Plan, SlotKey


@dataclass(frozen=True)
class Meaning:
    """Public ids as text: `groups` and `offers` by slot, `names` and `rooms` by group, `room_names` by room."""

    groups: Mapping[SlotKey, str] = field(default_factory=dict)
    offers: Mapping[SlotKey, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    rooms: Mapping[str, str] = field(default_factory=dict)
    room_names: Mapping[str, str] = field(default_factory=dict)
    # The week as it stood when the picture was made, with what breaks a rule.
    stands: Plan = field(default_factory=Plan)

    def item(self, key: SlotKey) -> str:
        """The group or offer behind a slot; the slot's own words where there is neither."""
        return self.groups.get(key) or self.offers.get(key) or slot_words(key)

    @property
    def items(self) -> dict[SlotKey, str]:
        """The group or offer of each slot."""
        return {**self.offers, **self.groups}


def meaning_of(picture: Picture, *, organization: int) -> Meaning:
    """The meaning of a picture's slots; rooms as they are on its Monday."""
    rows = Group.objects.filter(organization_id=organization, uid__in=set(picture.groups.values()))
    groups = list(rows.select_related("site", "room"))
    places = Places(groups)
    held = {str(row.uid): places.on(row, picture.monday).room for row in groups}
    rooms = Room.objects.filter(organization_id=organization, site__uid=picture.site, closed_at__isnull=True)
    return Meaning(
        groups={key: str(group) for key, group in picture.groups.items()},
        offers={key: str(offer) for key, offer in picture.offers.items()},
        names={str(row.uid): row.name for row in groups},
        rooms={group: str(room.uid) for group, room in held.items() if room is not None},
        room_names={str(room.uid): room.name for room in rooms},
        stands=picture.as_it_stands,
    )


def write_meaning(meaning: Meaning) -> dict[str, Any]:
    """The meaning as JSON."""
    return {
        "groups": [[list(key), group] for key, group in sorted(meaning.groups.items())],
        "offers": [[list(key), offer] for key, offer in sorted(meaning.offers.items())],
        "names": dict(meaning.names),
        "rooms": dict(meaning.rooms),
        "room_names": dict(meaning.room_names),
        "stands": write_plan(meaning.stands),
    }


def read_meaning(said: Mapping[str, Any]) -> Meaning:
    """The meaning from JSON."""
    return Meaning(
        groups={SlotKey(*key): group for key, group in said.get("groups", ())},
        offers={SlotKey(*key): offer for key, offer in said.get("offers", ())},
        names=said.get("names", {}),
        rooms=said.get("rooms", {}),
        room_names=said.get("room_names", {}),
        stands=read_plan(said["stands"]) if "stands" in said else Plan(),
    )


def slot_words(key: SlotKey) -> str:
    """A slot as addresses and forms name it."""
    return "~".join(map(str, key))


def read_slot(words: str) -> SlotKey | None:
    """The slot that an address names; None for what is no slot."""
    parts = words.split("~")
    if len(parts) != 5 or not all(part.isascii() and part.isdigit() for part in parts[2:]):
        return None
    return SlotKey(parts[0], parts[1], int(parts[2]), int(parts[3]), int(parts[4]))
