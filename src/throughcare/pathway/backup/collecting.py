"""Copying a place to another, by somebody whose files the clinic's program has no right to touch. Needs no keys."""

from collections.abc import Iterator
from dataclasses import dataclass

from throughcare.pathway.backup.manifests import PRUNED, SNAPSHOTS
from throughcare.pathway.backup.packs import PACKS
from throughcare.pathway.backup.places import Place


@dataclass(frozen=True)
class Collected:
    """What was new; and what is gone from, or not the same in, the place that was copied."""

    added: int
    bytes: int
    changed: tuple[str, ...]


def collect(source: Place, target: Place, *, compare: bool = False) -> Collected:
    """Add what is new. What `target` has stays as it is, whatever became of it in `source`.

    With `compare`, everything is read again; otherwise only the manifests.
    """
    added = size = 0
    changed: list[str] = []
    held = set(_everything(target))
    # Named before the packs are copied: whatever a named manifest stands on is there by then.
    manifests = list(source.names(SNAPSHOTS))
    there = [*source.names(PACKS), *source.names(PRUNED), *manifests]
    for name in there:
        if name not in held:
            content = source.read(name)
            target.add(name, content)
            added, size = added + 1, size + len(content)
        elif (compare or name.startswith(SNAPSHOTS)) and source.read(name) != target.read(name):
            changed.append(name)
    changed += sorted(name for name in held - set(there) if name.startswith(SNAPSHOTS))
    return Collected(added, size, tuple(changed))


def _everything(place: Place) -> Iterator[str]:
    for under in (PACKS, PRUNED, SNAPSHOTS):
        yield from place.names(under)
