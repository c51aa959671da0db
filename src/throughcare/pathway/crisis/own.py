"""Help for the person: their own call, and what became of it, in the words of a page that may be all they have."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.pathway.crisis.calling_again import AGAIN, add_to_open_call
from throughcare.pathway.crisis.hearing import KIND, hear_about
from throughcare.pathway.crisis.raising import raise_crisis
from throughcare.pathway.privacy import find_patient, open_patient
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.pathway.program_settings import number
from throughcare.records.crises import Crisis, CrisisPage, CrisisTaking

# What a person reads of: what they said to us themselves. What others told us is not theirs to read here.
OWN_SOURCES = ("button", "text", "check_in", "message", "measure")
SHOWN_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class OwnLine:
    """One thing that happened to somebody's call."""

    at: datetime
    words: str


@dataclass(frozen=True)
class OwnCall:
    """A call for help and what became of it. `silence_left`: seconds until we say that no page `has_left` the house."""

    uid: UUID
    raised_at: datetime
    lines: tuple[OwnLine, ...]
    has_left: bool
    taken_by: str
    is_over: bool
    silence_left: int


@transaction.atomic
def call_for_help(
    words: str, callback: str, *, key: str, happened_at: datetime | None = None, by: Actor, at: datetime
) -> UUID:
    """The person presses the button: somebody is paged at once. While a call still climbs, it is added to that.

    `happened_at` is when they pressed, where that could not be written down at once.
    """
    patient = hear_about(own_patient(by=by), by=by, at=at)
    already = add_to_open_call(patient, OWN_SOURCES, words, callback, key=key, by=by, at=at)
    return already or raise_crisis(
        patient,
        priority="P1",
        source="button",
        words=words,
        callback=callback,
        key=key,
        happened_at=happened_at,
        by=by,
        at=at,
    )


@transaction.atomic
def call_about(
    patient: UUID,
    words: str,
    callback: str,
    *,
    key: str,
    happened_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> UUID:
    """Somebody near to a person presses the button for them; a call of theirs that still climbs is added to."""
    found = hear_about(patient, by=by, at=at)
    already = add_to_open_call(found, ("family",), words, callback, key=key, only_by=by.account, by=by, at=at)
    return already or raise_crisis(
        found,
        priority="P1",
        source="family",
        words=words,
        callback=callback,
        key=key,
        happened_at=happened_at,
        by=by,
        at=at,
    )


def own_calls(*, by: Actor, at: datetime) -> tuple[OwnCall, ...]:
    """A person's own calls of the last day and those that are open, newest first."""
    patient = find_patient(own_patient(by=by), by=by)
    open_patient(patient, kind=KIND, by=by, at=at)
    return _calls(_own(patient.pk, by=by), by=by, at=at)


def calls_about(patient: UUID, *, by: Actor, at: datetime) -> tuple[OwnCall, ...]:
    """What became of the calls that somebody near to a person made themselves; nothing else of the person."""
    found = hear_about(patient, by=by, at=at)
    rows = Crisis.objects.filter(
        organization_id=by.organization, patient=found, source="family", recorded_by=by.account
    )
    return _calls(rows, by=by, at=at)


def own_mark(*, by: Actor, patient: UUID | None = None) -> str:
    """Changes whenever there is news of somebody's own calls; opens no record."""
    if patient is not None:
        rows = Crisis.objects.filter(
            organization_id=by.organization, patient__uid=patient, source="family", recorded_by=by.account
        )
    elif by.patient is not None:
        rows = _own(by.patient, by=by)
    else:
        raise Absent("own record")
    return _mark(rows)


def _mark(rows: QuerySet[Crisis]) -> str:
    pages = CrisisPage.objects.filter(crisis__in=rows)
    newest = (
        rows.aggregate(one=Max("pk"))["one"],
        pages.aggregate(one=Max("pk"))["one"],
        pages.filter(message__dispatched_at__isnull=False).count(),
        CrisisTaking.objects.filter(crisis__in=rows).aggregate(one=Max("pk"))["one"],
        rows.filter(closing__isnull=False).count(),
    )
    return "-".join(str(value or 0) for value in newest)


def _own(patient: int, *, by: Actor) -> QuerySet[Crisis]:
    return Crisis.objects.filter(organization_id=by.organization, patient=patient, source__in=OWN_SOURCES)


def _calls(
    rows: QuerySet[Crisis], *, by: Actor, at: datetime, shown_for: timedelta = SHOWN_FOR
) -> tuple[OwnCall, ...]:
    seconds = number("crisis.silence_seconds", organization=by.organization, on=local_day(at, by.time_zone))
    found = rows.select_related("closing").prefetch_related(
        "pages__account", "pages__message", "takings__account", "entries"
    )
    return tuple(
        _call(row, timedelta(seconds=seconds), at=at)
        for row in found.order_by("-pk")
        if not hasattr(row, "closing") or row.recorded_at > at - shown_for
    )


def _call(row: Crisis, silence: timedelta, *, at: datetime) -> OwnCall:
    pages = sorted(row.pages.all(), key=lambda one: one.pk)
    takings = sorted(row.takings.all(), key=lambda one: one.number)
    left = [page for page in pages if page.message.dispatched_at]
    lines = [OwnLine(row.happened_at, _("You pressed the button."))] if row.happened_at else []
    lines.append(OwnLine(row.recorded_at, _("We have your call.")))
    told: set[int] = set()
    for page in left:
        again = page.account_id in told
        told.add(page.account_id)
        sent = page.message.dispatched_at or page.recorded_at
        paged = _("{name} was paged again.") if again else _("{name} was paged.")
        lines.append(OwnLine(sent, paged.format(name=_given(page.account.name))))
    for taking in takings:
        has_it = _("{name} has your call.").format(name=_given(taking.account.name))
        lines.append(OwnLine(taking.recorded_at, has_it))
    for entry in row.entries.all():
        if entry.kind == AGAIN:
            lines.append(OwnLine(entry.happened_at, _("We have your new call too.")))
        elif entry.kind == "tried":
            lines.append(OwnLine(entry.happened_at, _("We tried to reach you.")))
    over = hasattr(row, "closing")
    return OwnCall(
        row.uid,
        row.recorded_at,
        tuple(sorted(lines, key=lambda line: line.at)),
        bool(left) or bool(takings),
        _given(takings[-1].account.name) if takings else "",
        over,
        max(0, int((row.recorded_at + silence - at).total_seconds())),
    )


def _given(name: str) -> str:
    """How staff are called on a person's own pages."""
    return name.split()[0] if name.split() else _("Somebody")


def logged_call(crisis: UUID, *, by: Actor, at: datetime) -> tuple[OwnCall, str]:
    """What became of a call that `by` took, with its mark; nothing of anybody's record. Raises `Absent`."""
    rows = Crisis.objects.filter(
        organization_id=by.organization, uid=crisis, recorded_by=by.account, recorded_by__isnull=False
    )
    found = _calls(rows, by=by, at=at, shown_for=timedelta(days=3650))
    if not found:
        raise Absent("crisis")
    return found[0], _mark(rows)
