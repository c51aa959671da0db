"""`python -m bench.locked_reads`: a person's safety plan, read while the database takes no writes (trust.md 5.1).

Another connection holds the lock for writing the whole time. Each read is a whole request of the person who is signed
in; served means that the page says the words of the latest version. Afterwards the rows of the book that could not be
written are written, and each read must stand there once.
"""

import argparse
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bench.installation import an_installation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

PAGE = "my_safety_plan"
SIGN = "I stop answering the phone"
LOCKED = {
    "sqlite": ("BEGIN EXCLUSIVE",),
    "postgresql": ("BEGIN", "LOCK TABLE records_access, records_patient IN EXCLUSIVE MODE"),
}


def main() -> int:
    """Read, print the figures; 1 when a read was not served or is missing in the book."""
    parser = argparse.ArgumentParser(prog="bench.locked_reads", description=__doc__)
    parser.add_argument("--reads", type=int, default=1000)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    with an_installation(postgres=options.postgres):
        from throughcare.pathway.privacy.late_book import write_kept
        from throughcare.records.accesses import Access

        phone = a_phone()
        with nothing_can_be_written():
            took = [seconds for seconds in (read(phone) for _ in range(options.reads)) if seconds is not None]
        write_kept()
        in_book = Access.objects.filter(route=PAGE).count()
    took.sort()
    print(f"served {len(took)} of {options.reads}; in the book {in_book}")
    if took:
        print(f"ms: p50 {1000 * took[len(took) // 2]:.0f}, p95 {1000 * took[int(len(took) * 0.95)]:.0f}")
    return 0 if len(took) == in_book == options.reads else 1


def a_phone() -> "Client":
    """Somebody with a safety plan, signed in on their phone."""
    from django.test import Client
    from django.utils import timezone
    from tests.cast import gather_cast
    from tests.sessions_cast import admit
    from tests.through_the_door import login_with_both_factors

    from throughcare.pathway.family.invitations import invite_patient
    from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
    from throughcare.records.consents import PatientAccount

    cast, now = gather_cast(), timezone.now()
    eve = admit(cast, "Eve", "Marsh")
    save_plan(eve.uid, "safety", NewPlan({"signs": [SIGN]}), by=cast.clinician, at=now)
    invite_patient(eve.uid, email="eve@mail.test", by=cast.clinician, at=now)
    phone = Client(headers={"host": "localhost"})
    login_with_both_factors(
        phone, PatientAccount.objects.select_related("account").get(patient=eve.key).account
    )
    return phone


@contextmanager
def nothing_can_be_written() -> "Iterator[None]":
    """Somebody else holds the lock for writing."""
    from django.db import connection

    locked, over = threading.Event(), threading.Event()

    def hold() -> None:
        with connection.cursor() as cursor:
            for sentence in LOCKED[connection.vendor]:
                cursor.execute(sentence)
            locked.set()
            over.wait()
            cursor.execute("ROLLBACK")
        connection.close()

    holder = threading.Thread(target=hold, daemon=True)
    holder.start()
    locked.wait()
    yield
    over.set()
    holder.join()


def read(phone: "Client") -> float | None:
    """The seconds that it took to be served; None when it was not."""
    from django.urls import reverse

    began = time.monotonic()
    answer = phone.get(reverse(PAGE))
    is_served = answer.status_code == 200 and SIGN in answer.content.decode()
    return time.monotonic() - began if is_served else None


if __name__ == "__main__":
    sys.exit(main())
