"""The second signature under a supervised author's note: what waits for whom, co-signed or given back with a remark.

An answer is a row under the note; the note and its digest stay as they were signed. A supervised author's addendum
after the second signature waits for one of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from throughcare.knowledge.recording.cosigning import (
    SUPERVISED,
    check_cosign,
    is_overdue,
    needs_cosignature,
    urgency,
)
from throughcare.knowledge.verdict import Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.measure.tiers import tiers_of
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.privacy.guards import HIDDEN, open_roster
from throughcare.pathway.program_settings import number
from throughcare.pathway.session.session_rows import called, signature_of, signer
from throughcare.records.notes import Addendum, Note, NoteCosignature
from throughcare.records.people import Practitioner

MOST_CHARACTERS = 2000
COSIGNED, RETURNED, WAITING = "cosigned", "returned", "waiting"


@dataclass(frozen=True)
class CosignView:
    """A supervisor's answer: the second signature, or the remark with which the note was given back."""

    is_returned: bool
    remark: str
    signed_by: str
    signed_at: datetime


@dataclass(frozen=True)
class ToCosign:
    """A note that waits: for a second signature, or (with the `remark`) for its author. Times are at the site."""

    note: UUID
    patient: UUID
    name: str
    title: str
    day: date
    shared_text: str
    text: str
    next_step: str
    addenda: tuple[str, ...]
    signed_by: str
    waits_since: datetime
    is_overdue: bool
    tier: str
    remark: str
    remark_by: str


@dataclass(frozen=True)
class CosignList:
    """What waits for the actor: to co-sign, of authors without a supervisor (a director's), and given back to them."""

    mine: tuple[ToCosign, ...]
    nobodys: tuple[ToCosign, ...]
    returned: tuple[ToCosign, ...]

    def __len__(self) -> int:
        return len(self.mine) + len(self.nobodys) + len(self.returned)


def notes_to_cosign(*, by: Actor, at: datetime) -> CosignList:
    """The notes that wait for this actor, riskiest person first and then the oldest, in a fixed number of queries."""
    mine = list(_waiting(by).filter(_supervised_by(by)))
    nobodys = list(_waiting(by).filter(_has_no_supervisor())) if by.holds("director") else []
    nobodys = [row for row in nobodys if row not in mine and row.practitioner_id != by.practitioner]
    returned = list(_given_back(by)) if by.practitioner is not None else []
    rows = [*mine, *nobodys, *returned]
    hidden = open_roster("note", sorted({row.patient_id for row in rows}), by=by, at=at)
    lines = _lines(rows, by=by, at=at)
    lines |= {row.pk: _guarded(lines[row.pk]) for row in rows if row.patient_id in hidden}
    ordered = sorted(rows, key=lambda row: urgency(lines[row.pk].tier, waits_since=lines[row.pk].waits_since))
    return CosignList(
        *(tuple(lines[row.pk] for row in ordered if row in part) for part in (mine, nobodys, returned))
    )


def _guarded(line: ToCosign) -> ToCosign:
    """What the list says of a guarded person's note: that it waits, since when, and for whom it was written by."""
    return replace(line, name=HIDDEN, shared_text="", text="", next_step="", addenda=(), tier="", remark="")


def how_many_wait(*, by: Actor) -> int:
    """How many notes are on the actor's list; 0 for who signs nothing."""
    if by.practitioner is None:
        return 0
    whose = _supervised_by(by)
    if by.holds("director"):
        whose |= _has_no_supervisor() & ~Q(practitioner=by.practitioner)
    return _waiting(by).filter(whose).count() + _given_back(by).count()


@transaction.atomic
def cosign_note(note: UUID, *, by: Actor, at: datetime) -> UUID:
    """Put the second signature under a note as it stands with its addenda. Co-signing twice is one signature."""
    found = _open_waiting(note, by=by, at=at)
    answers = list(NoteCosignature.objects.filter(note=found).order_by("signed_at"))
    if cosign_state(found, _addenda_of(found), answers) == COSIGNED:
        return answers[-1].uid
    return _answer(found, by=by, at=at, is_returned=False, remark="")


@transaction.atomic
def return_note(note: UUID, remark: str, *, by: Actor, at: datetime) -> UUID:
    """Give a note back to its author with what is to be added. The author answers with an addendum."""
    found = _open_waiting(note, by=by, at=at)
    words = remark.replace("\r\n", "\n").replace("\x00", "").strip()
    if not words:
        raise Cannot("Write what the author should add.", field="remark")
    if len(words) > MOST_CHARACTERS:
        raise Cannot(f"Shorten the remark to {MOST_CHARACTERS} characters.", field="remark")
    answers = list(NoteCosignature.objects.filter(note=found).order_by("signed_at"))
    if cosign_state(found, _addenda_of(found), answers) == COSIGNED:
        raise Cannot("This note is co-signed. Add an addendum of your own instead.", field="remark")
    return _answer(found, by=by, at=at, is_returned=True, remark=words)


def cosign_state(note: Note, addenda: Iterable[Addendum], answers: Iterable[NoteCosignature]) -> str:
    """Where a note stands: empty when it needs no second signature, else waiting, returned or cosigned."""
    added = list(addenda)
    supervised = [row.signed_at for row in added if needs_cosignature(row.credential)]
    if needs_cosignature(note.credential):
        supervised.append(note.signed_at)
    if not supervised:
        return ""
    last = max(answers, key=lambda row: row.signed_at, default=None)
    if last is None:
        return WAITING
    if last.is_returned:
        return WAITING if any(row.signed_at > last.signed_at for row in added) else RETURNED
    return COSIGNED if max(supervised) <= last.signed_at else WAITING


