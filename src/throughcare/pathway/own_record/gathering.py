"""The whole of a person's record, chapter by chapter, as they themselves may read it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.own_record import IN_A_COPY, left_out
from throughcare.pathway.actor import Actor
from throughcare.pathway.own_record.chapters import CHAPTERS
from throughcare.pathway.own_record.picture import Picture, picture_of
from throughcare.pathway.privacy.access_log import who_saw
from throughcare.pathway.privacy.desk import ask, meet, open_patient
from throughcare.pathway.privacy.disclosure_book import accounting
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.items import CHAPTERS as LEAVING
from throughcare.pathway.release.items import whose_record
from throughcare.pathway.release.whose import Whose, filled
from throughcare.records.people import Patient

# The book of who opened what has many rows: the newest so many pages of it, and the person's own page has them all.
PAGES_OF_BOOK = 20


@dataclass(frozen=True)
class Chapter:
    """The items of one kind, with the kind in words for the person."""

    kind: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class WholeRecord:
    """Everything of one person that is theirs to read, and what is left out and why."""

    name: str
    program: str
    made_at: datetime
    zone: str
    chapters: tuple[Chapter, ...]
    left_out: tuple[tuple[str, str], ...]
    picture: Picture


def gather_record(
    person: Patient, *, by: Actor, at: datetime, done: Callable[[int, int], None] = lambda _done, _all: None
) -> WholeRecord:
    """Gather every kind that `by`, the person, may read. `done` is told how many chapters of how many are gathered."""
    found, standing = meet(person.uid, by=by, at=at)
    seen = [
        kind
        for kind in IN_A_COPY
        if ask(found, standing, kind=kind, verb="see", purpose="", by=by, at=at).verdict
    ]
    whose = whose_record(found, as_of=at)
    chapters = []
    for number, kind in enumerate(seen, start=1):
        open_patient(found, kind=kind, by=by, at=at)
        chapters.append(Chapter(kind, KINDS[kind].plain, tuple(_items(kind, whose, by=by, at=at))))
        done(number, len(seen) + 1)
    return WholeRecord(
        name=f"{found.given_name} {found.family_name}".strip(),
        program=found.organization.name,
        made_at=at,
        zone=whose.zone,
        chapters=tuple(chapters),
        left_out=left_out(frozenset(seen)),
        picture=picture_of(whose, frozenset(seen)),
    )


def _items(kind: str, whose: Whose, *, by: Actor, at: datetime) -> Iterable[Item]:
    if kind == "disclosure":
        return _disclosures(whose, by=by, at=at)
    if kind == "access_log":
        return _accesses(whose, by=by, at=at)
    return (LEAVING.get(kind) or CHAPTERS[kind])(whose)


def _disclosures(whose: Whose, *, by: Actor, at: datetime) -> Iterable[Item]:
    for line in accounting(whose.patient.uid, by=by, at=at):
        to = ", ".join(part for part in (line.to, line.affiliation) if part)
        lines = filled(("To", to), ("What for", line.plain_purpose), ("What", "; ".join(line.plain_kinds)))
        yield Item("disclosure", "Told outside", (line.sent_at or line.prepared_at).date(), lines)


def _accesses(whose: Whose, *, by: Actor, at: datetime) -> Iterable[Item]:
    for page in range(1, PAGES_OF_BOOK + 1):
        log = who_saw(whose.patient.uid, by=by, at=at, page=page)
        for line in log.lines:
            yield Item("access_log", f"{line.who} {line.did} {line.what}".strip(), line.at.date())
        if not log.lines:
            return
