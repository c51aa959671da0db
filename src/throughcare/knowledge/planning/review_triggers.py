"""What brings a plan review forward besides days: no reliable gain in time, and an answer that must be looked at."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.questionnaires.change import reliable_change
from throughcare.knowledge.questionnaires.library import find

NO_GAIN_SETTING = "plan.review_no_gain_weeks"


class Answer(NamedTuple):
    """One answered questionnaire; `day` is the site's, `critical` the numbers of the items that must be seen."""

    code: str
    taken_at: datetime
    day: date
    total: float | None
    critical: frozenset[int] = frozenset()


def newly_critical(answers: Iterable[Answer], *, since: datetime) -> Answer | None:
    """The first answer after `since` with a critical item that the same questionnaire didn't show before.

    On the C-SSRS screener those are the answers of the moderate and the high tier. What stood at the last review and
    still stands was part of that review.
    """
    shown: dict[str, frozenset[int]] = {}
    for answer in sorted(answers, key=lambda one: one.taken_at):
        if answer.taken_at > since and answer.critical - shown.get(answer.code, frozenset()):
            return answer
        shown[answer.code] = answer.critical
    return None


def no_gain_by(
    answers: Iterable[Answer], *, admitted: date, today: date, own: Mapping[str, Number] | None = None
) -> date | None:
    """The day by which some measure should have been reliably better and none was; None before it, or with a gain.

    What was never measured twice says neither.
    """
    by = admitted + timedelta(weeks=int(value_of(NO_GAIN_SETTING, own)))
    if today < by:
        return None
    totals: dict[str, list[float]] = {}
    for answer in sorted(answers, key=lambda one: one.taken_at):
        if answer.day <= by and answer.total is not None:
            totals.setdefault(answer.code, []).append(answer.total)
    changes = {
        reliable_change(find(code), known[0], later) for code, known in totals.items() for later in known[1:]
    } - {"na"}
    return by if changes and "better" not in changes else None
