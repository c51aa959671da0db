"""Stays as the slip-risk model reads them, any number of them in eight queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.referring.referrals import OUTCOMES
from throughcare.knowledge.slip_risk.fairness import NOT_KNOWN, age_band
from throughcare.knowledge.slip_risk.history import DROPPED_OUT, Answered, Asked, Call, Expected, History
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy import at_sites
from throughcare.records.among import Keys
from throughcare.records.attendance import Attendance
from throughcare.records.check_ins import CheckIn
from throughcare.records.consents import Consent
from throughcare.records.discharges import Discharge
from throughcare.records.episodes import ContactAttempt, Episode
from throughcare.records.measures import MeasureRequest, MeasureResponse

# Before the admission too: the first PHQ-9 is often that of the assessment.
INTAKE = timedelta(days=45)
# What a look needs of sessions, check-ins and calls.
LOOK_BACK = timedelta(days=35)
SCORE = "phq-9"
# Kinds of recipient that pay.
PAYERS = frozenset({"health_plan", "payer"})
REACHED = frozenset(code for code, outcome in OUTCOMES.items() if outcome.reached)


class InCare(NamedTuple):
    """One stay by keys, with the zone of its site."""

    episode: int
    patient: int
    site: int
    zone: str
    admitted_at: datetime
    ended_at: datetime | None

    @property
    def admitted(self) -> date:
        """The day of the admission at the site."""
        return local_day(self.admitted_at, self.zone)

    @property
    def ended(self) -> date | None:
        """The day on which the stay ended at the site."""
        return local_day(self.ended_at, self.zone) if self.ended_at else None


COLUMNS = ("pk", "patient", "site", "site__time_zone", "admitted_at", "ended_at")


def open_stays(*, by: Actor) -> list[InCare]:
    """Everyone in care now at the sites whose list is open to `by`."""
    rows = Episode.objects.filter(organization_id=by.organization, ended_at__isnull=True)
    return [InCare(*row) for row in at_sites(rows, "slip_risk", by=by).order_by("pk").values_list(*COLUMNS)]


def stays_since(organization: int, since: datetime) -> list[InCare]:
    """Every stay that began since a moment."""
    rows = Episode.objects.filter(organization_id=organization, admitted_at__gte=since)
    return [InCare(*row) for row in rows.order_by("pk").values_list(*COLUMNS)]


def current_histories(stays: Sequence[InCare], *, organization: int, on: date) -> dict[int, History]:
    """What a look at these stays (by episode) needs to know on a day: the last weeks, and every PHQ-9."""
    return _histories(stays, organization=organization, since=on - LOOK_BACK, ended={}, groups={})


def whole_histories(stays: Sequence[InCare], *, organization: int) -> list[History]:
    """These stays from beginning to end, with how they ended and the groups that fairness is checked by."""
    if not stays:
        return []
    keys = Keys(one.episode for one in stays)
    reasons = dict(Discharge.objects.filter(episode__among=keys).values_list("episode", "reason"))
    people = Episode.objects.filter(pk__among=keys).values_list(
        "pk", "patient__birth_date", "patient__sex", "patient__language"
    )
    payers = _payers(Keys(one.patient for one in stays))
    by_key = {one.episode: one for one in stays}
    groups = {
        key: (
            ("age", age_band(born, by_key[key].admitted)),
            ("sex", sex or NOT_KNOWN),
            ("language", (language or NOT_KNOWN).lower()),
            ("payer", payers.get(by_key[key].patient, NOT_KNOWN)),
        )
        for key, born, sex, language in people
    }
    since = min(one.admitted for one in stays)
    found = _histories(stays, organization=organization, since=since, ended=reasons, groups=groups)
    return list(found.values())


def _payers(patients: Keys) -> dict[int, str]:
    """Who pays for each patient (key), as far as known: the plan or payer of the newest consent that names one.

    Written in two ways it is one payer still.
    """
    rows = Consent.objects.filter(
        patient__among=patients, given_at__isnull=False, recipient__kind__in=PAYERS
    ).order_by("given_at", "pk")
    spelled: dict[str, str] = {}
    return {
        patient: spelled.setdefault(" ".join(name.casefold().split()), name)
        for patient, name in rows.values_list("patient", "recipient__name")
    }


@dataclass
class _Facts:
    """What was found about one person, day by day, of all their stays."""

    sessions: list[Expected]
    cravings: list[Answered]
    scores: list[Answered]
    asked: list[Asked]
    calls: list[Call]


def _histories(
    stays: Sequence[InCare],
    *,
    organization: int,
    since: date,
    ended: Mapping[int, str],
    groups: Mapping[int, tuple[tuple[str, str], ...]],
) -> dict[int, History]:
    zones = {one.patient: one.zone for one in stays}
    asked = _Asked(organization, Keys(zones), Keys(one.episode for one in stays), since)
    found = _facts(asked, zones)
    return {one.episode: _history(one, found[one.patient], ended, groups) for one in stays}


def _history(
    stay: InCare,
    facts: _Facts,
    ended: Mapping[int, str],
    groups: Mapping[int, tuple[tuple[str, str], ...]],
) -> History:
    first, last = stay.admitted, stay.ended or date.max

    def of_stay(rows: Iterable[Any], *, before: timedelta = timedelta(0)) -> tuple[Any, ...]:
        return tuple(row for row in rows if first - before <= row[0] <= last)

    return History(
        key=stay.episode,
        admitted=first,
        ended=stay.ended,
        dropped_out=ended.get(stay.episode, "") in DROPPED_OUT,
        sessions=of_stay(facts.sessions),
        cravings=of_stay(facts.cravings),
        scores=of_stay(facts.scores, before=INTAKE),
        asked=of_stay(facts.asked),
        calls=of_stay(facts.calls),
        groups=groups.get(stay.episode, ()),
    )


@dataclass(frozen=True)
class _Asked:
    """About whom facts are asked for, and since when."""

    organization: int
    patients: Keys
    episodes: Keys
    since: date

    def sessions(self) -> Iterable[tuple[Any, ...]]:
        """Patient, day, status, minutes, planned minutes and type of each session."""
        rows = Attendance.objects.filter(
            organization_id=self.organization,
            patient__among=self.patients,
            local_day__gte=self.since,
            retired_at__isnull=True,
        )
        return rows.order_by("local_day", "pk").values_list(
            "patient", "local_day", "status", "minutes", "planned_minutes", "session__session_type"
        )

    def check_ins(self) -> Iterable[tuple[int, date, Mapping[str, Any]]]:
        """Patient, day and answers of each check-in."""
        rows = CheckIn.objects.filter(
            organization_id=self.organization,
            patient__among=self.patients,
            session__local_day__gte=self.since,
            retired_at__isnull=True,
        )
        rows = rows.order_by("session__local_day", "pk")
        return rows.values_list("patient", "session__local_day", "answers")

    def scores(self) -> Iterable[tuple[int, datetime, Any]]:
        """Patient, moment and total of each PHQ-9, however old."""
        rows = MeasureResponse.objects.filter(
            organization_id=self.organization,
            patient__among=self.patients,
            code=SCORE,
            retired_at__isnull=True,
            total__isnull=False,
        )
        return rows.order_by("taken_at", "pk").values_list("patient", "taken_at", "total")

    def asked(self) -> Iterable[tuple[int, date, datetime | None]]:
        """Patient, due day and moment of the answer of each questionnaire asked for."""
        rows = MeasureRequest.objects.filter(
            organization_id=self.organization, patient__among=self.patients, due_date__gte=self.since
        )
        return rows.order_by("due_date", "pk").values_list("patient", "due_date", "response__taken_at")

    def calls(self) -> Iterable[tuple[int, datetime, str]]:
        """Patient, moment and outcome of each attempt to reach them."""
        rows = ContactAttempt.objects.filter(episode__among=self.episodes, attempted_at__date__gte=self.since)
        columns = ("episode__patient", "attempted_at", "outcome")
        return rows.order_by("attempted_at", "pk").values_list(*columns)


def _facts(asked: _Asked, zones: Mapping[int, str]) -> dict[int, _Facts]:
    found: dict[int, _Facts] = defaultdict(lambda: _Facts([], [], [], [], []))
    for patient, *row in asked.sessions():
        found[patient].sessions.append(_expected(*row))
    for patient, day, answers in asked.check_ins():
        if answers.get("craving") is not None:
            found[patient].cravings.append(Answered(day, float(answers["craving"])))
    for patient, taken_at, total in asked.scores():
        found[patient].scores.append(Answered(local_day(taken_at, zones[patient]), float(total)))
    for patient, due, answered_at in asked.asked():
        answered = local_day(answered_at, zones[patient]) if answered_at else None
        found[patient].asked.append(Asked(due, answered))
    for patient, tried_at, outcome in asked.calls():
        found[patient].calls.append(Call(local_day(tried_at, zones[patient]), outcome in REACHED))
    return found


def _expected(day: date, status: str, minutes: int, planned: int, kind: str) -> Expected:
    return Expected(day, status, minutes, planned, kind, is_make_up=not planned and minutes > 0)
