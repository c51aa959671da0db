"""Whether the model serves groups of people alike: predicted against seen, and how many of a group's drop-outs it saw
coming. Small groups are withheld. [ours]"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from throughcare.knowledge.clinic_calendar import age_on
from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.slip_risk.checking import Foreseen

AGE_BANDS = ((18, "under 18"), (26, "18 to 25"), (40, "26 to 39"), (60, "40 to 59"))
OLDEST = "60 and over"
ATTRIBUTES = {"age": "Age", "sex": "Sex", "language": "Language", "payer": "Payer"}
NOT_KNOWN = "not known"
# A difference counts when chance alone would rarely make it: two standard errors.
BEYOND_CHANCE = 2.0


@dataclass(frozen=True)
class GroupCheck:
    """One group; with `withheld` its numbers are left out, because too few people are behind them.

    `caught`: of those who dropped out, how many were among the fifth with the highest risks.
    """

    attribute: str
    group: str
    withheld: bool = False
    stays: int = 0
    looks: int = 0
    predicted: float = 0.0
    dropped_out: int = 0
    caught: int = 0
    flags: tuple[str, ...] = ()

    @property
    def seen(self) -> float:
        """The share that dropped out."""
        return self.dropped_out / self.looks if self.looks else 0.0


def age_band(born: date | None, on: date) -> str:
    """The age band of someone on a day."""
    if born is None:
        return NOT_KNOWN
    age = age_on(on, born)
    return next((word for below, word in AGE_BANDS if age < below), OLDEST)


def check_groups(
    found: Sequence[Foreseen], *, own: Mapping[str, Number] | None = None
) -> tuple[GroupCheck, ...]:
    """Every group of every attribute, the differences flagged."""
    bar = high_from(found)
    happened = [one for one in found if one.dropped_out]
    overall = sum(one.risk >= bar for one in happened) / len(happened) if happened else 0.0
    within: dict[tuple[str, str], list[Foreseen]] = {}
    for one in found:
        for attribute, group in one.groups:
            within.setdefault((attribute, group), []).append(one)
    return tuple(
        _group(attribute, group, those, bar=bar, overall=overall, own=own)
        for (attribute, group), those in sorted(within.items(), key=lambda item: _order(*item[0]))
    )


def high_from(found: Sequence[Foreseen]) -> float:
    """The risk from which somebody is among the highest fifth."""
    risks = sorted((one.risk for one in found), reverse=True)
    return risks[max(0, len(risks) // 5 - 1)] if risks else 1.0


def _order(attribute: str, group: str) -> tuple[int, int, str]:
    bands = [word for _, word in AGE_BANDS]
    return list(ATTRIBUTES).index(attribute), bands.index(group) if group in bands else len(bands), group


def _group(
    attribute: str,
    group: str,
    those: Sequence[Foreseen],
    *,
    bar: float,
    overall: float,
    own: Mapping[str, Number] | None,
) -> GroupCheck:
    stays = len({one.stay for one in those})
    if stays < value_of("slip_risk.smallest_group", own):
        return GroupCheck(attribute, group, withheld=True)
    happened = [one for one in those if one.dropped_out]
    caught = sum(one.risk >= bar for one in happened)
    return GroupCheck(
        attribute=attribute,
        group=group,
        stays=stays,
        looks=len(those),
        predicted=sum(one.risk for one in those) / len(those),
        dropped_out=len(happened),
        caught=caught,
        flags=(*_off_by(those, own), *_missed(len(happened), caught, overall, own)),
    )


def _off_by(those: Sequence[Foreseen], own: Mapping[str, Number] | None) -> tuple[str, ...]:
    expected = sum(one.risk for one in those)
    seen = sum(one.dropped_out for one in those)
    by_chance = sum(one.risk * (1 - one.risk) for one in those) ** 0.5
    gap = (seen - expected) / len(those)
    if abs(gap) < value_of("slip_risk.fair_gap", own) or abs(seen - expected) < BEYOND_CHANCE * by_chance:
        return ()
    if gap > 0:
        return (f"Risk is told too low: {expected:.0f} drop-outs were expected, {seen} came.",)
    return (f"Risk is told too high: {expected:.0f} drop-outs were expected, {seen} came.",)


def _missed(happened: int, caught: int, overall: float, own: Mapping[str, Number] | None) -> tuple[str, ...]:
    if happened < value_of("slip_risk.least_to_compare", own):
        return ()
    share = caught / happened
    if overall - share < value_of("slip_risk.fair_caught", own):
        return ()
    return (
        f"{caught} of {happened} drop-outs were among the highest risks; of everyone's it is {overall:.0%}.",
    )
