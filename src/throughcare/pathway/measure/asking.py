"""Asking a person for a questionnaire: by staff for today, and by the schedule ahead of its day."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from throughcare.knowledge.clinic_calendar import age_on, local_day
from throughcare.knowledge.measure_schedule import (
    AHEAD_SETTING,
    ASKED,
    FOLLOW_UPS,
    LICENSED,
    SETTINGS,
    Course,
    due_until,
)
from throughcare.knowledge.privacy.safe_ways import may_reach
from throughcare.knowledge.questionnaires.library import CannotFind, find
from throughcare.pathway.actor import Actor, the_program
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.measure.licensed_wording import worded
from throughcare.pathway.measure.measure_links import link_for
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.message.outbox import put_message, to_patient
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.program_settings import numbers
from throughcare.records.episodes import Episode
from throughcare.records.measures import MeasureRequest, MeasureResponse
from throughcare.records.organizations import Organization
from throughcare.records.people import Patient

WORK = "questionnaires that come due"
SUBJECT = "A few questions wait for you"
WORDS = "A few questions wait for you. They take some minutes, and you can stop and go on later: {address}"
# The ways that a reminder may take, the first that is open to the person.
WAYS = (("email", "email"), ("text", "phone"))


@transaction.atomic
def ask_now(patient: UUID, code: str, *, by: Actor, at: datetime) -> None:
    """Ask a person for one more questionnaire, from today on; asking twice is asking once. Raises `Cannot`."""
    row = open_patient(patient, kind="measure", by=by, at=at, verb="change")
    try:
        found = find(code)
    except CannotFind:
        raise Cannot("Choose a questionnaire from the list.", field="code") from None
    today = local_day(at, zone_of(row))
    asked = MeasureRequest.objects.filter(patient=row, code=found.code, due_date=today).first()
    if asked is not None and hasattr(asked, "response"):
        raise Cannot("This was answered today already.", field="code")
    if asked is None:
        MeasureRequest.objects.create(
            organization_id=row.organization_id,
            patient=row,
            code=found.code,
            due_date=today,
            opens_date=today,
            occasion=ASKED,
            recorded_by_id=by.account,
            recorded_at=at,
        )


def ask_what_is_due(*, at: datetime, address: Callable[[str], str]) -> str:
    """Ask everyone in every organization for what their schedule says, and tell them; what was done.

    `address` makes the address of a link of its token.
    """
    asked = told = 0
    for key in Organization.objects.values_list("pk", flat=True):
        asked += _ask(key, at=at)
        told += _tell(key, at=at, address=address)
    return f"{asked} asked, {told} told" if asked or told else "nothing due"


@transaction.atomic
def _ask(organization: int, *, at: datetime) -> int:
    today = local_day(at, "UTC")
    own = numbers(*SETTINGS, organization=organization, on=today)
    reach = timedelta(days=max(int(own[key]) for key in FOLLOW_UPS) + 14)
    episodes = _newest_of_each(
        Episode.objects.select_related("patient", "site")
        .filter(organization_id=organization, admitted_at__lte=at)
        .exclude(ended_at__lt=at - reach)
        .order_by("admitted_at", "pk")
    )
    last, ever = _last_asked(organization, since=today - reach), _answered_ever(organization)
    own_wordings = worded(organization, LICENSED)
    rows = []
    for episode in episodes:
        zone, person = episode.site.time_zone, episode.patient
        day = local_day(at, zone)
        course = Course(
            admitted=local_day(episode.admitted_at, zone),
            ended=local_day(episode.ended_at, zone) if episode.ended_at else None,
            age=age_on(day, person.birth_date) if person.birth_date else None,
            answered_ever=frozenset(ever.get(person.pk, ())),
            last_asked=last.get(person.pk, {}),
            worded=own_wordings,
        )
        rows += [
            MeasureRequest(
                organization_id=organization,
                patient=person,
                code=due.code,
                due_date=due.due_date,
                opens_date=due.opens_date,
                occasion=due.occasion,
                recorded_at=at,
            )
            for due in due_until(course, day + timedelta(days=int(own[AHEAD_SETTING])), own)
        ]
    MeasureRequest.objects.bulk_create(rows, ignore_conflicts=True)
    people = sorted({row.patient_id for row in rows})
    note_own_work(WORK, "measure", people, organization=organization, at=at)
    return len(rows)


def _newest_of_each(episodes: Iterable[Episode]) -> Sequence[Episode]:
    return tuple({episode.patient_id: episode for episode in episodes}.values())


def _last_asked(organization: int, *, since: date) -> dict[int, dict[str, date]]:
    found: dict[int, dict[str, date]] = defaultdict(dict)
    rows = MeasureRequest.objects.filter(organization_id=organization, due_date__gte=since)
    for patient, code, day in rows.values_list("patient", "code").annotate(Max("due_date")).order_by():
        found[patient][code] = day
    return found


def _answered_ever(organization: int) -> dict[int, set[str]]:
    """Who answered the questionnaire on trauma once: they are asked again."""
    rows = MeasureResponse.objects.filter(
        organization_id=organization, code="pcl-5", retired_at__isnull=True
    ).values_list("patient", "code")
    found: dict[int, set[str]] = defaultdict(set)
    for patient, code in rows.order_by().distinct():
        found[patient].add(code)
    return found


@transaction.atomic
def _tell(organization: int, *, at: datetime, address: Callable[[str], str]) -> int:
    """One neutral message a person about all that has opened and that they were not told of."""
    today = local_day(at, "UTC")
    due = (
        MeasureRequest.objects.select_for_update(of=("self",))
        .select_related("patient")
        .filter(
            organization_id=organization,
            told_at__isnull=True,
            opens_date__lte=today,
            due_date__gte=today,
            ended_at__isnull=True,
            response__isnull=True,
        )
    )
    people = {row.patient_id: row.patient for row in due}
    shut = ways_shut(list(people))
    told = 0
    for key, person in sorted(people.items()):
        ways = _ways(person, shut.get(key, frozenset()))
        if ways:
            token = link_for(person, by=the_program(organization), at=at)
            put_message(
                to_patient(key),
                subject=SUBJECT,
                words=WORDS.format(address=address(token)),
                key=f"questions {person.uid} {today}",
                ways=ways,
                organization=organization,
                at=at,
            )
            told += 1
    MeasureRequest.objects.filter(pk__in=[row.pk for row in due]).update(told_at=at)
    return told


def _ways(person: Patient, shut: Iterable[str]) -> tuple[str, ...]:
    """The first way that the person has an address for and has not shut."""
    closed = frozenset(shut)
    return tuple(way for way, column in WAYS if getattr(person, column) and may_reach(way, closed))[:1]
