"""Crises while workers are killed and the provider lies: `./run python -m bench.crisis [--count 10000] [--postgres]`.

Crises are raised at a steady rate through the desk's own call, on a real database, with a real server beside it that
hears the provider's receipts. Every few seconds a worker's lane is killed (SIGKILL), every third time all of them.
The provider is slow, busy, broken, hangs, and takes messages that it drops (bench/lying_provider.py). Most crises are
taken by a person after a while; the others must go on climbing. Prints what was lost, what stopped climbing, how long
a page took to leave, and how many copies arrived twice and said so; 1 when one of them is not as it must be.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from bench.crisis_clinic import Clinic, a_clinic, take
from bench.crisis_processes import Processes
from bench.installation import an_installation

LONGEST_DISPATCH = 60.0
EXPLAINED_AFTER = 15.0
MOST_DUPLICATES = 0.01
UNTAKEN_SHARE = 0.04
STOPPED_AFTER = timedelta(seconds=30)


@dataclass
class Raised:
    """One crisis: when its raising was acknowledged, how long that took, and when a person takes it (0: never)."""

    uid: UUID
    at: float
    seconds: float
    taken_at: float
    was_taken: bool = False


@dataclass
class Told:
    """What the run came to."""

    raised: int = 0
    kills: int = 0
    lost: int = 0
    never_arrived: int = 0
    stopped: int = 0
    dispatch: list[float] = field(default_factory=list)
    deliveries: int = 0
    duplicates: int = 0
    unmarked: int = 0
    untaken: int = 0
    steps: Counter[int] = field(default_factory=Counter)
    repeated: int = 0
    raising: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    late: list[str] = field(default_factory=list)

    def is_well(self) -> bool:
        """Whether everything is as it must be."""
        # At most one a death; in the long form that is one in a hundred.
        few = self.duplicates <= max(self.kills, MOST_DUPLICATES * self.deliveries)
        return (
            not (self.lost or self.stopped or self.unmarked)
            and few
            and max(self.dispatch) <= LONGEST_DISPATCH
        )

    def print(self) -> None:
        """The figures, with what they can and can't prove."""
        waits = sorted(self.dispatch)
        print(f"{self.raised} crises raised, {self.kills} kills, {self.untaken} never taken by anybody")
        print(
            f"lost: {self.lost}   (0 of {self.raised} bounds the rate at {3 / max(self.raised, 1):.1e}, 95 %)"
        )
        print(
            f"unacknowledged that stopped climbing: {self.stopped} of {self.untaken}; steps {dict(self.steps)}"
        )
        print(f"unacknowledged of which no page reached a phone: {self.never_arrived}")
        print(
            f"first page with a provider after: median {waits[len(waits) // 2]:.1f} s, "
            f"p99 {waits[int(len(waits) * 0.99)]:.1f} s, slowest {waits[-1]:.1f} s"
        )
        for line in self.late[:10]:
            print(f"  late by {line}")
        share = self.duplicates / max(self.deliveries, 1)
        print(
            f"delivered {self.deliveries}, twice by the same way {self.duplicates} ({share:.2%}), "
            f"of them not marked as repeated {self.unmarked}"
        )
        slow = sorted(self.raising)
        print(
            f"raising took: median {slow[len(slow) // 2] * 1000:.0f} ms, slowest {slow[-1] * 1000:.0f} ms; "
            f"pressed again because the database was busy: {self.repeated}"
        )
        print(f"what the provider did: {dict(self.faults)}")


def main() -> int:
    """Raise, kill, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--rate", type=float, default=5.0, help="crises a second")
    parser.add_argument("--kill-every", type=float, default=20.0, help="seconds")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument(
        "--drain", type=float, default=90.0, help="seconds after the last crisis; 0: until all have left"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with an_installation(postgres=options.postgres) as folder:
        clinic = a_clinic()
        with Processes(folder, workers=options.workers, seed=options.seed) as processes:
            raised = run(clinic, processes, options)
            drain(raised, clinic, processes, options)
            told = count(raised, processes)
        told.repeated = clinic.repeated
    told.print()
    return 0 if told.is_well() else 1


def run(clinic: Clinic, processes: Processes, options: argparse.Namespace) -> list[Raised]:
    """Raise at the rate; kill and take on the way. A late machine doesn't catch up in bursts."""
    dice, raised = random.Random(options.seed), list[Raised]()
    kills_at = time.monotonic() + options.kill_every
    for number in range(options.count):
        began = time.monotonic()
        asked = time.time()
        uid = clinic.raise_until_kept(number)
        took = time.monotonic() - began
        never = dice.random() < UNTAKEN_SHARE
        raised.append(Raised(uid, asked, took, 0.0 if never else asked + dice.uniform(3.0, 45.0)))
        if time.monotonic() >= kills_at:
            processes.kill_some(dice)
            kills_at += options.kill_every
        take_due(raised, clinic)
        time.sleep(max(0.0, 1 / options.rate - (time.monotonic() - began)))
    return raised


