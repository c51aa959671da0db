"""Sentences of `knowledge` that strangers read before the first call."""

from collections.abc import Iterator

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.public_pages import comparison, costs, guide_questions, level_guide, pages
from throughcare.knowledge.public_pages.words import sentences_of
from throughcare.knowledge.tracks import VARIANTS, WEEKDAYS


def of_public_pages() -> Iterator[str]:
    """Of the pages before the first call: their words, the guide, the levels, the week and the estimate."""
    for page in pages.EDITABLE.values():
        yield from (page.title, page.summary, *sentences_of(page.body))
    for question in guide_questions.QUESTIONS:
        yield from (question.words, question.hint, *(choice.words for choice in question.choices))
    for way in (*(way for _, way in level_guide.RULES), level_guide.WEEKLY):
        yield from (way.title, way.words)
    yield from (words for _, words in level_guide.NOTES)
    yield from (words for level in LEVELS.values() for words in (level.title, level.about))
    for kind in comparison.ROWS:
        yield from (kind.title, kind.also, kind.nights, kind.week, kind.life, kind.fits)
    yield from (*comparison.HOURS, *costs.SENTENCES, *WEEKDAYS, *VARIANTS.values())
