"""What a note must hold before it may be signed, each rule with its sentence. [ours, from common payer rules]

A note without its person's own response, without an objective of the plan, or without times pays for nothing and
says nothing. Names of peers are the privacy rule that group notes break most often.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.credentials import may_sign_clinical_note
from throughcare.knowledge.recording.names_elsewhere import named_elsewhere
from throughcare.knowledge.recording.names_in_notes import NamedPeer, NameIndex, RosterName, named_peers
from throughcare.knowledge.recording.note_formats import NoteFormat, check_sections
from throughcare.knowledge.recording.phrases import PHRASES
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

UNIT = "claim edit U1: what the note of a billed unit shows"
PEERS = "claim edit U3: one note per patient, no peer names"

FEWEST_WORDS = 4


@dataclass(frozen=True)
class Paragraph:
    """One person's part of a session's note and what is known of their presence, as it stands before signing.

    `status` is None while nobody has taken attendance. `has_objectives`: the plan in force has some to choose from.
    `beside` are words that stand in the note next to the text. With a `form`, its `sections` are the text.
    """

    own: RosterName
    text: str
    status: str | None
    has_objective: bool
    has_objectives: bool
    has_episode: bool = True
    beside: str = ""
    form: NoteFormat | None = None
    sections: Mapping[str, str] = field(default_factory=dict)


def check_paragraph(
    paragraph: Paragraph, *, peers: Iterable[RosterName] | NameIndex, meant_as_words: Collection[str] = ()
) -> tuple[Refused, ...]:
    """Everything that this person's note still lacks."""
    form = paragraph.form
    said = check_sections(form, paragraph.sections) if form else (check_response(paragraph.text),)
    verdicts = (
        check_presence(paragraph),
        *said,
        check_objective(paragraph),
        check_peers(
            f"{paragraph.text}\n{paragraph.beside}",
            peers,
            own=paragraph.own,
            meant_as_words=meant_as_words,
        ),
    )
    if isinstance(verdicts[0], Refused):
        return (verdicts[0],)
    return tuple(verdict for verdict in verdicts if isinstance(verdict, Refused))


def check_presence(paragraph: Paragraph) -> Verdict:
    """Whether the person was there: an absence has no note, and before attendance nobody knows."""
    if not paragraph.has_episode:
        return Refused("There is no episode of care that a note could belong to.")
    if paragraph.status is None:
        return Refused("Take attendance first.", cite=UNIT)
    if not STATUSES[paragraph.status].minutes_count:
        return Refused(f"{STATUSES[paragraph.status].word}: no note is written.", cite="claim edit U12")
    return Allowed()


def check_response(text: str) -> Verdict:
    """Whether the person's own response is in the note, in more than the words of one tap."""
    own = text
    for phrase in PHRASES:
        own = own.replace(phrase, " ")
    if not text.strip():
        return Refused("Write how this person took part and responded.", cite=UNIT)
    if len(own.split()) < FEWEST_WORDS and not has_long_words(own):
        return Refused("Add a sentence of your own about this person's response.", cite=UNIT)
    return Allowed()


def has_long_words(text: str) -> bool:
    """Whether the text says something in a script that sets no spaces between words."""
    return len(text.strip()) >= FEWEST_WORDS and not text.isascii()


def check_objective(paragraph: Paragraph) -> Verdict:
    """Whether the paragraph is tied to an objective of the plan in force, if the plan has any."""
    if paragraph.has_objective or not paragraph.has_objectives:
        return Allowed()
    return Refused("Choose the objective of the care plan that this was about.", cite=UNIT)


def check_peers(
    text: str,
    peers: Iterable[RosterName] | NameIndex,
    *,
    own: RosterName | None = None,
    meant_as_words: Collection[str] = (),
) -> Verdict:
    """Whether the text names no peer.

    `meant_as_words` are what a person confirmed: digests of names in their sentences, or words for the whole text.
    """
    found = unanswered(named_peers(text, peers, own=own), meant_as_words)
    if not found:
        return Allowed()
    names = in_quotes(found)
    if all(peer.may_be_a_word for peer in found):
        return Refused(
            f"{names} may be another member's name. Rephrase, or say that you mean the word.", cite=PEERS
        )
    return Refused(f"{names} names another member. Say it without the name.", cite=PEERS)


def check_elsewhere(
    text: str,
    clinic: NameIndex,
    *,
    may_be_named: Iterable[RosterName] = (),
    meant_as_words: Collection[str] = (),
) -> Verdict:
    """Whether the text names nobody else who is treated here, beyond the people in the room."""
    found = unanswered(named_elsewhere(text, clinic, may_be_named=may_be_named), meant_as_words)
    if not found:
        return Allowed()
    return Refused(
        f"{in_quotes(found)} may be another patient's name. Say it without the name, or say that it is someone else.",
        cite=PEERS,
    )


def unanswered(found: Iterable[NamedPeer], meant_as_words: Collection[str]) -> list[NamedPeer]:
    """The names that nobody has said something else was meant by; a plain name can't be answered so."""
    meant = {word.casefold() for word in meant_as_words}
    return [
        peer
        for peer in found
        if not (peer.may_be_a_word and (peer.words.casefold() in meant or peer.digest in meant))
    ]


def in_quotes(found: Iterable[NamedPeer]) -> str:
    """The names as a sentence has them, each once."""
    return " and ".join(dict.fromkeys(f"“{peer.words}”" for peer in found))


def words_to_confirm(
    texts: Iterable[str], peers: Sequence[RosterName] | NameIndex, *, own: RosterName | None = None
) -> tuple[NamedPeer, ...]:
    """What in these texts may be a name and may be answered, each for its sentence."""
    found = (peer for text in texts for peer in named_peers(text, peers, own=own))
    return tuple(peer for peer in found if peer.may_be_a_word)


def check_shared(
    text: str, peers: Iterable[RosterName] | NameIndex, *, meant_as_words: Collection[str] = ()
) -> tuple[Refused, ...]:
    """Everything that the shared part lacks: it stands in each member's note, so it names none of them."""
    said = (
        Allowed()
        if text.strip()
        else Refused("Write what the group did: the shared part is empty.", cite=UNIT)
    )
    named = check_peers(text, peers, meant_as_words=meant_as_words)
    return tuple(verdict for verdict in (said, named) if isinstance(verdict, Refused))


def check_times(*, ends_at: datetime, at: datetime, ends_word: str) -> Verdict:
    """Whether start and stop are known: a session that goes on has no stop time."""
    if at >= ends_at:
        return Allowed()
    return Refused(
        f"The session ends at {ends_word}. Its note needs the stop time: sign after it.", cite=UNIT
    )


def check_signer(credential: str, *, is_practitioner: bool) -> Verdict:
    """Whether this person may sign clinical notes at all."""
    if not is_practitioner:
        return Refused(
            "Notes are signed by practitioners. Your account has no credential on record.", cite=UNIT
        )
    return may_sign_clinical_note(credential)


def late_entry(*, ends_at: datetime, signed_at: datetime, late_hours: float, supervisor_days: float) -> str:
    """The words that mark a late entry; empty for a note signed in time (claim edit U2)."""
    passed = signed_at - ends_at
    if passed > timedelta(days=supervisor_days):
        return f"Late entry, {passed.days} days after the session: a supervisor reviews it."
    if passed > timedelta(hours=late_hours):
        return f"Late entry, {passed.days} days after the session."
    return ""
