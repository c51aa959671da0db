"""One question at a time: every answer is kept as it is given, so that a person can stop and go on later."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.intake.sections import STEMS, own_title
from throughcare.knowledge.measure_schedule import CRITICAL
from throughcare.knowledge.questionnaires.library import CannotFind, find
from throughcare.knowledge.questionnaires.paging import Step, handed_in, next_step, steps
from throughcare.knowledge.questionnaires.questionnaire import Questionnaire
from throughcare.knowledge.suicide_tier import PathOpened
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.measure.crisis_path import SCREENER, opened_by
from throughcare.pathway.measure.licensed_wording import may_ask_alone, own_wording
from throughcare.pathway.measure.measure import keep_measure
from throughcare.pathway.measure.measure_rows import answers_to, request_row
from throughcare.pathway.measure.measure_view import MeasureView, view_measures
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.rows import only_row
from throughcare.records.measures import MeasureRequest, MeasureResponse, MeasureSheet
from throughcare.records.people import Patient

SELF, ALOUD = "self", "read_aloud"
# Answers about the last days are stale after this; whoever comes back later begins anew.
KEEPS = timedelta(hours=48)
ANSWERED = "This was answered already. Thank you."


@dataclass(frozen=True)
class Sheet:
    """A questionnaire as far as it was answered; a step that was skipped is there with None."""

    patient: UUID
    code: str
    title: str
    instrument: str
    stem: str
    steps: tuple[Step, ...]
    given: Mapping[str, int | None]

    @property
    def next(self) -> Step | None:
        """The first question that was neither answered nor skipped."""
        return next((one for one in self.steps if one.name not in self.given), None)

    def step(self, name: str) -> Step:
        """A question by its name. Raises `Absent`."""
        found = next((one for one in self.steps if one.name == name), None)
        if found is None:
            raise Absent("question")
        return found

    def place(self, name: str) -> int:
        """The how manieth question it is, from 1."""
        return [one.name for one in self.steps].index(name) + 1

    def before(self, name: str) -> str:
        """The name of the question before; empty for the first."""
        place = self.place(name)
        return self.steps[place - 2].name if place > 1 else ""


@dataclass(frozen=True)
class HandedIn:
    """What came of a questionnaire: its score, the crisis path it opened, and the screener that follows here."""

    measure: MeasureView
    opened: PathOpened | None
    screener: UUID | None


def own_request(patient: UUID, request: UUID, *, by: Actor, at: datetime) -> str:
    """The questionnaire of a request that is still open. Raises `Absent`, and `Cannot` for one that was answered."""
    return _asked(open_patient(patient, kind="measure", by=by, at=at), request).code


def open_sheet(patient: UUID, code: str, *, mode: str, by: Actor, at: datetime) -> Sheet:
    """A questionnaire as far as it was answered."""
    row = open_patient(patient, kind="measure", by=by, at=at)
    found = only_row(_open_sheet(row.pk, code, mode))
    return _sheet(row, _known(row, code, mode), _given(found, at=at))


@transaction.atomic
def answer_step(
    patient: UUID, code: str, name: str, value: int | None, *, mode: str, by: Actor, at: datetime
) -> Sheet:
    """Keep the answer to one question, or that it was skipped (None); the sheet as it then is. Raises `Cannot`."""
    row = open_patient(patient, kind="measure", by=by, at=at, verb="change")
    questionnaire = _known(row, code, mode)
    found = _held(row, code, mode, by=by, at=at)
    given = dict(_given(found, at=at))
    step = _sheet(row, questionnaire, given).step(name)
    if value is not None and value not in {answer.value for answer in step.answers}:
        raise Cannot("Choose one of the answers.", field="answer")
    given[name] = value
    found.answers, found.changed_at = given, at
    found.save(update_fields=["answers", "changed_at"])
    return _sheet(row, questionnaire, given)


@transaction.atomic
def hand_in(
    patient: UUID, code: str, *, mode: str, request: UUID | None = None, by: Actor, at: datetime
) -> HandedIn:
    """Score what was answered and open what it asks for; a screener that follows on the same device is asked for here.

    Raises `Cannot` while a question is open or nothing at all was answered.
    """
    row = open_patient(patient, kind="measure", by=by, at=at, verb="change")
    asked = _asked(row, request) if request else None
    questionnaire = _known(row, code, mode)
    found = _held(row, code, mode, by=by, at=at)
    given = _given(found, at=at)
    if next_step(questionnaire, given) is not None:
        raise Cannot("There is a question left. You may skip it.")
    answers, context = handed_in(questionnaire, given)
    follows = mode != SELF or may_ask_alone(row.organization_id, SCREENER)
    kept = keep_measure(
        row,
        code,
        answers,
        mode=mode,
        by=by,
        at=at,
        context=context,
        request=asked,
        screener_follows=follows,
    )
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    opened = opened_by(kept, asked_here=follows, at=at)
    screener = None
    if mode == SELF and opened is not None and opened.asks_screener:
        screener = _ask_screener(row, by=by, at=at)
    kept.recorded_by = None
    return HandedIn(view_measures([kept])[0], opened, screener)


def path_after(patient: UUID, request: UUID, *, by: Actor, at: datetime) -> PathOpened | None:
    """What the answers to a request opened. Raises `Absent` for one that was not answered."""
    row = open_patient(patient, kind="measure", by=by, at=at)
    kept = (
        MeasureResponse.objects.select_related("patient")
        .filter(organization_id=by.organization, patient=row, request__uid=request, retired_at__isnull=True)
        .first()
    )
    if kept is None:
        raise Absent("measure")
    follows = kept.mode != SELF or may_ask_alone(row.organization_id, SCREENER)
    return opened_by(kept, asked_here=follows, at=kept.taken_at)


def _ask_screener(patient: Patient, *, by: Actor, at: datetime) -> UUID:
    today = local_day(at, zone_of(patient))
    open_already = MeasureRequest.objects.filter(
        patient=patient, code=SCREENER, response__isnull=True, ended_at__isnull=True, due_date=today
    ).first()
    if open_already is not None:
        return open_already.uid
    # A second one on the same day is asked for under the next day's date: each day's row was answered once.
    taken = set(
        MeasureRequest.objects.filter(patient=patient, code=SCREENER, due_date__gte=today).values_list(
            "due_date", flat=True
        )
    )
    due = today
    while due in taken:
        due += timedelta(days=1)
    row = MeasureRequest.objects.create(
        organization_id=patient.organization_id,
        patient=patient,
        code=SCREENER,
        due_date=due,
        opens_date=today,
        occasion=CRITICAL,
        told_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return row.uid


def _asked(patient: Patient, request: UUID) -> MeasureRequest:
    found = only_row(request_row(patient.pk, request))
    if found is None or found.ended_at is not None:
        raise Absent("measure request")
    if answers_to(found.pk):
        raise Cannot(ANSWERED)
    return found


def _known(patient: Patient, code: str, mode: str) -> Questionnaire:
    """The questionnaire, if it may be asked so. Raises `Absent`, and `Cannot` where its wording isn't here."""
    try:
        found = find(code)
    except CannotFind:
        raise Absent("questionnaire") from None
    if mode == SELF and not may_ask_alone(patient.organization_id, code):
        raise Cannot("Someone from your care team asks you these questions. Call us, or ask at the desk.")
    return found


