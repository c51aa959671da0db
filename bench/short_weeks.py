"""Whose weeks fall short, measured: `./run python -m bench.short_weeks [--patients 400] [--weeks 20] [--postgres]`.

Builds a clinic with about half of its people in care (200 by default), looks at everyone's week on a Thursday evening,
and offers to all. Prints queries and times; fails when a look takes more than a second or its queries grow.
"""

import argparse
import statistics
import sys
import time
from datetime import date

from bench.installation import an_installation

THURSDAY = date(2026, 3, 5)
BOUND_SECONDS, MOST_QUERIES, ROUNDS = 1.0, 40, 12


def main() -> int:
    """Build, look, print; 1 when it is too slow or asks too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=400)
    parser.add_argument("--weeks", type=int, default=20)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with an_installation(postgres=options.postgres):
        return measure(options.patients, options.weeks)


def measure(patients: int, weeks: int) -> int:
    """Look at everyone's week again and again, then offer to all at once."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.big_clinic import BigClinic
    from throughcare.knowledge.clinic_calendar import at_local
    from throughcare.pathway.accounts import actor_for
    from throughcare.pathway.make_up.short_weeks import SITE, offer_short_weeks, short_weeks
    from throughcare.records.people import RoleGrant

    clinic = BigClinic(patients, weeks, THURSDAY, say=lambda _: None)
    clinic.build()
    at = at_local(THURSDAY, clinic.now.time().replace(hour=21, tzinfo=None), "America/New_York")
    director = RoleGrant.objects.filter(role="director").order_by("pk").values_list("account", flat=True)[0]
    by = actor_for(director)
    if by is None:
        raise SystemExit("the clinic has no director")
    with CaptureQueriesContext(connection) as asked:
        found = short_weeks(by=by, at=at, whose=SITE)
    saved = sum(one.is_saved for one in found.people)
    print(f"{len(found.people)} of {found.looked_at} fall short; {saved} can be saved by what is left")
    spent = [_timed(lambda: short_weeks(by=by, at=at, whose=SITE)) for _ in range(ROUNDS)]
    print(
        f"a look: {len(asked)} queries, usual {1000 * statistics.median(spent):.0f} ms, most {1000 * max(spent):.0f} ms"
    )
    everyone = [one.patient for one in found.to_offer]
    offering = _timed(lambda: offer_short_weeks(everyone, by=by, at=at))
    print(f"offering to {len(everyone)} at once: {1000 * offering:.0f} ms")
    return 1 if max(spent) > BOUND_SECONDS or len(asked) > MOST_QUERIES else 0


def _timed(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
