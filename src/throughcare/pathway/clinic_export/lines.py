"""The rows of a table as lines: JSON to be read in again, cells to be read by people."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from throughcare.pathway.clinic_export.folder import Folder
from throughcare.pathway.clinic_export.tables import LETS_IN, Table
from throughcare.pathway.clinic_export.values import (
    NOT_SO,
    BadExport,
    canonical,
    inward,
    outward,
    unveiled,
    veiled,
)
from throughcare.records.sealed import PrivateBytes

AT_ONCE, FILES_AT_ONCE = 500, 4
MOST_OF_A_LINE = 16 * 1024 * 1024
# A cell that begins so would be run as a formula by whoever opens the file.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
BEGINNINGS = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png", b"{": "json"}
_FILE = re.compile(r"attachments/[a-z]+-[0-9]+-[a-z_]+\.(pdf|jpg|png|json|bin)")


def has_files(table: Table) -> bool:
    """Whether rows of this table hold files."""
    return any(isinstance(one, PrivateBytes) for one in table.columns)


def lines_of(table: Table, organization: int, folder: Folder | None = None) -> Iterator[dict[str, Any]]:
    """The rows in order, as the files have them. Attachments are kept in `folder`; without one only their digests."""
    names = [one.attname for one in table.columns]
    rows = table.rows(organization).values_list(*names)
    for row in rows.iterator(chunk_size=FILES_AT_ONCE if has_files(table) else AT_ONCE):
        key = row[names.index(table.model._meta.pk.attname)]
        yield {
            field.attname: _outward(table, field, value, key, folder)
            for field, value in zip(table.columns, row, strict=True)
        }


def _outward(table: Table, field: Any, value: Any, key: Any, folder: Folder | None) -> Any:
    if value is None:
        return None
    if (table.stored_as, field.attname) in LETS_IN:
        return veiled(value)
    if not isinstance(field, PrivateBytes):
        return outward(field, value)
    content = bytes(value)
    ending = next((name for start, name in BEGINNINGS.items() if content.startswith(start)), "bin")
    name = f"attachments/{table.name}-{key}-{field.attname}.{ending}"
    if folder is not None:
        folder.write(name, [content])
    return {"file": name, "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def encoded(line: dict[str, Any]) -> bytes:
    """One line of JSON."""
    return canonical(line).encode() + b"\n"


def cells(values: list[Any]) -> bytes:
    """One line of a spreadsheet; no cell is a formula."""
    told = io.StringIO()
    csv.writer(told).writerow([_cell(value) for value in values])
    return told.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return canonical(value)
    words = value if isinstance(value, str) else canonical(value)
    return f"'{words}" if words.startswith(FORMULA) else words


def read_lines(path: Path, table: Table, sums: dict[str, str]) -> Iterator[Any]:
    """The rows of a file, not yet written to the database. Raises `BadExport` with the line."""
    name = f"tables/{table.name}.jsonl"
    names = {one.attname for one in table.columns}
    with (path / name).open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(MOST_OF_A_LINE), b""), start=1):
            try:
                told = json.loads(line)
                if not isinstance(told, dict) or told.keys() != names:
                    raise ValueError("other columns")
                yield table.model(
                    **{
                        one.attname: _inward(table, one, told[one.attname], path, sums)
                        for one in table.columns
                    }
                )
            except NOT_SO:
                raise BadExport(f"{name}, line {number}: this is no row of that table.") from None


def _inward(table: Table, field: Any, value: Any, path: Path, sums: dict[str, str]) -> Any:
    if value is None:
        return None
    if (table.stored_as, field.attname) in LETS_IN:
        return unveiled(value)
    if not isinstance(field, PrivateBytes):
        return inward(field, value)
    name = value["file"] if isinstance(value, dict) else ""
    if not isinstance(name, str) or not _FILE.fullmatch(name) or name not in sums:
        raise ValueError("no file of this export")
    return (path / name).read_bytes()
