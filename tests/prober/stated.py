"""Gate G2: the table role × address, every cell stated in `stated.tsv` and read by a person.

`python -m tests.prober.stated` writes rows for new addresses; look at each `yes` before you commit it.
"""

import sys
from pathlib import Path

from throughcare.knowledge.roles import ALL as ROLES

FILE = Path(__file__).parent / "stated.tsv"
HEAD = ["address", "anyone", *ROLES]


def stated() -> dict[str, dict[str, str]]:
    """Each address with its cells: `yes` or `no`, by role; `anyone` is whoever isn't signed in."""
    head, *rows = [line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines()]
    if head != HEAD:
        raise ValueError(f"the head of {FILE.name} must be {HEAD}")
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def in_the_program() -> dict[str, dict[str, str]]:
    """The same, as the program's routes have it."""
    from django.urls import get_resolver

    found = {}
    for pattern in get_resolver().url_patterns:
        route = pattern.callback.route
        open_to = set(ROLES) if route.public else set(route.roles)
        name = f"{' '.join(route.methods)} /{pattern.pattern}"
        cells = {"anyone": "yes" if route.public else "no"}
        found[name] = cells | {role: "yes" if role in open_to else "no" for role in ROLES}
    return found


def write() -> None:
    """Write the program's table over the stated one."""
    rows = ["\t".join([name, *cells.values()]) for name, cells in sorted(in_the_program().items())]
    FILE.write_text("\n".join(["\t".join(HEAD), *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    import django

    django.setup()
    write()
    sys.exit(0)
