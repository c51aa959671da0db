"""A note written together: the person reads the draft about them and adds their own words before it is signed.

Only drafts of one-to-one, family and like sessions are ever shared. Notes kept apart have a store of their own, and
nothing here reaches into it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from throughcare.knowledge.recording.participation import as_sentences
from throughcare.knowledge.recording.shared_drafts import reading_of
from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile, require
from throughcare.pathway.note.drafts import hold_for_writing, require_writable
from throughcare.pathway.note.gates import Draft, Seat, gather_draft
from throughcare.pathway.note.own_part import MOST_CHARACTERS, clean
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.session.session_rows import find_session, local, signature_of
from throughcare.records.notes import DraftShare, Note, NoteDraft
from throughcare.records.people import Patient
from throughcare.records.sessions import Session, SessionStaff

MOST = 50


@dataclass(frozen=True)
class ShareView:
    """How a sharing stands, for who writes: `reading` is read, changed or unread; times are at the site."""

    is_open: bool
    shared_at: datetime
    reading: str
    read_at: datetime | None
    words: str
    words_at: datetime | None


@dataclass(frozen=True)
class MyNoteLine:
    """One of the person's shared notes in their list; `state` is to_read, read or signed."""

    uid: UUID
    title: str
    day: date
    state: str


@dataclass(frozen=True)
class MyNote:
    """A note written with the person, as they see it. `signed_by` is empty while it is a draft."""

    uid: UUID
    title: str
    day: date
    led_by: tuple[str, ...]
    objective: str
    text: str
    observed: str
    next_step: str
    quoted: str
    my_words: str
    words_version: int = 0
    draft_version: int = 0
    reading: str = ""
    read_at: datetime | None = None
    signed_by: str = ""
    signed_at: datetime | None = None


def check_share(draft: Draft, seat: Seat) -> Verdict:
    """Whether this person's draft may be shared with them."""
    if draft.is_shared:
        return Refused("A group's note is not shared as a draft: its shared part is about everybody.")
    if seat.note is not None:
        return Refused("This note is signed.")
    if seat.draft is None:
        return Refused("Write something first: there is nothing to read yet.")
    return Allowed()


