"""Histories: `./run python -m bench.histories [--runs 100] [--operations 2000] [--postgres] [--short] [--plant BUG]`.

Ten people do random operations (save a plan, write and sign a note, tell under a consent and take it back, change a
dose, order what doesn't go together, mark attendance, take a crisis) while the server is killed again and again.
Then it is looked for an order that explains all that was acknowledged. Prints a line a run; 1 with any anomaly.
`--plant` puts one of five bugs into the server: then the command fails unless the checker catches it.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.histories.checker import check
from bench.histories.history import READS, UNKNOWN
from bench.histories.people import Gone, Line, Person, Run
from bench.installation import an_installation

PEOPLE = 10
# After so many operations, whoever serves is killed: as many kills on a busy machine as on a quiet one.
KILL_EVERY = (15, 90)
LOOKS_EVERY = 0.02
SERVER_STARTS_WITHIN = 60


def main() -> int:
    """Run, check, count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--operations", type=int, default=2_000)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--short", action="store_true", help="two runs of 500 operations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--plant", default="", help="lost-update, stale-read, write-skew, double-ack, resurrected"
    )
    options = parser.parse_args()
    runs, operations = (2, 500) if options.short else (options.runs, options.operations)
    with an_installation(postgres=options.postgres) as folder:
        sums = run_all(folder, runs, operations, options.seed, options.plant)
    engine = "PostgreSQL" if options.postgres else "SQLite"
    print(
        f"{engine}: {sums['runs']} runs, {sums['operations']} operations, {sums['kills']} kills, "
        f"{sums['unknown']} without an answer, {sums['anomalies']} anomalies."
    )
    return int(bool(sums["anomalies"]) != bool(options.plant))


def run_all(folder: Path, runs: int, operations: int, seed: int, plant: str) -> Counter[str]:
    """Each run over things of its own in the same clinic."""
    from bench.histories import clinic

    sums: Counter[str] = Counter()
    cast, kim = clinic.found()
    accounts = accounts_of(cast)
    with Server(folder, plant) as server:
        for number in range(runs):
            places = clinic.things_of_a_run(cast, kim)
            run = Run(places, accounts, server.address, seed + number, operations)
            sums.update(one_run(number, run, server))
    return sums


def accounts_of(cast: Any) -> dict[str, list[int]]:
    """Who may do what, by kind."""
    anyone = [cast.clinician.account, cast.director.account]
    given = {
        "dose": [cast.nurse.account, cast.prescriber.account],
        "pair": [cast.prescriber.account],
        "note": [cast.facilitator.account],
        "marks": [cast.facilitator.account],
        "crisis": [cast.clinician.account, cast.nurse.account, cast.director.account],
    }
    return {kind: given.get(kind, anyone) for kind in ("plan", "consent", *given)}


def one_run(number: int, run: Run, server: "Server") -> Counter[str]:
    """Ten at work and kills meanwhile; then everything is read once more, and checked."""
    began, dice = time.monotonic(), random.Random(run.seed)
    people = [Person(one, run) for one in range(PEOPLE)]
    for person in people:
        person.start()
    kills, next_kill = 0, dice.randint(*KILL_EVERY)
    while any(person.is_alive() for person in people):
        time.sleep(dice.uniform(0, LOOKS_EVERY))
        if run.done >= next_kill:
            kills += server.kill()
            next_kill = run.done + dice.randint(*KILL_EVERY)
    last = Person(PEOPLE, run)
    for place in run.places:
        last.do(place, "read")
        if place.thing.kind in ("plan", "dose", "marks", "crisis"):
            last.do(place, "all")
    history = [one for person in [*people, last] for one in person.history]
    wrong = check([place.thing for place in run.places], history)
    results = Counter(one.result for one in history)
    writes = sum(one.result == "ok" and one.verb not in READS for one in history)
    print(
        f"run {number + 1}, seed {run.seed}: {len(history)} operations, {writes} writes kept, "
        f"{results['refused']} refused, {results[UNKNOWN]} without an answer, {kills} kills, "
        f"{len(wrong)} anomalies, {time.monotonic() - began:.0f} s",
        flush=True,
    )
    for one in wrong:
        print(f"  {one}", flush=True)
    show_troubles(people)
    return Counter(
        runs=1, operations=len(history), kills=kills, unknown=results[UNKNOWN], anomalies=len(wrong)
    )


def show_troubles(people: list[Person]) -> None:
    """Why it was refused or failed, with `HISTORIES_TROUBLES` set: a run in which all is refused shows nothing."""
    if os.environ.get("HISTORIES_TROUBLES"):
        for words, often in sum((person.troubles for person in people), Counter()).most_common(25):
            print(f"    {often} × {words}")


class Server:
    """The parent of the one who is killed; ended on leaving."""

    def __init__(self, folder: Path, plant: str) -> None:
        self.address = str(folder / "door")
        self._environment = {**os.environ, "THROUGHCARE_DATA": str(folder), "LOG_LEVEL": "ERROR"}
        self._environment |= {"DJANGO_SETTINGS_MODULE": "throughcare.settings", "HISTORIES_PLANT": plant}

    def __enter__(self) -> "Server":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.histories.server", self.address], env=self._environment
        )
        until = time.monotonic() + SERVER_STARTS_WITHIN
        while not Path(self.address).exists():
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server did not start")
            time.sleep(0.05)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)

    def kill(self) -> int:
        """Kill whoever serves now, whatever they do; how many were killed."""
        try:
            os.kill(int(Line(self.address).ask({"verb": "who"})["pid"]), signal.SIGKILL)
        except (Gone, ProcessLookupError):
            return 0
        return 1


if __name__ == "__main__":
    sys.exit(main())
