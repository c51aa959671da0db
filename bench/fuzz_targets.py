"""All that reads what others wrote: how to set it up, examples that are well-formed, and one reading of it."""

import base64
import contextlib
import hmac
import io
import json
import os
import tempfile
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.fuzz_backups import BackedUp
from bench.fuzz_exports import ATTACHMENTS, Exported

# Reads once; whether it was taken (a refusal in words is none).
Read = Callable[[bytes], bool]
TODAY = date(2026, 11, 2)
SIGNED_WITH = "what both sides of a made-up provider know"


@dataclass(frozen=True)
class Target:
    """One thing that reads."""

    name: str
    prepare: Callable[[Path], Read]
    examples: Callable[[], list[bytes]]


def _referrals(ending: str) -> Callable[[Path], Read]:
    def prepare(folder: Path) -> Read:
        """The whole import, with what it stores; taken back each time."""
        cast = _clinic(folder)
        from django.db import transaction

        from throughcare.pathway.referral.referral_import import import_document

        def read(words: bytes) -> bool:
            with transaction.atomic():
                report = import_document(
                    f"referrals{ending}",
                    words,
                    site=cast.site,
                    by=cast.admissions,
                    at=datetime(2026, 11, 2, 15, tzinfo=UTC),
                )
                transaction.set_rollback(True)
            return bool(report.taken_in)

        return read

    return prepare


def _clinic(folder: Path) -> Any:
    """A clinic with its people, on an empty database of its own."""
    from throughcare.faces.cli.installation import migrate, start_django, use_data_folder
    from throughcare.faces.cli.key_files import make_key_files

    os.environ.update({"SMS_TOKEN": SIGNED_WITH, "SMS_ACCOUNT": "AC0", "REQUESTS_A_MINUTE": "0"})
    make_key_files(folder)
    use_data_folder(str(folder))
    start_django()
    migrate()
    import logging

    from tests.cast import gather_cast

    logging.disable(logging.CRITICAL)
    return gather_cast()


def _command(*before: str, after: tuple[str, ...] = ()) -> Callable[[Path], Read]:
    def prepare(folder: Path) -> Read:
        """A command as people script it: 0 or 1 is an answer, 2 a refusal with one line."""
        from throughcare.faces.cli.main import main

        given = folder / "given.json"

        def read(words: bytes) -> bool:
            given.write_bytes(words)
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
                code = main([*before, str(given), *after])
            if code == 2 and said.getvalue().count("\n") != 1:
                raise AssertionError("a refusal is one line")
            return code in (0, 1)

        return read

    return prepare


def _week(folder: Path) -> Read:
    """A week to plan, as far as it is read and checked; solving it would take the time of all others."""
    from throughcare.timetable.interchange import ProblemError, read_problem

    def read(words: bytes) -> bool:
        try:
            read_problem(json.loads(words))
        except (ProblemError, ValueError, RecursionError):  # the command says in words what is no JSON
            return False
        return True

    return read


def _posted(path: str) -> Callable[[Path], Read]:
    def prepare(folder: Path) -> Read:
        """An address that the provider of texts posts to, signed; a 5xx counts as uncaught."""
        _clinic(folder)
        from django.conf import settings
        from django.db import transaction
        from django.test import Client

        client = Client(raise_request_exception=True)

        def read(words: bytes) -> bool:
            fields = dict(urllib.parse.parse_qsl(words.decode(errors="replace"), keep_blank_values=True))
            said = f"{settings.HOME_ADDRESS}{path}" + "".join(f"{one}{fields[one]}" for one in sorted(fields))
            digest = hmac.digest(SIGNED_WITH.encode(), said.encode(errors="replace"), "sha1")
            headers = {"X-Twilio-Signature": base64.b64encode(digest).decode()}
            kind = "application/x-www-form-urlencoded"
            with transaction.atomic():
                answer = client.generic("POST", path, words, kind, headers=headers)
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                raise AssertionError(f"answered {answer.status_code}")
            return answer.status_code < 400

        return read

    return prepare


def _passkey(folder: Path) -> Read:
    """What a browser says of its passkey, from somebody not signed in: it is nobody's, in whatever shape."""
    _clinic(folder)
    from throughcare.faces.web.door.passkeys import account_of, passkey_is_right

    def read(words: bytes) -> bool:
        said = words.decode(errors="replace")
        return account_of(said) is None and not passkey_is_right(None, said)

    return read


def _table() -> list[bytes]:
    from throughcare.pathway.referral.referral_csv import template

    start = Path(tempfile.mkdtemp(prefix="throughcare-fuzz-"))
    _settings(start)
    words = template().encode()
    return [words, "\ufeff".encode() + words, words.decode().encode("utf-16")]


