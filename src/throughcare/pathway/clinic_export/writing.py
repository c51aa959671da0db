"""Writing a whole clinic into a folder: tables, charts, files, the book, and a manifest that says what each is."""

import inspect
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.migrations.recorder import MigrationRecorder

from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.clinic_export.asking import Allowance
from throughcare.pathway.clinic_export.folder import MANIFEST, Folder, new_folder
from throughcare.pathway.clinic_export.lines import cells, encoded, lines_of
from throughcare.pathway.clinic_export.snapshot import one_moment
from throughcare.pathway.clinic_export.tables import LEFT_OUT, NOBODYS, Table, tables
from throughcare.pathway.own_record.gathering import WholeRecord, gather_record
from throughcare.records.accesses import Access
from throughcare.records.people import Patient

FORMAT = "throughcare-clinic/1"
README = """{watermark}

Reason: {reason}

This folder holds everything that a clinic's Throughcare knew at one moment. It speaks of people in treatment:
45 CFR 164 and 42 CFR Part 2 cover every file in it. Keep it sealed, and destroy it when its reason is over.

manifest.json      what each table and column is, how many rows, which tables are not here and why
tables/*.jsonl     every row of every table, a JSON object a line; what import-clinic reads
csv/*.csv          the same for a spreadsheet
people/<id>/       a chart to read (HTML) and the record as FHIR R4, for each person
accesses.csv       the book of who opened what, in words
attachments/       papers and files that stand in a row
SHA256SUMS         the digest of every file: sha256sum -c SHA256SUMS

docs/export.md in the program's source describes each part.
"""
# A person's files by their names, and how many FHIR resources stand in them.
Draw = Callable[[WholeRecord, str], tuple[Mapping[str, bytes], int]]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Exported:
    """What was written: rows, people, FHIR resources, files, bytes."""

    rows: int
    people: int
    resources: int
    files: int
    size: int


def write_clinic(allowance: Allowance, path: Path, *, draw: Draw, say: Say = lambda _words: None) -> Exported:
    """Fill a new folder with one moment of the clinic. It has its name only when it is whole. Raises `Cannot`."""
    beside = new_folder(path)
    folder = Folder(beside)
    try:
        with one_moment():
            manifest = _fill(folder, allowance, draw, say)
        readme = README.format(watermark=allowance.watermark, reason=allowance.reason)
        folder.write("README.txt", [readme.encode()])
        folder.write(MANIFEST, [json.dumps(manifest, indent=1, ensure_ascii=False).encode()])
        folder.close()
        beside.rename(path)
    except BaseException:
        # Half an export is of no use to anyone, and speaks of people all the same.
        shutil.rmtree(beside, ignore_errors=True)
        raise
    rows = sum(one["rows"] for one in manifest["tables"].values())
    return Exported(
        rows, manifest["people"], manifest["resources"], len(folder.sums), sum(folder.sizes.values())
    )


def _fill(folder: Folder, allowance: Allowance, draw: Draw, say: Say) -> dict[str, Any]:
    """Tables, the book, people; what the manifest says of them."""
    told = {one.name: _write_table(one, allowance.organization, folder, say) for one in tables()}
    _write_book(allowance.organization, folder)
    people, resources = _write_people(allowance, folder, draw, say)
    return {
        "format": FORMAT,
        "watermark": allowance.watermark,
        "reason": allowance.reason,
        "clinic": {"id": allowance.organization, "name": allowance.clinic},
        "made_at": allowance.taken_at.isoformat(),
        "steps": steps(),
        "people": people,
        "resources": resources,
        "tables": told,
        "not_here": dict(LEFT_OUT),
        "rows_not_here": {table.removeprefix("records_"): why for table, why in NOBODYS.items()},
    }


def _write_table(table: Table, organization: int, folder: Folder, say: Say) -> dict[str, Any]:
    """Both files of one table in one reading; what the manifest says of it."""
    count = 0
    names = [one.attname for one in table.columns]
    sheet = folder.path / "csv" / f"{table.name}.csv.rows"
    sheet.parent.mkdir(mode=0o700, exist_ok=True)

    def rows() -> Iterator[bytes]:
        nonlocal count
        with sheet.open("xb") as beside:
            beside.write(cells(names))
            for line in lines_of(table, organization, folder):
                count += 1
                beside.write(cells([line[name] for name in names]))
                yield encoded(line)

    digest = folder.write(f"tables/{table.name}.jsonl", rows())
    with sheet.open("rb") as written:
        folder.write(f"csv/{table.name}.csv", iter(lambda: written.read(1024 * 1024), b""))
    sheet.unlink()
    say(f"{table.name}: {count:,} rows")
    return {
        "about": (inspect.getdoc(table.model) or "").splitlines()[0],
        "rows": count,
        "sha256": digest,
        "columns": [_column(one) for one in table.columns],
    }


def _column(field: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": field.attname,
        "kind": field.get_internal_type(),
        "may_be_empty": field.null,
    }
    if field.is_relation:
        told["row_of"] = field.related_model._meta.db_table.removeprefix("records_")
    if field.help_text:
        told["about"] = str(field.help_text)
    return told


def _write_book(organization: int, folder: Folder) -> None:
    """The book of accesses in the order of its chain, with names in place of keys."""
    names = {one.pk: f"{one.given_name} {one.family_name}".strip() for one in _patients(organization)}
    rows = (
        Access.objects.filter(organization=organization)
        .select_related("account")
        .prefetch_related("shown")
        .order_by("sequence")
    )
    head = ["Row", "When", "Who", "Did", "Allowed", "What", "About", "For", "As", "Where", "Digest"]

    def written() -> Iterator[bytes]:
        yield cells([*head])
        for row in rows.iterator(chunk_size=500):
            about = "; ".join(sorted(names.get(one.patient_id, "") for one in row.shown.all()))
            yield cells(
                [
                    row.sequence,
                    row.accessed_at.isoformat(),
                    row.account.name if row.account else "",
                    row.verb,
                    row.allowed,
                    ", ".join(row.kinds),
                    about + (f" and {row.unlisted} more" if row.unlisted else ""),
                    row.purpose,
                    row.relationship,
                    f"{row.surface} {row.route}".strip(),
                    row.digest,
                ]
            )

    folder.write("accesses.csv", written())


def _write_people(allowance: Allowance, folder: Folder, draw: Draw, say: Say) -> tuple[int, int]:
    """Each person's chart and FHIR, gathered through the desk as the program."""
    by: Actor = the_program(allowance.organization)
    people = resources = 0
    for person in _patients(allowance.organization):
        if person.absorbed_by_id:  # merged into another entry, whose record has it all
            continue
        record = gather_record(person, by=by, at=allowance.taken_at)
        files, made = draw(record, allowance.watermark)
        for name, content in files.items():
            folder.write(f"people/{person.uid}/{name}", [content])
        people, resources = people + 1, resources + made
    say(f"{people:,} people, {resources:,} FHIR resources")
    return people, resources


def _patients(organization: int) -> Iterator[Patient]:
    return Patient.objects.filter(organization=organization).order_by("pk").iterator(chunk_size=200)


def steps() -> dict[str, str]:
    """The last migration of each part of the program: an export is read in by a program of the same shape."""
    applied = sorted(MigrationRecorder.Migration.objects.values_list("app", "name"))
    return dict(applied)
