"""Words that were written before: parts of a note that are nearly those of another member, or of an earlier session."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from throughcare.knowledge.recording.copies import Bounds, Earlier, cut, likeness, look_alikes
from throughcare.knowledge.verdict import Refused
from throughcare.knowledge.week_rules import say_day
from throughcare.pathway.note.gates import Draft, Seat
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.session.session_rows import called
from throughcare.records.notes import Note
from throughcare.records.people import Patient
from throughcare.records.sessions import Session, SessionStaff

# How far back a person's own notes are looked for: the latest few lie well within it.
DAYS_BACK = 30
ASKED = "payers take that for a copied note."
NOT_ITS_OWN = Refused(
    f"These words stand nearly so in another note: {ASKED} Write what was new, or say below that it was so again.",
    cite="claim edit U3: copied notes",
)


@dataclass(frozen=True)
class CopiedWords:
    """Two texts that are nearly the same, side by side. `of` is the patient (key) whose words the earlier ones are."""

    because: str
    theirs: str
    ours: str
    of: int

    @property
    def digest(self) -> str:
        """These two texts, for the tap that says it was so again: other words are asked about anew."""
        return sha256(f"copied\0{self.theirs}\0{self.ours}".encode()).hexdigest()


def unanswered_copies(
    draft: Draft, *, meant_as_words: Collection[str] = ()
) -> dict[int, tuple[CopiedWords, ...]]:
    """The copies in unsigned parts of which nobody has said that it was so again, by patient (key)."""
    answered = set(meant_as_words)
    open_ones = {
        key: tuple(one for one in copies if one.digest not in answered and not draft.is_kept(one.digest))
        for key, copies in copied_words(draft).items()
    }
    return {key: copies for key, copies in open_ones.items() if copies}


def lacks_own_words(copies: Mapping[int, Sequence[CopiedWords]], patient: int) -> tuple[Refused, ...]:
    """That a person's part (by key) needs words of its own; whose the earlier ones are is not said here."""
    return (NOT_ITS_OWN,) if copies.get(patient) else ()


def copied_words(draft: Draft) -> dict[int, list[CopiedWords]]:
    """The unsigned parts that are nearly someone's earlier words, by patient (key); five queries at most."""
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
    copied: list[tuple[Seat, Note]] = []
    for seat in unsigned:
        key = seat.seat.patient_id
        places = past.copies_in(cut(seat.text), bounds)
        # A person's own earlier words first: the likelier copy.
        likeliest = sorted((earlier[place] for place in places), key=lambda note: note.patient_id != key)
        copied += [(seat, note) for note in likeliest[:1]]
    whose = Patient.objects.in_bulk({note.patient_id for _, note in copied})
    for seat, note in copied:
        said = _copied(note, whose[note.patient_id], seat.text, bounds, of=seat.seat.patient_id)
        found.setdefault(seat.seat.patient_id, []).append(said)
    return found


def _copied(note: Note, person: Patient, text: str, bounds: Bounds, *, of: int) -> CopiedWords:
    whose = "this person's note" if note.patient_id == of else f"the note of {called(person)}"
    whole = likeness(cut(note.text), cut(text)).share > bounds.share
    same = "Nearly the same words as in" if whole else "A long passage is taken from"
    because = f"{same} {whose} of {say_day(note.local_day)}, {note.title}: {ASKED}"
    return CopiedWords(because, note.text, text, note.patient_id)


def _earlier(session: Session, patients: Sequence[int], *, sessions: int) -> list[Note]:
    """The latest notes of these people, and those of the latest sessions of this group (or of who leads this one)."""
    before = Note.objects.filter(
        organization_id=session.organization_id, session__starts_at__lt=session.starts_at
    )
    # Every sealed column that is not asked for need not be opened.
    before = before.only("patient_id", "text", "title", "local_day", "starts_at")
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
