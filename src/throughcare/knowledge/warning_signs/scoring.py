"""Signs in the measures: reliably worse, no gain after four weeks, and item 9."""

from collections import defaultdict
from collections.abc import Iterator

from throughcare.knowledge.hours import number
from throughcare.knowledge.intake.sections import ITEM_THAT_ASKS, RISK_TOOLS
from throughcare.knowledge.progress import best_of
from throughcare.knowledge.questionnaires.change import reliable_change
from throughcare.knowledge.questionnaires.library import CannotFind, find
from throughcare.knowledge.questionnaires.questionnaire import Questionnaire
from throughcare.knowledge.warning_signs.picture import Picture, ScoreFact
from throughcare.knowledge.warning_signs.sign import Sign, end_of, seen_anew, setting, shifted, when

WEEK = 7


def score_worse(picture: Picture) -> Iterator[Sign]:
    """The latest total is worse than the best one by the instrument's reliable change or more."""
    for questionnaire, scores in _by_code(picture):
        latest = scores[-1]
        best = best_of(questionnaire, [_total(one) for one in scores[:-1]])
        if best is None or latest.total is None:
            continue
        if reliable_change(questionnaire, best, latest.total) != "worse":
            continue
        yield Sign(
            "score_worse",
            f"{_name(questionnaire)} is {number(latest.total)}, the best was {number(best)}: reliably worse "
            f"(by {number(abs(latest.total - best))}; {questionnaire.reliable_change} is reliable).",
            since=latest.at,
            due_at=end_of(picture, latest.at, later=int(setting(picture, "signs.score_worse_days"))),
            owner_role="clinician",
            topic=questionnaire.code,
        )


def no_change_4w(picture: Picture) -> Iterator[Sign]:
    """Four weeks after the first answer no total was reliably better, where one could have been."""
    weeks = int(setting(picture, "plan.review_no_gain_weeks"))
    for questionnaire, scores in _by_code(picture):
        first = scores[0]
        since = shifted(picture, first.at, weeks * WEEK)
        changes = {reliable_change(questionnaire, first.total, one.total) for one in scores[1:]}
        if picture.at < since or not changes or "better" in changes or not _could_gain(questionnaire, first):
            continue
        yield Sign(
            "no_change_4w",
            f"{_name(questionnaire)} was {number(_total(first))} at first and is {number(_total(scores[-1]))} after "
            f"{(picture.at - first.at).days // WEEK} weeks: no reliable gain.",
            since=since,
            due_at=end_of(picture, since, later=int(setting(picture, "signs.no_change_days"))),
            owner_role="clinician",
            topic=questionnaire.code,
            seen_at=seen_anew(picture, since, weeks * WEEK),
        )


def item9(picture: Picture) -> Iterator[Sign]:
    """PHQ item 9 above 0 and no complete risk tool since: due the same day, red from midnight."""
    asking = [one for one in picture.scores if one.at <= picture.at and _asks(one)]
    newest = max(asking, key=lambda one: (one.at, one.key), default=None)
    if newest is None:
        return
    tools = [
        one
        for one in picture.scores
        if one.code in RISK_TOOLS and one.band and newest.at <= one.at <= picture.at
    ]
    answer = min(tools, key=lambda one: one.at, default=None)
    yield Sign(
        "item9",
        f"{_name(find(newest.code))} item {ITEM_THAT_ASKS[newest.code]} was above 0 on {when(picture, newest.at)} and "
        "the C-SSRS was not asked since.",
        since=newest.at,
        due_at=end_of(picture, newest.at),
        owner_role="clinician",
        topic=newest.key or newest.at.isoformat(),
        risk="high",
        answered_at=answer.at if answer else None,
        answered_by=answer.by if answer else "",
    )


def _asks(score: ScoreFact) -> bool:
    return score.code in ITEM_THAT_ASKS and ITEM_THAT_ASKS[score.code] in score.critical


def _by_code(picture: Picture) -> Iterator[tuple[Questionnaire, list[ScoreFact]]]:
    """The instruments with a reliable change, each with its scored answers, oldest first."""
    found: dict[str, list[ScoreFact]] = defaultdict(list)
    for score in picture.scores:
        if score.at <= picture.at and score.total is not None:
            found[score.code].append(score)
    for code, scores in sorted(found.items()):
        try:
            questionnaire = find(code)
        except CannotFind:
            continue
        if questionnaire.reliable_change is not None:
            yield questionnaire, sorted(scores, key=lambda one: (one.at, one.key, _total(one)))


def _total(score: ScoreFact) -> float:
    return score.total or 0


def _could_gain(questionnaire: Questionnaire, first: ScoreFact) -> bool:
    """Whether a reliable gain was possible at all: near the best end of a scale there is no room for one."""
    if questionnaire.total_range is None or questionnaire.reliable_change is None:
        return False
    lowest, highest = questionnaire.total_range
    room = _total(first) - lowest if questionnaire.higher_is == "worse" else highest - _total(first)
    return room >= questionnaire.reliable_change


def _name(questionnaire: Questionnaire) -> str:
    return questionnaire.code.upper()
