"""What the nightly watch costs: `./run python -m bench.watch [--people 5000] [--weeks 104] [--postgres]`.

Writes a clinic in which everyone is in care and has so many weeks of history: three evenings of attendance and two
questionnaires a week. Looks at everybody as on the first night, again the next night, then after one change, after
fifty, and after none. Prints queries, time by the clock and processor time; fails when the night takes longer than a
minute of processor time or one person more than 50 ms.
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from bench.installation import an_installation

TODAY = date(2026, 3, 5)
ZONE = "America/New_York"
NIGHT_SECONDS, PERSON_MS, CHANGED = 60.0, 50.0, 50


def main() -> int:
    """Build, look, print; 1 when it takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--weeks", type=int, default=104)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with an_installation(postgres=options.postgres):
        return measure(options.people, options.weeks)


def measure(people: int, weeks: int) -> int:
    """The nights and the changes of one clinic."""
    from bench.long_histories import LongHistories
    from throughcare.knowledge.clinic_calendar import at_local
    from throughcare.pathway.warning_sign.due_looks import watch_people
    from throughcare.records.signs import WarningSign

    clinic = LongHistories(people, weeks, TODAY)
    clinic.build()
    night = at_local(TODAY, clinic.FIVE, ZONE)
    first = told("the first night", lambda: watch_all(night))
    standing = WarningSign.objects.filter(ended_at__isnull=True).count()
    print(f"{standing} signs stand")
    second = told("the next night", lambda: watch_all(night + timedelta(days=1)))
    morning = night + timedelta(days=1, hours=3)
    clinic.change(1, at=morning)
    one = told("one change", lambda: watch_people(at=morning))
    clinic.change(CHANGED, at=morning)
    told(f"{CHANGED} changes", lambda: watch_people(at=morning))
    told("no change", lambda: watch_people(at=morning))
    return 1 if max(first, second) > NIGHT_SECONDS or one * 1000 > PERSON_MS else 0


def watch_all(at: datetime) -> str:
    """Round after round, as the worker does, until nobody is due."""
    from throughcare.pathway.warning_sign.due_looks import watch_people

    said = [watch_people(at=at)]
    while not said[-1].startswith("0 "):
        said.append(watch_people(at=at))
    return "; ".join(f"{said.count(one)} × {one}" for one in dict.fromkeys(said[:-1]))


def told(what: str, work: Callable[[], str]) -> float:
    """Processor seconds of the work; printed beside the clock's and the number of queries."""
    from django.db import connection

    asked = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(sql, params, many, context)

    began, worked = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(count):
        said = work()
    clock, processor = time.perf_counter() - began, time.process_time() - worked
    print(
        f"{what}: {clock:.3f} s by the clock, {processor:.3f} s of processor time, {asked} queries; {said}",
        flush=True,
    )
    return processor


if __name__ == "__main__":
    sys.exit(main())
