"""The folder of an export: every file written once, for its owner alone, with its digest; the list of all is sealed."""

import hashlib
import hmac
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from throughcare.keys import mac
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.clinic_export.values import BadExport

SUMS, SEAL, MANIFEST = "SHA256SUMS", "SHA256SUMS.seal", "manifest.json"
USE = "list of files of an export"
BLOCK = 1024 * 1024
MOST_OF_A_LIST = 256 * 1024 * 1024
_NAME = re.compile(r"[a-z_]+(/[A-Za-z0-9_-]+)*(/)?[A-Za-z0-9_-]+(\.[a-z]+)*|README\.txt")
_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


class Folder:
    """A folder that is filled: nothing in it is written twice."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.sums: dict[str, str] = {}
        self.sizes: dict[str, int] = {}

    def write(self, name: str, blocks: Iterable[bytes]) -> str:
        """Keep one file; its SHA-256."""
        target = self.path / name
        for parent in reversed(target.relative_to(self.path).parents[:-1]):
            (self.path / parent).mkdir(exist_ok=True, mode=0o700)
        digest, size = hashlib.sha256(), 0
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for block in blocks:
                file.write(block)
                digest.update(block)
                size += len(block)
        self.sums[name], self.sizes[name] = digest.hexdigest(), size
        return self.sums[name]

    def close(self) -> None:
        """List every file with its digest, and seal the list."""
        told = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums.items())).encode()
        self.write(SUMS, [told])
        self.write(SEAL, [_seal(told)])


def refuse_full(path: Path) -> None:
    """Raise `Cannot` where something is there already, before anything is taken."""
    if path.exists():
        raise Cannot(
            f"{path} is there already. Name a folder that isn't: an export never writes over anything."
        )
    beside = path.with_name(f"{path.name}.unfinished")
    if beside.exists():
        raise Cannot(f"{beside} is left of an export that was cut off. Look at it and remove it first.")


def new_folder(path: Path) -> Path:
    """An empty place to fill beside where the export will be. Raises `Cannot`."""
    refuse_full(path)
    beside = path.with_name(f"{path.name}.unfinished")
    beside.mkdir(parents=True, mode=0o700)
    return beside


def sums_of(path: Path) -> dict[str, str]:
    """The files of an export with their digests, as sealed when it was made. Raises `BadExport`."""
    try:
        if (path / SUMS).stat().st_size > MOST_OF_A_LIST:
            raise BadExport(f"{SUMS} is too long for a list of files.")
        told, seal = (path / SUMS).read_bytes(), (path / SEAL).read_bytes()[:100]
    except OSError:
        raise BadExport(f"There is no export in {path}: {SUMS} and {SEAL} belong to it.") from None
    if not hmac.compare_digest(_seal(told), seal):
        raise BadExport(
            "The list of files was changed, or this installation has other keys. Put the clinic's own field-keys "
            "(at least the line “index”) into the folder of keys first."
        )
    return dict(_lines(told.decode()))


def check(path: Path, sums: dict[str, str]) -> None:
    """Read every file through. Raises `BadExport` where one is missing or a bit is another."""
    for name, expected in sums.items():
        if digest_of(path, name) != expected:
            raise BadExport(f"{name} is not as it was written. Take it from another copy of the export.")


def digest_of(path: Path, name: str) -> str:
    """The SHA-256 of a file as it is now. Raises `BadExport`."""
    digest = hashlib.sha256()
    try:
        with (path / name).open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except OSError:
        raise BadExport(f"{name} is missing or can't be read.") from None
    return digest.hexdigest()


def _lines(told: str) -> Iterator[tuple[str, str]]:
    for line in told.splitlines():
        found = _LINE.fullmatch(line)
        if found is None or ".." in found[2] or not _NAME.fullmatch(found[2]):
            raise BadExport(f"{SUMS} has a line that names no file of an export.")
        yield found[2], found[1]


def _seal(told: bytes) -> bytes:
    return mac(told, use=USE).hex().encode()
