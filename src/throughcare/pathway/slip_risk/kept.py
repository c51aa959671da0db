"""What the model said is kept once a week, and held against what came, month by month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.slip_risk.checking import FORESEEN_DAYS, Check, Foreseen, check
from throughcare.knowledge.slip_risk.features import values_of
from throughcare.knowledge.slip_risk.history import History, settled
from throughcare.knowledge.slip_risk.model import Model
from throughcare.pathway.actor import the_program
from throughcare.pathway.slip_risk.histories import current_histories, open_stays
from throughcare.records.slip_risk import SlipFit, SlipPrediction

EVERY = timedelta(days=7)
MONTHS = 12


def keep_predictions(organization: int, fit: SlipFit, model: Model, *, at: datetime) -> int:
    """Keep what the model says of everyone in care today, unless a week isn't over since the last time; how many."""
    newest = SlipPrediction.objects.filter(organization_id=organization).order_by("-day").first()
    if newest is not None and at.date() - newest.day < EVERY:
        return 0
    stays = open_stays(by=the_program(organization))
    histories = current_histories(stays, organization=organization, on=at.date())
    rows = []
    for stay in stays:
        day, history = local_day(at, stay.zone), histories[stay.episode]
        if history.is_looked_at(day):
            risk = round(model.two_weeks(values_of(history, day)), 4)
            rows.append(
                SlipPrediction(
                    organization_id=organization,
                    fit=fit,
                    episode_id=stay.episode,
                    day=day,
                    risk=risk,
                    recorded_at=at,
                )
            )
    SlipPrediction.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def checks_of_kept(organization: int, histories: Sequence[History], *, at: datetime) -> list[dict[str, Any]]:
    """What was said in each of the last months against what came of it, the newest month first."""
    by_key = {one.key: one for one in histories}
    until = settled(at.date()) - timedelta(days=FORESEEN_DAYS)
    rows = SlipPrediction.objects.filter(
        organization_id=organization, day__lte=until, day__gt=until - timedelta(days=31 * MONTHS)
    )
    months: dict[str, list[Foreseen]] = defaultdict(list)
    for episode, day, risk in rows.order_by("day", "pk").values_list("episode", "day", "risk"):
        came = _came(by_key.get(episode), day)
        if came is not None:
            months[f"{day:%Y-%m}"].append(Foreseen(episode, day, float(risk), came))
    return [{"month": month, **check_as_json(check(months[month]))} for month in sorted(months, reverse=True)]


def _came(history: History | None, day: date) -> bool | None:
    return None if history is None else history.drops_out_within(FORESEEN_DAYS, day)


def check_as_json(found: Check) -> dict[str, Any]:
    """A check as it is kept."""
    kept = asdict(found)
    for name in ("first", "last"):
        kept[name] = kept[name].isoformat() if kept[name] else None
    return kept
