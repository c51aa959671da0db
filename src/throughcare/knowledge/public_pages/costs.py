"""What care may cost a person, worked out from what they say and from the program's prices. Nothing here is a bill."""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.knowledge.sentence import Sentence

Money = int  # whole dollars: cents would promise more than an estimate knows

DAY_PRICE, FIRST_VISIT_PRICE = "price.program_day", "price.first_visit"
NOMINAL, FULL_FROM, STEPS = "sliding.nominal_day", "sliding.full_from", "sliding.steps"
FIRST_PERSON, EACH_MORE = "poverty.first_person", "poverty.each_more"
DAYS_A_WEEK, WEEKS = "min_days_week", "los.expected_weeks"
SETTINGS = (
    DAY_PRICE,
    FIRST_VISIT_PRICE,
    NOMINAL,
    FULL_FROM,
    STEPS,
    FIRST_PERSON,
    EACH_MORE,
    DAYS_A_WEEK,
    WEEKS,
)
POVERTY = "The poverty line for your household is {line} a year. Your income is {percent} percent of it."
SMALL_FEE = "Up to the poverty line you pay {fee} a day."
WHOLE_PRICE = "Above {limit} percent you pay the whole price of {price} a day."
PART = "With that income you pay {percent} percent of {price} a day."
OUR_PRICE = "We count with our price of {price} a day. Your plan may have a lower one with us."
DEDUCTIBLE = "First you pay the {left} that is left of your deductible."
COPAY = "Then you pay {copay} for each day."
SHARE = "Then you pay {percent} percent of each day."
LIMIT = "You never pay more than {limit} this year."

SLIDING_SOURCE = (
    "Sliding fee as in 42 CFR 51c.303(f): a small fixed fee up to the poverty line, then in steps."
)
ESTIMATE_RIGHT = "You have a right to a written estimate before you start (No Surprises Act, 45 CFR 149.610)."


@dataclass(frozen=True)
class Published:
    """What a study found that others charge, in dollars for a stay."""

    title: str
    low: Money
    high: Money
    unit: str
    source: str

    @property
    def low_words(self) -> str:
        """The lower amount as people write it."""
        return dollars(self.low)

    @property
    def high_words(self) -> str:
        """The higher amount as people write it."""
        return dollars(self.high)


RESIDENTIAL = Published(
    title="Live-in treatment",
    low=5712,
    high=17434,
    unit="asked up front for one stay, as nonprofit and as for-profit programs did on average",
    source="Beetham and others, Health Affairs, February 2021: calls to 613 programs as an adult without insurance",
)
RESIDENTIAL_TEEN = Published(
    title="Live-in treatment for teenagers",
    low=878,
    high=878,
    unit="a day on average",
    source="King and others, Health Affairs, January 2024: calls to 160 programs",
)


# Every sentence of this page, for who translates them.
SENTENCES = (
    POVERTY,
    SMALL_FEE,
    WHOLE_PRICE,
    PART,
    OUR_PRICE,
    DEDUCTIBLE,
    COPAY,
    SHARE,
    LIMIT,
    SLIDING_SOURCE,
    ESTIMATE_RIGHT,
    RESIDENTIAL.title,
    RESIDENTIAL.unit,
    RESIDENTIAL_TEEN.title,
    RESIDENTIAL_TEEN.unit,
)


@dataclass(frozen=True)
class Income:
    """Someone who pays themselves: how many live from what income a year."""

    people: int
    a_year: Money


@dataclass(frozen=True)
class Insurance:
    """What a person knows of their insurance: dollars still to pay before it pays, its share, and the year's limit.

    `share` is the part of a bill that the person pays after the deductible, 0 to 1; `copay` is dollars for each day.
    """

    deductible_left: Money = 0
    share: float = 0.0
    copay: Money = 0
    limit_left: Money | None = None


@dataclass(frozen=True)
class Estimate:
    """What a person may pay: the first week, at most in a later one, and all of it, with each step of the sum."""

    first_week: Money
    later_week: Money
    in_all: Money
    days: int
    weeks: int
    because: tuple[Sentence, ...]


def says_its_price(numbers: Mapping[str, float]) -> bool:
    """Whether the program has said what a day costs: without that there is no honest estimate."""
    return numbers[DAY_PRICE] > 0


