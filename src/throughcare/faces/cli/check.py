"""`throughcare check`: the installation's health in words; exit 0 when all is well, 1 when something is not."""

import argparse
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from throughcare.faces.cli.exchange import print_answer
from throughcare.faces.cli.installation import start_django, use_data_folder
from throughcare.knowledge.backups import BACKUP, BY_HAND, TOO_OLD

QUIET_WORKER = timedelta(minutes=2)
LOW_DISK = 0.10


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: well or not, and a sentence."""

    about: str
    well: bool
    says: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is; words or JSON."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(arguments: argparse.Namespace) -> int:
    """Look at everything and say it."""
    data = use_data_folder(arguments.data)
    start_django()
    findings = list(look(data, datetime.now(UTC)))
    if arguments.json:
        print_answer([{"about": one.about, "well": one.well, "says": one.says} for one in findings])
    else:
        for one in findings:
            print(f"{'well' if one.well else 'LOOK'}  {one.about}: {one.says}")
    return 0 if all(one.well for one in findings) else 1


def look(data: Path, now: datetime) -> Iterator[Finding]:
    """Each check in turn; one that breaks is a finding, not a crash."""
    from throughcare.pathway.cannot import Cannot

    checks: tuple[tuple[str, Callable[[], tuple[bool, str]]], ...] = (
        ("database", database),
        ("migrations", migrations),
        ("keys", lambda: keys(data, now)),
        ("disk", lambda: disk(data)),
        ("worker", lambda: worker(now)),
        ("downtime", lambda: downtime(now)),
        ("messages", lambda: messages(now)),
        ("backups", lambda: backups(now)),
        ("sending", sending),
        ("clock", lambda: clock(now)),
        ("time zones", time_zones),
    )
    for about, check in checks:
        try:
            well, says = check()
        except Cannot as refused:
            well, says = False, str(refused)
        except Exception as error:
            well, says = False, f"could not be looked at: {type(error).__name__}: {error}"
        yield Finding(about, well, says)


def database() -> tuple[bool, str]:
    """That it answers, which engine it is, and whether it is safe for several processes."""
    import sqlite3

    from django.db import connection

    from throughcare.sqlite import why_not_several_processes

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if connection.vendor != "sqlite":
        return True, f"{connection.display_name} answers."
    why = why_not_several_processes(connection.vendor)
    if why:
        return False, why
    return True, f"SQLite {sqlite3.sqlite_version} answers."


def migrations() -> tuple[bool, str]:
    """Whether the database has this version's shape."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return False, f"{len(plan)} steps are missing; `throughcare serve` takes them."
    return True, "the database has this version's shape."


def keys(data: Path, now: datetime) -> tuple[bool, str]:
    """Whether the keys open this database, are nobody else's to read, and which of them are still needed."""
    from throughcare.faces.cli.key_files import open_to_others
    from throughcare.keys import keyring
    from throughcare.pathway.keys_at_rest import keys_in_use, refuse_foreign_keys

    refuse_foreign_keys(at=now)
    exposed = open_to_others(data)
    if exposed:
        return False, f"others on this machine may read {', '.join(exposed)}. Take their rights away."
    newest, *older = keyring().words
    needed = keys_in_use()
    if needed:
        return (
            False,
            f"{', '.join(sorted(needed))} still seal words. `throughcare rotate-keys` goes on with it.",
        )
    rest = f" {', '.join(older)} may leave the ring; older backups need them." if older else ""
    return True, f"they open this database; {newest} seals.{rest}"


def disk(data: Path) -> tuple[bool, str]:
    """Room where the data is."""
    usage = shutil.disk_usage(data)
    share = usage.free / usage.total
    says = f"{usage.free / 2**30:.1f} GiB free ({share:.0%})."
    return (
        share >= LOW_DISK,
        says if share >= LOW_DISK else f"{says} Make room: below {LOW_DISK:.0%} is too little.",
    )


