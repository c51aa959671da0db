"""`python -m bench.downtime`: a disk that is full, a database that is locked, a database that is gone (trust.md 5.2).

Each part makes a clinic of its own and does it for real: a tmpfs that is filled to its last byte (needs the right to
mount), a lock that another connection holds, a PostgreSQL that is stopped and started. What was acknowledged must be
there afterwards, a call for help must be kept and raised, and no page may say that something was saved which was not.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from bench.installation import an_installation

if TYPE_CHECKING:
    from django.test import Client

PARTS = ("disk", "lock", "database")
BACK_WITHIN_SECONDS = 10.0
MEGABYTE = 1024 * 1024
LOOKS_AGAIN = 1.1  # the server looks at the room once a second


class Broken(Exception):
    """A promise did not hold."""


def main() -> int:
    """Each part in a process of its own; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(prog="bench.downtime", description=__doc__)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--down-seconds", type=float, default=60.0)
    parser.add_argument("--short", action="store_true", help="the database is away for 3 seconds only")
    options = parser.parse_args()
    if options.part is None:
        more = ["--short"] if options.short else []
        return max(
            subprocess.run([sys.executable, "-m", "bench.downtime", "--part", part, *more]).returncode
            for part in PARTS
        )
    try:
        if options.part == "disk":
            full_disk()
        elif options.part == "lock":
            locked()
        else:
            stopped(3.0 if options.short else options.down_seconds)
    except Broken as broken:
        print(f"{options.part}: BROKEN: {broken}")
        return 1
    return 0


def ask(holds: bool, words: str) -> None:
    """Hold a promise to what was seen."""
    if not holds:
        raise Broken(words)


def full_disk() -> None:
    """Fill it to the last byte while plans are written, call for help, make room, count."""
    with a_disk(192) as disk:
        tempfile.tempdir = str(disk)
        with an_installation(postgres=False) as folder:
            from throughcare.pathway.crisis.kept_calls import kept_calls, raise_kept_calls
            from throughcare.pathway.room import keep_reserve, room

            phone, calls = a_phone(), 0
            ask(keep_reserve() == "the reserve is held", "the reserve is not held")
            form = the_form(phone)
            ballast = fill(folder, leave=4 * MEGABYTE)
            time.sleep(LOOKS_AGAIN)
            ask(
                page(phone, "my_privacy") == (503, True),
                "an ordinary page does not say that the disk is full",
            )
            ask(page(phone, "my_safety_plan")[0] == 200, "the safety plan is not served while room is short")
            ask(phone.post(*call(form)).status_code == 302, "a call is not taken while room is short")
            calls += 1
            acknowledged = write_plans_until_full(folder, ballast)
            ask(page(phone, "my_privacy") == (503, True), "a page does not say that the disk is full")
            answer = phone.post(*call(form))
            ask(answer.status_code == 503, f"the call was answered {answer.status_code} on a full disk")
            ask("Nobody has been paged yet" in answer.text, "the page does not tell the truth")
            ask(kept_calls() == 1 and not room().is_held, "the call is not on disk in the reserve's place")
            raise_kept_calls(at=now())
            calls += 1
            ask(crises() + entries() == calls, f"{crises() + entries()} calls are raised of {calls}")
            ballast.unlink()
            ask(keep_reserve() == "the reserve is held", "the reserve is not held again")
            time.sleep(LOOKS_AGAIN)
            ask(page(phone, "my_privacy")[0] == 200, "it does not work again with room")
            ask(versions() == acknowledged, f"{versions()} versions are there of {acknowledged} acknowledged")
            ask(integrity() == "ok", "the database is damaged")
    print(
        f"disk: full to the last byte; {acknowledged} plans acknowledged, all there; {calls} calls of {calls} raised"
    )


def locked() -> None:
    """Somebody else holds the lock for writing for longer than the program waits."""
    from bench.locked_reads import nothing_can_be_written

    with an_installation(postgres=False):
        from throughcare.pathway.crisis.kept_calls import raise_kept_calls

        phone = a_phone()
        form = the_form(phone)
        with nothing_can_be_written():
            began = time.monotonic()
            answer = phone.post(*call(form))
            took = time.monotonic() - began
        ask(answer.status_code == 503 and "Nobody has been paged yet" in answer.text, "the page is not true")
        raise_kept_calls(at=now())
        ask(crises() == 1, "the call is not raised")
    print(f"lock: told after {took:.0f} s that nobody was paged; raised once the lock was gone")


