"""A session's note before signing: everything that is known of it, gathered once, and what each part lacks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from throughcare.knowledge.recording.names_in_notes import RosterName
from throughcare.knowledge.recording.notes import (
    Paragraph,
    check_paragraph,
    check_shared,
    check_signer,
    check_times,
    words_to_confirm,
)
from throughcare.knowledge.verdict import Refused, Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plans_in_force import ObjectiveChoice, objectives_in_force
from throughcare.pathway.privacy import may_access
from throughcare.pathway.rows import only_row
from throughcare.pathway.session.session_rows import clock_words, seated_at, standing_attendance
from throughcare.records.attendance import Attendance
from throughcare.records.notes import Note, NoteDraft, SharedDraft
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session


@dataclass(frozen=True)
class Seat:
    """One person's part: seat, attendance, draft, the objectives to choose from, and the note once signed."""

    seat: Appointment
    attendance: Attendance | None
    draft: NoteDraft | None
    choices: tuple[ObjectiveChoice, ...]
    note: Note | None

    @property
    def objective(self) -> ObjectiveChoice | None:
        """The objective that the draft chose, if the plan in force still has it."""
        thread = self.draft.objective_thread if self.draft else None
        return next((choice for choice in self.choices if choice.thread == thread), None)

    @property
    def text(self) -> str:
        """The person's own paragraph as drafted."""
        return self.draft.text if self.draft else ""

    @property
    def next_step(self) -> str:
        """What happens next, as drafted."""
        return self.draft.next_step if self.draft else ""


@dataclass(frozen=True)
class Draft:
    """A session's whole note as it stands. `is_shared`: there is a part that all members share."""

    session: Session
    shared: SharedDraft | None
    seats: tuple[Seat, ...]
    is_shared: bool

    @property
    def peers(self) -> list[RosterName]:
        """The names of everyone expected, present or not."""
        return [roster_name(seat.seat.patient) for seat in self.seats]

    @property
    def shared_texts(self) -> tuple[str, ...]:
        """The words that go into everybody's note."""
        return (self.shared.topic, self.shared.text) if self.shared else ()


def gather_draft(session: Session, *, at: datetime) -> Draft:
    """Everything about the session's note, in a number of queries that doesn't grow with the roster."""
    seats = seated_at(session)
    standing = standing_attendance(session)
    drafts = {
        draft.patient_id: draft
        for draft in NoteDraft.objects.select_related("changed_by").filter(session=session)
    }
    notes = {note.patient_id: note for note in Note.objects.filter(session=session)}
    choices = objectives_in_force([seat.episode_id for seat in seats if seat.episode_id], at=at)
    return Draft(
        session=session,
        shared=only_row(SharedDraft.objects.select_related("changed_by").filter(session=session)),
        seats=tuple(
            Seat(
                seat=seat,
                attendance=standing.get(seat.patient_id),
                draft=drafts.get(seat.patient_id),
                choices=choices.get(seat.episode_id or 0, ()),
                note=notes.get(seat.patient_id),
            )
            for seat in seats
        ),
        is_shared=session.group_id is not None or len(seats) > 1,
    )


def check_sign(session: Session, *, by: Actor, at: datetime) -> Verdict:
    """Whether this person may sign this session's notes at this moment."""
    if session.cancelled_at is not None:
        return Refused("The session was canceled: it has no notes.")
    return first_refusal(
        may_access("note", by=by, verb="change"),
        check_signer(by.credential, is_practitioner=by.practitioner is not None),
        check_times(ends_at=session.ends_at, at=at, ends_word=clock_words(session, session.ends_at)),
    )


def lacks_shared(draft: Draft, *, meant_as_words: Collection[str] = ()) -> tuple[Refused, ...]:
    """What the shared part lacks; nothing where there is none to write."""
    if not draft.is_shared:
        return ()
    topic, text = draft.shared_texts or ("", "")
    named = check_shared(
        f"{topic}\n{text}" if text.strip() else "", draft.peers, meant_as_words=meant_as_words
    )
    return named


def lacks_own(draft: Draft, seat: Seat, *, meant_as_words: Collection[str] = ()) -> tuple[Refused, ...]:
    """What one person's own part lacks."""
    paragraph = Paragraph(
        own=roster_name(seat.seat.patient),
        text=seat.text,
        status=seat.attendance.status if seat.attendance else None,
        has_objective=seat.objective is not None,
        has_objectives=bool(seat.choices),
        has_episode=seat.seat.episode_id is not None,
        next_step=seat.next_step,
    )
    peers = [roster_name(other.seat.patient) for other in draft.seats if other is not seat]
    return check_paragraph(paragraph, peers=peers, meant_as_words=meant_as_words)


def words_that_may_be_names(draft: Draft) -> tuple[str, ...]:
    """Words in the parts still unsigned that are some member's name and may be confirmed as words."""
    own = [
        (f"{seat.text}\n{seat.next_step}", seat)
        for seat in draft.seats
        if seat.note is None and (seat.text or seat.next_step)
    ]
    found = dict.fromkeys(words_to_confirm(draft.shared_texts if draft.is_shared else (), draft.peers))
    for text, seat in own:
        peers = [roster_name(other.seat.patient) for other in draft.seats if other is not seat]
        found |= dict.fromkeys(words_to_confirm([text], peers, own=roster_name(seat.seat.patient)))
    return tuple(found)


def warnings(draft: Draft) -> dict[int, list[str]]:
    """What doesn't stop a signature but will be asked about, by patient (key)."""
    words = "No care plan is in force, so the note has no objective and can't be billed yet."
    return {
        seat.seat.patient_id: [words] for seat in draft.seats if seat.seat.episode_id and not seat.choices
    }


def roster_name(person: Patient) -> RosterName:
    """The person's names, for the gate of names."""
    return RosterName(person.given_name, person.family_name, person.preferred_name)
