"""The formats of a one-to-one, family, workshop or psychiatric note: its sections, each with its question. [ours]"""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.knowledge.session_types import Modality
from throughcare.knowledge.verdict import Refused

SOURCE = "formats in general use; claim edit U1: what the note of a billed unit shows"


@dataclass(frozen=True)
class Section:
    """One section. `ask` is the question that it answers; the note can't be signed without what is `required`.

    With `choices` it is tapped and not written, and stands under `under` together with its neighbors.
    """

    code: str
    title: str
    ask: str
    required: bool = True
    choices: tuple[str, ...] = ()
    under: str = ""


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


def _aspect(code: str, title: str, *choices: str, required: bool = False) -> Section:
    """One aspect of the mental state, tapped."""
    return Section(code, title, f"{title}: what was seen?", required, choices, "Mental state")


PSYCHIATRIC = NoteFormat(
    "psychiatric",
    "Psychiatric visit",
    (
        Section(
            "interval",
            "Interval history",
            "What has happened since the last visit: symptoms, sleep, use, events?",
        ),
        _aspect("appearance", "Appearance", "well kept", "unkempt", "intoxicated", "in withdrawal"),
        _aspect("behavior", "Behavior", "calm", "restless", "slowed", "agitated", "guarded"),
        _aspect("speech", "Speech", "usual", "fast", "slow", "slurred", "sparse"),
        _aspect("mood", "Mood", "even", "low", "anxious", "irritable", "elated", required=True),
        _aspect("affect", "Affect", "full range", "narrow", "flat", "labile", "does not fit"),
        _aspect("thought", "Thought process", "in order", "circumstantial", "racing", "loose", "blocked"),
        _aspect(
            "content",
            "Thought content",
            "nothing of note",
            "hopeless",
            "suicidal",
            "violent",
            "delusional",
            "preoccupied with using",
            required=True,
        ),
        _aspect(
            "perception",
            "Perception",
            "nothing of note",
            "hears voices",
            "sees things",
            "other",
            required=True,
        ),
        _aspect("cognition", "Cognition", "clear and oriented", "distracted", "forgetful", "confused"),
        _aspect("insight", "Insight and judgment", "good", "fair", "poor"),
        Section(
            "state", "More on the mental state", "What should the next reader know of it?", required=False
        ),
        Section(
            "medications",
            "Medications reviewed",
            "What is taken and how, what helps, what troubles, what do checks and the PDMP show?",
        ),
        Section(
            "changes", "Changes", "What is started, changed or stopped, why, and what was said about it?"
        ),
        Section(
            "risk",
            "Risk",
            "Suicide, violence, overdose, withdrawal: how high is it, and what speaks for and against?",
        ),
        PLAN,
    ),
    frozenset(("prescriber",)),
)
ROWS = (
    PSYCHIATRIC,
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
    parts: list[list[str]] = []
    under = ""
    for section in form.sections:
        text = words.get(section.code, "").strip()
        if not text:
            continue
        if not section.under:
            parts.append([section.title, text])
        elif section.under == under:
            parts[-1].append(f"{section.title}: {text}")
        else:
            parts.append([section.under, f"{section.title}: {text}"])
        under = section.under
    return "\n\n".join("\n".join(lines) for lines in parts)