def worker(now: datetime) -> tuple[bool, str]:
    """Whether the worker was heard of lately and its last runs went well."""
    from throughcare.pathway.due_work import last_beats

    beats = {beat.work: beat for beat in last_beats()}
    heart: Any = beats.get("worker")
    troubles = [f"{beat.work} ({beat.trouble})" for beat in beats.values() if beat.trouble]
    if troubles:
        return False, f"failed at {', '.join(troubles)}; the log says why."
    if heart is None:
        return False, "has never run here. `throughcare serve` starts it."
    silent = now - heart.ran_at
    if silent > QUIET_WORKER:
        return False, f"silent for {int(silent.total_seconds() // 60)} minutes. Start `throughcare serve`."
    return True, f"heard of {int(silent.total_seconds())} seconds ago."


def downtime(now: datetime) -> tuple[bool, str]:
    """Whether each site's packet is fresh, and no call for help waits on disk."""
    from throughcare.pathway.crisis.kept_calls import kept_calls
    from throughcare.pathway.downtime.packet_files import OLDEST, packet_ages

    ages = packet_ages(at=now)
    old = sum(1 for age in ages.values() if age > OLDEST.total_seconds())
    if kept_calls():
        return False, "calls for help wait on disk; the log says why."
    if old:
        return False, f"{old} of {len(ages)} packets are missing or too old. Is the worker running?"
    return True, f"{len(ages)} packets, none older than {int(OLDEST.total_seconds() // 60)} minutes."


def messages(now: datetime) -> tuple[bool, str]:
    """Whether messages leave and arrive, and by which ways urgent ones can."""
    from django.conf import settings

    from throughcare.pathway.message.watch import alarms

    troubles = [alarm.in_words() for alarm in alarms(at=now)]
    if troubles:
        return False, " ".join(troubles)
    if settings.DEMO:
        return True, "the demo writes them into files."
    ways = [
        word
        for word, named in (("text and call", settings.SMS_ACCOUNT), ("e-mail", settings.MAIL_HOST))
        if named
    ]
    if not ways:
        return False, "no provider is named: nobody can be paged. Set MAIL_HOST and SMS_ACCOUNT."
    return True, f"urgent ones leave by {' and '.join(ways)}."


def backups(now: datetime) -> tuple[bool, str]:
    """Whether somebody takes backups, and how old the newest is."""
    from django.conf import settings

    from throughcare.pathway.backup.opening import open_place
    from throughcare.pathway.due_work import last_beats

    if settings.BACKUP_TO:
        open_place(settings.BACKUP_TO)  # refuses, in a sentence, what can't be one
    taken = [beat.ran_at for beat in last_beats() if beat.work in (BACKUP, BY_HAND)]
    if settings.DEMO:
        return True, "a demo needs none."
    if not taken:
        return False, "none was ever taken. Name a place with BACKUP_TO; docs/operate.md says which."
    age = now - max(taken)
    says = f"the newest is {int(age.total_seconds())} seconds old."
    return age <= TOO_OLD, says if age <= TOO_OLD else f"{says} Look whether its place is there and has room."


def sending() -> tuple[bool, str]:
    """Whether this is a restored copy that sends nothing."""
    from throughcare.pathway.holding import held

    what = held()
    if what is None:
        return True, "nothing holds it."
    return False, f"held: put back from backup {what.snapshot}. `throughcare arm` lets it send."


def clock(now: datetime) -> tuple[bool, str]:
    """Whether the computer and the database agree what time it is."""
    from django.db import connection

    sql = "SELECT now()" if connection.vendor == "postgresql" else "SELECT strftime('%s', 'now')"
    with connection.cursor() as cursor:
        cursor.execute(sql)
        told = cursor.fetchone()[0]
    theirs = told if isinstance(told, datetime) else datetime.fromtimestamp(int(told), UTC)
    apart = abs((theirs - now).total_seconds())
    if now.year < 2026:
        return False, f"the computer's clock says {now:%Y-%m-%d}; set it."
    return apart < 30, f"{now:%Y-%m-%d %H:%M} UTC; the database is {apart:.0f} s apart."


def time_zones() -> tuple[bool, str]:
    """Whether the zone of every site is known here."""
    from zoneinfo import available_timezones

    from throughcare.pathway.clinic.founding import time_zones_in_use

    unknown = sorted(set(time_zones_in_use()) - available_timezones())
    if unknown:
        return False, f"{', '.join(unknown)} is not known here; install tzdata."
    return True, "the zone of every site is known."
