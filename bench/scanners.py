"""Gate G4, public scanners against the review fixture: `./run python -m bench.scanners [--short]`.

bandit and pip-audit look at the source and the locks; schemathesis, wapiti, sqlmap and ffuf ask the running program
as a patient, a family member, a clinician and an administrator. The tools come from the package index into a folder
of their own (ffuf from the system, when it is there). Prints a table; exit 1 when anything of high or medium weight
was found. Nothing but this machine is asked, save by pip-audit, which looks weaknesses up.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.postgres import spare_port

from bench.scanning import Found, Scan, ask_with, look_at_source, look_up_packages

HOUSE = Path(__file__).resolve().parents[1]
PACKAGES = ("schemathesis", "bandit", "pip-audit", "wapiti3", "greenlet", "sqlmap")
ROLES = ("patient_a", "family_a", "clinician", "admin")
SECONDS, SHORT_SECONDS = 300, 40


def main() -> int:
    """Get the tools, serve the fixture, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--short", action="store_true", help=f"{SHORT_SECONDS} s a tool and role, not {SECONDS}"
    )
    parser.add_argument(
        "--tools", type=Path, help="an environment with the tools that is there, or where to make it"
    )
    parser.add_argument("--fixture", type=Path, help="a review fixture that is there, or where to make it")
    parser.add_argument("--roles", nargs="+", default=list(ROLES), help="as whom")
    options = parser.parse_args()
    with ExitStack() as until_done:
        scratch = Path(until_done.enter_context(tempfile.TemporaryDirectory(prefix="throughcare-scan-")))
        tools, fixture = options.tools or scratch / "tools", options.fixture or scratch / "fixture"
        get_tools(tools)
        found = [look_at_source(tools, HOUSE), look_up_packages(tools, HOUSE)]
        get_fixture(fixture)
        address = until_done.enter_context(served(fixture / "data", scratch / "server.log"))
        for role in options.roles:
            scan = Scan(tools, fixture, scratch, address, role, SHORT_SECONDS if options.short else SECONDS)
            found += ask_with(scan)
            print("\n".join(one.line() for one in found[-4:]), flush=True)
        return told(found)


def told(found: list[Found]) -> int:
    """Print the table; 1 when something weighs."""
    print(f"\n{'tool':<14}{'as':<12}{'high':>6}{'medium':>8}  what")
    print("\n".join(one.line() for one in found))
    for one in found:
        for words in one.details:
            print(f"  {one.tool} as {one.role}: {words}")
    weighs = sum(one.high + one.medium for one in found)
    missing = sorted({one.tool for one in found if one.missing})
    print(f"{weighs} of high or medium weight; not run: {', '.join(missing) or 'none'}")
    return 1 if weighs else 0


def get_tools(folder: Path) -> None:
    """An environment with the scanners; none of them is among the program's own packages."""
    if not (folder / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin/pip"), "install", "--quiet", *PACKAGES], check=True)


def get_fixture(folder: Path) -> None:
    """The clinic for reviewers, built by its command."""
    if not (folder / "roles.json").exists():
        command = [sys.executable, "-m", "throughcare.faces.cli.main", "review-fixture", "--out", str(folder)]
        subprocess.run(command, cwd=HOUSE, check=True)


@contextmanager
def served(data: Path, log: Path) -> Iterator[str]:
    """The server of the fixture, and no worker: nothing is sent. Gives its address; ends it afterwards."""
    port = spare_port()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "THROUGHCARE_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "throughcare.settings",
        "REQUESTS_A_MINUTE": "0",
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += [
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--log-level",
        "warning",
        "throughcare.wsgi:application",
    ]
    with log.open("wb") as written:
        server = subprocess.Popen(command, env=environment, stdout=written, stderr=written)
        try:
            yield wait_for(f"http://127.0.0.1:{port}", server)
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> str:
    """The address, once it answers."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{address}/livez", timeout=2):
                return address
        except OSError:
            if server.poll() is not None:
                break
            time.sleep(0.5)
    raise SystemExit(f"the server did not start ({json.dumps(address)})")


if __name__ == "__main__":
    sys.exit(main())
