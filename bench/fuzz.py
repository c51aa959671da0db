"""Broken files and words for all that reads them: `./run python -m bench.fuzz [TARGET …] [--seconds 600 | --short]`.

Each target runs in a process of its own: well-formed examples are cut, spliced, doubled, nested, filled with bytes and
numbers that nobody expects, and read. What may come of it is an answer or a refusal in words. Prints how many were
read, which errors nobody caught, the slowest and the most memory; 1 when an error was uncaught, one reading took more
than 5 seconds, or a process more than 256 MB. iCalendar is written here and nowhere read, so it has no target.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from bench.fuzz_broken import broken
from bench.fuzz_targets import TARGETS, Target

LONG, SHORT = 600, 10
MOST_MB, MOST_SECONDS = 256, 5.0


def main() -> int:
    """Run the targets one after another; print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "targets", nargs="*", choices=[*TARGETS, []], metavar="TARGET", help=", ".join(TARGETS)
    )
    parser.add_argument("--seconds", type=int, default=LONG, help="for each target")
    parser.add_argument("--short", action="store_true", help=f"{SHORT} seconds each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    seconds = SHORT if options.short else options.seconds
    if options.here:
        print(json.dumps(fuzz(TARGETS[options.targets[0]], seconds, options.seed)))
        return 0
    print(f"{'':20} {'read':>9} {'refused':>9} {'uncaught':>9} {'slowest s':>9} {'MB':>6}")
    wrong = [line for name in options.targets or TARGETS for line in one(name, seconds, options.seed)]
    print("\n".join(wrong) if wrong else "nothing uncaught, nothing slow, nothing large")
    return 1 if wrong else 0


def one(name: str, seconds: int, seed: int) -> list[str]:
    """A target in a process of its own; what was wrong with it."""
    command = [
        sys.executable,
        "-m",
        "bench.fuzz",
        name,
        "--here",
        "--seconds",
        str(seconds),
        "--seed",
        str(seed),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return [f"{name}: the process died ({done.returncode}): {done.stderr[-600:]}"]
    told = json.loads(done.stdout.splitlines()[-1])
    print(
        f"{name:20} {told['read']:9,} {told['refused']:9,} {sum(told['uncaught'].values()):9,} "
        f"{told['slowest']:9.2f} {told['mb']:6.0f}",
        flush=True,
    )
    wrong = [f"{name}: {count} x {error}" for error, count in told["uncaught"].items()]
    if told["slowest"] > MOST_SECONDS:
        wrong.append(f"{name}: one reading took {told['slowest']:.1f} s")
    if told["mb"] > MOST_MB:
        wrong.append(f"{name}: {told['mb']:.0f} MB")
    return wrong


def fuzz(target: Target, seconds: float, seed: int) -> dict[str, object]:
    """Read broken examples for so long; what came of it."""
    dice, told = random.Random(seed), Counter[str]()
    uncaught, slowest = Counter[str](), 0.0
    with tempfile.TemporaryDirectory(prefix="throughcare-fuzz-") as folder:
        read = target.prepare(Path(folder))
        examples = target.examples()
        for example in examples:
            if not read(example):
                raise RuntimeError("an example that is well-formed was refused: nothing would be proven")
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            words, began = broken(dice, examples), time.monotonic()
            try:
                told["read" if read(words) else "refused"] += 1
            except Exception as error:
                last = traceback.extract_tb(error.__traceback__)[-1]
                uncaught[f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}"] += 1
                keep(target, words)
            slowest = max(slowest, time.monotonic() - began)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {**{"read": 0, "refused": 0}, **told, "uncaught": uncaught, "slowest": slowest, "mb": most}


def keep(target: Target, words: bytes) -> None:
    """What broke it, for whoever mends it: one file a target in the folder for what may be lost."""
    (Path(tempfile.gettempdir()) / f"throughcare-fuzz-{target.name}").write_bytes(words)


if __name__ == "__main__":
    sys.exit(main())