def may_answer(note: Note, *, by: Actor) -> Verdict:
    """Whether the actor may co-sign this note or give it back."""
    supervisor = note.practitioner.supervisor_id
    return first_refusal(
        may_access("note", by=by, verb="change"),
        check_cosign(
            by.credential,
            is_author=note.practitioner_id == by.practitioner,
            is_supervisor=supervisor is not None and supervisor == by.practitioner,
            is_director=by.holds("director"),
        ),
    )


def cosign_views(answers: Iterable[NoteCosignature], zone: ZoneInfo) -> tuple[CosignView, ...]:
    """The answers as pages show them; fetched with their practitioner."""
    return tuple(
        CosignView(
            row.is_returned,
            row.remark,
            signature_of(row.practitioner, row.credential),
            row.signed_at.astimezone(zone),
        )
        for row in answers
    )


def _open_waiting(note: UUID, *, by: Actor, at: datetime) -> Note:
    """The note, held until the transaction ends, that this actor may answer. Raises `Absent` or `Cannot`."""
    own = Note.objects.filter(organization_id=by.organization, uid=note)
    if not list(own.select_for_update().values_list("pk")):
        raise Absent("note")
    found = own.select_related("patient", "practitioner").get()
    open_patient(found.patient, kind="note", by=by, at=at, verb="change")
    if not cosign_state(found, _addenda_of(found), ()):
        raise Cannot("This note needs no second signature: its author signs alone.")
    require(may_answer(found, by=by))
    return found


def _addenda_of(note: Note) -> list[Addendum]:
    return list(Addendum.objects.filter(note=note))


def _answer(note: Note, *, by: Actor, at: datetime, is_returned: bool, remark: str) -> UUID:
    return NoteCosignature.objects.create(
        organization_id=by.organization,
        note=note,
        is_returned=is_returned,
        remark=remark,
        practitioner_id=signer(by),
        credential=by.credential,
        signed_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def _uncovered() -> Q:
    """Notes with supervised words that no second signature covers yet."""
    signed = NoteCosignature.objects.filter(is_returned=False)
    addendum = Addendum.objects.filter(note=OuterRef("pk"), credential__in=SUPERVISED).exclude(
        Exists(signed.filter(note=OuterRef("note"), signed_at__gte=OuterRef("signed_at")))
    )
    return (Q(credential__in=SUPERVISED) & ~Exists(signed.filter(note=OuterRef("pk")))) | Q(Exists(addendum))


def _unanswered_return() -> Exists:
    """Notes that were given back and to which nothing has been added since."""
    added = Addendum.objects.filter(note=OuterRef("note"), signed_at__gt=OuterRef("signed_at"))
    later = NoteCosignature.objects.filter(note=OuterRef("note"), signed_at__gt=OuterRef("signed_at"))
    given_back = NoteCosignature.objects.filter(note=OuterRef("pk"), is_returned=True)
    return Exists(given_back.exclude(Exists(added)).exclude(Exists(later)))


def _notes(by: Actor) -> QuerySet[Note]:
    return Note.objects.filter(organization_id=by.organization).select_related(
        "patient", "practitioner", "session__site"
    )


def _waiting(by: Actor) -> QuerySet[Note]:
    return _notes(by).filter(_uncovered()).exclude(_unanswered_return())


def _given_back(by: Actor) -> QuerySet[Note]:
    return _notes(by).filter(_unanswered_return(), practitioner=by.practitioner)


def _supervised_by(by: Actor) -> Q:
    return Q(practitioner__in=Practitioner.objects.filter(supervisor=by.practitioner or 0))


def _has_no_supervisor() -> Q:
    gone = Practitioner.objects.filter(Q(supervisor__isnull=True) | Q(supervisor__left_at__isnull=False))
    return Q(practitioner__in=gone)


def _lines(rows: Sequence[Note], *, by: Actor, at: datetime) -> dict[int, ToCosign]:
    """The notes as the list shows them, by key."""
    keys = [row.pk for row in rows]
    addenda: dict[int, list[Addendum]] = {key: [] for key in keys}
    for added in Addendum.objects.filter(note__in=keys).order_by("signed_at", "pk"):
        addenda[added.note_id].append(added)
    last: dict[int, NoteCosignature] = {}
    answers = NoteCosignature.objects.filter(note__in=keys).select_related("practitioner")
    for answer in answers.order_by("signed_at", "pk"):
        last[answer.note_id] = answer
    standing = tiers_of([row.patient_id for row in rows], at=at)
    tiers = {patient: one.tier for patient, one in standing.items()}
    days = number("note.cosign_days", organization=by.organization, on=at.date())
    return {
        row.pk: _line(row, addenda[row.pk], last.get(row.pk), tiers.get(row.patient_id, ""), days=days, at=at)
        for row in rows
    }


def _line(
    row: Note, added: list[Addendum], last: NoteCosignature | None, tier: str, *, days: float, at: datetime
) -> ToCosign:
    zone = ZoneInfo(row.session.site.time_zone)
    waits_since = max([row.signed_at, *(one.signed_at for one in added)])
    return ToCosign(
        note=row.uid,
        patient=row.patient.uid,
        name=called(row.patient),
        title=row.title,
        day=row.local_day,
        shared_text=row.shared_text,
        text=row.text,
        next_step=row.next_step,
        addenda=tuple(one.text for one in added),
        signed_by=signature_of(row.practitioner, row.credential),
        waits_since=waits_since.astimezone(zone),
        is_overdue=is_overdue(waits_since, at=at, days=days),
        tier=tier,
        remark=last.remark if last and last.is_returned else "",
        remark_by=signature_of(last.practitioner, last.credential) if last and last.is_returned else "",
    )