@transaction.atomic
def share_draft(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> UUID:
    """Let the person read the draft about them and add to it. Sharing twice is one sharing."""
    found = hold_for_writing(find_session(session, by=by))
    person = open_patient(patient, kind="note", by=by, at=at, verb="change")
    require_writable(found, by=by)
    draft = gather_draft(found, at=at)
    seat = next((one for one in draft.seats if one.seat.patient_id == person.pk), None)
    if seat is None:
        raise Absent("seat")
    require(check_share(draft, seat))
    before = DraftShare.objects.filter(session=found, patient=person).order_by("-recorded_at", "-pk").first()
    if before is not None and before.taken_back_at is None:
        return before.uid
    return DraftShare.objects.create(
        organization_id=by.organization,
        session=found,
        patient=person,
        words=before.words if before else "",
        words_version=before.words_version if before else 0,
        words_at=before.words_at if before else None,
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def take_back_share(session: UUID, patient: UUID, *, by: Actor, at: datetime) -> None:
    """End the person's view of the draft; what they added stays in it, as theirs."""
    found = hold_for_writing(find_session(session, by=by))
    person = open_patient(patient, kind="note", by=by, at=at, verb="change")
    if Note.objects.filter(session=found, patient=person).exists():
        raise Cannot("This note is signed: the person may go on reading it.")
    DraftShare.objects.filter(session=found, patient=person, taken_back_at__isnull=True).update(
        taken_back_at=at
    )


def share_view(session: Session, share: DraftShare | None, *, version: int) -> ShareView | None:
    """The sharing as the page of the session shows it."""
    if share is None:
        return None
    return ShareView(
        is_open=share.taken_back_at is None,
        shared_at=local(session, share.recorded_at),
        reading=reading_of(read_version=share.read_version, version=version),
        read_at=local(session, share.read_at) if share.read_at else None,
        words=share.words,
        words_at=local(session, share.words_at) if share.words_at else None,
    )


def my_shared_notes(*, by: Actor, at: datetime) -> tuple[MyNoteLine, ...]:
    """The notes that are or were written with the actor, the newest first."""
    person = open_patient(own_patient(by=by), kind="note", by=by, at=at)
    rows = DraftShare.objects.select_related("session").filter(patient=person, taken_back_at__isnull=True)
    shown = list(rows.order_by("-session__starts_at")[:MOST])
    sessions = [row.session_id for row in shown]
    signed = set(Note.objects.filter(patient=person, session__in=sessions).values_list("session", flat=True))
    drafts = NoteDraft.objects.filter(patient=person, session__in=sessions)
    versions = dict(drafts.values_list("session", "version"))
    return tuple(
        MyNoteLine(row.uid, row.session.title, row.session.local_day, _state(row, signed, versions))
        for row in shown
        if row.session_id in signed or row.session_id in versions
    )


def _state(row: DraftShare, signed: set[int], versions: dict[int, int]) -> str:
    if row.session_id in signed:
        return "signed"
    return "read" if row.read_version == versions[row.session_id] else "to_read"


def my_shared_note(share: UUID, *, by: Actor, at: datetime) -> MyNote:
    """One of them. Raises `Absent` for anyone else's, and once it was taken back."""
    row, person = _open_own(share, by=by, at=at)
    found = _mine(row, person, at=at)
    if found is None:
        raise Absent("note")
    return found


@transaction.atomic
def add_my_words(
    share: UUID, words: str, *, seen_version: int, seen_draft: int, by: Actor, at: datetime
) -> int:
    """Say that I have read the draft, and put my own words to it; the new version of my words.

    `seen_draft` is the version of the draft that was on the page. Raises `Cannot` once it is signed.
    """
    shares = DraftShare.objects.select_related("session").filter(organization_id=by.organization, uid=share)
    if (shared := shares.first()) is not None:
        hold_for_writing(shared.session)
    row, person = _open_own(share, by=by, at=at, verb="change")
    row = DraftShare.objects.select_for_update(of=("self",)).select_related("session__site").get(pk=row.pk)
    if Note.objects.filter(session=row.session, patient=person).exists():
        raise Cannot(_("The note is signed by now. Tell your clinician what you want added."), field="words")
    words = clean(words)
    if len(words) > MOST_CHARACTERS:
        raise Cannot(_("Shorten your words to {n} characters.").format(n=MOST_CHARACTERS), field="words")
    row.read_at, row.read_version = at, seen_draft
    if words != row.words:
        if row.words_version != seen_version:
            because = _(
                "You wrote this on another device meanwhile. Both are shown: keep one, or merge them."
            )
            raise ChangedMeanwhile(because, theirs=row.words, version=row.words_version, changed_by="You")
        row.words, row.words_at, row.words_version = words, at, row.words_version + 1
    row.save()
    return row.words_version


def _open_own(share: UUID, *, by: Actor, at: datetime, verb: str = "see") -> tuple[DraftShare, Patient]:
    kind = "note_words" if verb == "change" else "note"
    person = open_patient(own_patient(by=by), kind=kind, by=by, at=at, verb=verb)
    rows = DraftShare.objects.select_related("session__site").filter(
        organization_id=by.organization, uid=share, patient=person, taken_back_at__isnull=True
    )
    found = rows.first()
    if found is None:
        raise Absent("note")
    return found, person


def _mine(row: DraftShare, person: Patient, *, at: datetime) -> MyNote | None:
    seats = gather_draft(row.session, at=at).seats
    seat = next((one for one in seats if one.seat.patient_id == person.pk), None)
    if seat is not None and seat.note is not None:
        return _as_signed(row, seat.note)
    return None if seat is None or seat.draft is None else _as_drafted(row, seat, seat.draft)


def _as_signed(row: DraftShare, note: Note) -> MyNote:
    return MyNote(
        uid=row.uid,
        title=note.title,
        day=note.local_day,
        led_by=_leaders(row.session),
        objective=note.objective_text,
        text=note.text,
        observed=note.observed_text,
        next_step=note.next_step,
        quoted=note.quoted_text,
        my_words=note.added_text,
        signed_by=signature_of(note.practitioner, note.credential),
        signed_at=local(row.session, note.signed_at),
    )


def _as_drafted(row: DraftShare, seat: Seat, draft: NoteDraft) -> MyNote:
    return MyNote(
        uid=row.uid,
        title=row.session.title,
        day=row.session.local_day,
        led_by=_leaders(row.session),
        objective=seat.objective.text if seat.objective else "",
        text=seat.text,
        observed=as_sentences((choice.text, level) for choice, level in seat.observed),
        next_step=seat.next_step,
        quoted=seat.quoted,
        my_words=row.words,
        words_version=row.words_version,
        draft_version=draft.version,
        reading=reading_of(read_version=row.read_version, version=draft.version),
        read_at=local(row.session, row.read_at) if row.read_at else None,
    )


def _leaders(session: Session) -> tuple[str, ...]:
    staff = SessionStaff.objects.select_related("practitioner").filter(session=session).order_by("pk")
    return tuple(signature_of(row.practitioner) for row in staff)