def stopped(seconds: float) -> None:
    """PostgreSQL is stopped and started again."""
    with an_installation(postgres=True):
        from django.db import close_old_connections, connection
        from django.test import Client
        from tests.postgres import binary, run_as_postgres

        from throughcare.pathway.crisis.kept_calls import raise_kept_calls

        phone, watcher = a_phone(), Client(headers={"host": "localhost"})
        form = the_form(phone)
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            folder = cursor.fetchone()[0]
        options = " ".join(shlex.split(Path(folder, "postmaster.opts").read_text(encoding="utf-8"))[1:])
        control = [binary("pg_ctl"), "-D", folder, "-w"]
        run_as_postgres([*control, "-m", "immediate", "stop"])
        until = time.monotonic() + seconds
        calls, slowest = 0, 0.0
        while calls < 3 or time.monotonic() < until:
            close_old_connections()  # as a server does before each request, and the test client does not
            began = time.monotonic()
            answer = phone.post(*call(form))
            slowest = max(slowest, time.monotonic() - began)
            ask(
                answer.status_code == 503 and "Nobody has been paged yet" in answer.text, "a page is not true"
            )
            ask(page(phone, "my_privacy")[0] == 503, "a page was served without the database")
            ask(watcher.get("/livez").status_code == 200, "it does not say that it is alive")
            ask(watcher.get("/readyz").status_code == 503, "it says that it is ready")
            calls += 1
            time.sleep(min(1.0, seconds / 3))
        run_as_postgres([*control, "-o", options, "-l", "/dev/null", "start"])
        began = time.monotonic()
        close_old_connections()
        while watcher.get("/readyz").status_code != 200:
            ask(time.monotonic() - began < BACK_WITHIN_SECONDS, "it is not back within 10 seconds")
            time.sleep(0.2)
            close_old_connections()
        raise_kept_calls(at=now())
        back = time.monotonic() - began
        # Presses while the first still climbs are added to it.
        ask(crises() == 1 and entries() == calls - 1, f"{crises()} crises and {entries()} presses of {calls}")
        ask(back < BACK_WITHIN_SECONDS, "what was kept is not raised within 10 seconds")
    print(
        f"database: away for {seconds:.0f} s, {calls} calls kept and raised, slowest answer {slowest:.2f} s, "
        f"back in {back:.1f} s"
    )


@contextmanager
def a_disk(megabytes: int) -> Iterator[Path]:
    """A small disk of its own."""
    folder = Path(tempfile.mkdtemp(prefix="throughcare-disk-"))
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)])
    if made.returncode:
        folder.rmdir()
        raise Broken("this needs the right to mount a small disk (run it as root)")
    try:
        yield folder
    finally:
        tempfile.tempdir = None
        subprocess.run(["umount", "-l", str(folder)])
        folder.rmdir()


def fill(folder: Path, *, leave: int) -> Path:
    """A file that leaves so many bytes free."""
    from throughcare.pathway.room import room

    ballast = folder / "ballast"
    with ballast.open("ab", buffering=0) as file:
        while (free := room().free) > leave:
            try:
                file.write(bytes(min(MEGABYTE, free - leave)))
            except OSError:
                break
    return ballast


def write_plans_until_full(folder: Path, ballast: Path) -> int:
    """Save versions of a plan until there is no room, with none left beside them; how many stand acknowledged."""
    from django.db.utils import DatabaseError

    from throughcare.pathway.safety_plan.writing import NewPlan, save_plan

    eve, clinician = people()
    saved = versions()
    for _ in range(2_000):
        fill(folder, leave=0)
        plan = NewPlan({"signs": [os.urandom(90).hex() for _ in range(5)]}, after=saved)
        try:
            save_plan(eve, "safety", plan, by=clinician, at=now())
        except DatabaseError:
            return saved
        saved += 1
    raise Broken("the disk did not fill up")


def a_phone() -> "Client":
    """Eve with a safety plan, signed in."""
    from bench.locked_reads import a_phone as somebody

    phone = somebody()
    phone.raise_request_exception = False
    return phone


def people():  # type: ignore[no-untyped-def]  # Django is loaded only now
    """Eve's public id, and her clinician."""
    from throughcare.pathway.accounts import actor_for
    from throughcare.records.consents import PatientAccount
    from throughcare.records.people import RoleGrant

    eve = PatientAccount.objects.select_related("patient").get().patient
    clinician = RoleGrant.objects.filter(role="clinician").order_by("pk")[0]
    return eve.uid, actor_for(clinician.account_id)


def the_form(phone: "Client") -> dict[str, str]:
    """What the open help page would send."""
    from django.urls import reverse

    field = re.search(r'name="caller" value="([^"]+)"', phone.get(reverse("my_help")).text)
    if field is None:
        raise Broken("the help page does not say who calls")
    return {"caller": field.group(1)}


def call(form: dict[str, str]) -> tuple[str, dict[str, str]]:
    """One press of the button."""
    from django.urls import reverse

    return reverse("my_help"), {**form, "words": "I can't go on", "callback": "", "once": str(uuid4())}


def page(phone: "Client", name: str) -> tuple[int, bool]:
    """The status of a page, and whether it says that there is no room and has numbers to call."""
    from django.urls import reverse

    answer = phone.get(reverse(name))
    said = answer.text if answer.status_code == 503 else ""
    return answer.status_code, "disk is full" in said and "tel:988" in said and "tel:911" in said


def now():  # type: ignore[no-untyped-def]  # Django is loaded only now
    """This moment."""
    from django.utils import timezone

    return timezone.now()


def crises() -> int:
    """How many stand."""
    from throughcare.records.crises import Crisis

    return Crisis.objects.count()


def entries() -> int:
    """How many presses were added to one that climbs."""
    from throughcare.records.crises import CrisisEntry

    return CrisisEntry.objects.filter(kind="again").count()


def versions() -> int:
    """How many versions of plans stand."""
    from throughcare.records.safety_plans import OwnPlan

    return OwnPlan.objects.count()


def integrity() -> str:
    """What SQLite says of its file."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return str(cursor.fetchone()[0])


if __name__ == "__main__":
    sys.exit(main())
