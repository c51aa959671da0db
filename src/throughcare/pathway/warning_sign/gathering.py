"""Pictures of many people at once: one question for each kind of fact, however many people."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.planning.own_plans import RELAPSE, SAFETY
from throughcare.knowledge.program_settings import Number
from throughcare.knowledge.warning_signs.picture import (
    ContactFact,
    EventFact,
    Picture,
    PlanFact,
    ScoreFact,
    TierFact,
    WordsFact,
)
from throughcare.knowledge.warning_signs.sign import SETTINGS
from throughcare.pathway.daily_check_in.facts import days_of
from throughcare.pathway.drug_test.facts import tests_of
from throughcare.pathway.medication.facts import doses_of
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.safety_plan.facts import own_signs_of, plans_at_of
from throughcare.pathway.warning_sign import fact_rows
from throughcare.pathway.warning_sign.seats import sessions_of
from throughcare.records.among import Keys

# What was answered on the way to admission is part of the same story.
INTAKE = timedelta(days=60)
AHEAD = timedelta(days=14)
Fact = TypeVar("Fact")


@dataclass(frozen=True)
class Watched:
    """Someone in care (keys): whose picture is taken."""

    patient: int
    episode: int
    zone: str
    admitted_at: datetime
    level: str


@dataclass(frozen=True)
class Gathered:
    """The pictures by patient (key), and since when they know what comes and goes."""

    pictures: Mapping[int, Picture]
    since: datetime


def watched(patients: Sequence[int]) -> list[Watched]:
    """Of these patients (keys) those who are in care now."""
    return [Watched(*row) for row in fact_rows.in_care(Keys(patients))]


def pictures_of(people: Sequence[Watched], *, organization: int, at: datetime) -> Gathered:
    """A picture of each of these people at this moment; a fixed number of questions whoever they are."""
    if not people:
        return Gathered({}, at)
    own = numbers(*SETTINGS, organization=organization, on=local_day(at, people[0].zone))
    since = at - timedelta(days=float(own["signs.look_back_days"]))
    keys = Keys(who.patient for who in people)
    facts = _facts(people, keys, organization, since, at)
    return Gathered({who.patient: _picture(who, facts, own, at) for who in people}, since)


def _facts(
    people: Sequence[Watched], keys: Keys, organization: int, since: datetime, at: datetime
) -> dict[str, Mapping[int, Any]]:
    """Every kind of fact by patient, under the picture's own names."""
    patients = list(keys)
    first = min(who.admitted_at for who in people) - INTAKE
    episodes = {who.episode: who.patient for who in people}
    contacts = fact_rows.attempts(Keys(episodes), since, at)
    return {
        "sessions": sessions_of(keys, organization=organization, since=since, until=at + AHEAD),
        "contacts": _by_patient(
            (episodes[episode], ContactFact(moment, mode, outcome, by=str(who or "")))
            for episode, moment, mode, outcome, who in contacts
        ),
        "scores": _by_patient(
            (patient, _score(*columns))
            for patient, *columns in fact_rows.responses(organization, keys, first, since, at)
        ),
        "tiers": _by_patient(
            (patient, TierFact(moment, tier)) for patient, moment, tier in fact_rows.lowered(keys, at)
        ),
        "events": _by_patient(
            (patient, EventFact(str(uid), kind, moment, day))
            for patient, uid, kind, moment, day in fact_rows.events(organization, keys, at)
        ),
        "words": _by_patient(_words(row) for row in fact_rows.words(organization, keys, since, at)),
        "tests": tests_of(patients, since=since, at=at),
        "doses": doses_of(patients, since=since, at=at),
        "days": days_of(patients, since=since, at=at),
        "own_signs": own_signs_of(patients, at=at),
        "plan": {key: _plan(plans) for key, plans in plans_at_of(patients, at=at).items()},
    }


def _picture(
    who: Watched, facts: Mapping[str, Mapping[int, Any]], own: Mapping[str, Number], at: datetime
) -> Picture:
    known = {name: found.get(who.patient, ()) for name, found in facts.items()}
    known["plan"] = known["plan"] or PlanFact(is_known=True)
    return Picture(at=at, zone=who.zone, admitted_at=who.admitted_at, level=who.level, settings=own, **known)


def _score(
    code: str, moment: datetime, total: Any, band: str, critical: list[int], uid: Any, by: Any
) -> ScoreFact:
    return ScoreFact(
        code,
        moment,
        None if total is None else float(total),
        band,
        tuple(critical),
        str(uid),
        str(by or ""),
    )


def _words(row: tuple[Any, ...]) -> tuple[int, WordsFact]:
    patient, uid, moment, words, source, read_at = row
    return patient, WordsFact(
        str(uid), moment, words, "check-in" if source == "check_in" else "message", read_at
    )


def _plan(plans: Mapping[str, datetime]) -> PlanFact:
    return PlanFact(plans.get(SAFETY), plans.get(RELAPSE), is_known=True)


def _by_patient(pairs: Iterable[tuple[int, Fact]]) -> dict[int, tuple[Fact, ...]]:
    found: dict[int, list[Fact]] = defaultdict(list)
    for patient, fact in pairs:
        found[patient].append(fact)
    return {patient: tuple(facts) for patient, facts in found.items()}