def poverty_line(people: int, numbers: Mapping[str, float]) -> Money:
    """Dollars a year at the federal poverty line for a household."""
    return round(numbers[FIRST_PERSON] + max(0, people - 1) * numbers[EACH_MORE])


def sliding_part(income: Income, numbers: Mapping[str, float]) -> float:
    """Which part of the price is asked of someone with this income: 0 is the small fixed fee, 1 the whole price."""
    percent = 100 * income.a_year / poverty_line(income.people, numbers)
    if percent <= 100:
        return 0.0
    if percent > numbers[FULL_FROM]:
        return 1.0
    steps = int(numbers[STEPS])
    width = (numbers[FULL_FROM] - 100) / steps
    step = min(
        steps, int(-(-(percent - 100) // width))
    )  # rounded up: each step begins just above the last one
    return step / (steps + 1)


def estimate_without_insurance(income: Income, numbers: Mapping[str, float]) -> Estimate:
    """What someone pays by the sliding fee."""
    part, line = sliding_part(income, numbers), poverty_line(income.people, numbers)
    small = min(numbers[NOMINAL], numbers[DAY_PRICE])
    a_day = round(max(small, part * numbers[DAY_PRICE]))
    first = round(max(small, part * numbers[FIRST_VISIT_PRICE])) if numbers[FIRST_VISIT_PRICE] else 0
    because = (
        Sentence(POVERTY, line=dollars(line), percent=round(100 * income.a_year / line)),
        _asked(part, small, numbers),
    )
    return _estimate([a_day] * _days(numbers), first, numbers, because)


def _asked(part: float, small: float, numbers: Mapping[str, float]) -> Sentence:
    price = dollars(numbers[DAY_PRICE])
    if part == 0:
        return Sentence(SMALL_FEE, fee=dollars(small))
    if part == 1:
        limit = f"{numbers[FULL_FROM]:g}"
        return Sentence(WHOLE_PRICE, limit=limit, price=price)
    return Sentence(PART, percent=round(100 * part), price=price)


def estimate_with_insurance(insurance: Insurance, numbers: Mapping[str, float]) -> Estimate:
    """What someone pays beside their insurance, day after day until a limit is reached."""
    left: float = insurance.deductible_left
    limit: float | None = insurance.limit_left
    charges = [numbers[FIRST_VISIT_PRICE], *[numbers[DAY_PRICE]] * _days(numbers)]
    paid: list[Money] = []
    for charge in charges:
        own = min(left, charge)
        left -= own
        rest = charge - own
        pays = own + (min(rest, insurance.copay) if insurance.copay else rest * insurance.share)
        if limit is not None:
            pays = min(pays, limit)
            limit -= pays
        paid.append(round(pays))
    return _estimate(paid[1:], paid[0], numbers, _said(insurance, numbers))


def _said(insurance: Insurance, numbers: Mapping[str, float]) -> tuple[Sentence, ...]:
    price = dollars(numbers[DAY_PRICE])
    lines = [Sentence(OUR_PRICE, price=price)]
    if insurance.deductible_left:
        left = dollars(insurance.deductible_left)
        lines.append(Sentence(DEDUCTIBLE, left=left))
    if insurance.copay:
        lines.append(Sentence(COPAY, copay=dollars(insurance.copay)))
    elif insurance.share:
        percent = round(100 * insurance.share)
        lines.append(Sentence(SHARE, percent=percent))
    if insurance.limit_left is not None:
        limit = dollars(insurance.limit_left)
        lines.append(Sentence(LIMIT, limit=limit))
    return tuple(lines)


def _days(numbers: Mapping[str, float]) -> int:
    return int(numbers[DAYS_A_WEEK] * numbers[WEEKS])


def _estimate(
    days: list[Money], first: Money, numbers: Mapping[str, float], because: tuple[Sentence, ...]
) -> Estimate:
    per_week, weeks = int(numbers[DAYS_A_WEEK]), int(numbers[WEEKS])
    later = [sum(days[start : start + per_week]) for start in range(per_week, len(days), per_week)]
    return Estimate(
        first_week=first + sum(days[:per_week]),
        later_week=max(later, default=0),
        in_all=first + sum(days),
        days=per_week,
        weeks=weeks,
        because=because,
    )


def dollars(amount: float) -> str:
    """An amount as people write it."""
    return f"${round(amount):,}"
