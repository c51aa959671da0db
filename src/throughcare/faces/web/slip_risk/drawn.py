"""Slip risk as its pages show it: shares as percents, numbers in words."""

from dataclasses import dataclass
from datetime import datetime

from throughcare.knowledge.slip_risk.checking import BandCheck
from throughcare.knowledge.slip_risk.fairness import ATTRIBUTES, GroupCheck
from throughcare.pathway.slip_risk.fits import FAILED, FITTED, OFF, TOO_FEW, WEAK
from throughcare.pathway.slip_risk.model_page import CheckView, ModelPage
from throughcare.pathway.slip_risk.slip_list import SlipBand, SlipLine, SlipList

BAND_TITLES = {"high": "High risk", "raised": "Raised risk", "some": "Some risk", "low": "Low risk"}
TONES = {"high": "wrong", "raised": "watch", "some": "plain"}
HOW = {
    FITTED: "Fitted",
    WEAK: "Hardly better than chance: not shown",
    TOO_FEW: "Too few stays or drop-outs",
    OFF: "Turned off: not fitted",
    FAILED: "Did not come to an end",
    "running": "Running now",
}
STEPS = {
    "reading": "reading the stays",
    "counting": "counting weeks",
    "checking": "checking on held-out months",
    "fitting": "fitting on everything",
}
LANGUAGES = {"en": "English", "es": "Spanish"}


@dataclass(frozen=True)
class DrawnBand:
    """A band of the list: title, the share from which it begins, its people with their percents."""

    title: str
    tone: str
    least: str
    lines: tuple[tuple[SlipLine, str], ...]
    helped: tuple[str, ...]


@dataclass(frozen=True)
class DrawnReport:
    """Predicted against seen, in words and rows."""

    title: str
    said: str
    rows: tuple[tuple[str, int, str, str], ...]


@dataclass(frozen=True)
class DrawnGroup:
    """One group as a row; `caught` and `flags` in words."""

    name: str
    check: GroupCheck
    predicted: str
    seen: str
    caught: str


@dataclass(frozen=True)
class DrawnFit:
    """One attempt at a fit as a row."""

    began_at: datetime
    said: str
    ended_stays: int
    drop_outs: int


def helped_bands(found: SlipList) -> list[DrawnBand]:
    """The list's bands with their words."""
    return [_band(one) for one in found.bands]


def _band(one: SlipBand) -> DrawnBand:
    lines = tuple((line, _percent(line.risk)) for line in one.lines)
    return DrawnBand(BAND_TITLES[one.band], TONES[one.band], _percent(one.least), lines, one.helped)


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _exact(share: float) -> str:
    return f"{share:.1%}"


def terms(found: ModelPage) -> list[tuple[str, str, str]]:
    """Each number of the model: what it counts, its mean, and what one step more does to the odds."""
    return [(one.about, f"{one.mean:.2g}", _say_times(one.times, one.spread)) for one in found.terms]


def _say_times(times: float, spread: float) -> str:
    step = f"{spread:.2g} more"
    if 0.98 < times < 1.02:
        return f"{step}: hardly anything"
    if times > 1:
        return f"{step}: odds of dropping out × {times:.2f}"
    return f"{step}: odds of dropping out ÷ {1 / times:.2f}"


def reports(found: ModelPage) -> list[DrawnReport]:
    """The held-out months, then each month of use."""
    drawn = [] if found.held_out is None else [_report("Held-out months", found.held_out)]
    return [*drawn, *(_report(f"Said in {one.month}", one) for one in found.kept)]


def _report(title: str, one: CheckView) -> DrawnReport:
    if not one.looks:
        return DrawnReport(title, "Nothing to compare yet.", ())
    auc = f"{one.auc:.2f}" if one.auc is not None else "not known: all or none dropped out"
    better = "better" if one.brier < one.brier_of_average else "no better"
    said = (
        f"{one.looks:,} looks, {one.dropped_out:,} drop-outs within two weeks. Area under the curve {auc} (0.5 is "
        f"chance, 1 is perfect). Brier score {one.brier:.3f}, {better} than telling everybody the average "
        f"({one.brier_of_average:.3f})."
    )
    rows = tuple(
        (f"{BAND_TITLES[band.band]}, from {band.least:.0%}", band.looks, _exact(band.predicted), _seen(band))
        for band in one.bands
    )
    return DrawnReport(title, said, rows)


def _seen(band: BandCheck) -> str:
    return f"{band.seen:.1%} ({band.dropped_out})"


def groups(found: ModelPage) -> list[DrawnGroup]:
    """Each group of each attribute."""
    return [
        DrawnGroup(
            name=f"{ATTRIBUTES[one.attribute]}: {LANGUAGES.get(one.group, one.group)}",
            check=one,
            predicted=_exact(one.predicted),
            seen=f"{one.seen:.1%} ({one.dropped_out})",
            caught=f"{one.caught} of {one.dropped_out}" if one.dropped_out else "none dropped out",
        )
        for one in found.groups
    ]


def fits(found: ModelPage) -> list[DrawnFit]:
    """The last attempts at a fit."""
    return [
        DrawnFit(
            one.began_at,
            f"Running now: {STEPS.get(one.step, one.step)}" if one.how == "running" else HOW[one.how],
            one.ended_stays,
            one.drop_outs,
        )
        for one in found.fits
    ]
