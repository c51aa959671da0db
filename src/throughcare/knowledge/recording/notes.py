"""What a note must hold before it may be signed, each rule with its sentence. [ours, from common payer rules]

A note without its person's own response, without an objective of the plan, or without times pays for nothing and
says nothing. Names of peers are the privacy rule that group notes break most often.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.credentials import may_sign_clinical_note
from throughcare.knowledge.recording.names_in_notes import RosterName, named_peers
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

UNIT = "claim edit U1: what the note of a billed unit shows"
PEERS = "claim edit U3: one note per patient, no peer names"

# What was seen of a person, for one tap; the words that make the note theirs still have to be written.
PHRASES = (
    "Took part actively.",
    "Listened, said little.",
    "Shared an example.",
    "Supported others.",
    "Practiced the skill.",
    "Made a plan.",
    "Seemed distracted.",
    "Seemed low.",
    "Seemed anxious.",
)
FEWEST_WORDS = 4


@dataclass(frozen=True)
class Paragraph:
    """One person's part of a session's note and what is known of their presence, as it stands before signing.

    `status` is None while nobody has taken attendance. `has_objectives`: the plan in force has some to choose from.
    """

    own: RosterName
    text: str
    status: str | None
    has_objective: bool
    has_objectives: bool
    has_episode: bool = True
    next_step: str = ""


def check_paragraph(
    paragraph: Paragraph, *, peers: Iterable[RosterName], meant_as_words: Collection[str] = ()
) -> tuple[Refused, ...]:
    """Everything that this person's note still lacks."""
    verdicts = (
        check_presence(paragraph),
        check_response(paragraph.text),
        check_objective(paragraph),
        check_peers(
            f"{paragraph.text}\n{paragraph.next_step}",
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
    peers: Iterable[RosterName],
    *,
    own: RosterName | None = None,
    meant_as_words: Collection[str] = (),
) -> Verdict:
    """Whether the text names nobody but the person it is about; `meant_as_words` were confirmed as plain words."""
    meant = {word.casefold() for word in meant_as_words}
    found = [
        peer
        for peer in named_peers(text, peers, own=own)
        if not (peer.may_be_a_word and peer.words.casefold() in meant)
    ]
    if not found:
        return Allowed()
    names = " and ".join(f"“{peer.words}”" for peer in found)
    if all(peer.may_be_a_word for peer in found):
        return Refused(
            f"{names} may be another member's name. Rephrase, or say that you mean the word.", cite=PEERS
        )
    return Refused(f"{names} names another member. Say it without the name.", cite=PEERS)


def words_to_confirm(
    texts: Iterable[str], peers: Sequence[RosterName], *, own: RosterName | None = None
) -> tuple[str, ...]:
    """The words in these texts that may be names and that a person may confirm as words."""
    found = {
        peer.words: None for text in texts for peer in named_peers(text, peers, own=own) if peer.may_be_a_word
    }
    return tuple(found)


def check_shared(
    text: str, peers: Iterable[RosterName], *, meant_as_words: Collection[str] = ()
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


def look_alikes(texts: Sequence[str], *, share: float) -> tuple[tuple[int, int], ...]:
    """Pairs (by place) of texts that are more alike than `share`: copies that a payer would take for cloned notes."""
    letters = [Counter(text) for text in texts]
    return tuple(
        (first, second)
        for second, text in enumerate(texts)
        for first in range(second)
        if text.strip()
        and _may_be_alike(letters[first], letters[second], share)
        and _are_alike(texts[first], text, share)
    )


def copies_of_earlier(
    texts: Sequence[str], earlier: Sequence[str], *, share: float
) -> tuple[tuple[int, int], ...]:
    """For each text (by place) that is a copy, the first of the `earlier` texts that is more alike than `share`."""
    letters = [Counter(text) for text in earlier]
    found = []
    for place, text in enumerate(texts):
        own = Counter(text)
        for past, words in enumerate(earlier):
            if text.strip() and _may_be_alike(letters[past], own, share) and _are_alike(words, text, share):
                found.append((place, past))
                break
    return tuple(found)


def _may_be_alike(one: Counter[str], other: Counter[str], share: float) -> bool:
    """Whether the letters in common leave room for likeness: an upper bound, quick to tell."""
    return 2 * (one & other).total() > share * (one.total() + other.total())


def _are_alike(one: str, other: str, share: float) -> bool:
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() > share
