"""Words that were written before: parts of a note that are nearly those of another member, or of an earlier session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from throughcare.knowledge.recording.copies import Bounds, Earlier, cut, likeness, look_alikes
from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.session.note_gates import Draft
from throughcare.pathway.session.session_rows import called
from throughcare.records.notes import Note
from throughcare.records.sessions import Session, SessionStaff

# How far back a person's own notes are looked for: the latest few lie well within it.
DAYS_BACK = 30
ASKED = "payers take that for a copied note."


@dataclass(frozen=True)
class CopiedWords:
    """Two texts that are nearly the same, side by side. `of` is the patient (key) whose words the earlier ones are."""

    because: str
    theirs: str
    ours: str
    of: int


def copied_words(draft: Draft) -> dict[int, list[CopiedWords]]:
    """The unsigned parts that are nearly someone's earlier words, by patient (key); four queries at most."""
    session = draft.session
    keys = ("note.similarity", "note.similarity_sessions", "note.copied_passage")
    own = numbers(*keys, organization=session.organization_id, on=session.local_day)
    bounds = Bounds(own["note.similarity"], int(own["note.copied_passage"]))
    sessions = int(own["note.similarity_sessions"])
    found: dict[int, list[CopiedWords]] = {}
    for first, second in look_alikes([seat.text for seat in draft.seats], bounds):
        one, other = draft.seats[first], draft.seats[second]
        if other.note is None:
            because = f"Nearly the same words as for {called(one.seat.patient)}: {ASKED}"
            words = CopiedWords(because, one.text, other.text, one.seat.patient_id)
            found.setdefault(other.seat.patient_id, []).append(words)
    unsigned = [seat for seat in draft.seats if seat.note is None and seat.text]
    if not unsigned:
        return found
    earlier = _earlier(session, [seat.seat.patient_id for seat in unsigned], sessions=sessions)
    past = Earlier([note.text for note in earlier])
    for seat in unsigned:
        key = seat.seat.patient_id
        places = past.copies_in(cut(seat.text), bounds)
        # A person's own earlier words first: the likelier copy.
        copied = sorted((earlier[place] for place in places), key=lambda note: note.patient_id != key)
        if copied:
            found.setdefault(key, []).append(_copied(copied[0], seat.text, bounds, of=key))
    return found


def _copied(note: Note, text: str, bounds: Bounds, *, of: int) -> CopiedWords:
    whose = "this person's note" if note.patient_id == of else f"the note of {called(note.patient)}"
    whole = likeness(cut(note.text), cut(text)).share > bounds.share
    same = "Nearly the same words as in" if whole else "A long passage is taken from"
    because = f"{same} {whose} of {say_day(note.local_day)}, {note.title}: {ASKED}"
    return CopiedWords(because, note.text, text, note.patient_id)


def _earlier(session: Session, patients: Sequence[int], *, sessions: int) -> list[Note]:
    """The latest notes of these people, and those of the latest sessions of this group (or of who leads this one)."""
    before = Note.objects.select_related("patient").filter(
        organization_id=session.organization_id, session__starts_at__lt=session.starts_at
    )
    before = before.defer("shared_text", "objective_text", "next_step")
    since = session.local_day - timedelta(days=DAYS_BACK)
    own = before.filter(patient__in=patients, local_day__range=(since, session.local_day))
    left = dict.fromkeys(patients, sessions)
    latest: dict[int, Note] = {}
    for note in own.order_by("-starts_at", "-pk"):
        if left[note.patient_id]:
            left[note.patient_id] -= 1
            latest[note.pk] = note
    near = before.filter(session__in=_sessions_before(session, most=sessions))
    latest |= {note.pk: note for note in near.order_by("-starts_at", "-pk")}
    return list(latest.values())


def _sessions_before(session: Session, *, most: int) -> list[int]:
    rows = Session.objects.filter(
        organization_id=session.organization_id, starts_at__lt=session.starts_at, cancelled_at__isnull=True
    )
    if session.group_id is not None:
        rows = rows.filter(group=session.group_id)
    else:
        leads = SessionStaff.objects.filter(session=session).values_list("practitioner", flat=True)
        rows = rows.filter(group__isnull=True, staff__practitioner__in=list(leads)).distinct()
    return list(rows.order_by("-starts_at").values_list("pk", flat=True)[:most])
