"""The model is fitted anew each month by the worker: what there is, held-out months, everything; and why it is off."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.slip_risk.checking import check, foresee
from throughcare.knowledge.slip_risk.fairness import check_groups
from throughcare.knowledge.slip_risk.fitting import CannotFit, PersonWeek, fit, person_weeks
from throughcare.knowledge.slip_risk.helped import what_helped
from throughcare.knowledge.slip_risk.history import History, settled
from throughcare.knowledge.slip_risk.model import Model, WrongModel, read_model
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.slip_risk.histories import stays_since, whole_histories
from throughcare.pathway.slip_risk.kept import check_as_json, checks_of_kept
from throughcare.pathway.slip_risk.switch import is_switched_on
from throughcare.records.organizations import Organization
from throughcare.records.slip_risk import SlipFit

SETTINGS = (
    "slip_risk.least_ended",
    "slip_risk.least_drop_outs",
    "slip_risk.least_auc",
    "slip_risk.held_out_days",
    "slip_risk.history_years",
    "slip_risk.fits_every_days",
    "slip_risk.smallest_group",
    "slip_risk.fair_gap",
    "slip_risk.least_to_compare",
    "slip_risk.fair_caught",
    "slip_risk.least_helped",
)
FITTED, WEAK, TOO_FEW, OFF, FAILED = "fitted", "weak", "too_few", "off", "failed"
# A fit that still runs after this was killed.
LONGEST_RUN = timedelta(hours=1)


@dataclass(frozen=True)
class Made:
    """What a fit came to."""

    how: str
    model: Model | None
    checks: dict[str, Any]


def fit_due_models(*, at: datetime) -> str:
    """Fit the model of every organization whose last fit is a month old; what came of it, in words."""
    told = [fit_model(organization, at=at) for organization in _due(at)]
    return ", ".join(told) or "nothing is due"


def _due(at: datetime) -> list[int]:
    found = []
    for organization in Organization.objects.order_by("pk").values_list("pk", flat=True):
        own = numbers(*SETTINGS, organization=organization, on=at.date())
        last = last_fit(organization)
        every = timedelta(days=int(own["slip_risk.fits_every_days"]))
        if last is None or at - last.began_at >= every:
            found.append(organization)
    return found


def last_fit(organization: int) -> SlipFit | None:
    """The newest attempt at a fit, also one that runs."""
    return SlipFit.objects.filter(organization_id=organization).order_by("-began_at", "-pk").first()


def model_in_force(organization: int) -> tuple[SlipFit, Model] | None:
    """The newest fit whose list may be shown, with its model; None when the newest finished one has none."""
    rows = SlipFit.objects.filter(organization_id=organization, ended_at__isnull=False)
    newest = rows.exclude(how__in=(OFF, FAILED)).order_by("-began_at", "-pk").first()
    if newest is None or newest.how != FITTED or newest.model is None:
        return None
    try:
        return newest, read_model(newest.model)
    except (WrongModel, KeyError, TypeError):  # of another version: the next fit is of this one
        return None


def fit_model(organization: int, *, at: datetime) -> str:
    """Fit one organization's model now; what came of it in a word. Each step is kept as it is reached."""
    row = _begin(organization, at=at)
    if row is None:
        return "runs already"
    if not is_switched_on(organization):
        return _end(row, Made(OFF, None, {}), at=at)
    try:
        made = _make(row, at=at)
    except Exception:
        _end(row, Made(FAILED, None, {}), at=at)
        raise
    return _end(row, made, at=at)


def _begin(organization: int, *, at: datetime) -> SlipFit | None:
    running = SlipFit.objects.filter(organization_id=organization, ended_at__isnull=True)
    running.filter(began_at__lt=at - LONGEST_RUN).update(ended_at=at, how=FAILED)
    try:
        with transaction.atomic():
            return SlipFit.objects.create(
                organization_id=organization, began_at=at, step="reading", recorded_at=at
            )
    except IntegrityError:  # one at a time
        return None


def _reach(row: SlipFit, step: str, **counted: int) -> None:
    row.step = step
    for name, count in counted.items():
        setattr(row, name, count)
    row.save(update_fields=["step", *counted])


def _end(row: SlipFit, made: Made, *, at: datetime) -> str:
    row.how, row.checks, row.ended_at, row.step = made.how, made.checks, at, "done"
    row.model = made.model.as_json() if made.model else None
    row.save(update_fields=["how", "checks", "ended_at", "step", "model"])
    return made.how


def _make(row: SlipFit, *, at: datetime) -> Made:
    own = numbers(*SETTINGS, organization=row.organization_id, on=at.date())
    since = at - timedelta(days=365 * int(own["slip_risk.history_years"]))
    histories = whole_histories(stays_since(row.organization_id, since), organization=row.organization_id)
    ended = sum(one.ended is not None for one in histories)
    dropped = sum(one.dropped_out for one in histories)
    _reach(row, "counting", ended_stays=ended, drop_outs=dropped)
    kept = checks_of_kept(row.organization_id, histories, at=at)
    if ended < own["slip_risk.least_ended"] or dropped < own["slip_risk.least_drop_outs"]:
        return Made(TOO_FEW, None, {"kept": kept})
    until = settled(at.date())
    split = until - timedelta(days=int(own["slip_risk.held_out_days"]))
    weeks = person_weeks(histories, until=until)
    _reach(row, "checking", person_weeks=len(weeks))
    checked = _check(histories, weeks, split=split, until=until, own=own)
    if checked is None:
        return Made(TOO_FEW, None, {})
    _reach(row, "fitting")
    try:
        model = fit(weeks)
    except CannotFit:
        return Made(TOO_FEW, None, {})
    checked["helped"] = [asdict(one) for one in what_helped(model, histories, until=until)]
    checked["kept"] = kept
    auc = checked["held_out"]["auc"]
    weak = auc is None or auc < own["slip_risk.least_auc"]
    return Made(WEAK if weak else FITTED, model, checked)


def _check(
    histories: Sequence[History],
    weeks: Sequence[PersonWeek],
    *,
    split: date,
    until: date,
    own: dict[str, Number],
) -> dict[str, Any] | None:
    """A model of everything before the split, held against what came after it."""
    try:
        earlier = fit([one for one in weeks if one.on + timedelta(days=7 * (one.ahead + 1)) <= split])
    except CannotFit:
        return None
    found = foresee(earlier, histories, first=split, until=until)
    return {
        "held_out": check_as_json(check(found)),
        "fairness": [asdict(one) for one in check_groups(found, own=own)],
    }
