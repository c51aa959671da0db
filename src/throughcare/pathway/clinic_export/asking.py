"""Asking for an export of the whole clinic, and a second person's answer. One may not do it alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor, Asked, Page
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.clinic.clinic_views import today_at_clinic
from throughcare.pathway.privacy.book import append
from throughcare.pathway.privacy.notices import give_notice
from throughcare.pathway.privacy.own_work import COMMAND
from throughcare.pathway.program_settings import number
from throughcare.records.clinic_exports import ExportAnswer, ExportRequest, ExportTaking
from throughcare.records.people import Patient

ASK = frozenset({"admin", "director"})
ANSWER = frozenset({"admin", "director", "compliance"})
HOLDS = "privacy.export_hours"
SHOWN = 50
SHORTEST_REASON = 10


@dataclass(frozen=True)
class ExportView:
    """One request. `standing` is export_asked, export_allowed, export_lapsed, refused or taken."""

    uid: UUID
    reason: str
    asked_by: str
    asked_at: datetime
    answered_by: str
    answered_at: datetime | None
    words: str
    taken_at: datetime | None
    people: int
    standing: str
    may_answer: bool


@dataclass(frozen=True)
class Allowance:
    """An export that two people stand for: whose, why, who, and on which day it is taken."""

    request: UUID
    organization: int
    clinic: str
    reason: str
    asked_by: str
    allowed_by: str
    taken_at: datetime

    @property
    def watermark(self) -> str:
        """The line that stands on everything that is taken."""
        head = f"{self.clinic}, export {self.request}, {self.taken_at:%Y-%m-%d %H:%M} UTC"
        return f"{head}: asked for by {self.asked_by}, allowed by {self.allowed_by}."


@transaction.atomic
def ask_for_export(*, reason: str, by: Actor, at: datetime) -> UUID:
    """Ask that everything be exported, and tell the privacy officer. Raises `Cannot`."""
    _who(by, ASK, "Only an administrator or a director asks for an export of the whole clinic.")
    words = reason.strip()
    if len(words) < SHORTEST_REASON:
        raise Cannot("Say what the export is for, so that someone else can judge it.", field="reason")
    row = ExportRequest.objects.create(
        organization_id=by.organization, reason=words, recorded_by_id=by.account, recorded_at=at
    )
    _tell(f"{by.name} asks for an export of the whole clinic: {words}", row, by=by, at=at, step="asked")
    return row.uid


@transaction.atomic
def answer_export(request: UUID, *, yes: bool, words: str, by: Actor, at: datetime) -> None:
    """The second person's yes or no. Raises `Absent`, `Cannot`."""
    _who(by, ANSWER, "Only an administrator, a director or the compliance officer answers this.")
    row = (
        ExportRequest.objects.select_for_update().filter(organization_id=by.organization, uid=request).first()
    )
    if row is None:
        raise Absent("export")
    if row.recorded_by_id == by.account:
        raise Cannot("You asked for it yourself. Someone else decides.")
    if hasattr(row, "answer"):
        raise Cannot("It is answered already.")
    hours = hours_it_holds(by.organization, at=at)
    if at - row.recorded_at > timedelta(hours=hours):
        raise Cannot(f"This was asked for more than {hours} hours ago. Ask for it again.")
    ExportAnswer.objects.create(
        organization_id=by.organization,
        request=row,
        yes=yes,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    said = "allows" if yes else "refuses"
    _tell(f"{by.name} {said} the export of the whole clinic.", row, by=by, at=at, step="answered")


def exports(*, by: Actor, at: datetime) -> tuple[ExportView, ...]:
    """What was asked for, newest first."""
    _who(
        by,
        ANSWER,
        "Exports of the whole clinic concern administrators, directors and the compliance officer.",
    )
    rows = ExportRequest.objects.filter(organization_id=by.organization).select_related(
        "recorded_by", "answer__recorded_by", "taking"
    )
    lapses = at - timedelta(hours=hours_it_holds(by.organization, at=at))
    return tuple(_view(row, by, lapses) for row in rows.order_by("-recorded_at", "-pk")[:SHOWN])


def hours_it_holds(organization: int, *, at: datetime) -> int:
    """For how long asking holds, and then the second person's yes."""
    return int(number(HOLDS, organization=organization, on=at.date()))


@transaction.atomic
def take_export(request: UUID, *, at: datetime) -> Allowance:
    """Begin an export that two people stand for: written in the book for every person in it, the officer told.

    Raises `Absent`, and `Cannot` where a yes is missing, too old, given by one person, or today has its export.
    """
    row = (
        ExportRequest.objects.select_for_update(of=("self",))
        .select_related("organization")
        .filter(uid=request)
        .first()
    )
    if row is None:
        raise Absent("export")
    asker, allower = _two(row, at)
    day = today_at_clinic(by=asker, at=at)
    patients = list(Patient.objects.filter(organization=row.organization_id).values_list("pk", flat=True))
    _once(row, day, len(patients), at)
    asked = [
        Asked(asker.account, "export", kind, "operations", "", True, None, tuple(patients), at)
        for kind in KINDS
    ]
    append(asked, page=Page(COMMAND, "export-clinic"), organization=row.organization_id)
    allowance = Allowance(
        row.uid, row.organization_id, row.organization.name, row.reason, asker.name, allower.name, at
    )
    words = f"Everything about {len(patients)} people was exported. {allowance.watermark} For: {row.reason}"
    _tell(words, row, by=asker, at=at, step="taken")
    return allowance


def _once(row: ExportRequest, day: date, people: int, at: datetime) -> None:
    if hasattr(row, "taking"):
        raise Cannot("This export was taken already. Each one is asked for and allowed anew.")
    if ExportTaking.objects.filter(organization=row.organization_id, local_day=day).exists():
        raise Cannot("An export was taken today. There is one a day at most; come back tomorrow.")
    try:
        with transaction.atomic():
            ExportTaking.objects.create(
                organization_id=row.organization_id,
                request=row,
                local_day=day,
                people=people,
                recorded_by_id=row.recorded_by_id,
                recorded_at=at,
            )
    except IntegrityError as double:
        raise Cannot("An export was taken today. There is one a day at most; come back tomorrow.") from double


def _two(row: ExportRequest, at: datetime) -> tuple[Actor, Actor]:
    """Who asked and who allowed it, both still here and in their roles."""
    answer: ExportAnswer | None = getattr(row, "answer", None)
    if answer is None:
        raise Cannot("Nobody has allowed it yet: a second person says yes under Clinic, Export.")
    if not answer.yes:
        raise Cannot("It was refused.")
    hours = hours_it_holds(row.organization_id, at=at)
    if at - answer.recorded_at > timedelta(hours=hours):
        raise Cannot(f"It was allowed more than {hours} hours ago. Ask for it again.")
    asker, allower = (actor_for(key) if key else None for key in (row.recorded_by_id, answer.recorded_by_id))
    if asker is None or allower is None or asker.account == allower.account:
        raise Cannot("One of the two who stand for it is no longer here. Ask for it again.")
    if not (asker.holds(*ASK) and allower.holds(*ANSWER)):
        raise Cannot("One of the two who stand for it no longer has the role. Ask for it again.")
    return asker, allower


def _view(row: ExportRequest, by: Actor, lapses: datetime) -> ExportView:
    answer: ExportAnswer | None = getattr(row, "answer", None)
    taking: ExportTaking | None = getattr(row, "taking", None)
    since = answer.recorded_at if answer else row.recorded_at
    standing = "refused" if answer and not answer.yes else "export_allowed" if answer else "export_asked"
    if taking is not None:
        standing = "taken"
    elif standing != "refused" and since < lapses:
        standing = "export_lapsed"
    return ExportView(
        uid=row.uid,
        reason=row.reason,
        asked_by=row.recorded_by.name if row.recorded_by else "",
        asked_at=row.recorded_at,
        answered_by=answer.recorded_by.name if answer and answer.recorded_by else "",
        answered_at=answer.recorded_at if answer else None,
        words=answer.words if answer else "",
        taken_at=taking.recorded_at if taking else None,
        people=taking.people if taking else 0,
        standing=standing,
        may_answer=standing == "export_asked" and row.recorded_by_id != by.account,
    )


def _who(by: Actor, roles: frozenset[str], sentence: str) -> None:
    if by.account is None or not by.holds(*roles):
        raise CannotSee(sentence)


def _tell(text: str, row: ExportRequest, *, by: Actor, at: datetime, step: str) -> None:
    give_notice(
        "clinic_export",
        text,
        organization=row.organization_id,
        account=by.account,
        mark=f"export {row.uid} {step}",
        at=at,
    )
