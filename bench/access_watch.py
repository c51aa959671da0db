"""What watching the book of accesses costs: `./run python -m bench.access_watch [--rows 50000] [--postgres]`.

Writes a day of accesses by 625 staff into a clinic of its own, then looks as the worker does, once a minute through
the day's last hour. Prints queries and time of a look, beside a look that begins at the day's first row.
"""

import argparse
import random
import statistics
import sys
import time
from datetime import timedelta

from bench.installation import an_installation

STAFF, HOURS, BATCH = 625, 10, 5_000


def main() -> int:
    """Build, watch, print; 1 when a look takes more than a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patients", type=int, default=5_000)
    parser.add_argument("--rows", type=int, default=50_000)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with an_installation(postgres=options.postgres):
        return watch(*a_day(options.patients, options.rows))


def a_day(patients: int, rows: int):
    """A clinic, its people, and a day on which everyone opens charts of whom they treat, and now and then another's."""
    from tests.cast import at, gather_cast

    from throughcare.records.accesses import Access, AccessedPatient
    from throughcare.records.people import Account, Patient

    cast, begins = gather_cast(), at(8)
    fact = {"organization_id": cast.organization, "recorded_at": begins}
    people = [
        Patient(**fact, number=10_000 + place, given_name="Pat", family_name=f"Number{place}")
        for place in range(patients)
    ]
    accounts = [
        Account(
            organization_id=cast.organization,
            email=f"staff{place}@bench.test",
            email_mark=f"bench{place}",
            name=f"Sam Staff{place}",
            created_at=begins,
        )
        for place in range(STAFF)
    ]
    Patient.objects.bulk_create(people, batch_size=BATCH)
    Account.objects.bulk_create(accounts, batch_size=BATCH)
    dice = random.Random(20260302)
    step = timedelta(hours=HOURS) / rows
    for first in range(0, rows, BATCH):
        made = Access.objects.bulk_create(
            Access(
                organization_id=cast.organization,
                sequence=1_000_000 + place,
                account=dice.choice(accounts),
                verb="see",
                kinds=["note"],
                purpose="treatment",
                relationship="off_panel" if dice.random() < 0.03 else "care_team",
                allowed=True,
                surface="page",
                route="patient",
                accessed_at=begins + place * step,
                digest="0" * 64,
            )
            for place in range(first, min(first + BATCH, rows))
        )
        AccessedPatient.objects.bulk_create(
            AccessedPatient(access=access, patient=dice.choice(people)) for access in made
        )
    return begins, begins + timedelta(hours=HOURS)


def watch(begins, ends) -> int:
    """The day as one look, then an hour's looks by the minute."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from throughcare.pathway.privacy.anomaly_watch import watch_accesses

    def look(moment):
        with CaptureQueriesContext(connection) as asked:
            began, worked = time.perf_counter(), time.process_time()
            watch_accesses(at=moment)
            return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000, len(asked)

    hour = ends - timedelta(hours=1)
    whole = look(hour)
    minutes = [look(hour + timedelta(minutes=minute)) for minute in range(1, 61)]
    took = [one[0] for one in minutes]
    print(f"from the day's first row: {whole[0]:.0f} ms, {whole[2]} queries")
    print(
        f"each minute: median {statistics.median(took):.0f} ms, longest {max(took):.0f} ms, processor "
        f"{statistics.median(one[1] for one in minutes):.0f} ms, at most {max(one[2] for one in minutes)} queries"
    )
    return 1 if max(took) > 1000 else 0


if __name__ == "__main__":
    sys.exit(main())
