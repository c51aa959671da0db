"""An installation of its own for one measurement: a folder that goes away again, keys, and an empty database."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path


@contextmanager
def an_installation(*, postgres: bool) -> Iterator[Path]:
    """Its data folder, with Django started on SQLite or on a PostgreSQL of its own."""
    with ExitStack() as until_done:
        folder = Path(until_done.enter_context(tempfile.TemporaryDirectory(prefix="throughcare-bench-")))
        if postgres:
            from tests.postgres import a_postgres

            os.environ["DATABASE_URL"] = until_done.enter_context(a_postgres())
        from throughcare.faces.cli.installation import migrate, start_django, use_data_folder
        from throughcare.faces.cli.key_files import make_key_files

        make_key_files(folder)
        use_data_folder(str(folder))
        start_django()
        migrate()
        yield folder
