"""Canaries: words that stand in every column about a person, and must not be found in what a thief would carry off.

`python -m tests.canaries` plants them in the database of THROUGHCARE_DATA and looks through its files while it is
open, write-ahead log included; it prints what it found as JSON.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

CANARY = "Kanarienvogel"
PHONE = "+1 212 555 0187"
FAR = 1_000_000  # keys of rows that don't exist: nothing planted stands in the way of what is there
WHAT_RULES_ASK: dict[str, dict[str, Any]] = {
    "DomainRating": {"domain": "W", "rating": 1},
    "WeekNotice": {"patient_id": 1, "publication_id": 1},
    "RunTurn": {"ended_at": None, "how": ""},
    "Commitment": {"weekday": 1, "day": None, "ends": time(12)},
    "KeptApart": {"one_id": 1, "other_id": 2},
    "Session": {"ends_at": datetime(2027, 1, 1, tzinfo=UTC)},
    "WarningSign": {"ended_at": None, "ended_how": ""},
    "MentoringYes": {"party": "mentor"},
    "OnCallSwap": {"ends_at": datetime(2027, 1, 1, tzinfo=UTC)},
}


def plant() -> int:
    """Put the canary into every sealed column of every model, and through the doors that people use; the columns."""
    from django.apps import apps

    from throughcare.records.sealed import SEALED, PrivateBytes, PrivateJSON

    walk_in()
    planted = 0
    for model in apps.get_app_config("records").get_models():
        sealed = [one for one in model._meta.concrete_fields if isinstance(one, SEALED)]
        if not sealed or model.__name__ == "KeyWitness":
            continue
        row = model(
            **{one.attname: filler(one) for one in model._meta.concrete_fields if not one.primary_key}
        )
        for field in sealed:
            word: Any = {CANARY: [CANARY]} if isinstance(field, PrivateJSON) else CANARY
            setattr(row, field.attname, CANARY.encode() if isinstance(field, PrivateBytes) else word)
        for name, value in WHAT_RULES_ASK.get(model.__name__, {}).items():
            setattr(row, name, value)
        with no_foreign_keys():
            model._base_manager.bulk_create([row])
        [back] = model._base_manager.filter(pk=row.pk).values_list(sealed[0].attname)
        assert CANARY in str(back)
        planted += len(sealed)
    return planted


def walk_in() -> None:
    """A person and their referral, entered, corrected and searched for as the clinic does it."""
    from tests.cast import MORNING, gather_cast
    from tests.referral_cast import MAYA, patient_of, refer
    from throughcare.pathway.people.finding import find_people
    from throughcare.pathway.people.people import NewRelatedPerson, add_related_person, correct_details

    cast = gather_cast("Canary Clinic", mail_host="canary.test")
    person = replace(
        MAYA,
        given_name=CANARY,
        family_name=f"{CANARY}-Ünal",
        preferred_name=CANARY,
        phone=PHONE,
        email=f"{CANARY}@example.org",
        address=f"1 {CANARY} Street",
        contact_wishes={"other_way": CANARY},
    )
    patient = patient_of(refer(cast, person, reason=CANARY, referrer_name=CANARY, best_times=CANARY))
    correct_details(patient, replace(person, family_name="Bell"), by=cast.admissions, at=MORNING)
    related = NewRelatedPerson(CANARY, "mother", phone=PHONE, note=CANARY)
    kin = add_related_person(patient, related, by=cast.admissions, at=MORNING)
    be_let_in(cast, patient, kin)
    for words in (CANARY, PHONE, f"{CANARY}@example.org", CANARY[:5]):
        assert len(find_people(words, by=cast.admissions, at=MORNING)) == 1, words


def be_let_in(cast: Any, patient: Any, kin: Any) -> None:
    """Accounts of the person and of their mother, with addresses that are written, mistaken and asked to be reset."""
    from django.test import Client

    from tests.cast import MORNING
    from throughcare.pathway.family.invitations import invite_patient, invite_relation
    from throughcare.pathway.signing_in.door_mail import tell_of_wrong_tries
    from throughcare.pathway.signing_in.links import ask_for_reset

    own, close = f"{CANARY}-own@mail.test", f"{CANARY}-kin@mail.test"
    invite_patient(patient, email=own, by=cast.clinician, at=MORNING)
    invite_relation(kin, email=close, by=cast.clinician, at=MORNING)
    for address in (own, close.upper()):
        ask_for_reset(address, browser="a browser", at=MORNING)
        tell_of_wrong_tries(address, at=MORNING)
        wrong = {"email": address, "password": "not this one", "next": "/"}
        assert Client().post("/sign-in", wrong).status_code == 422


def filler(field: Any) -> Any:
    """A value that a column takes, whatever it is for."""
    if field.is_relation:
        return None if field.null else FAR
    if field.has_default():
        return field.get_default()
    if field.null:
        return None
    values: dict[str, Any] = {
        "DateTimeField": datetime(2026, 1, 1, tzinfo=UTC),
        "DateField": date(2026, 1, 1),
        "TimeField": time(9),
        "UUIDField": uuid4(),
        "BooleanField": False,
        "DecimalField": Decimal(1),
        "FloatField": 1.0,
        "JSONField": [],
    }
    kind = field.get_internal_type()
    return values.get(kind, 1 if "Integer" in kind else "x")


@contextmanager
def no_foreign_keys():
    """Rows may point nowhere meanwhile."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "PRAGMA foreign_keys = OFF"
            if connection.vendor == "sqlite"
            else "SET session_replication_role = replica"
        )
        yield
        cursor.execute(
            "PRAGMA foreign_keys = ON"
            if connection.vendor == "sqlite"
            else "SET session_replication_role = DEFAULT"
        )


def found_in(content: bytes) -> list[str]:
    """The canaries that can be read in these bytes, in any case, as text of one or two bytes a letter."""
    low = content.lower()
    looked_for = {CANARY.lower(), CANARY.lower()[:7], "2125550187", "212 555 0187"}
    return sorted(
        f"{word} as {coding}"
        for word in looked_for
        for coding in ("utf-8", "utf-16-le", "utf-16-be")
        if word.encode(coding) in low
    )


def files_of_a_backup(data: Path) -> Iterator[bytes]:
    """What a thief of the backups would have: every byte of a place of them, names of files included."""
    from throughcare.keys import new_keyring
    from throughcare.pathway.backup.places import Folder
    from throughcare.pathway.backup.sealing import BackupKeys
    from throughcare.pathway.backup.taking import Taker

    place = Folder(data.parent / "backups")
    Taker(place, BackupKeys(new_keyring("b1"))).take(data, at=datetime.now(UTC))
    for one in sorted(place.root.rglob("*")):
        yield str(one.relative_to(place.root)).encode()
        if one.is_file():
            yield one.read_bytes()


def main() -> int:
    """Plant, look through the files while the database is open, print."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "throughcare.settings"
    import django

    django.setup()
    planted = plant()
    from django.conf import settings

    files = {one.name: one.read_bytes() for one in Path(settings.DATA).iterdir() if one.is_file()}
    files["backup"] = b"".join(files_of_a_backup(Path(settings.DATA)))
    found = {name: found_in(content) for name, content in files.items()}
    sizes = {name: len(content) for name, content in files.items()}
    json.dump({"planted": planted, "found": found, "sizes": sizes}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
