"""The sentences of `knowledge` on the pages of a person's own week, of their path, and of what goes with them."""

from collections.abc import Iterator

from throughcare.knowledge import own_path, own_week
from throughcare.knowledge.crisis_lines import ROWS as CRISIS_LINES
from throughcare.knowledge.planning.own_plans import ROWS as OWN_PLANS
from throughcare.knowledge.tracks import COMMITMENT_KINDS, EVERY_WEEKS, WEEKDAYS
from throughcare.pathway.discharge.discharge_facts import STANDS
from throughcare.pathway.episode.care_team import PARTS
from throughcare.pathway.own_week import cannot_come
from throughcare.pathway.timetable.picture.wish_words import WAYS


def of_my_week() -> Iterator[str]:
    """Why somebody can't come, their own times and wishes, what a calendar shows, the path and what goes with them."""
    yield from (*own_week.REASONS.values(), *own_week.TITLES)
    for verdict in (own_week.may_add_at_once(1), own_week.may_end_at_once("court"), own_week.check_title("")):
        yield getattr(verdict, "because", "")
    yield from (own_week.LONG_TITLE, own_week.GIVES_AWAY_TITLE)
    yield from (cannot_come.CANCELED.because, cannot_come.BEGUN.because)
    yield from (*(kind.title for kind in COMMITMENT_KINDS.values()), *EVERY_WEEKS.values(), *WEEKDAYS)
    yield from WAYS.values()
    for criterion in own_path.CRITERIA.values():
        yield from (criterion.met, criterion.not_yet)
    for level in own_path.PLAIN_LEVELS.values():
        yield from (level.title, level.about)
    yield from (*PARTS.values(), *STANDS.values())
    for kind in OWN_PLANS:
        yield from (section.title for section in kind.sections)
    for line in CRISIS_LINES:
        yield from (line.how, line.about)
