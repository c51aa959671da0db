"""Signed notes: read, listed, added to. Nothing here changes one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from throughcare.knowledge.recording.names_in_notes import RosterName
from throughcare.knowledge.recording.note_formats import ALL as FORMATS
from throughcare.knowledge.recording.notes import check_peers, check_signer, late_entry
from throughcare.knowledge.recording.shared_drafts import ALL as READINGS
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.verdict import Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import is_changed_after_signing
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.note.cosigning import CosignView, cosign_state, cosign_views, may_answer
from throughcare.pathway.note.digest import digest_of
from throughcare.pathway.privacy import may_access, open_patient
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.session.session_rows import called, signature_of, signer
from throughcare.records.attendance import Attendance
from throughcare.records.notes import Addendum, Note, NoteCosignature, SharedDraft
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment

MOST_CHARACTERS = 8000


@dataclass(frozen=True)
class AddendumView:
    """Words added after signing."""

    text: str
    signed_by: str
    signed_at: datetime


@dataclass(frozen=True)
class ChangedSince:
    """What a note rests on and is no longer as it was signed, with no addendum yet; `attendance_now` is the status."""

    attendance: bool
    attendance_now: str
    shared: bool


@dataclass(frozen=True)
class Beside:
    """What stands beside the paragraph: the format, what was observed, quoted and added, and who had read it."""

    form: str
    observed: str
    quoted: str
    added: str
    reading: str


@dataclass(frozen=True)
class NotePage:
    """A signed note. Times are at the site; `is_intact`: the words still have the digest they were signed with.

    `cosign_state` is empty for a note that needs no second signature, else waiting, returned or cosigned.
    """

    uid: UUID
    patient: UUID
    name: str
    session: UUID
    title: str
    kind: str
    place: str
    time_zone: str
    day: date
    starts: datetime
    ends: datetime
    minutes: int
    status: str
    topic: str
    shared_text: str
    text: str
    next_step: str
    beside: Beside
    objective: str
    signed_by: str
    signed_at: datetime
    late_entry: str
    digest: str
    is_intact: bool
    since: ChangedSince
    addenda: tuple[AddendumView, ...]
    may_add: Verdict
    cosign_state: str
    cosignatures: tuple[CosignView, ...]
    may_cosign: Verdict


@dataclass(frozen=True)
class NoteLine:
    """One note of a list."""

    uid: UUID
    day: date
    title: str
    status: str
    minutes: int
    objective: str
    text: str
    signed_by: str
    signed_at: datetime
    addenda: int
    cosign_state: str


def open_note(note: UUID, *, by: Actor, at: datetime) -> NotePage:
    """A signed note with its addenda, and whether something it rests on has changed since."""
    found = _find(note, by=by)
    open_patient(found.patient, kind="note", by=by, at=at)
    addenda = list(
        Addendum.objects.select_related("practitioner").filter(note=found).order_by("signed_at", "pk")
    )
    last_words_at = max([found.signed_at, *(row.signed_at for row in addenda)])
    attendance = Attendance.objects.filter(
        session_id=found.session_id, patient_id=found.patient_id, retired_at__isnull=True
    ).first()
    shared = SharedDraft.objects.filter(session_id=found.session_id, changed_at__gt=last_words_at).first()
    since = ChangedSince(
        attendance=is_changed_after_signing(found, attendance, last_words_at=last_words_at),
        attendance_now=attendance.status if attendance else "",
        shared=shared is not None and shared.text != found.shared_text,
    )
    answers = NoteCosignature.objects.select_related("practitioner").filter(note=found)
    return _page(found, addenda, since, list(answers.order_by("signed_at", "pk")), by=by)


@transaction.atomic
def add_addendum(note: UUID, text: str, *, by: Actor, at: datetime) -> UUID:
    """Add words under a signed note, with the name and credential of who adds them."""
    found = _find(note, by=by)
    person = open_patient(found.patient, kind="note", by=by, at=at, verb="change")
    require(_may_add(by))
    practitioner = signer(by)
    words = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if not words:
        raise Cannot("Write what is to be added.", field="text")
    if len(words) > MOST_CHARACTERS:
        raise Cannot(f"Shorten the addendum to {MOST_CHARACTERS} characters.", field="text")
    verdict = check_peers(words, _peers(found), own=_names(person))
    if not verdict:
        raise Cannot(getattr(verdict, "because", ""), field="text")
    return Addendum.objects.create(
        organization_id=by.organization,
        note=found,
        text=words,
        practitioner_id=practitioner,
        credential=by.credential,
        signed_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def notes_of_patient(
    patient: UUID, *, by: Actor, at: datetime, first: int = 0, most: int = 20
) -> tuple[Sequence[NoteLine], int]:
    """A patient's signed notes, newest first, from the one numbered `first` (from 0); and how many there are."""
    person = open_patient(patient, kind="note", by=by, at=at)
    notes = Note.objects.filter(organization_id=by.organization, patient=person)
    shown = list(
        notes.select_related("practitioner", "session__site").order_by("-local_day", "-starts_at", "-pk")[
            first : first + most
        ]
    )
    added: dict[int, list[Addendum]] = defaultdict(list)
    answers: dict[int, list[NoteCosignature]] = defaultdict(list)
    for one in Addendum.objects.filter(note__in=shown):
        added[one.note_id].append(one)
    for answer in NoteCosignature.objects.filter(note__in=shown):
        answers[answer.note_id].append(answer)
    return [_line(row, added[row.pk], answers[row.pk]) for row in shown], notes.count()


