"""`python -m bench.clocks`: two years in six zones, with a clock that jumps (trust.md 5.2).

A group of each zone meets every day at half past one, half past two and half past five, the first two being the hours
that a change of clocks repeats and skips. The work that makes sessions ahead runs once a day; now and then the
machine's clock goes a day ahead, a day or an hour back, and comes right again. In the end each meeting is there once.
"""

import argparse
import random
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from bench.installation import an_installation

ZONES = ("New_York", "Chicago", "Denver", "Phoenix", "Los_Angeles", "Anchorage")
CLOCKS = (time(1, 30), time(2, 30), time(17, 30))
FIRST, DAYS = date(2026, 1, 5), 730
JUMPS = (timedelta(days=1), timedelta(days=-1), timedelta(hours=-1))
JUMPS_EVERY = 5


def main() -> int:
    """Live through it, print the figures; 1 when a session is doubled or missing."""
    parser = argparse.ArgumentParser(prog="bench.clocks", description=__doc__)
    parser.add_argument("--short", action="store_true", help="every fifth day's work only")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with an_installation(postgres=options.postgres):
        groups = _groups()
        runs, jumps = _live(random.Random(options.seed), every=5 if options.short else 1)
        wrong = sum(_differs(group, zone) for group, zone in groups)
    expected = len(groups) * DAYS
    print(
        f"{expected:,} meetings, {runs} days' work, {jumps} jumps of the clock; doubled or missing: {wrong}"
    )
    return 1 if wrong else 0


def _groups() -> list[tuple[Any, str]]:
    """In each zone a site, and for each time of day a group that meets on all seven days."""
    from tests.cast import MORNING, gather_cast

    from throughcare.records.organizations import Site
    from throughcare.records.timetables import Group, GroupMeeting

    cast = gather_cast()
    fact = {"organization_id": cast.organization, "recorded_at": MORNING}
    groups = []
    for zone in ZONES:
        site = Site.objects.create(**fact, name=zone, time_zone=f"America/{zone}")
        for clock in CLOCKS:
            name, kind = f"{zone} {clock}", {"session_type": "process", "track": "day", "capacity": 8}
            group = Group.objects.create(**fact, site=site, name=name, opened_date=FIRST, **kind)
            for weekday in range(7):
                GroupMeeting.objects.create(
                    **fact, group=group, weekday=weekday, starts=clock, minutes=60, from_date=FIRST
                )
            groups.append((group, site.time_zone))
    return groups


def _live(dice: random.Random, *, every: int) -> tuple[int, int]:
    from throughcare.pathway.week.schedule import extend_every_schedule

    runs = jumps = 0
    for number in range(-1, DAYS, every):
        now = datetime.combine(FIRST + timedelta(days=number), time(6), tzinfo=UTC)
        if dice.randrange(JUMPS_EVERY) == 0:
            extend_every_schedule(at=now + dice.choice(JUMPS))
            jumps += 1
        extend_every_schedule(at=now + timedelta(minutes=dice.randrange(600)))
        runs += 1
    return runs, jumps


def _differs(group: Any, zone: str) -> int:
    """How many local days of the two years have no session of the group, or more than one."""
    from throughcare.knowledge.clinic_calendar import local_day
    from throughcare.records.sessions import Session

    found: Counter[date] = Counter()
    for session in Session.objects.filter(group=group):
        day = local_day(session.starts_at, zone)
        found[day] += 1
        if day != session.local_day or (session.ends_at - session.starts_at) != timedelta(hours=1):
            return DAYS
    return sum(found[FIRST + timedelta(days=number)] != 1 for number in range(DAYS))


if __name__ == "__main__":
    sys.exit(main())
