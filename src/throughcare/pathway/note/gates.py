"""A session's note before signing: everything that is known of it, gathered once, and what each part lacks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from throughcare.knowledge.recording.names_elsewhere import named_elsewhere
from throughcare.knowledge.recording.names_in_notes import NamedPeer, NameIndex, index_names
from throughcare.knowledge.recording.note_formats import ALL as FORMATS
from throughcare.knowledge.recording.notes import (
    Paragraph,
    check_elsewhere,
    check_paragraph,
    check_shared,
    check_signer,
    check_times,
    words_to_confirm,
)
from throughcare.knowledge.recording.participation import strongest
from throughcare.knowledge.recording.quoting import as_quoted
from throughcare.knowledge.verdict import Refused, Verdict, first_refusal
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.plans_in_force import ObjectiveChoice, objectives_in_force
from throughcare.pathway.note.name_answers import kept_answers, keyed
from throughcare.pathway.note.names_elsewhere import Elsewhere, people_elsewhere, roster_name
from throughcare.pathway.note.own_part import form_of, observed_in, own_text, quotes_of
from throughcare.pathway.privacy import may_access
from throughcare.pathway.rows import only_row
from throughcare.pathway.session.session_rows import clock_words, seated_at, standing_attendance
from throughcare.records.attendance import Attendance
from throughcare.records.care_plans import Intervention
from throughcare.records.notes import DraftShare, Note, NoteDraft, SharedDraft
from throughcare.records.sessions import Appointment, Session


@dataclass(frozen=True)
class Seat:
    """One person's part: seat, attendance, draft, the objectives to choose from, and the note once signed.

    `served` are the objectives for which the plan names this type of session; all of them where it names none.
    """

    seat: Appointment
    attendance: Attendance | None
    draft: NoteDraft | None
    choices: tuple[ObjectiveChoice, ...]
    note: Note | None
    served: tuple[ObjectiveChoice, ...] = ()
    share: DraftShare | None = None

    @property
    def objective(self) -> ObjectiveChoice | None:
        """The objective that the draft chose, else the one most worked on, if the plan in force still has it."""
        if self.draft is None:
            return None
        by_thread = {str(choice.thread): choice for choice in self.choices}
        chosen = by_thread.get(str(self.draft.objective_thread))
        return chosen or by_thread.get(strongest(dict(self._observed())) or "")

    @property
    def observed(self) -> tuple[tuple[ObjectiveChoice, str], ...]:
        """What was observed of each objective of the plan in force, in the order of the plan."""
        seen = observed_in(self.draft) if self.draft else {}
        return tuple((choice, seen[choice.thread]) for choice in self.choices if choice.thread in seen)

    def _observed(self) -> list[tuple[str, str]]:
        return [(str(choice.thread), level) for choice, level in self.observed]

    @property
    def text(self) -> str:
        """The person's own paragraph as drafted, or the sections of its format as one text."""
        return own_text(self.draft) if self.draft else ""

    @property
    def next_step(self) -> str:
        """What happens next, as drafted."""
        return self.draft.next_step if self.draft else ""

    @property
    def quoted(self) -> str:
        """The person's own words as the draft quotes them."""
        return as_quoted(quotes_of(self.draft)) if self.draft else ""

    @property
    def added(self) -> str:
        """What the person added to a draft that was shared with them."""
        return self.share.words if self.share else ""

    @property
    def beside(self) -> str:
        """What stands in the note next to the paragraph."""
        return f"{self.next_step}\n{self.quoted}\n{self.added}".strip()

    @property
    def own_words(self) -> str:
        """Everything that was drafted about this person alone."""
        return f"{self.text}\n{self.beside}".strip()


@dataclass(frozen=True)
class Draft:
    """A session's whole note as it stands. `is_shared`: there is a part that all members share."""

    session: Session
    shared: SharedDraft | None
    seats: tuple[Seat, ...]
    is_shared: bool

    @cached_property
    def peers(self) -> NameIndex:
        """The names of everyone expected, present or not, ready to be looked for in everybody's words."""
        return index_names(roster_name(seat.seat.patient) for seat in self.seats)

    @property
    def shared_texts(self) -> tuple[str, ...]:
        """The words that go into everybody's note."""
        return (self.shared.topic, self.shared.text) if self.shared else ()

    @property
    def shared_words(self) -> str:
        """The same as one text; empty where there is no shared part."""
        return "\n".join(self.shared_texts).strip() if self.is_shared else ""

    @cached_property
    def _kept(self) -> frozenset[str]:
        return kept_answers(self.session)

    def is_kept(self, digest: str) -> bool:
        """Whether somebody has answered this before, with a tap."""
        return bool(self._kept) and keyed(digest) in self._kept

    @cached_property
    def answered(self) -> frozenset[str]:
        """The digests of names that somebody has said before mean no patient, each in its sentence."""
        if not self._kept:
            return frozenset()
        return frozenset(one.digest for one in confirmable(self) if self.is_kept(one.digest))

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """The people of the clinic, beyond the room, with whose names the unsigned words must be compared."""
        own = [seat.own_words for seat in self.seats if seat.note is None]
        return people_elsewhere(
            [self.shared_words, *own],
            organization=self.session.organization_id,
            roster={seat.seat.patient_id for seat in self.seats},
        )


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
    served = _served(session, choices)
    is_shared = session.group_id is not None or len(seats) > 1
    shares = {} if is_shared else _shares(session)
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
                served=served.get(seat.episode_id or 0, ()),
                share=shares.get(seat.patient_id),
            )
            for seat in seats
        ),
        is_shared=is_shared,
    )


