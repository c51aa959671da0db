"""Who acts: the `by=` of every pathway call."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True)
class Asked:
    """One question to the privacy desk and its answer, before it is written in the book."""

    account: int | None
    verb: str
    kind: str
    purpose: str
    relationship: str
    allowed: bool
    consent: UUID | None
    patients: tuple[int, ...]
    at: datetime
    unlisted: int = 0  # how many people more it touched


@dataclass
class Page:
    """What one page, fragment, file or command asked of the desk: written in the book as one, when it ends."""

    surface: str = "page"
    route: str = ""
    asked: list[Asked] = field(default_factory=list)
    # How an account stands to a patient (the desk's `Standing`), asked once a page.
    met: dict[tuple[int | None, UUID], Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Actor:
    """Someone, or the program itself, acting in one organization with the roles they hold.

    `account` and `practitioner` are keys of records; both are None for the public, for a person on an intake
    link, and for the program's own due work. `grants` are roles with the key of the site they hold at, None
    for everywhere. `patient` is the key of the record that is the actor's own.
    """

    organization: int
    roles: frozenset[str]
    name: str
    account: int | None = None
    account_uid: UUID | None = None
    practitioner: int | None = None
    credential: str = ""
    organization_name: str = ""
    time_zone: str = "UTC"
    grants: frozenset[tuple[str, int | None]] = frozenset()
    patient: int | None = None
    surface: str = "page"
    page: Page | None = field(default=None, compare=False, repr=False)

    def holds(self, *roles: str) -> bool:
        """Whether one of the roles is held, wherever."""
        return not self.roles.isdisjoint(roles)

    @property
    def sites(self) -> frozenset[int]:
        """The sites that a role was granted at by name."""
        return frozenset(site for _, site in self.grants if site)

    def roles_at(self, sites: frozenset[int]) -> frozenset[str]:
        """The roles that count at one of these sites; without any site, all roles."""
        if not sites or not self.grants:
            return self.roles
        return frozenset(role for role, site in self.grants if site is None or site in sites)

    def on(self, page: Page) -> "Actor":
        """The same actor, whose questions to the desk are kept for this page's row in the book."""
        return replace(self, page=page, surface=page.surface)


def the_program(organization: int) -> Actor:
    """The program acting by itself: due work, imports, the demo's story."""
    return Actor(
        organization=organization, roles=frozenset({"program"}), name="Throughcare", surface="worker"
    )


def the_public(organization: int) -> Actor:
    """Someone without an account: a public form or a link sent to them."""
    return Actor(organization=organization, roles=frozenset({"public"}), name="", surface="public")
