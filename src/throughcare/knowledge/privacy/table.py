"""The table of roles and kinds of record, read from data: every cell is stated, and what isn't is an error.

A cell says `no`, `see` or `change` (which includes seeing), and after a colon what must hold besides: `self` (the
person's own), `consent` (the patient lets them), `author` (who wrote it). A purpose is `usual`, `yes` or `no`.
The table is [ours]: least privilege by job. 45 CFR 164.502(b) (minimum necessary) is its reason, 42 CFR Part 2 its
strictest case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.roles import ALL as ROLES

GRANTS = frozenset({"no", "see", "change"})
CONDITIONS = frozenset({"", "self", "consent", "author"})


class WrongTable(Exception):
    """The table of roles leaves something unsaid or says what it can't."""


@dataclass(frozen=True)
class Cell:
    """What one role may do with one kind of record, and what must hold besides."""

    grant: str
    condition: str = ""

    def gives(self, verb: str) -> bool:
        """Whether seeing (or changing) is granted at all."""
        return self.grant == "change" or (self.grant == "see" and verb == "see")


def cells_from(text: str) -> dict[tuple[str, str], Cell]:
    """Each (role, kind) with its cell. Raises `WrongTable` for a missing or unknown role, kind or cell."""
    cells = {}
    for (kind, role), words in _square(text, rows=KINDS, columns=ROLES).items():
        grant, _, condition = words.partition(":")
        if grant not in GRANTS or condition not in CONDITIONS or (grant == "no" and condition):
            raise WrongTable(f"{role} × {kind}: “{words}” is no cell")
        cells[role, kind] = Cell(grant, condition)
    return cells


def purposes_from(text: str) -> tuple[dict[str, frozenset[str]], dict[str, str]]:
    """The purposes that each role may have, and its usual one. Raises `WrongTable`."""
    allowed: dict[str, set[str]] = {role: set() for role in ROLES}
    usual: dict[str, str] = {}
    for (role, purpose), words in _square(text, rows=ROLES, columns=PURPOSES).items():
        if words not in ("usual", "yes", "no") or (words == "usual" and role in usual):
            raise WrongTable(f"{role} × {purpose}: “{words}” is no cell")
        if words == "usual":
            usual[role] = purpose
        if words != "no":
            allowed[role].add(purpose)
    if set(usual) != set(ROLES):
        raise WrongTable(f"no usual purpose: {', '.join(sorted(set(ROLES) - set(usual)))}")
    return {role: frozenset(purposes) for role, purposes in allowed.items()}, usual


def _square(text: str, *, rows: Iterable[str], columns: Iterable[str]) -> dict[tuple[str, str], str]:
    """The cells of a table whose head and first column must name exactly these."""
    head, *lines = [line.split("\t") for line in text.splitlines()]
    _require_same("columns", head[1:], columns)
    _require_same("rows", [line[0] for line in lines], rows)
    for line in lines:
        if len(line) != len(head):
            raise WrongTable(f"{line[0]}: {len(line) - 1} cells, not {len(head) - 1}")
    return {(line[0], name): cell for line in lines for name, cell in zip(head[1:], line[1:], strict=True)}


def _require_same(what: str, found: list[str], wanted: Iterable[str]) -> None:
    different = set(found) ^ set(wanted)
    if different or len(found) != len(set(found)):
        raise WrongTable(f"{what} missing, unknown or twice: {', '.join(sorted(different)) or found}")


def _read(name: str) -> str:
    return files("throughcare.knowledge").joinpath("data", name).read_text(encoding="utf-8")


CELLS: Mapping[tuple[str, str], Cell] = cells_from(_read("privacy_table.tsv"))
PURPOSES_OF, USUAL_PURPOSE = purposes_from(_read("privacy_purposes.tsv"))


def roles_that(verb: str, kind: str) -> frozenset[str]:
    """The roles that may do it, whatever must hold besides: for the roles of a page's address."""
    return frozenset(role for role in ROLES if CELLS[role, kind].gives(verb))


def _outright(verb: str) -> dict[str, frozenset[str]]:
    """For each role the kinds that it may see (or change) by the role alone."""
    return {
        role: frozenset(
            kind for kind in KINDS if CELLS[role, kind].gives(verb) and not CELLS[role, kind].condition
        )
        for role in ROLES
    }


MAY_SEE: Mapping[str, frozenset[str]] = _outright("see")
MAY_CHANGE: Mapping[str, frozenset[str]] = _outright("change")
