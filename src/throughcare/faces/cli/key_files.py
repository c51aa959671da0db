"""The files with an installation's keys: made once, readable by their owner alone, beside the data folder."""

import os
import secrets
import tempfile
from pathlib import Path

from throughcare.keys import FIRST, key_folder, new_keyring

SECRET = "secret-key"  # noqa: S105  # a file's name
FIELD = "field-keys"
BACKUP = "backup-keys"
FIRST_FOR_BACKUPS = "b1"
GROUP_OR_OTHERS = 0o077


def make_key_files(data: Path) -> list[Path]:
    """Make the files that are missing and that the environment doesn't stand in for; the files made."""
    folder = key_folder(data)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    earlier = data / SECRET  # where it was kept before it moved out of the data folder
    if earlier.exists() and not (folder / SECRET).exists():
        earlier.replace(folder / SECRET)
        (folder / SECRET).chmod(0o600)
    wanted = {
        SECRET: ("SECRET_KEY", secrets.token_urlsafe(50)),
        FIELD: ("FIELD_KEYS", new_keyring(FIRST)),
        BACKUP: ("BACKUP_KEYS", new_keyring(FIRST_FOR_BACKUPS)),
    }
    made = []
    for name, (variable, text) in wanted.items():
        if not _given(variable) and not (folder / name).exists():
            write_key_file(folder / name, text)
            made.append(folder / name)
    return made


def missing_keys(data: Path) -> bool:
    """Whether neither the environment nor the folder has the keys."""
    folder = key_folder(data)
    files = {"SECRET_KEY": folder / SECRET, "FIELD_KEYS": folder / FIELD}
    return any(not _given(variable) and not file.exists() for variable, file in files.items())


def write_key_file(file: Path, text: str) -> None:
    """Put the file there whole, for its owner alone: a crash leaves the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")  # mkstemp makes it 0600
    with os.fdopen(handle, "w", encoding="utf-8") as new:
        new.write(text)
        new.flush()
        os.fsync(new.fileno())
    Path(name).replace(file)


def open_to_others(data: Path) -> list[str]:
    """The key files, and their folder, that someone other than the owner may read."""
    folder = key_folder(data)
    there = [one for one in (folder, folder / SECRET, folder / FIELD, folder / BACKUP) if one.exists()]
    return [str(one) for one in there if one.stat().st_mode & GROUP_OR_OTHERS]


def _given(variable: str) -> bool:
    return bool(os.environ.get(variable) or os.environ.get(f"{variable}_FILE"))
