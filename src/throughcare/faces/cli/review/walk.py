"""Finds every id and every form of the fixture by reading pages, as whoever may open them.

No list of what there is could go stale here: an address that pages link to is found, with the ids in it and, where a
form leads to it, with a body.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, URLPattern, get_resolver, resolve

from throughcare.faces.cli.review.build import Fixture
from throughcare.faces.cli.review.doors import Door
from throughcare.faces.cli.review.pages import PageForm, read_page

WALKERS = (
    *("clinician", "director", "admissions", "facilitator", "case_manager", "admin", "compliance"),
    *("patient_a", "patient_b", "alumnus_a", "family_a", "front_desk"),
    *("other_org_clinician", "other_org_director", "other_org_patient"),
)
# Ids that belong to the house and not to a patient.
SHARED = frozenset(
    {
        *("account", "room", "shift", "group", "meeting", "lead", "grant", "recovery", "session", "kiosk"),
        *("site", "practitioner", "offer", "absence", "change", "handover", "call", "hold", "happening"),
    }
)
MINE = frozenset({"sign_in", "held"})
# Pages that lead elsewhere or on which a visit does something.
KEY_LENGTH = 36
LEFT_OUT = frozenset({"home", "first_run", "link"})
# How many pages of one route are read for one owner.
EACH_ROUTE, EACH = 2, {"staff_member": 40, "account": 40, "session": 6, "note": 6, "setting": 1}
Named = tuple[tuple[str, str], ...]


@dataclass
class Found:
    """What the walk found: ids by placeholder and owner, forms by route, and what each route was linked with."""

    ids: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(dict))
    forms: dict[str, PageForm] = field(default_factory=dict)
    linked: dict[tuple[str, str], list[Named]] = field(default_factory=lambda: defaultdict(list))

    def keep(self, placeholder: str, owner: str, value: str) -> None:
        """An id of an owner, once."""
        known = self.ids[placeholder].setdefault(owner, [])
        if value not in known:
            known.append(value)


def patterns() -> list[URLPattern]:
    """Every address of the program."""
    return [one for one in get_resolver().url_patterns if isinstance(one, URLPattern)]


def placeholders(pattern: URLPattern) -> list[str]:
    """The names of what stands in angle brackets."""
    return re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))


def _house(door: Door) -> str:
    return "other_clinic" if door.role.startswith("other_org") else "clinic"


def _reader(door: Door, path: str) -> str:
    """For whom a page is read once: a site's rules offer each role other buttons, all else is the house's."""
    return door.role if path.startswith("/timetable/") else _house(door)


@cache
def _leads_to(path: str) -> tuple[str, Named]:
    """The route of a path, and the ids in it: asked once of all addresses, since every page links to the same."""
    try:
        match = resolve(path)
    except Resolver404:
        return "", ()
    return match.url_name or "", tuple((name, str(value)) for name, value in match.kwargs.items())


class Walk:
    """One walk through both organizations."""

    def __init__(self, fixture: Fixture, doors: dict[str, Door]) -> None:
        self.doors, self.found = doors, Found()
        self.whose = {str(life.patient): owner for owner, life in fixture.lives.items()}
        self.house = {str(life.patient): life.place.owner for life in fixture.lives.values()}
        self.owner_of: dict[str, str] = {}
        self.seen: set[tuple[str, str]] = set()
        self.refused: set[tuple[str, str]] = set()
        for owner, life in fixture.lives.items():
            self.found.keep("patient", owner, str(life.patient))
            self.found.keep("referral", owner, str(life.referral))
            self.owner_of[str(life.referral)] = owner
        for owner, token in fixture.tokens.items():
            self.found.keep("token", owner, token)

    def walk(self) -> Found:
        """Read what each walker may open, their people's charts first."""
        for role in WALKERS:
            door = self.doors[role]
            for path in self._beginnings(role):
                self._follow(door, path)
        for door in self.doors.values():
            if door.actor is not None:
                self._read(door, "/me")
        return self.found

    def _beginnings(self, role: str) -> list[str]:
        home = _house(self.doors[role])
        people = [patient for patient, house in self.house.items() if house == home]
        if role in self.whose.values() or role in ("family_a", "family_revoked"):
            own = role if role in self.whose.values() else "patient_a"
            people = [patient for patient in people if self.whose[patient] == own]
        charts, lists = [], []
        for pattern in patterns():
            route: Any = getattr(pattern.callback, "route")  # noqa: B009  # every address of ours has one
            actor = self.doors[role].actor
            if "GET" not in route.methods or pattern.name in LEFT_OUT or actor is None:
                continue
            if not route.public and actor.roles.isdisjoint(route.roles):
                continue
            names, words = placeholders(pattern), "/" + str(pattern.pattern)
            if names == ["patient"]:
                charts += [re.sub("<.*?>", patient, words) for patient in people]
            elif not names:
                lists.append(words)
        return charts + lists

    def _follow(self, door: Door, first: str) -> None:
        waiting = [first]
        while waiting:
            path = waiting.pop()
            if (_reader(door, path), path) not in self.seen:
                waiting += self._read(door, path)

    def _read(self, door: Door, path: str) -> list[str]:
        """Read a page, keep what it names, and say where to go on."""
        if (door.role, path) in self.refused:
            return []
        answer = door.client.get(path)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            self.refused.add((door.role, path))
            return []
        self.seen.add((_reader(door, path), path))
        page = read_page(answer.content.decode(), path=path)
        around = self._owner(self._named(path)[1], "") or door.role
        on = []
        for link in dict.fromkeys(page.links):
            name, named = self._named(link)
            owner = self._owner(named, around)
            if name and owner and self._keep(name, named, owner, door):
                on.append(urlsplit(link).path)
        for form in page.forms:
            name, _ = self._named(form.action)
            if form.method == "post" and name:
                self.found.forms.setdefault(name, form)
        return on

    def _named(self, link: str) -> tuple[str, dict[str, str]]:
        """The route that a link leads to, and the ids in it; none for other places."""
        path = urlsplit(link)
        if path.netloc or not path.path.startswith("/"):
            return "", {}
        name, named = _leads_to(path.path)
        return name, dict(named)

    def _owner(self, named: dict[str, str], around: str) -> str:
        """Whose a link is: by the patient in it, by an id that is known, else whose page it stands on."""
        if "patient" in named:
            return self.whose.get(named["patient"], "")
        known = [self.owner_of[value] for value in named.values() if value in self.owner_of]
        return known[0] if known else around

    def _keep(self, name: str, named: dict[str, str], owner: str, door: Door) -> bool:
        """Keep the ids of a link; whether its page is worth reading."""
        house = _house(door)
        is_persons = owner in self.whose.values()
        for placeholder, value in named.items():
            if placeholder in MINE:
                self.found.keep(placeholder, door.role, value)
            elif placeholder not in SHARED and not is_persons and len(value) >= KEY_LENGTH:
                return False  # someone's, and whose isn't known yet
            elif placeholder in SHARED or not is_persons:
                self.found.keep(placeholder, house, value)
                if is_persons and placeholder == "session":
                    self.found.keep(placeholder, owner, value)
            else:
                self.found.keep(placeholder, owner, value)
                if len(value) == KEY_LENGTH and placeholder not in ("session", "other"):
                    self.owner_of.setdefault(value, owner)
        whose = owner if is_persons else house
        words = tuple(sorted(named.items()))
        linked = self.found.linked[name, whose]
        if words not in linked:
            linked.append(words)
        return name not in LEFT_OUT and linked.index(words) < EACH.get(name, EACH_ROUTE)
