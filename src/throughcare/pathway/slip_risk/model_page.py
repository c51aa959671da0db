"""The page about the model: what it is made from, how it does, whom it serves worse, its limits, and the switch."""

from dataclasses import dataclass
from datetime import date, datetime
from math import exp
from typing import Any

from throughcare.knowledge.slip_risk.checking import BandCheck
from throughcare.knowledge.slip_risk.fairness import GroupCheck
from throughcare.knowledge.slip_risk.features import ALL as FEATURES
from throughcare.knowledge.slip_risk.model import WrongModel, read_model
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee, require
from throughcare.pathway.privacy import may_access
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.slip_risk.fits import SETTINGS, last_fit
from throughcare.pathway.slip_risk.slip_list import say_why_off
from throughcare.pathway.slip_risk.switch import KIND, Switched, switched
from throughcare.records.slip_risk import SlipFeedback, SlipFit

MOST_FEEDBACK = 20
FITS_SHOWN = 12


@dataclass(frozen=True)
class TermView:
    """One number of the model: what it counts, its mean here, and how a usual difference of it moves the odds."""

    code: str
    about: str
    mean: float
    spread: float
    weight: float
    times: float


@dataclass(frozen=True)
class CheckView:
    """Predicted against seen, on held-out months or in one month of real use."""

    month: str
    first: date | None
    last: date | None
    looks: int
    dropped_out: int
    brier: float
    brier_of_average: float
    auc: float | None
    bands: tuple[BandCheck, ...]


@dataclass(frozen=True)
class FitView:
    """One attempt at a fit; `running` says which step it is at, while it runs."""

    began_at: datetime
    how: str
    step: str
    ended_stays: int
    drop_outs: int
    person_weeks: int


@dataclass(frozen=True)
class FeedbackView:
    """What somebody said of the list."""

    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ModelPage:
    """Everything there is to say of the model; the parts of a fit are empty before the first."""

    why_off: str
    fitted_at: datetime | None
    ended_stays: int
    drop_outs: int
    person_weeks: int
    terms: tuple[TermView, ...]
    held_out: CheckView | None
    kept: tuple[CheckView, ...]
    groups: tuple[GroupCheck, ...]
    fits: tuple[FitView, ...]
    feedback: tuple[FeedbackView, ...]
    switch: Switched
    settings: dict[str, Any]
    may_switch: bool


def model_page(*, by: Actor, at: datetime) -> ModelPage:
    """What the model rests on and how it does. No person is named. Only the director reads the feedback."""
    require(may_access(KIND, by=by), CannotSee)
    may_switch = bool(may_access(KIND, by=by, verb="change"))
    rows = SlipFit.objects.filter(organization_id=by.organization).order_by("-began_at", "-pk")
    fits = list(rows[:FITS_SHOWN])
    made = next((one for one in fits if one.model), None)
    checks = (made.checks if made else None) or {}
    newest = last_fit(by.organization)
    return ModelPage(
        why_off=say_why_off(by.organization, at=at),
        fitted_at=made.began_at if made else None,
        ended_stays=made.ended_stays if made else newest.ended_stays if newest else 0,
        drop_outs=made.drop_outs if made else newest.drop_outs if newest else 0,
        person_weeks=made.person_weeks if made else 0,
        terms=_terms(made),
        held_out=_check(checks["held_out"]) if "held_out" in checks else None,
        kept=tuple(_check(one) for one in checks.get("kept", ())),
        groups=tuple(
            GroupCheck(**{**one, "flags": tuple(one["flags"])}) for one in checks.get("fairness", ())
        ),
        fits=tuple(_fit(one) for one in fits),
        feedback=_feedback(by.organization) if may_switch else (),
        switch=switched(by.organization),
        settings=numbers(*SETTINGS, organization=by.organization, on=at.date()),
        may_switch=may_switch,
    )


def tell_of_slip_risk(*, words: str, by: Actor, at: datetime) -> None:
    """Say what the list gets wrong or doesn't know; the clinical director reads it."""
    require(may_access(KIND, by=by), CannotSee)
    if not words.strip():
        raise Cannot("Write what it gets wrong, or what it doesn't know.", field="words")
    SlipFeedback.objects.create(
        organization_id=by.organization, words=words.strip(), recorded_by_id=by.account, recorded_at=at
    )


def _terms(made: SlipFit | None) -> tuple[TermView, ...]:
    if made is None or made.model is None:
        return ()
    try:
        terms = read_model(made.model).terms
    except (WrongModel, KeyError, TypeError):
        return ()
    ranked = sorted(terms, key=lambda one: -abs(one.weight))
    return tuple(
        TermView(one.code, FEATURES[one.code].about, one.mean, one.spread, one.weight, exp(one.weight))
        for one in ranked
    )


def _check(kept: dict[str, Any]) -> CheckView:
    return CheckView(
        month=kept.get("month", ""),
        first=date.fromisoformat(kept["first"]) if kept["first"] else None,
        last=date.fromisoformat(kept["last"]) if kept["last"] else None,
        looks=kept["looks"],
        dropped_out=kept["dropped_out"],
        brier=kept["brier"],
        brier_of_average=kept["brier_of_average"],
        auc=kept["auc"],
        bands=tuple(BandCheck(**one) for one in kept["bands"]),
    )


def _fit(row: SlipFit) -> FitView:
    how = row.how or "running"
    return FitView(row.began_at, how, row.step, row.ended_stays, row.drop_outs, row.person_weeks)


def _feedback(organization: int) -> tuple[FeedbackView, ...]:
    rows = SlipFeedback.objects.filter(organization_id=organization).select_related("recorded_by")
    return tuple(
        FeedbackView(row.words, row.recorded_by.name if row.recorded_by else "", row.recorded_at)
        for row in rows.order_by("-recorded_at", "-pk")[:MOST_FEEDBACK]
    )