def _sheet(patient: Patient, questionnaire: Questionnaire, given: Mapping[str, int | None]) -> Sheet:
    return Sheet(
        patient=patient.uid,
        code=questionnaire.code,
        title=own_title(questionnaire.code),
        instrument=questionnaire.title,
        stem=STEMS.get(questionnaire.code, ""),
        steps=steps(questionnaire, given, own_wording(patient.organization_id, questionnaire.code)),
        given=given,
    )


def _given(sheet: MeasureSheet | None, *, at: datetime) -> Mapping[str, int | None]:
    return {} if sheet is None or sheet.changed_at < at - KEEPS else sheet.answers


def _held(patient: Patient, code: str, mode: str, *, by: Actor, at: datetime) -> MeasureSheet:
    """The open sheet, locked; begun where there is none."""
    found, _ = MeasureSheet.objects.select_for_update().get_or_create(
        patient=patient,
        code=code,
        mode=mode,
        ended_at=None,
        defaults={
            "organization_id": patient.organization_id,
            "answers": {},
            "changed_at": at,
            "recorded_by_id": by.account if mode != SELF else None,
            "recorded_at": at,
        },
    )
    return found


@prepared
def _open_sheet(patient: int, code: str, mode: str) -> QuerySet[MeasureSheet]:
    return MeasureSheet.objects.filter(patient=patient, code=code, mode=mode, ended_at__isnull=True)
