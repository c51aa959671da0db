"""`throughcare routes`: every address, the roles that may use it, and which are public."""

import argparse
from collections.abc import Iterator
from typing import Any

from throughcare.faces.cli.exchange import print_answer
from throughcare.faces.cli.installation import load_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Words or JSON."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the census of routes."""
    load_django()
    found = list(addresses())
    if arguments.json:
        print_answer(found)
    else:
        for one in found:
            who = "public" if one["public"] else " ".join(one["roles"])
            print(f"{one['method']:5} {one['path']:62} {who}")
    return 0


def addresses() -> Iterator[dict[str, Any]]:
    """One row per method and path. An address without a stated route is an error, not a silent gap."""
    from django.urls import get_resolver

    for pattern in get_resolver().url_patterns:
        route: Any = getattr(pattern.callback, "route")  # noqa: B009  # a view without one is an error here
        for method in route.methods:
            yield {
                "method": method,
                "path": "/" + str(pattern.pattern),
                "name": getattr(pattern, "name", None),
                "roles": list(route.roles),
                "public": route.public,
            }
