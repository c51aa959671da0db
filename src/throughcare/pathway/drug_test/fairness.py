"""The draw as everyone may see it: hashes before, seeds after, and whether each draw is as its seed gives it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.drug_tests.draw import Ask, Drawn
from throughcare.knowledge.drug_tests.proof import Proof
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.drug_test.drawing import PERIOD
from throughcare.pathway.drug_test.ordering import KIND
from throughcare.pathway.privacy import open_list, open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.records.tests import DrawnWeeks, DrawPeriod, InDraw, OrderedTest


@dataclass(frozen=True)
class PeriodView:
    """Four weeks of draws: the hash, when it was published, and the seed once they are over."""

    first_day: date
    last_day: date
    commitment: str
    published_at: datetime
    seed: str
    people: int
    tests: int

    @property
    def is_over(self) -> bool:
        """Whether the seed is shown."""
        return bool(self.seed)

    @property
    def status(self) -> str:
        """The key of its status word."""
        return "seed_shown" if self.seed else "seed_kept"


def draw_periods(*, by: Actor, at: datetime) -> tuple[PeriodView, ...]:
    """All periods, newest first, with how many people and tests were in each."""
    people: dict[int, set[int]] = defaultdict(set)
    tests: dict[int, int] = defaultdict(int)
    rows = OrderedTest.objects.filter(organization=by.organization, drawn__isnull=False)
    for period, patient in rows.values_list("drawn__period", "patient"):
        people[period].add(patient)
        tests[period] += 1
    open_list(KIND, sorted(set().union(*people.values())) if people else [], by=by, at=at)
    periods = DrawPeriod.objects.filter(organization=by.organization).order_by("-first_day")
    return tuple(_view(one, len(people[one.pk]), tests[one.pk]) for one in periods)


def proof_of(first_day: date, *, by: Actor, at: datetime) -> Proof:
    """The proof of a period that is over, with tickets for people. Raises `Cannot` while its seed is kept."""
    period = DrawPeriod.objects.filter(organization=by.organization, first_day=first_day).first()
    if period is None:
        raise Absent("draw period")
    if period.revealed_at is None:
        raise Cannot(
            f"The seed is shown on {period.first_day + PERIOD:%B %d, %Y}, when these four weeks are over. "
            "Until then nobody may know it."
        )
    drawn = list(
        DrawnWeeks.objects.select_related("entry").filter(period=period).order_by("entry", "first_day")
    )
    open_list(KIND, sorted({one.entry.patient_id for one in drawn}), by=by, at=at)
    return Proof(
        first_day,
        period.commitment,
        period.seed,
        tuple(_drawn(one) for one in drawn),
        _asked(drawn),
    )


@dataclass(frozen=True)
class OwnDraw:
    """One period as the person sees it: their own days, and what is wrong with them (nothing, if all is well)."""

    period: PeriodView
    days: tuple[date, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class MyDraw:
    """A person's place in the draw: their ticket, and the periods that concern them, newest first."""

    ticket: str
    has_own_word: bool
    periods: tuple[OwnDraw, ...]


def my_draw(*, by: Actor, at: datetime) -> MyDraw | None:
    """The person's own draws; days to come are not among them. None for who is not in the draw."""
    found = open_patient(own_patient(by=by), kind=KIND, by=by, at=at)
    entries = list(InDraw.objects.filter(patient=found).order_by("-pk"))
    if not entries:
        return None
    today = local_day(at, by.time_zone)
    drawn = DrawnWeeks.objects.select_related("entry", "period").filter(entry__in=entries)
    by_period: dict[int, list[DrawnWeeks]] = defaultdict(list)
    for one in drawn.order_by("first_day"):
        by_period[one.period_id].append(one)
    periods = DrawPeriod.objects.filter(organization=by.organization).order_by("-first_day")
    own = [
        _own(one, by_period[one.pk], today) for one in periods if one.pk in by_period or not one.revealed_at
    ]
    return MyDraw(str(entries[0].ticket), bool(entries[0].own_mark), tuple(own))


def _own(period: DrawPeriod, drawn: list[DrawnWeeks], today: date) -> OwnDraw:
    view = _view(period, 0, 0)
    days = tuple(day for one in drawn for day in _drawn(one).days if day <= today)
    if not view.is_over:
        return OwnDraw(view, days, ())
    proof = Proof(
        period.first_day, period.commitment, period.seed, tuple(_drawn(one) for one in drawn), _asked(drawn)
    )
    return OwnDraw(view, days, proof.check())


def _view(period: DrawPeriod, people: int, tests: int) -> PeriodView:
    return PeriodView(
        first_day=period.first_day,
        last_day=period.first_day + PERIOD - timedelta(days=1),
        commitment=period.commitment,
        published_at=period.recorded_at,
        seed=period.seed if period.revealed_at else "",
        people=people,
        tests=tests,
    )


def _drawn(one: DrawnWeeks) -> Drawn:
    ask = Ask(
        ticket=str(one.entry.ticket),
        first_day=one.first_day,
        weeks=one.weeks,
        count=one.count,
        candidates=tuple(date.fromisoformat(day) for day in one.candidates),
        not_after=one.not_after,
        own_mark=one.own_mark,
    )
    return Drawn(ask, tuple(date.fromisoformat(day) for day in one.days), one.entry.ends_on)


def _asked(drawn: list[DrawnWeeks]) -> dict[str, tuple[date, ...]]:
    tickets = {one.pk: str(one.entry.ticket) for one in drawn}
    found: dict[str, list[date]] = defaultdict(list)
    rows = OrderedTest.objects.filter(drawn__in=list(tickets)).order_by("local_day")
    for key, day in rows.values_list("drawn", "local_day"):
        if key is not None:
            found[tickets[key]].append(day)
    return {ticket: tuple(days) for ticket, days in found.items()}
