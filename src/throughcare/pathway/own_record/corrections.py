"""Corrections: a person says what is wrong, staff answer in time, and who disagrees has the last word beside it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.privacy.corrections import (
    ABOUT,
    ANSWERS,
    CORRECTED,
    GROUNDS,
    LONGEST_WORDS,
    check_answer,
    check_request,
    due_date,
    later_date,
)
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.banner import display_name
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.desk import open_list
from throughcare.pathway.program_settings import numbers
from throughcare.records.own_record import (
    CorrectionAnswer,
    CorrectionDelay,
    CorrectionRequest,
    Disagreement,
)

SETTINGS = ("correction.answer_days", "correction.more_days")
MOST_ROWS = 200


@dataclass(frozen=True)
class Correction:
    """A request and what became of it. `about` is in words for staff, `plain` for the person."""

    uid: UUID
    patient: UUID
    name: str
    about: str
    plain: str
    wrong: str
    right: str
    asked_at: datetime
    due: date
    delayed_because: str
    answer: str
    answer_words: str
    ground: str
    ground_plain: str
    answered_at: datetime | None
    signed_name: str
    disagreement: str
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for its answer."""
        return self.answered_at is None

    @property
    def may_disagree(self) -> bool:
        """Whether the person may put a statement beside it."""
        return self.answered_at is not None and self.answer != ANSWERS[CORRECTED] and not self.disagreement


@transaction.atomic
def ask_for_correction(patient: UUID, *, kind: str, wrong: str, right: str, by: Actor, at: datetime) -> UUID:
    """Ask for a correction. Raises `Cannot` naming what is missing."""
    person = open_patient(patient, kind="correction", by=by, at=at, verb="change")
    verdict = check_request(kind, wrong, right)
    if isinstance(verdict, Refused):
        raise Cannot(_(verdict.because), cite=verdict.cite, field="kind" if kind not in ABOUT else "wrong")
    today = local_day(at, zone_of(person))
    own = numbers(*SETTINGS, organization=person.organization_id, on=today)
    return CorrectionRequest.objects.create(
        organization_id=person.organization_id,
        patient=person,
        kind=kind,
        wrong=wrong.strip(),
        right=right.strip(),
        due_date=due_date(today, own),
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


def corrections_of(patient: UUID, *, by: Actor, at: datetime) -> tuple[Correction, ...]:
    """Everything that a person asked to have corrected, newest first."""
    person = open_patient(patient, kind="correction", by=by, at=at)
    return tuple(_view(row, at=at) for row in _rows().filter(patient=person).order_by("-recorded_at", "-pk"))


def list_corrections(*, by: Actor, at: datetime) -> tuple[Correction, ...]:
    """What waits for an answer, the first due on top, then what was answered lately."""
    rows = list(_rows().filter(organization_id=by.organization).order_by("due_date", "pk")[:MOST_ROWS])
    open_list("correction", sorted({row.patient_id for row in rows}), by=by, at=at)
    views = [_view(row, at=at) for row in rows]
    return tuple(sorted(views, key=lambda one: (not one.is_open, one.due)))


def open_correction(correction: UUID, *, by: Actor, at: datetime) -> Correction:
    """One request with what became of it."""
    return _view(_open(correction, by=by, at=at), at=at)


@transaction.atomic
def answer_correction(
    correction: UUID, *, answer: str, ground: str = "", words: str, by: Actor, at: datetime
) -> None:
    """Answer a request, once. The correction itself is made where the record is, by whoever may write it."""
    row = _open(correction, by=by, at=at, verb="change")
    verdict = check_answer(answer, ground, words)
    if isinstance(verdict, Refused):
        missing = "answer" if answer not in ANSWERS else "words" if not words.strip() else "ground"
        raise Cannot(verdict.because, cite=verdict.cite, field=missing)
    try:
        with transaction.atomic():
            CorrectionAnswer.objects.create(
                organization_id=row.organization_id,
                request=row,
                answer=answer,
                ground="" if answer == CORRECTED else ground,
                words=words.strip(),
                signed_name=by.name,
                recorded_by_id=by.account,
                recorded_at=at,
            )
    except IntegrityError as double:
        raise Cannot("This was answered a moment ago.") from double


@transaction.atomic
def delay_correction(correction: UUID, *, because: str, by: Actor, at: datetime) -> None:
    """Take more time, once, with the reason that the person reads."""
    row = _open(correction, by=by, at=at, verb="change")
    if not because.strip():
        raise Cannot("Say why it takes longer. The person reads it.", field="because")
    if hasattr(row, "answer"):
        raise Cannot("This is answered.")
    own = numbers(*SETTINGS, organization=row.organization_id, on=row.due_date)
    try:
        with transaction.atomic():
            CorrectionDelay.objects.create(
                organization_id=row.organization_id,
                request=row,
                because=because.strip()[:LONGEST_WORDS],
                due_date=later_date(row.due_date, own),
                recorded_by_id=by.account,
                recorded_at=at,
            )
    except IntegrityError as double:
        raise Cannot("More time was taken already. It can be taken once.") from double


@transaction.atomic
def disagree(correction: UUID, *, words: str, by: Actor, at: datetime) -> None:
    """Put one's own statement beside a record that wasn't corrected. Raises `Cannot`."""
    row = _open(correction, by=by, at=at, verb="change")
    if not _view(row, at=at).may_disagree:
        raise Cannot(_("There is nothing to disagree with, or your statement is there already."))
    if not words.strip():
        raise Cannot(_("Write your statement."), field="words")
    if len(words) > LONGEST_WORDS:
        raise Cannot(f"Shorten this to {LONGEST_WORDS} characters.", field="words")
    Disagreement.objects.create(
        organization_id=row.organization_id,
        request=row,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _rows() -> QuerySet[CorrectionRequest]:
    return CorrectionRequest.objects.select_related("patient", "delay", "answer", "disagreement")


def _open(correction: UUID, *, by: Actor, at: datetime, verb: str = "see") -> CorrectionRequest:
    row = _rows().filter(organization_id=by.organization, uid=correction).first()
    if row is None:
        raise Absent("correction")
    open_patient(row.patient, kind="correction", by=by, at=at, verb=verb)
    return row


def _view(row: CorrectionRequest, *, at: datetime) -> Correction:
    delay, answer = getattr(row, "delay", None), getattr(row, "answer", None)
    disagreement = getattr(row, "disagreement", None)
    due = delay.due_date if delay else row.due_date
    ground = GROUNDS.get(answer.ground) if answer else None
    return Correction(
        uid=row.uid,
        patient=row.patient.uid,
        name=display_name(row.patient),
        about=KINDS[row.kind].words.capitalize() if row.kind in KINDS else row.kind,
        plain=ABOUT.get(row.kind, ""),
        wrong=row.wrong,
        right=row.right,
        asked_at=row.recorded_at,
        due=due,
        delayed_because=delay.because if delay else "",
        answer=ANSWERS[answer.answer] if answer else "",
        answer_words=answer.words if answer else "",
        ground=ground.words if ground else "",
        ground_plain=ground.plain if ground else "",
        answered_at=answer.recorded_at if answer else None,
        signed_name=answer.signed_name if answer else "",
        disagreement=disagreement.words if disagreement else "",
        is_late=answer is None and due < at.date(),
    )