def _served(
    session: Session, choices: dict[int, tuple[ObjectiveChoice, ...]]
) -> dict[int, tuple[ObjectiveChoice, ...]]:
    """Of each episode's objectives those that this type of session is for, as their plan has it; else all."""
    all_keys = [choice.key for own in choices.values() for choice in own]
    rows = Intervention.objects.filter(objective__in=all_keys, session_type=session.session_type)
    meant = set(rows.values_list("objective", flat=True)) if all_keys else set()
    return {
        episode: tuple(choice for choice in own if choice.key in meant) or own
        for episode, own in choices.items()
    }


def _shares(session: Session) -> dict[int, DraftShare]:
    """The newest sharing of each person's draft (by key); what was added to one that was taken back still stands."""
    rows = DraftShare.objects.filter(session=session).order_by("recorded_at", "pk")
    return {row.patient_id: row for row in rows if row.words or row.taken_back_at is None}


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
    meant_as_words = (*meant_as_words, *draft.answered)
    text = draft.shared_words if draft.shared and draft.shared.text.strip() else ""
    elsewhere = check_elsewhere(
        text, draft.elsewhere.clinic, may_be_named=draft.elsewhere.staff, meant_as_words=meant_as_words
    )
    said = check_shared(text, draft.peers, meant_as_words=meant_as_words)
    return (*said, elsewhere) if isinstance(elsewhere, Refused) else said


def lacks_own(draft: Draft, seat: Seat, *, meant_as_words: Collection[str] = ()) -> tuple[Refused, ...]:
    """What one person's own part lacks."""
    meant_as_words = (*meant_as_words, *draft.answered)
    own = roster_name(seat.seat.patient)
    paragraph = Paragraph(
        own=own,
        text=seat.text,
        status=seat.attendance.status if seat.attendance else None,
        has_objective=seat.objective is not None,
        has_objectives=bool(seat.choices),
        has_episode=seat.seat.episode_id is not None,
        beside=seat.beside,
        form=FORMATS.get(form_of(seat.draft)) if seat.draft else None,
        sections=(seat.draft.sections or {}) if seat.draft else {},
    )
    said = check_paragraph(paragraph, peers=draft.peers, meant_as_words=meant_as_words)
    elsewhere = check_elsewhere(
        seat.own_words,
        draft.elsewhere.clinic,
        may_be_named=(own, *draft.elsewhere.may_be_named(seat.seat.patient_id)),
        meant_as_words=meant_as_words,
    )
    return (*said, elsewhere) if isinstance(elsewhere, Refused) else said


def words_that_may_be_names(draft: Draft) -> tuple[NamedPeer, ...]:
    """What in the parts still unsigned may be a name and wasn't answered yet."""
    return tuple(one for one in confirmable(draft) if one.digest not in draft.answered)


def confirmable(draft: Draft) -> tuple[NamedPeer, ...]:
    """What in the parts still unsigned may be a name and may be confirmed, sentence by sentence, as none."""
    clinic = draft.elsewhere
    found = words_to_confirm([draft.shared_words], draft.peers)
    found += tuple(named_elsewhere(draft.shared_words, clinic.clinic, may_be_named=clinic.staff))
    for seat in draft.seats:
        if seat.note is None and seat.own_words:
            own = roster_name(seat.seat.patient)
            known = (own, *clinic.may_be_named(seat.seat.patient_id))
            found += words_to_confirm([seat.own_words], draft.peers, own=own)
            found += tuple(named_elsewhere(seat.own_words, clinic.clinic, may_be_named=known))
    return tuple({one.digest: one for one in found}.values())


def warnings(draft: Draft) -> dict[int, list[str]]:
    """What doesn't stop a signature but will be asked about, by patient (key)."""
    words = "No care plan is in force, so the note has no objective and can't be billed yet."
    return {
        seat.seat.patient_id: [words] for seat in draft.seats if seat.seat.episode_id and not seat.choices
    }