def take_due(raised: list[Raised], clinic: Clinic) -> None:
    """People take what they were going to take by now; a few at a time, so that raising isn't held up."""
    now = time.time()
    for one in [one for one in raised[-400:] if one.taken_at and not one.was_taken and one.taken_at <= now][
        :3
    ]:
        take(clinic, one.uid)
        one.was_taken = True


def drain(raised: list[Raised], clinic: Clinic, processes: Processes, options: argparse.Namespace) -> None:
    """Let what is on its way arrive, with nobody killed any more."""
    until = time.monotonic() + (options.drain or LONGEST_DISPATCH)
    while time.monotonic() < until and (options.drain or waits_to_leave()):
        processes.look()
        take_due(raised, clinic)
        time.sleep(0.2)


def waits_to_leave() -> bool:
    """Whether a page is still without a provider."""
    from throughcare.records.messages import Message

    waiting = Message.objects.filter(urgent=True, settled_at__isnull=True, dispatched_at__isnull=True)
    return waiting.exists()


def count(raised: list[Raised], processes: Processes) -> Told:
    """Compare what was raised with what the provider saw."""
    from django.utils import timezone

    from throughcare.records.crises import Crisis, CrisisPage, CrisisTaking

    log = [json.loads(line) for line in Path(processes.log).read_text(encoding="utf-8").splitlines()]
    taken_first: dict[str, float] = {}
    delivered: dict[str, list[bool]] = defaultdict(list)
    for line in log:
        message = line["key"].rpartition("-")[0]
        if line["what"] == "taken":
            taken_first.setdefault(message, line["at"])
        else:
            delivered[line["key"]].append(line["again"])
    arrived = {key.rpartition("-")[0] for key in delivered}
    pages = defaultdict(list)
    for crisis, message, how in CrisisPage.objects.values_list(
        "crisis__uid", "message__uid", "message__settled_how"
    ):
        pages[crisis].append((str(message), how))
    taken = set(CrisisTaking.objects.values_list("crisis__uid", flat=True))
    rows = {row.uid: row for row in Crisis.objects.all()}
    told = Told(raised=len(raised), kills=processes.kills, raising=[one.seconds for one in raised])
    told.faults = Counter(line["fault"] for line in log if line["what"] == "taken")
    for one in raised:
        _count_one(told, one, rows.get(one.uid), pages[one.uid], taken_first, arrived, taken, timezone.now())
    for copies in delivered.values():
        told.deliveries += len(copies)
        told.duplicates += len(copies) - 1
        # Which of the copies came first nobody can say: all but one must be marked.
        told.unmarked += max(0, copies.count(False) - 1)
    return told


def _count_one(
    told: Told,
    one: Raised,
    row: object,
    pages: list[tuple[str, str]],
    taken_first: dict[str, float],
    arrived: set[str],
    taken: set[UUID],
    now: datetime,
) -> None:
    left = [taken_first[message] for message, _ in pages if message in taken_first]
    if row is None or not pages:
        told.lost += 1
        return
    if left:
        told.dispatch.append(min(left) - one.at)
        if told.dispatch[-1] > EXPLAINED_AFTER:
            told.late.append(f"{told.dispatch[-1]:.1f} s: {tries_of(one)}")
    elif one.uid not in taken:
        told.lost += 1
    if one.uid in taken:
        return
    told.untaken += 1
    told.steps[row.steps] += 1  # type: ignore[attr-defined]  # a crisis
    due = row.next_page_at  # type: ignore[attr-defined]
    told.stopped += due is None or due < now - STOPPED_AFTER
    told.never_arrived += not any(message in arrived for message, _ in pages)


def tries_of(one: Raised) -> str:
    """What was tried for a crisis: way, seconds after it was raised, seconds it took, what came of it."""
    from throughcare.records.crises import CrisisPage
    from throughcare.records.messages import MessageAttempt

    pages = CrisisPage.objects.filter(crisis__uid=one.uid).values("message")
    tries = MessageAttempt.objects.filter(way__message__in=pages).order_by("pk")
    return "; ".join(
        f"{attempt.way.way} {attempt.recorded_at.timestamp() - one.at:.1f} "
        f"{(attempt.ended_at - attempt.recorded_at).total_seconds() if attempt.ended_at else -1:.1f} "
        f"{attempt.outcome or 'no end'}"
        for attempt in tries.select_related("way")
    )


if __name__ == "__main__":
    os.environ.setdefault("SECRET_KEY", "for measurements only; no data of anyone is behind it")
    sys.exit(main())
