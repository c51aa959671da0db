"""What somebody was asked since they left, as rules read it; and the ways by which a message reaches them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from throughcare.knowledge.aftercare.answers import Answer, weigh_answer
from throughcare.knowledge.aftercare.rhythm import Asked
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.privacy.safe_ways import may_reach
from throughcare.knowledge.program_settings import Number
from throughcare.records.aftercare import AftercareAnswer, AftercareAsk
from throughcare.records.people import Patient

# Older answers no longer say how somebody stands; that they are there still counts.
WEIGHED_BACK = timedelta(days=75)
# The ways that a message may take, the first that is open to the person.
WAYS = (("text", "phone"), ("email", "email"))


def read_answer(row: AftercareAnswer) -> Answer:
    """The answers of a row."""
    return Answer(**row.answers)


def kept(answer: Answer) -> dict[str, object]:
    """The answers as a row keeps them: what was left out is left out."""
    return {code: value for code, value in asdict(answer).items() if value not in (None, "")}


def asked_of(
    plans: Iterable[int], *, zone: str, at: datetime, own: Mapping[str, Number] | None = None
) -> dict[int, list[Asked]]:
    """Everything that each of these plans (keys) asked, oldest first; two queries."""
    asks = list(AftercareAsk.objects.filter(plan__in=list(plans)).order_by("due_date", "pk"))
    answers = {
        row.ask_id: row for row in AftercareAnswer.objects.filter(ask__in=asks, retired_at__isnull=True)
    }
    found: dict[int, list[Asked]] = defaultdict(list)
    before: dict[int, Answer] = {}
    for ask in asks:
        row = answers.get(ask.pk)
        standing = ""
        if row is not None and row.recorded_at >= at - WEIGHED_BACK:
            answer = read_answer(row)
            standing = weigh_answer(answer, before.get(ask.plan_id), own).standing
            before[ask.plan_id] = answer
        elif row is not None:
            standing = "steady"
        on = local_day(row.recorded_at, zone) if row else None
        found[ask.plan_id].append(Asked(ask.occasion, ask.due_date, ask.closes_date, standing, on))
    return found


def ways_open(person: Patient, shut: Iterable[str]) -> Sequence[str]:
    """The first way that the person has an address for and has not shut."""
    closed = frozenset(shut)
    return tuple(way for way, column in WAYS if getattr(person, column) and may_reach(way, closed))[:1]
