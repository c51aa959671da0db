"""Reading an export into an empty installation: in one transaction, compared row for row, or nothing of it stays."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from throughcare.pathway.cannot import Cannot
from throughcare.pathway.clinic_export.folder import MANIFEST, check, sums_of
from throughcare.pathway.clinic_export.lines import (
    AT_ONCE,
    FILES_AT_ONCE,
    encoded,
    has_files,
    lines_of,
    read_lines,
)
from throughcare.pathway.clinic_export.tables import Table, tables
from throughcare.pathway.clinic_export.values import NOT_SO, BadExport
from throughcare.pathway.clinic_export.writing import FORMAT, steps
from throughcare.records.restorations import Restoration

Say = Callable[[str], None]


@dataclass(frozen=True)
class ReadIn:
    """What was read in: whose, as of when, rows and tables, files checked."""

    clinic: str
    made_at: datetime
    rows: int
    tables: int
    files: int


def read_clinic(path: Path, *, at: datetime, say: Say = lambda _words: None) -> ReadIn:
    """Read a clinic into this empty installation; it sends nothing until it is armed.

    Raises `BadExport` where a file is not as it was written or the rows in the database are not those of the files,
    `Cannot` where the installation is not empty or another version: then nothing of it stays.
    """
    sums = sums_of(path)
    check(path, sums)
    manifest = _manifest(path)
    _refuse_other_shape(manifest)
    try:
        with transaction.atomic():
            _refuse_full()
            rows = sum(_read_table(one, path, sums, manifest, say) for one in tables())
            _continue_numbers()
            _compare(manifest, say)
            Restoration.objects.create(snapshot=0, taken_at=manifest["made_at"], restored_at=at)
    except (DatabaseError, *NOT_SO) as error:
        # Its words may repeat a row: only its kind is told.
        raise BadExport(
            f"The database did not take it ({type(error).__name__}), and has nothing of it."
        ) from None
    return ReadIn(manifest["clinic"]["name"], manifest["made_at"], rows, len(tables()), len(sums))


def _manifest(path: Path) -> dict[str, Any]:
    try:
        told = json.loads((path / MANIFEST).read_bytes())
        if told["format"] != FORMAT:
            raise BadExport(f"The export has the format {told['format']}; this version reads {FORMAT}.")
        told["made_at"] = datetime.fromisoformat(told["made_at"])
        told["clinic"] = {"id": int(told["clinic"]["id"]), "name": str(told["clinic"]["name"])}
        told["steps"] = dict(told["steps"])
        told["tables"] = {name: _shape(one) for name, one in told["tables"].items()}
    except NOT_SO:
        raise BadExport(f"{MANIFEST} is not that of an export.") from None
    return dict(told)


def _shape(told: dict[str, Any]) -> dict[str, Any]:
    """What the manifest says of one table: its columns, how many rows, their digest."""
    columns = [str(column["name"]) for column in told["columns"]]
    return {"columns": columns, "rows": int(told["rows"]), "sha256": str(told["sha256"])}


def _refuse_other_shape(manifest: dict[str, Any]) -> None:
    if manifest["steps"] != steps():
        raise Cannot(
            "The export was made by another version of the program. Read it in with that version, then upgrade."
        )
    here = {one.name: [column.attname for column in one.columns] for one in tables()}
    there = {name: told["columns"] for name, told in manifest["tables"].items()}
    if here != there:
        raise BadExport("The export has other tables or columns than this version of the program.")


def _refuse_full() -> None:
    """Nothing is read in beside something: keys of rows would mean two things."""
    full = [one.name for one in tables() if one.model._base_manager.exists()]
    if full:
        raise Cannot(
            f"This installation holds records already ({', '.join(full[:3])}). Name an empty data folder or database."
        )


def _read_table(table: Table, path: Path, sums: dict[str, str], manifest: dict[str, Any], say: Say) -> int:
    """Put a table's rows in. Keys that point ahead are looked at when all is in."""
    count = 0
    rows = read_lines(path, table, sums)
    for batch in _batches(rows, FILES_AT_ONCE if has_files(table) else AT_ONCE):
        table.model._base_manager.bulk_create(batch)
        count += len(batch)
    say(f"{table.name}: {count:,} rows")
    return count


def _batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while batch := list(islice(rows, size)):
        yield batch


def _continue_numbers() -> None:
    """New rows get keys behind those that were read in. SQLite sees to it itself."""
    with connection.cursor() as cursor:
        for sentence in connection.ops.sequence_reset_sql(no_style(), [one.model for one in tables()]):
            cursor.execute(sentence)


def _compare(manifest: dict[str, Any], say: Say) -> None:
    """Write every row of the database as a line again: the digests must be those of the files."""
    for table in tables():
        digest, count = hashlib.sha256(), 0
        for line in lines_of(table, manifest["clinic"]["id"]):
            digest.update(encoded(line))
            count += 1
        told = manifest["tables"][table.name]
        if count != told["rows"] or digest.hexdigest() != told["sha256"]:
            raise BadExport(
                f"What was read into {table.name} is not what the file has ({count:,} rows of {told['rows']:,}). "
                "Nothing was kept."
            )
    say("every table is equal, row for row")
