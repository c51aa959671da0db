"""An installation on disk: its data folder, its keys, Django ready to use it."""

import os
from datetime import UTC, datetime
from pathlib import Path

from throughcare.faces.cli.exchange import WrongInput
from throughcare.faces.cli.key_files import make_key_files, missing_keys


def use_data_folder(folder: str | None) -> Path:
    """Make the data folder and the keys beside it, and tell Django's settings where they are. Raises `WrongInput`."""
    data = data_folder(folder)
    if _database_elsewhere() and missing_keys(data):
        raise WrongInput(
            "a database at DATABASE_URL needs keys that outlive this machine: run `throughcare make-keys` once and "
            "keep the files, or give SECRET_KEY and FIELD_KEYS"
        )
    make_key_files(data)
    return data


def data_folder(folder: str | None) -> Path:
    """Make the data folder and tell Django's settings where it is."""
    data = Path(folder or os.environ.get("THROUGHCARE_DATA", "throughcare-data")).resolve()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.environ["THROUGHCARE_DATA"] = str(data)
    return data


def _database_elsewhere() -> bool:
    return bool(os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


def load_django() -> None:
    """Load Django with the settings of this installation, for commands that open no data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()


def start_django() -> None:
    """Load Django, ready to open data. Raises `WrongInput` for keys that guard nothing."""
    load_django()
    from throughcare.pathway.cannot import Cannot
    from throughcare.pathway.keys_at_rest import refuse_weak_keys

    try:
        refuse_weak_keys()
    except Cannot as refused:
        raise WrongInput(str(refused)) from None


def migrate() -> None:
    """Bring the database to this version's shape, with keys that belong to it. Raises `WrongInput`."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    check_keys()


def check_sqlite() -> None:
    """Raises `WrongInput` when this SQLite may not be written by a server and a worker at once."""
    from django.db import connection

    from throughcare.sqlite import why_not_several_processes

    why = why_not_several_processes(connection.vendor)
    if why:
        raise WrongInput(why)


def check_keys() -> None:
    """Raises `WrongInput` when the keys are not those of the database."""
    from throughcare.pathway.cannot import Cannot
    from throughcare.pathway.keys_at_rest import refuse_foreign_keys

    try:
        refuse_foreign_keys(at=datetime.now(UTC))
    except Cannot as refused:
        raise WrongInput(str(refused)) from None
