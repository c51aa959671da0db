"""The formats of a one-to-one, family or workshop note: sections in order, each with its question. [ours]"""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.knowledge.session_types import Modality
from throughcare.knowledge.verdict import Refused

SOURCE = "formats in general use; claim edit U1: what the note of a billed unit shows"


@dataclass(frozen=True)
class Section:
    """One section. `ask` is the question that it answers; the note can't be signed without what is `required`."""

    code: str
    title: str
    ask: str
    required: bool = True


@dataclass(frozen=True)
class NoteFormat:
    """A format of note: its sections in order, and the kinds of session that it fits."""

    code: str
    title: str
    sections: tuple[Section, ...]
    modalities: frozenset[Modality]
    source: str = SOURCE


ONE_TO_ONE: frozenset[Modality] = frozenset(("individual", "prescriber", "case_management"))
PLAN = Section("plan", "Plan", "What happens next: by whom, until when?")
ROWS = (
    NoteFormat(
        "dap",
        "DAP",
        (
            Section("data", "Data", "What did the person say and do, what did you observe and do?"),
            Section("assessment", "Assessment", "What does it mean for the goal, the risk and the progress?"),
            PLAN,
        ),
        ONE_TO_ONE | {"workshop", "education"},
    ),
    NoteFormat(
        "birp",
        "BIRP",
        (
            Section("behavior", "Behavior", "How did the person come, what did they say and do?"),
            Section("intervention", "Intervention", "What did you do, and which method was it?"),
            Section(
                "response", "Response", "How did the person respond to it, in their own words where it helps?"
            ),
            PLAN,
        ),
        ONE_TO_ONE | {"workshop", "group"},
    ),
    NoteFormat(
        "soap",
        "SOAP",
        (
            Section("subjective", "Subjective", "What does the person report, in their own words?"),
            Section("objective", "Objective", "What was observed or measured: mental status, scores, tests?"),
            Section("assessment", "Assessment", "How do you understand it: diagnosis, risk, progress?"),
            PLAN,
        ),
        ONE_TO_ONE,
    ),
    NoteFormat(
        "family",
        "Family session",
        (
            Section("present", "Who was there", "Who took part, and how are they related? Is there consent?"),
            Section("worked_on", "What was worked on", "Which question of the person's plan was it about?"),
            Section("response", "How each responded", "How did the person and each relative respond?"),
            Section("agreed", "What was agreed", "Which agreements were made at home?", required=False),
            PLAN,
        ),
        frozenset(("family",)),
    ),
)
ALL: dict[str, NoteFormat] = {row.code: row for row in ROWS}


def formats_for(modality: Modality) -> tuple[NoteFormat, ...]:
    """The formats that fit this kind of session, the usual one first."""
    return tuple(row for row in ROWS if modality in row.modalities)


def check_sections(form: NoteFormat, words: Mapping[str, str]) -> tuple[Refused, ...]:
    """What the note still lacks, section by section."""
    return tuple(
        Refused(f"Fill in “{section.title}”. {section.ask}", cite=SOURCE)
        for section in form.sections
        if section.required and not words.get(section.code, "").strip()
    )


def as_text(form: NoteFormat, words: Mapping[str, str]) -> str:
    """The sections as one text that stands alone, each under its title."""
    said = ((section.title, words.get(section.code, "").strip()) for section in form.sections)
    return "\n\n".join(f"{title}\n{text}" for title, text in said if text)
