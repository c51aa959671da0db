"""A clinic under load: `./run python -m bench.load a|b|d|flood [--short] [--postgres]`; sizes are `bench.load_sizes`.

a      26 requests a second, mixed, for 30 minutes (--short: 2), 200 people in care, `serve` as it comes, the worker
       beside it: p95 at most 400 ms, p99 at most 1 s, no answer wrong, a call for help kept within 500 ms (p99).
b      the same on PostgreSQL with a clinic of 5,000 people, then as fast as answers come with one server process and
       with two: what a second of processor time answers must not shrink by more than a fifth.
d      1,000 people call for help within 60 seconds while (a) goes on: each call has left the house within 60 seconds.
flood  one client asks 10,000 times a minute while (a) goes on: it is turned away, nobody else is, and a call for help
       takes no longer than without it (p99 + 20 %).

Waits count from the moment a request was due. The generator runs on the same machine and takes its share.
"""

import argparse
import os
import random
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench.crisis_processes import Processes, children_of
from bench.installation import an_installation
from throughcare.faces.cli.serve import PROCESSES

if TYPE_CHECKING:
    from bench.load_traffic import Traffic

P95_MS, P99_MS, ALERT_P99_MS, DISPATCH_SECONDS = 400, 1_000, 500, 60.0
RATE, LONG, SHORT = 26.0, 1_800, 120
STORM, STORM_SECONDS = 1_000, 60
FLOOD_A_SECOND, FLOOD_SLOWER = 10_000 / 60, 1.2
SCALES_TO_WITHIN = 0.8
TICK = os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Build, serve, ask, print; 1 when a promise is broken."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", choices=("a", "b", "d", "flood"))
    parser.add_argument("--short", action="store_true", help="2 minutes instead of 30; a storm of 200")
    parser.add_argument("--seconds", type=int, help="how long")
    parser.add_argument("--rate", type=float, default=RATE, help="requests a second")
    parser.add_argument("--people", type=int, help="patients; weeks say over how long they come")
    parser.add_argument("--weeks", type=int, help="10: nearly all of them are in care at once")
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    options.seconds = options.seconds or (SHORT if options.short else LONG)
    storm = 200 if options.short else STORM
    options.people = options.people or {"b": 5_000, "d": storm}.get(options.part, 200)
    options.weeks = options.weeks or (104 if options.part == "b" else 10)
    os.environ["REQUESTS_A_MINUTE"] = "1800"
    with an_installation(postgres=options.postgres or options.part == "b") as folder:
        return Load(folder, options).run()


