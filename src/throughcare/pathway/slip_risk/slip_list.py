"""The list: who may drop out in the next two weeks, ranked, with the facts that weigh most; or why there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.slip_risk.features import values_of
from throughcare.knowledge.slip_risk.helped import Helped
from throughcare.knowledge.slip_risk.history import History
from throughcare.knowledge.slip_risk.model import BANDS, Model, Reason, band_of
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import CannotSee, require
from throughcare.pathway.privacy import may_access
from throughcare.pathway.privacy.guards import open_roster
from throughcare.pathway.program_settings import number, numbers
from throughcare.pathway.slip_risk.fits import TOO_FEW, WEAK, last_fit, model_in_force
from throughcare.pathway.slip_risk.histories import LOOK_BACK, InCare, current_histories, open_stays
from throughcare.pathway.slip_risk.switch import KIND, switched
from throughcare.records.among import Keys
from throughcare.records.episodes import Episode
from throughcare.records.slip_risk import SlipFit


@dataclass(frozen=True)
class SlipLine:
    """One person: the risk of the next two weeks, and the facts that weigh most."""

    patient: UUID
    name: str
    week: int
    risk: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SlipBand:
    """The people of one band, the highest risk first, and what went along with staying for people like them."""

    band: str
    least: float
    lines: tuple[SlipLine, ...]
    helped: tuple[str, ...]


@dataclass(frozen=True)
class AwayLine:
    """Someone who was away for more than a week: nothing is predicted of them. No last day: longer than was looked."""

    patient: UUID
    name: str
    last_seen: date | None
    days: int


@dataclass(frozen=True)
class SlipList:
    """The page. `why_off` is empty when there is a list; then `fitted_at` is when its model was fitted."""

    why_off: str
    fitted_at: datetime | None
    bands: tuple[SlipBand, ...]
    low: int
    away: tuple[AwayLine, ...]
    may_switch: bool


def slip_list(*, by: Actor, at: datetime) -> SlipList:
    """Who may drop out in the next two weeks. The queries don't grow with the people."""
    require(may_access(KIND, by=by), CannotSee)
    may_switch = bool(may_access(KIND, by=by, verb="change"))
    why_off = say_why_off(by.organization, at=at)
    found = None if why_off else model_in_force(by.organization)
    if found is None:
        return SlipList(why_off or NOT_YET, None, (), 0, (), may_switch)
    fit, model = found
    stays = open_stays(by=by)
    hidden = open_roster(KIND, [one.patient for one in stays], by=by, at=at)
    stays = [one for one in stays if one.patient not in hidden]
    histories = current_histories(stays, organization=by.organization, on=at.date())
    people = _people(stays)
    lines, away = [], []
    for stay in stays:
        today, history, (uid, name) = local_day(at, stay.zone), histories[stay.episode], people[stay.episode]
        if history.is_looked_at(today):
            lines.append(_line(uid, name, history, today, model))
        else:
            last = history.last_seen(today)
            longer = last < today - LOOK_BACK
            away.append(AwayLine(uid, name, None if longer else last, (today - last).days))
    ranked = sorted(lines, key=lambda one: (-one.risk, one.name.casefold()))
    smallest = number("slip_risk.least_helped", organization=by.organization, on=at.date())
    return SlipList(
        why_off="",
        fitted_at=fit.began_at,
        bands=_bands(ranked, fit, smallest=smallest),
        low=sum(band_of(one.risk) == BANDS[0][1] for one in ranked),
        away=tuple(sorted(away, key=lambda one: (-one.days, one.name.casefold()))),
        may_switch=may_switch,
    )


NOT_YET = "No model was fitted yet. The worker looks for one within the hour."


def say_why_off(organization: int, *, at: datetime) -> str:
    """Why there is no list, in words; empty when there is one."""
    switch = switched(organization)
    if not switch.is_on:
        return f"Turned off by {switch.by} on {_day(switch.since)}: {switch.because}"
    if model_in_force(organization) is not None:
        return ""
    last = last_fit(organization)
    if last is None:
        return NOT_YET
    return _say(last, at=at)


def _say(last: SlipFit, *, at: datetime) -> str:
    own = numbers(
        "slip_risk.least_ended",
        "slip_risk.least_drop_outs",
        organization=last.organization_id,
        on=at.date(),
    )
    if last.ended_at is None:
        return "The first model is being fitted right now."
    if last.how == TOO_FEW:
        return (
            f"Off until there is enough to learn from: {last.ended_stays:,} of {own['slip_risk.least_ended']} ended "
            f"stays and {last.drop_outs:,} of {own['slip_risk.least_drop_outs']} drop-outs are here."
        )
    if last.how == WEAK:
        return "Off: on the months it had not seen, the model ordered people hardly better than chance."
    return "Off: the last fit did not come to an end. The worker tries again when the next one is due."


def _day(moment: datetime | None) -> str:
    return f"{moment:%b} {moment.day}, {moment.year}" if moment else ""


def _people(stays: Sequence[InCare]) -> Mapping[int, tuple[UUID, str]]:
    keys = Keys(one.episode for one in stays)
    rows = Episode.objects.filter(pk__among=keys).select_related("patient")
    return {row.pk: (row.patient.uid, row.patient.called) for row in rows}


def _line(uid: UUID, name: str, history: History, today: date, model: Model) -> SlipLine:
    values = values_of(history, today)
    week = (today - history.admitted).days // 7 + 1
    return SlipLine(uid, name, week, model.two_weeks(values), model.reasons(values))


def _bands(ranked: Sequence[SlipLine], fit: SlipFit, *, smallest: int) -> tuple[SlipBand, ...]:
    counts: list[dict[str, Any]] = (fit.checks or {}).get("helped", [])
    return tuple(
        SlipBand(
            band=word,
            least=least,
            lines=those,
            helped=tuple(
                said
                for one in counts
                if one["band"] == word and (said := Helped(**one).said(smallest=smallest))
            ),
        )
        for least, word in reversed(BANDS[1:])
        if (those := tuple(one for one in ranked if band_of(one.risk) == word))
    )
