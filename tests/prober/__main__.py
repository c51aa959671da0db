"""`python -m tests.prober FOLDER [ROLE …]`: probe a fixture in this process and print a report as JSON.

THROUGHCARE_DATA must point to the fixture's data folder. Nothing that is asked changes it.
"""

import json
import os
import sys
import time
from pathlib import Path


def main(folder: Path, roles: list[str]) -> int:
    """Probe and print."""
    os.environ["THROUGHCARE_DATA"] = str(folder / "data")
    from throughcare.faces.cli.installation import start_django

    start_django()
    import logging

    from django.db import connection

    from tests.prober.material import Material
    from tests.prober.probing import Prober

    logging.disable(logging.CRITICAL)
    began = time.monotonic()
    if connection.vendor == "sqlite":  # nothing that is asked stays, so nothing waits for the disk
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    material = Material(folder)
    prober = Prober(material)
    prober.probe(roles or list(material.roles))
    report = {
        "asked": prober.asker.asked,
        "seconds": round(time.monotonic() - began),
        "cells": dict(prober.cells),
        "wrong": sorted({one.words() for one in prober.wrong}),
    }
    json.dump(report, sys.stdout, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve(), sys.argv[2:]))
