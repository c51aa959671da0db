"""`bench.kills --migrations`: starts that are killed while they make an empty database; the next one carries on."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

STARTS = (
    "import sys; from throughcare.faces.cli.installation import *; "
    "use_data_folder(sys.argv[1]); start_django(); print('migrating', flush=True); migrate()"
)
SHAPE = (
    "import sys; from throughcare.faces.cli.installation import *; use_data_folder(sys.argv[1]); start_django(); "
    "from django.db import connection as c; from django.core.management import call_command as call; "
    "call('migrate', check_unapplied=True, verbosity=0); c.check_constraints(); "
    "print(sorted(c.introspection.table_names()))"
)
ENDS_WITHIN = 300


def kill_migrations(kills: int, *, postgres: bool, seed: int) -> int:
    """Kill so many starts, each on an empty database; 1 when a next start failed or ended in another shape."""
    dice, wrong, half_way = random.Random(seed), [], 0
    took, whole = _one(postgres, None)
    for number in range(kills):
        is_cut, shape = _one(postgres, dice.uniform(0, took))
        half_way += bool(is_cut)
        if shape != whole:
            wrong.append(f"kill {number + 1}: {shape[-300:]}")
    print(f"{kills} starts, {half_way} killed while migrating; the next start did not carry on: {len(wrong)}")
    print("\n".join(wrong))
    return 1 if wrong or not half_way else 0


def _one(postgres: bool, kill_after: float | None) -> tuple[float, str]:
    """How long it migrated (0: it was done before the kill), and the shape that the next start ends in."""
    from throughcare.faces.cli.key_files import make_key_files

    with ExitStack() as until_done:
        folder = until_done.enter_context(tempfile.TemporaryDirectory(prefix="throughcare-bench-"))
        make_key_files(Path(folder))
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        if postgres:
            from tests.postgres import a_postgres

            environment["DATABASE_URL"] = until_done.enter_context(a_postgres())
        command = [sys.executable, "-c", STARTS, folder]
        first = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, start_new_session=True)
        assert first.stdout is not None
        first.stdout.readline()
        began = time.monotonic()
        try:
            first.wait(ENDS_WITHIN if kill_after is None else kill_after)
            took = time.monotonic() - began if kill_after is None else 0.0
        except subprocess.TimeoutExpired:
            os.killpg(first.pid, signal.SIGKILL)
            first.wait()
            took = time.monotonic() - began
        said = ""
        for code in (STARTS, SHAPE):
            again = [sys.executable, "-c", code, folder]
            done = subprocess.run(
                again, env=environment, capture_output=True, text=True, timeout=ENDS_WITHIN, check=False
            )
            if done.returncode:
                return took, done.stderr
            said = done.stdout
        return took, said
