"""Whether a positive can still come from a known use: one the person disclosed, or one an earlier test found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from throughcare.knowledge.drug_tests.analytes import Analyte
from throughcare.knowledge.drug_tests.substances import find_substance
from throughcare.knowledge.program_settings import Number


@dataclass(frozen=True)
class Disclosure:
    """A use that the person told of before the result. `whole_days`: only the day is known, not the hour.

    `long_use`: whether it had gone on for long; None: not asked, which counts for the person.
    """

    substance: str
    last_used_at: datetime | None = None
    long_use: bool | None = None
    whole_days: bool = False


@dataclass(frozen=True)
class Earlier:
    """An earlier test: whether it was unexpected, which analytes it found so, and levels (ng/mL) with creatinine."""

    at: datetime
    unexpected: bool = False
    found: tuple[str, ...] = ()
    levels: Mapping[str, float] = field(default_factory=dict)
    creatinine: float | None = None


@dataclass(frozen=True)
class CarriedOver:
    """Whether it holds, why, and whether levels are needed to know better."""

    holds: bool
    because: str = ""
    needs_levels: bool = False


def carried_over(
    analyte: Analyte,
    *,
    at: datetime,
    matrix: str,
    disclosed: Sequence[Disclosure],
    earlier: Sequence[Earlier],
    level: float | None,
    creatinine: float | None,
    ratio: Number,
) -> CarriedOver:
    """Whether this analyte can still show from a known use. A level that rose by `ratio` speaks of new use."""
    rose = _rose(analyte, level, creatinine, [one for one in earlier if one.at < at])
    if analyte.needs_trend and rose is not None and rose >= ratio:
        return CarriedOver(False, f"its level by creatinine is {rose:.1f} times the earlier one: new use.")
    uses = [*_told(analyte, disclosed, at), *_found(analyte, earlier, at)]
    for since, long_use, how in sorted(uses, key=lambda use: use[0]):
        if analyte.shows_usually(since, matrix=matrix):
            return CarriedOver(True, f"{how}, and it shows that long.")
        if analyte.shows(since, matrix=matrix, long_use=long_use):
            unsure = analyte.needs_trend and rose is None
            return CarriedOver(True, f"{how}; after long use it shows that long.", needs_levels=unsure)
    if uses:
        return CarriedOver(False, "the known use is too long ago to show.")
    return CarriedOver(False)


Use = tuple[timedelta, bool | None, str]


def _told(analyte: Analyte, disclosed: Sequence[Disclosure], at: datetime) -> list[Use]:
    uses: list[Use] = []
    for one in disclosed:
        substance = find_substance(one.substance)
        gives = substance.gives if substance else ()
        if one.last_used_at is None or analyte.code not in gives:
            continue
        since = at - one.last_used_at
        if one.whole_days:
            since = timedelta(days=(at.date() - one.last_used_at.date()).days)
        if since >= timedelta(0):
            long_use = True if substance and substance.long_acting else one.long_use
            uses.append((since, long_use, f"the person told of {one.substance} before the test"))
    return uses


def _found(analyte: Analyte, earlier: Sequence[Earlier], at: datetime) -> list[Use]:
    """Uses that earlier tests found; none of them says that the use was long."""
    return [
        (at - one.at, False, f"the test of {one.at:%b} {one.at.day} found it already")
        for one in earlier
        if one.at < at and analyte.code in one.found
    ]


def _rose(
    analyte: Analyte, level: float | None, creatinine: float | None, earlier: Sequence[Earlier]
) -> float | None:
    """The level by creatinine as a multiple of the last earlier one; None where one of them is not known."""
    known = [one for one in earlier if one.levels.get(analyte.code) and one.creatinine]
    if level is None or not creatinine or not known:
        return None
    last = max(known, key=lambda one: one.at)
    return (level / creatinine) / (last.levels[analyte.code] / last.creatinine)  # type: ignore[operator]  # known above