def _page(
    found: Note, addenda: list[Addendum], since: ChangedSince, answers: list[NoteCosignature], *, by: Actor
) -> NotePage:
    zone = ZoneInfo(found.session.site.time_zone)
    return NotePage(
        uid=found.uid,
        patient=found.patient.uid,
        name=called(found.patient),
        session=found.session.uid,
        title=found.title,
        kind=session_type(found.session_type).title,
        place=found.place,
        time_zone=found.session.site.time_zone,
        day=found.local_day,
        starts=found.starts_at.astimezone(zone),
        ends=found.ends_at.astimezone(zone),
        minutes=found.minutes,
        status=found.attendance_status,
        topic=found.topic,
        shared_text=found.shared_text,
        text=found.text,
        next_step=found.next_step,
        beside=_beside(found),
        objective=found.objective_text,
        signed_by=signature_of(found.practitioner, found.credential),
        signed_at=found.signed_at.astimezone(zone),
        late_entry=_late_words(found),
        digest=found.digest,
        is_intact=digest_of(found) == found.digest,
        since=since,
        addenda=tuple(_addendum(row, zone) for row in addenda),
        may_add=_may_add(by),
        cosign_state=cosign_state(found, addenda, answers),
        cosignatures=cosign_views(answers, zone),
        may_cosign=may_answer(found, by=by),
    )


def _beside(found: Note) -> Beside:
    return Beside(
        form=FORMATS[found.form].title if found.form in FORMATS else "",
        observed=found.observed_text,
        quoted=found.quoted_text,
        added=found.added_text,
        reading=READINGS[found.read_by_patient].said if found.read_by_patient in READINGS else "",
    )


def _addendum(row: Addendum, zone: ZoneInfo) -> AddendumView:
    signed_by = signature_of(row.practitioner, row.credential)
    return AddendumView(row.text, signed_by, row.signed_at.astimezone(zone))


def _find(note: UUID, *, by: Actor) -> Note:
    found = (
        Note.objects.select_related("patient", "session__site", "practitioner")
        .filter(organization_id=by.organization, uid=note)
        .first()
    )
    if found is None:
        raise Absent("note")
    return found


def _may_add(by: Actor) -> Verdict:
    return first_refusal(
        may_access("note", by=by, verb="change"),
        check_signer(by.credential, is_practitioner=by.practitioner is not None),
    )


def _peers(note: Note) -> list[RosterName]:
    seats = Appointment.objects.select_related("patient").filter(session_id=note.session_id)
    return [_names(seat.patient) for seat in seats.exclude(patient_id=note.patient_id)]


def _names(person: Patient) -> RosterName:
    return RosterName(person.given_name, person.family_name, person.preferred_name)


def _late_words(note: Note) -> str:
    own = numbers(
        "note.late_entry_hours", "note.supervisor_days", organization=note.organization_id, on=note.local_day
    )
    return late_entry(
        ends_at=note.session.ends_at,
        signed_at=note.signed_at,
        late_hours=own["note.late_entry_hours"],
        supervisor_days=own["note.supervisor_days"],
    )


def _line(row: Note, added: Sequence[Addendum], answers: Sequence[NoteCosignature]) -> NoteLine:
    return NoteLine(
        uid=row.uid,
        day=row.local_day,
        title=row.title,
        status=row.attendance_status,
        minutes=row.minutes,
        objective=row.objective_text,
        text=row.text,
        signed_by=signature_of(row.practitioner, row.credential),
        signed_at=row.signed_at.astimezone(ZoneInfo(row.session.site.time_zone)),
        addenda=len(added),
        cosign_state=cosign_state(row, added, answers),
    )