class Load:
    """One clinic, one server, one part."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        from django.conf import settings
        from django.db import connection, transaction

        from bench.load_clinic import LoadClinic

        self.folder, self.options, self.missed = folder, options, list[str]()
        self.cookie_name = settings.SESSION_COOKIE_NAME
        big = LoadClinic(options.people, options.weeks, datetime.now(UTC).date(), say=lambda *_: None)
        with transaction.atomic():
            big.build()
        self.clinic = big.opened()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        connection.close()

    def run(self) -> int:
        """The part that was asked for."""
        from bench.pages import conditions

        print(conditions(), flush=True)
        getattr(self, f"part_{self.options.part}")()
        print(f"missed: {'; '.join(self.missed)}" if self.missed else "every target met")
        return 1 if self.missed else 0

    def part_a(self) -> None:
        """Steady for as long as asked."""
        with self.processes() as processes:
            self.steady(processes)

    def part_b(self) -> None:
        """Steady, then as fast as it goes on one and on two processes."""
        with self.processes() as processes:
            self.steady(processes)
        came, cheap = {}, {}
        for count in (1, 2):
            with self.processes(count) as processes:
                traffic = self.traffic(processes, warm=True)
                before, began = cpu_seconds(processes.server.pid), time.monotonic()
                answered = traffic.saturate(min(30, self.options.seconds), threads=4 * count)
                took, used = time.monotonic() - began, cpu_seconds(processes.server.pid) - before
            came[count], cheap[count] = answered / took, answered / used
            print(
                f"{count} server process{'es' if count > 1 else ''}: {came[count]:.0f} requests a second, "
                f"{cheap[count]:.0f} a second of its processor time"
            )
        self.expect(
            cheap[2] >= SCALES_TO_WITHIN * cheap[1],
            f"two processes answer {cheap[2] / cheap[1]:.2f} times as much with the same processor time",
        )
        print(
            f"two answer {came[2] / came[1]:.2f} times as many as one; PostgreSQL and the generator share these "
            f"{os.cpu_count()} processors"
        )

    def part_d(self) -> None:
        """Everyone calls within a minute."""
        with self.processes() as processes:
            traffic = self.traffic(processes, warm=True)
            storm = self.traffic(processes)
            share = len(self.clinic.patients)
            beside = threading.Thread(
                target=traffic.run, args=(self.options.rate, STORM_SECONDS), kwargs={"alerts_every": 0}
            )
            beside.start()
            storm.run(0, STORM_SECONDS, alerts_every=STORM_SECONDS / share)
            beside.join()
            waits = self.dispatched(processes, share)
            self.report(traffic)
            self.report(storm, alone=True)
        print(
            f"{share} called within {STORM_SECONDS} s; their pages left after: median {percent(waits, 50):.1f} s, "
            f"p99 {percent(waits, 99):.1f} s, slowest {waits[-1]:.1f} s"
        )
        self.expect(len(waits) >= share, f"{share - len(waits)} of {share} calls never left")
        self.expect(waits[-1] <= DISPATCH_SECONDS, f"a page left after {waits[-1]:.1f} s")

    def part_flood(self) -> None:
        """The same with and without a client that asks without end."""
        with self.processes() as processes:
            calm = self.traffic(processes, warm=True)
            calm.run(self.options.rate, self.options.seconds / 2, alerts_every=1)
            loud, ended = self.traffic(processes), threading.Event()
            counted: Counter[int] = Counter()
            floods = [
                threading.Thread(target=self.flood, args=(processes.port, ended, counted)) for _ in range(8)
            ]
            for flood in floods:
                flood.start()
            loud.run(self.options.rate, self.options.seconds / 2, alerts_every=1)
            ended.set()
            for flood in floods:
                flood.join()
            self.report(loud)
        before, after = (percent(alerts(one), 99) for one in (calm, loud))
        print(f"one client asked {sum(counted.values())} times: {dict(counted)}")
        print(f"a call for help took p99 {before:.0f} ms without it, {after:.0f} ms with it")
        self.expect(counted[429] > 0, "nothing was turned away")
        self.expect(after <= max(before * FLOOD_SLOWER, ALERT_P99_MS), f"calls for help took {after:.0f} ms")

    def flood(self, port: int, ended: threading.Event, counted: Counter[int]) -> None:
        """An eighth of the flood."""
        from bench.load_traffic import Line

        line, cookie = Line(port), f"{self.cookie_name}={self.clinic.staff[0]}"
        while not ended.is_set():
            began = time.monotonic()
            counted[line.ask("/census/", cookie, None)] += 1
            time.sleep(max(0.0, 8 / FLOOD_A_SECOND - (time.monotonic() - began)))

    def processes(self, count: int = PROCESSES) -> Processes:
        """A server, a provider that lies and fails, and the worker."""
        return Processes(self.folder, workers=1, seed=1, server_processes=count)

    def traffic(self, processes: Processes, *, warm: bool = False) -> "Traffic":
        """This clinic's people; `warm`: each page was asked once before."""
        from bench.load_traffic import Traffic

        if warm:
            Traffic(processes.port, self.clinic, self.cookie_name).run(10, 10, alerts_every=0)
        return Traffic(processes.port, self.clinic, self.cookie_name, seed=random.randrange(1_000))

    def steady(self, processes: Processes) -> None:
        """The mix for as long as asked."""
        traffic = self.traffic(processes, warm=True)
        before = cpu_seconds(processes.server.pid)
        traffic.run(self.options.rate, self.options.seconds)
        used = cpu_seconds(processes.server.pid) - before
        self.report(traffic)
        print(f"the server used {used / self.options.seconds:.2f} processors")

    def report(self, traffic: "Traffic", *, alone: bool = False) -> None:
        """A line for each kind, and what was missed; `alone`: calls for help and nothing else."""
        from bench.load_traffic import ALERT

        times: dict[str, list[float]] = defaultdict(list)
        for one in traffic.asked:
            times[one.kind].append(one.seconds * 1_000)
        print(f"{'':22} {'asked':>7} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'slowest':>8}")
        every = sorted(one.seconds * 1_000 for one in traffic.asked if one.kind != ALERT or alone)
        for name, some in (*sorted(times.items()), ("all but calls for help", every)):
            line = sorted(some)
            marks = " ".join(f"{percent(line, mark):8.0f}" for mark in (50, 95, 99, 100))
            print(f"{name:22} {len(line):7} {marks}")
        wrong = [one for one in traffic.asked if not 200 <= one.status < 400]
        self.expect(not wrong, f"{len(wrong)} answers were wrong, such as {traffic.wrong[:3]}")
        if not alone:
            self.expect(percent(every, 95) <= P95_MS, f"p95 {percent(every, 95):.0f} ms")
            self.expect(percent(every, 99) <= P99_MS, f"p99 {percent(every, 99):.0f} ms")
        calls = alerts(traffic)
        if calls and not alone:
            self.expect(percent(calls, 99) <= ALERT_P99_MS, f"calls for help p99 {percent(calls, 99):.0f} ms")

    def dispatched(self, processes: Processes, share: int) -> list[float]:
        """Seconds from each call to its first page with a provider, in order; waits until all have left."""
        from django.db.models import Min

        from throughcare.records.crises import Crisis

        until = time.monotonic() + DISPATCH_SECONDS * 2
        while time.monotonic() < until:
            processes.look()
            rows = Crisis.objects.annotate(left_at=Min("pages__message__dispatched_at"))
            left = [
                (row.left_at - row.recorded_at).total_seconds() for row in rows if row.left_at is not None
            ]
            if len(left) >= share:
                break
            time.sleep(1)
        return sorted(left) or [float("inf")]

    def expect(self, is_so: bool, otherwise: str) -> None:
        """Keep what was missed."""
        if not is_so:
            self.missed.append(otherwise)


def alerts(traffic: "Traffic") -> list[float]:
    """How long calls for help took, in ms, in order."""
    from bench.load_traffic import ALERT

    return sorted(one.seconds * 1_000 for one in traffic.asked if one.kind == ALERT)


def percent(line: Sequence[float], mark: float) -> float:
    """The value below which so many of a hundred lie; of none 0."""
    return line[max(0, -(-len(line) * int(mark) // 100) - 1)] if line else 0.0


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and its children so far."""
    ticks = 0
    for one in (pid, *children_of(pid)):
        fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICK


if __name__ == "__main__":
    sys.exit(main())
