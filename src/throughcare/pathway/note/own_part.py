"""One person's own part of a session's note: what is written, observed and quoted, and how a draft keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from throughcare.knowledge.recording.note_formats import ALL as FORMATS
from throughcare.knowledge.recording.note_formats import as_text, formats_for
from throughcare.knowledge.recording.participation import ALL as LEVELS
from throughcare.knowledge.recording.quoting import Quote, as_quoted
from throughcare.knowledge.session_types import session_type
from throughcare.pathway.cannot import Cannot
from throughcare.records.notes import NoteDraft
from throughcare.records.sessions import Session

MOST_CHARACTERS = 8000
LONGEST_STEP = 300
MOST_QUOTES = 12
# Chosen where a format would be the usual thing.
FREE = "free"


@dataclass(frozen=True)
class More:
    """What stands beside the paragraph: a format with its sections, what was observed (by thread), what is quoted."""

    form: str = ""
    sections: Mapping[str, str] = field(default_factory=dict)
    observed: Mapping[UUID, str] = field(default_factory=dict)
    quotes: Sequence[Quote] = ()


NOTHING_MORE = More()


@dataclass(frozen=True)
class OwnPart:
    """One person's part: their own paragraph, which of their objectives it is about, and what happens next."""

    patient: UUID
    text: str
    objective_thread: UUID | None
    seen_version: int = 0
    next_step: str = ""
    more: More = NOTHING_MORE


Columns = dict[str, Any]
COLUMNS = ("text", "next_step", "objective_thread", "form", "sections", "observed", "quotes")
EMPTY: Columns = dict.fromkeys(COLUMNS, "") | dict.fromkeys(
    ("objective_thread", "sections", "observed", "quotes")
)


def clean(text: str) -> str:
    """The words as typed, with one kind of line end and nothing that a database can't hold."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def columns_of(part: OwnPart) -> Columns:
    """What a draft keeps of a part, by column."""
    sections = {code: clean(words) for code, words in part.more.sections.items()}
    return {
        "text": clean(part.text),
        "next_step": clean(part.next_step),
        "objective_thread": part.objective_thread,
        "form": part.more.form,
        "sections": {code: words for code, words in sections.items() if words} or None,
        "observed": {str(thread): level for thread, level in part.more.observed.items()} or None,
        "quotes": [[one.text, one.said] for one in part.more.quotes] or None,
    }


def kept(draft: NoteDraft | None) -> Columns:
    """What is kept, by column; nothing where there is no draft."""
    return {name: getattr(draft, name) for name in COLUMNS} if draft else EMPTY


def is_empty(said: Columns) -> bool:
    """Whether nothing was said, and no format chosen either."""
    return not any(said.values())


def form_of(draft: NoteDraft) -> str:
    """The format that the draft is written in; empty for a free paragraph."""
    return draft.form if draft.form in FORMATS else ""


def own_text(draft: NoteDraft) -> str:
    """The person's own paragraph, or the sections of its format as one text."""
    form = form_of(draft)
    return as_text(FORMATS[form], draft.sections or {}) if form else draft.text


def quotes_of(draft: NoteDraft) -> tuple[Quote, ...]:
    """What the draft quotes of the person's own words."""
    return tuple(Quote(*both) for both in draft.quotes or ())


def observed_in(draft: NoteDraft) -> dict[UUID, str]:
    """What was observed, by the thread of the objective."""
    return {UUID(thread): level for thread, level in (draft.observed or {}).items() if level in LEVELS}


def in_one(draft: NoteDraft) -> str:
    """Everything that a draft says, as one text for who wrote at the same time."""
    step = f"Next step: {draft.next_step}" if draft.next_step else ""
    seen = ", ".join(LEVELS[level].word for level in observed_in(draft).values())
    parts = (own_text(draft), step, f"Observed: {seen}" if seen else "", as_quoted(quotes_of(draft)))
    return "\n\n".join(part for part in parts if part)


def require_sayable(session: Session, part: OwnPart) -> None:
    """Raise `Cannot` for too many words, and for what no tap on the page could have meant."""
    more = part.more
    if len(part.text) > MOST_CHARACTERS or sum(map(len, more.sections.values())) > MOST_CHARACTERS:
        raise Cannot(f"Shorten this part to {MOST_CHARACTERS} characters.", field="text")
    if len(part.next_step) > LONGEST_STEP:
        raise Cannot(f"Shorten the next step to {LONGEST_STEP} characters.", field="next_step")
    if len(more.quotes) > MOST_QUOTES:
        raise Cannot(f"Quote at most {MOST_QUOTES} of the person's own words.", field="quotes")
    fitting = {form.code for form in formats_for(session_type(session.session_type).modality)}
    if more.form not in {"", FREE, *fitting}:
        raise Cannot("Choose a format that fits this kind of session.", field="form")
    if not set(more.observed.values()) <= LEVELS.keys():
        raise Cannot("Choose one of the levels of participation.", field="observed")


def require_own_objectives(part: OwnPart, threads: Sequence[UUID] | set[UUID]) -> None:
    """Raise `Cannot` where the part is about an objective that isn't the person's own and in force."""
    if part.objective_thread is not None and part.objective_thread not in threads:
        raise Cannot("Choose one of this person's own objectives in force.", field="objective")
    if not set(part.more.observed) <= set(threads):
        raise Cannot("Choose one of this person's own objectives in force.", field="observed")
