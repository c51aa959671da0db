"""Which kind of place a name means."""

from pathlib import Path

from throughcare.pathway.backup.buckets import S3, Bucket
from throughcare.pathway.backup.places import Folder, Place
from throughcare.pathway.cannot import Cannot


def open_place(named: str) -> Place:
    """The place of this name: a folder on a disk, or `s3://bucket/prefix`. Raises `Cannot`."""
    if not named:
        raise Cannot(
            "Say where the backups are: `--to` or `--from` a folder or s3://bucket/prefix, or BACKUP_TO in the "
            "environment."
        )
    if named.startswith(S3):
        return Bucket(named)
    if "://" in named:
        raise Cannot("Backups go to a folder or to s3://bucket/prefix; docs/operate.md says how.")
    return Folder(Path(named))