def _settings(folder: Path) -> None:
    os.environ.setdefault("THROUGHCARE_DATA", str(folder))


def _bundles() -> list[bytes]:
    patient = {
        "resourceType": "Patient",
        "id": "p1",
        "name": [{"use": "official", "family": "Lindqvist", "given": ["Noor", "A"]}],
        "gender": "female",
        "birthDate": "1991-04-05",
        "telecom": [{"system": "phone", "value": "212-555-0143", "use": "mobile"}],
        "address": [{"line": ["1 Main St"], "city": "New York", "state": "NY", "postalCode": "10001"}],
        "communication": [{"language": {"coding": [{"code": "es"}]}, "preferred": True}],
    }
    about = {"subject": {"reference": "Patient/p1"}}
    coded = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "F10.20"}], "text": "Alcohol"}
    parts: list[dict[str, Any]] = [
        patient,
        {"resourceType": "Condition", "id": "c1", **about, "code": coded, "onsetDateTime": "2024-01-02"},
        {
            "resourceType": "ServiceRequest",
            "id": "s1",
            "status": "active",
            "intent": "order",
            **about,
            "authoredOn": "2026-10-30T10:00:00-04:00",
            "reasonCode": [coded],
            "note": [{"text": "Asks for evenings."}],
        },
    ]
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": f"urn:uuid:{part['id']}", "resource": part} for part in parts],
    }
    return [json.dumps(bundle).encode(), json.dumps(bundle, indent=1).encode()]


def _pictures() -> list[bytes]:
    evening = {
        "starts_at": "2026-03-04T17:30:00-05:00",
        "ends_at": "2026-03-04T20:30:00-05:00",
        "key": "a",
        "status": "no_show",
    }
    picture = {"at": "2026-03-04T18:00:00-05:00", "zone": "America/New_York", "sessions": [evening]}
    return [b'{"at": "2026-03-04T18:00:00Z"}', json.dumps(picture).encode()]


def _problems() -> list[bytes]:
    from tests.timetable.small_clinic import small_clinic

    from throughcare.timetable.interchange import write_problem

    return [json.dumps(write_problem(small_clinic())).encode()]


ROWS = (
    Target("referrals-csv", _referrals(".csv"), _table),
    Target("referrals-fhir", _referrals(".json"), _bundles),
    Target("referrals-lines", _referrals(".ndjson"), lambda: [b"\n".join(_bundles()[:1] * 3)]),
    Target("referrals-unnamed", _referrals(""), lambda: [*_table()[:1], *_bundles()[:1]]),
    Target(
        "score",
        _command("score", "phq-9"),
        lambda: [b'{"answers": [2, 1, 0, 3, 1, 2, 0, 1, null], "context": {"sex": "female", "age": 40}}'],
    ),
    Target(
        "place",
        _command("place"),
        lambda: [b'{"domains": {"W": 0, "P": 1, "M": 2, "U": 2, "H": 1, "E": 1}}', b"{}"],
    ),
    Target("signs", _command("signs"), _pictures),
    Target("timetable", _week, _problems),
    Target(
        "texts",
        _posted("/message-hooks/texts"),
        lambda: [b"From=%2B12125550143&Body=I+need+help&MessageSid=SM1", b"From=&Body=STOP&MessageSid=SM2"],
    ),
    Target(
        "receipts",
        _posted("/message-hooks/00000000-0000-4000-8000-000000000000"),
        lambda: [
            b"MessageSid=SM1&MessageStatus=delivered",
            b"CallSid=CA1&CallStatus=completed&AnsweredBy=human",
        ],
    ),
    Target(
        "passkeys",
        _passkey,
        lambda: [
            b'{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"userHandle": "AAAA"}}'
        ],
    ),
)
EXPORTS = {
    "import-manifest": "manifest.json",
    "import-people": "tables/patient.jsonl",
    "import-accounts": "tables/account.jsonl",
    "import-papers": "tables/referraldocument.jsonl",
    "import-attachment": ATTACHMENTS,
}
BACKUPS = {"backup-stored": "stored", "backup-manifest": "manifest", "backup-database": "database"}


def _whole_clinics() -> Iterator[Target]:
    for name, file in EXPORTS.items():
        exported = Exported(_clinic, file)
        yield Target(name, exported.prepare, exported.examples)
    for name, part in BACKUPS.items():
        backed_up = BackedUp(_clinic, part)
        yield Target(name, backed_up.prepare, backed_up.examples)


TARGETS: Mapping[str, Target] = {row.name: row for row in (*ROWS, *_whole_clinics())}
