"""Who acts: the `by=` of every pathway call."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class Actor:
    """Someone, or the program itself, acting in one organization with the roles they hold.

    `account` and `practitioner` are keys of records; both are None for the public, for a person on an intake
    link, and for the program's own due work.
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
    sites: frozenset[int] = field(default_factory=frozenset)
    surface: str = "page"

    def holds(self, *roles: str) -> bool:
        """Whether one of the roles is held."""
        return not self.roles.isdisjoint(roles)


def the_program(organization: int) -> Actor:
    """The program acting by itself: due work, imports, the demo's story."""
    return Actor(
        organization=organization, roles=frozenset({"program"}), name="Throughcare", surface="worker"
    )


def the_public(organization: int) -> Actor:
    """Someone without an account: a public form or a link sent to them."""
    return Actor(organization=organization, roles=frozenset({"public"}), name="", surface="public")
