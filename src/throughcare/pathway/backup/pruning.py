"""Letting old backups go, by whoever keeps the place: never the young ones, and never the chain."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from throughcare.pathway.backup.manifests import PRUNED, Manifest, chain
from throughcare.pathway.backup.packs import PACKS
from throughcare.pathway.backup.places import Place, number_of, numbered
from throughcare.pathway.backup.sealing import BackupKeys
from throughcare.pathway.cannot import Cannot

# No command can be asked for less, whoever asks: a thief with the program's rights finds these days untouched.
LEAST_OF_ALL = timedelta(days=7)
LEAST_OF_FULL = timedelta(days=30)


@dataclass(frozen=True)
class Pruned:
    """What went: backups, and the bytes of their packs."""

    backups: int
    bytes: int


def prune(
    place: Place, keys: BackupKeys, *, keep_all: timedelta, keep_full: timedelta, at: datetime
) -> Pruned:
    """Remove the packs of backups older than `keep_all`; those of each day's full one only after `keep_full`.

    Manifests stay, so that the chain can be followed for ever. The newest line of backups stays whatever its age.
    Raises `Cannot` when asked to keep less than the least.
    """
    if keep_all < LEAST_OF_ALL or keep_full < max(LEAST_OF_FULL, keep_all):
        raise Cannot(
            f"Every backup stays for at least {LEAST_OF_ALL.days} days, and each day's full one for at least "
            f"{LEAST_OF_FULL.days} and not less than the others."
        )
    manifests = list(chain(place, keys))
    newest_line = manifests[-1].begun_with if manifests else 0
    gone = pruned_packs(place, keys)
    going = [
        one
        for one in manifests
        if one.begun_with != newest_line and _is_over(one, keep_all=keep_all, keep_full=keep_full, at=at)
    ]
    packs = [pack for one in going for pack in _packs(one) if pack not in gone]
    if not packs:
        return Pruned(0, 0)
    # Written first: a place that lacks packs it does not own up to is a broken one.
    last = place.last(PRUNED)
    number = number_of(last) + 1 if last else 1
    told = json.dumps({"at": at.isoformat(), "packs": packs}).encode()
    place.add(numbered(PRUNED, number), keys.seal(told, place=_place(number)))
    freed = sum(place.remove(numbered(PACKS, pack)) for pack in packs)
    return Pruned(sum(any(pack in packs for pack in _packs(one)) for one in going), freed)


def pruned_packs(place: Place, keys: BackupKeys) -> set[int]:
    """The packs that were let go, as the place itself has it written down."""
    gone: set[int] = set()
    for name in place.names(PRUNED):
        told = json.loads(keys.open(place.read(name), place=_place(number_of(name))))
        gone.update(told["packs"])
    return gone


def _is_over(manifest: Manifest, *, keep_all: timedelta, keep_full: timedelta, at: datetime) -> bool:
    is_full = manifest.number == manifest.begun_with
    return at - manifest.taken_at > (keep_full if is_full else keep_all)


def _packs(manifest: Manifest) -> range:
    return range(manifest.packs[0], manifest.packs[1] + 1)


def _place(number: int) -> bytes:
    return f"pruned {number}".encode()
