"""`python -m tests.prober FOLDER [ROLE …]`: probe a fixture in this process and print a report as JSON.

The role `tricks` stands for everything that isn't the matrix, `tricks:ROLE` for one role's, `tricks:addresses` for
what hangs on no role; the word `light` leaves out what only takes longer: most of what is sent, and all but the first
of several other owners. Nothing that is asked changes the fixture.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

TRICKS, LIGHT, ADDRESSES = "tricks", "light", "addresses"


def probe(folder: Path, roles: list[str]) -> dict[str, Any]:
    """Ask it all; what was asked, and what was wrong."""
    os.environ["THROUGHCARE_DATA"] = str(folder / "data")
    for name in ("DATABASE_URL", "SECRET_KEY", "FIELD_KEYS"):
        os.environ.pop(name, None)
    from throughcare.faces.cli.installation import start_django

    start_django()
    import logging

    from django.db import connection

    from tests.prober.material import Material
    from tests.prober.probing import Prober
    from tests.prober.tricks import SIGNED_IN, Tricks

    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    options = connection.settings_dict[
        "OPTIONS"
    ]  # nothing that is asked stays, so nothing waits for the disk
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    prober = Prober(Material(folder), light=LIGHT in roles)
    roles = [role for role in roles if role != LIGHT]
    prober.probe([role for role in roles or prober.material.roles if role.partition(":")[0] != TRICKS])
    for role in roles:
        if role.startswith(TRICKS):
            chosen = role.partition(":")[2]
            tricks = Tricks(prober)
            if chosen == ADDRESSES:
                tricks.play_with_addresses()
            elif chosen:
                tricks.play_as(chosen)
            else:
                tricks.play(SIGNED_IN)
    return {
        "asked": prober.asker.asked,
        "seconds": round(time.monotonic() - began),
        "cells": dict(prober.cells),
        "table": [[*cell, word] for cell, word in sorted(prober.table.items())],
        "wrong": sorted({one.words() for one in prober.wrong}),
    }


if __name__ == "__main__":
    json.dump(probe(Path(sys.argv[1]).resolve(), sys.argv[2:]), sys.stdout, indent=1)
