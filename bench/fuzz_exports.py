"""Exports of a whole clinic that others have had in their hands, for `bench.fuzz`: one file is broken, all is read in.

The list of files is made and sealed again each time, as by somebody who holds the clinic's keys: what comes behind the
seal must stand by itself.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

AT = datetime(2026, 11, 2, 15, tzinfo=UTC)
DATABASE = "throughcare.sqlite3"
ATTACHMENTS = "attachments"


class Exported:
    """A target over one file of an export; `attachments` stands for the first of them."""

    def __init__(self, clinic: Callable[[Path], Any], name: str) -> None:
        self._clinic, self._name = clinic, name
        self._out = Path()

    def prepare(self, folder: Path) -> Callable[[bytes], bool]:
        """A small clinic goes out, and its database is exchanged for an empty one."""
        self._out = folder / "out"
        _write_export(self._clinic(folder), self._out)
        empty_database(folder)
        if self._name == ATTACHMENTS:
            self._name = f"{ATTACHMENTS}/{min((self._out / ATTACHMENTS).iterdir()).name}"
        from django.db import transaction

        from throughcare.pathway.cannot import Cannot
        from throughcare.pathway.clinic_export.folder import sums_of
        from throughcare.pathway.clinic_export.reading_in import read_clinic

        sums = sums_of(self._out)

        def read(words: bytes) -> bool:
            self._exchange(words, sums)
            try:
                with transaction.atomic():
                    read_clinic(self._out, at=AT)
                    transaction.set_rollback(True)
            except Cannot:
                return False
            return True

        return read

    def examples(self) -> list[bytes]:
        """The file as it was written."""
        return [(self._out / self._name).read_bytes()]

    def _exchange(self, words: bytes, sums: dict[str, str]) -> None:
        """Put the broken file in, and seal the list with its digest."""
        from throughcare.pathway.clinic_export.folder import SEAL, SUMS, Folder, digest_of

        (self._out / self._name).write_bytes(words)
        for listed in (SUMS, SEAL):
            (self._out / listed).unlink()
        folder = Folder(self._out)
        folder.sums = {**sums, self._name: digest_of(self._out, self._name)}
        folder.close()


def _write_export(cast: Any, out: Path) -> None:
    from tests.boards_cast import in_program

    from throughcare.faces.clinic_export.drawing import draw_person
    from throughcare.pathway.clinic_export.asking import answer_export, ask_for_export, take_export
    from throughcare.pathway.clinic_export.writing import write_clinic
    from throughcare.pathway.referral.referral_csv import template
    from throughcare.pathway.referral.referral_import import import_document

    in_program(cast, "Ana", "=Ruiz")
    table = template().encode()  # a referral that came in keeps its paper: the export has an attachment
    import_document("referrals.csv", table, site=cast.site, by=cast.admissions, at=AT)
    request = ask_for_export(reason="To be broken", by=cast.admin, at=AT)
    answer_export(request, yes=True, words="", by=cast.compliance, at=AT)
    write_clinic(take_export(request, at=AT), out, draw=draw_person)


def empty_database(folder: Path) -> None:
    """As before anything was written."""
    from throughcare.faces.cli.installation import migrate

    remove_database(folder)
    migrate()


def remove_database(folder: Path) -> None:
    """The file, and what SQLite keeps beside it."""
    from django.db import connection

    connection.close()
    for one in folder.glob(f"{DATABASE}*"):
        one.unlink()
