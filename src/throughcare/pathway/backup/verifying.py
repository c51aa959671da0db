"""Reading a whole place through: every manifest, every piece, every file's SHA-256."""

from dataclasses import dataclass

from throughcare.pathway.backup.manifests import Manifest, chain
from throughcare.pathway.backup.packs import unpacked
from throughcare.pathway.backup.places import Place
from throughcare.pathway.backup.pruning import pruned_packs
from throughcare.pathway.backup.sealing import BackupKeys


@dataclass(frozen=True)
class Read:
    """What was read: manifests in the chain, backups read to the last byte, bytes of theirs."""

    manifests: int
    backups: int
    bytes: int


def verify(place: Place, keys: BackupKeys, *, every: bool = False) -> Read:
    """Follow the chain and read the newest backup, or every one that was not pruned. Raises `Broken`."""
    manifests = list(chain(place, keys))
    gone = pruned_packs(place, keys)
    kept = [one for one in manifests if not _is_gone(one, gone)]
    # Packs stand behind each other: reading a backup reads those of its line that it stands on.
    wanted = kept if every else kept[-1:]
    return Read(len(manifests), len(wanted), sum(read_through(place, keys, one) for one in wanted))


def read_through(place: Place, keys: BackupKeys, manifest: Manifest) -> int:
    """Read one backup to its last byte; how many there were. Raises `Broken`."""
    streams = (manifest.database, *manifest.files.values())
    return sum(len(block) for stream in streams for block in unpacked(place, keys, stream))


def _is_gone(manifest: Manifest, gone: set[int]) -> bool:
    first, last = manifest.packs
    return any(pack in gone for pack in range(first, last + 1))
