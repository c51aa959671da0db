"""`throughcare inventory`: its parts, where they listen, what flows between them, what they are made of."""

import argparse
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from throughcare.faces.cli.bill_of_materials import bill_of_materials
from throughcare.faces.cli.exchange import print_answer
from throughcare.faces.cli.installation import data_folder, load_django

NOWHERE = "nowhere"


@dataclass(frozen=True)
class Component:
    """One part: a process, a file or a folder; `listens` says on what address or that it does not."""

    name: str
    what: str
    listens: str = NOWHERE


@dataclass(frozen=True)
class Flow:
    """What goes from one part to another, by what protocol, and what protects it."""

    origin: str
    target: str
    what: str
    protected_by: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which installation; the bill of materials alone."""
    parser.add_argument("--data", help="data folder (default: throughcare-data, or THROUGHCARE_DATA)")
    parser.add_argument("--json", action="store_true", help="print JSON, with the bill of materials in it")
    parser.add_argument("--sbom", action="store_true", help="print the bill of materials alone (CycloneDX)")


def run(arguments: argparse.Namespace) -> int:
    """Print it; nothing is opened for it and no secret is in it."""
    if arguments.sbom:
        print_answer(bill_of_materials(at=datetime.now(UTC)))
        return 0
    data_folder(arguments.data)
    load_django()
    parts, ways = components(), flows()
    if arguments.json:
        told: dict[str, Any] = {
            "components": [asdict(one) for one in parts],
            "flows": [asdict(one) for one in ways],
        }
        print_answer({**told, "sbom": bill_of_materials(at=datetime.now(UTC))})
        return 0
    print("Parts")
    for part in parts:
        print(f"  {part.name}: {part.what}. Listens: {part.listens}.")
    print("Flows")
    for way in ways:
        print(f"  {way.origin} → {way.target}: {way.what}. {way.protected_by}.")
    print("Made of: throughcare inventory --sbom")
    return 0


def components() -> list[Component]:
    """The parts as this installation is set up."""
    from django.conf import settings

    data = Path(settings.DATA)
    return [
        Component(
            "server", "the pages (granian)", "where `serve --host --port` says; 127.0.0.1:8000 unless told"
        ),
        Component("crisis lane", "sends what is urgent, climbs, raises kept calls"),
        Component(
            "due work", "all other work; starts solving, drawing and packets as processes of their own"
        ),
        Component("database", *_database()),
        Component(
            "keys", f"the keyring and the session secret beside {data.name}, readable by the owner alone"
        ),
        Component(
            "data folder", "late rows, kept calls, the reserve, files that wait to be fetched, all sealed"
        ),
        Component("downtime packets", f"sealed PDFs in {Path(settings.DOWNTIME_FOLDER).name}"),
    ]


def flows() -> list[Flow]:
    """What leaves each part, and to whom; only hosts are named."""
    from django.conf import settings

    tls = "TLS 1.2 or later" if settings.BEHIND_TLS else "NO TLS: THROUGHCARE_TLS is not set"
    found = [
        Flow("browsers", "server", "pages and forms", f"{tls}, by the proxy in front"),
        Flow(
            "server", "database", "all records", "words sealed by AES-256-GCM before they leave the program"
        ),
        Flow(
            "due work",
            "downtime packets",
            "what a day without the program needs",
            "AES-256 by words on paper",
        ),
    ]
    if settings.MAIL_HOST:
        where = f"{settings.MAIL_HOST}:{settings.EMAIL_PORT}"
        found.append(Flow("worker", where, "links, notices, reminders; no name, no kind of care", "STARTTLS"))
    if settings.SMS_ACCOUNT:
        host = urlsplit(settings.SMS_URL).hostname or ""
        found.append(Flow("worker", host, "urgent texts and calls; no name, no kind of care", "HTTPS"))
        found.append(Flow(host, "server", "receipts and texts that come in", "HTTPS, signed by the provider"))
    if settings.HEARTBEAT_URL:
        found.append(
            Flow("worker", urlsplit(settings.HEARTBEAT_URL).hostname or "", "that all is well", "HTTPS")
        )
    if settings.BACKUP_TO:
        found.append(Flow("worker", backups_to(), "sealed backups", "AES-256-GCM under keys of their own"))
    if settings.METRICS_TOKEN:
        found.append(Flow("whoever watches", "server", "/metrics: numbers about nobody", "a bearer token"))
    return found


def backups_to() -> str:
    """The place of backups; of a bucket the host that has it."""
    from django.conf import settings

    from throughcare.pathway.backup.buckets import S3, address_of_store

    return address_of_store().hostname or "" if settings.BACKUP_TO.startswith(S3) else "the place of backups"


def _database() -> tuple[str, str]:
    """What it is, and where it listens; never with its password."""
    from django.db import connection

    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return "SQLite, a file in the data folder", NOWHERE
    return "PostgreSQL", f"{told['HOST'] or 'a socket'}:{told['PORT'] or 5432}"
