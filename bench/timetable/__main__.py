"""Throughcare beside others, on the same problems under the same limit, each alone on the machine.

`./run python -m bench.timetable [--people 20 60 200 1000] [--seeds 1] [--limits 10 60] [--short]`

Problems come from `generate.py`, costs and hard violations from `score_week.py`, both of ../shared/data/timetable.
Timefold needs Java 17 and an environment of its own, made on the first run beside the results; without Java it is left
out and said so. `--short` is the form for CI: 20 people, 5 seconds, Throughcare and the week by hand.
"""

import argparse
import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from bench.timetable.watched import Watched, run_watched

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "data" / "timetable"
HEAD = (
    f"{'people':>6} {'seed':>4} {'limit':>5}  {'who':<18} {'hard':>4} {'cost':>8} {'met %':>6} {'below':>5} "
    f"{'bound':>8} {'gap %':>6} {'took s':>7} {'MB':>6}"
)
PEERS = ("throughcare", "plain CP-SAT", "Timefold", "by hand")


def main() -> int:
    """Run every peer on every problem and print the table; 1 when Throughcare broke a rule or lost to a peer."""
    options = arguments()
    if not SHARED.is_dir():
        print("The generator and the scorer (../shared/data/timetable) are not beside this checkout.")
        return 0
    folder = Path(options.keep)
    folder.mkdir(parents=True, exist_ok=True)
    print(HEAD, flush=True)
    fine = True
    for people in options.people:
        for seed in options.seeds:
            problem = problem_file(folder, people, seed)
            for limit in options.limits:
                rows = {peer: race(peer, problem, limit, folder) for peer in options.peers}
                for peer, row in rows.items():
                    print(f"{people:>6} {seed:>4} {limit:>5}  {peer:<18} {row}", flush=True)
                fine &= is_best(rows)
    return 0 if fine else 1


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(prog="bench.timetable", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[20, 60, 200, 1000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--limits", type=int, nargs="+", default=[10, 60])
    parser.add_argument("--peers", nargs="+", choices=PEERS, default=list(PEERS))
    parser.add_argument("--keep", default=str(ROOT / "bench-timetable"), help="folder for problems and plans")
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    if options.short:
        options.people, options.seeds, options.limits = [20], [1], [5]
        options.peers = ["throughcare", "by hand"]
    if "Timefold" in options.peers and shutil.which("java") is None:
        print("Timefold is left out: there is no Java here.")
        options.peers.remove("Timefold")
    return options


def problem_file(folder: Path, people: int, seed: int) -> Path:
    """The problem of this size and seed, generated once."""
    path = folder / f"n{people}-seed{seed}.json"
    if not path.exists():
        command = [sys.executable, str(SHARED / "generate.py"), str(people), str(seed), str(path)]
        subprocess.run(command, check=True, capture_output=True)
    return path


class Row:
    """What one peer reached."""

    def __init__(self, score: dict[str, float] | None, watched: Watched, bound: float | None) -> None:
        self.score, self.watched, self.bound = score, watched, bound

    def __str__(self) -> str:
        took = f"{self.watched.seconds:>7.1f} {self.watched.peak_mb:>6.0f}"
        if self.score is None:
            return f"{'none found':>30} {'':>8} {'':>6} {took}"
        s = self.score
        gap = f"{100 * (1 - self.bound / s['cost']):>6.1f}" if self.bound is not None else f"{'':>6}"
        bound = f"{self.bound:>8,.0f}" if self.bound is not None else f"{'':>8}"
        return (
            f"{s['hard']:>4.0f} {s['cost']:>8,.0f} {s['met']:>6.1f} {s['below']:>5.0f} {bound} {gap} {took}"
        )


def race(peer: str, problem: Path, limit: int, folder: Path) -> Row:
    """One peer alone on one problem."""
    plan = folder / f"{problem.stem}-{limit}s-{peer.replace(' ', '-')}.json"
    plan.unlink(missing_ok=True)
    watched = run_watched(command(peer, problem, plan, limit, folder), cwd=ROOT)
    bound = bound_of(watched.out) if peer == "throughcare" else None
    return Row(scored(problem, plan), watched, bound)


def command(peer: str, problem: Path, plan: Path, limit: int, folder: Path) -> list[str]:
    """How a peer is started."""
    given = [str(problem), str(plan), str(limit), "2"]
    if peer == "throughcare":
        solve = ["-m", "throughcare.faces.cli.main", "timetable", "solve", str(problem), "--out", str(plan)]
        return [sys.executable, *solve, "--seconds", str(limit), "--seed", "1", "--workers", "2"]
    if peer == "Timefold":
        start = folder / f"{problem.stem}-start.json"
        if not start.exists():
            by_hand = [sys.executable, "-m", "bench.timetable.by_hand", str(problem), str(start), "0", "1"]
            subprocess.run(by_hand, check=True, cwd=ROOT)
        script = str(Path(__file__).with_name("timefold_week.py"))
        return [str(timefold_python(folder)), script, *given, str(start)]
    module = {"plain CP-SAT": "plain_cp_sat", "by hand": "by_hand"}[peer]
    return [sys.executable, "-m", f"bench.timetable.{module}", *given]


def timefold_python(folder: Path) -> Path:
    """An environment that has Timefold, made once."""
    home = folder / "timefold-environment"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "timefold"], check=True)
    return python


def scored(problem: Path, plan: Path) -> dict[str, float] | None:
    """The sum over the sites, by the scorer that knows no solver; None where a site got no plan."""
    if not plan.exists() or None in json.loads(plan.read_text()):
        return None
    command = [sys.executable, str(SHARED / "score_week.py"), str(problem), str(plan), "--json"]
    rows = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    prescribed = sum(row["hours"] for site in json.loads(problem.read_text()) for row in site["patients"])
    unmet = total(rows, "unmet_h")
    return {
        "hard": total(rows, "hard"),
        "cost": total(rows, "cost"),
        "met": 100 * (1 - unmet / prescribed),
        "below": total(rows, "below"),
    }


def total(rows: Sequence[dict[str, float]], key: str) -> float:
    """The sum of one figure over the sites."""
    return sum(row[key] for row in rows)


def bound_of(out: str) -> float | None:
    """The proven bound, from the summary that `solve` prints."""
    try:
        bound = json.loads(out).get("bound")
    except ValueError:
        return None
    return None if bound is None else float(bound)


def is_best(rows: dict[str, Row]) -> bool:
    """Whether Throughcare kept every rule and no peer that kept them was cheaper."""
    ours = rows.get("throughcare")
    if ours is None or ours.score is None or ours.score["hard"]:
        return ours is None
    return all(
        row.score is None or row.score["hard"] > 0 or row.score["cost"] >= ours.score["cost"]
        for row in rows.values()
    )


if __name__ == "__main__":
    sys.exit(main())
