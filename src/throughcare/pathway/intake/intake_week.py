"""A person's own week as they gave it at intake, and what it means for the track."""

from collections.abc import Mapping

from throughcare.knowledge.intake.reading import is_asked
from throughcare.knowledge.intake.weekly_hours import Span, spans, track_note
from throughcare.pathway.intake.intake_answers import SectionView

VERBS = {"work": "works", "school": "has classes", "childcare": "looks after others"}


def hours_said(sections: Mapping[str, SectionView]) -> dict[str, tuple[Span, ...]]:
    """The weekly hours by kind of commitment."""
    found: dict[str, tuple[Span, ...]] = {}
    for view in sections.values():
        for question in view.section.questions:
            value = view.answers.get(question.code)
            if question.commitment and isinstance(value, list) and is_asked(question, view.answers):
                found[question.commitment] = spans(value)
    return found


def track_notes(sections: Mapping[str, SectionView]) -> tuple[str, ...]:
    """What the hours mean for the track, such as “works 07-15: evening track”."""
    notes = (track_note(VERBS[kind], hours) for kind, hours in hours_said(sections).items())
    return tuple(note for note in notes if note)
