"""An installation on disk: its data folder, its secret key, Django ready to use it."""

import os
import secrets
from pathlib import Path


def use_data_folder(folder: str | None) -> Path:
    """Make the data folder (and its secret key) and tell Django's settings where it is."""
    data = Path(folder or os.environ.get("THROUGHCARE_DATA", "throughcare-data")).resolve()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = data / "secret-key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    os.environ["THROUGHCARE_DATA"] = str(data)
    return data


def start_django() -> None:
    """Load Django with the settings of this installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()


def migrate() -> None:
    """Bring the database to this version's shape."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
