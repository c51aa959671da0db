"""Measures: a questionnaire is asked for, answered, scored as of that day, and corrected by a new row."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import age_on, local_day
from throughcare.knowledge.questionnaires.library import CannotFind, find
from throughcare.knowledge.questionnaires.questionnaire import Questionnaire, Score
from throughcare.knowledge.questionnaires.scoring import CannotScore, score
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.measure.crisis_path import open_path
from throughcare.pathway.measure.measure_rows import (
    account_row,
    all_responses,
    answers_to,
    assessment_row,
    open_requests,
    request_row,
    signatures_of,
    standing_responses,
)
from throughcare.pathway.measure.measure_view import MeasureView, view_measures
from throughcare.pathway.measure.measure_zone import zone_of
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.rows import only_row
from throughcare.records.assessments import Assessment
from throughcare.records.measures import MeasureRequest, MeasureResponse
from throughcare.records.people import Patient

MODES = {
    "self": "Filled in by the person",
    "clinician": "Asked in a conversation",
    "read_aloud": "Read aloud to the person",
}
# An answer belongs to the request whose day is nearest, at most this far away.
NEAREST_REQUEST = timedelta(days=6)


@transaction.atomic
def record_measure(
    patient: UUID,
    code: str,
    answers: Sequence[object],
    *,
    mode: str,
    by: Actor,
    at: datetime,
    context: Mapping[str, Any] | None = None,
    assessment: UUID | None = None,
    request: UUID | None = None,
) -> MeasureView:
    """Record the answers to a questionnaire (its own scale, None = missing) with the score they make.

    Raises `Cannot`; its `field` is `item_<number>` when one answer is off its scale.
    """
    row = open_patient(patient, kind="measure", by=by, at=at, verb="change")
    visit = _open_assessment_of(row, assessment) if assessment else None
    asked = _request_of(row, request) if request else None
    kept = keep_measure(
        row, code, answers, mode=mode, by=by, at=at, context=context, assessment=visit, request=asked
    )
    return _view_of(kept)


def keep_measure(
    patient: Patient,
    code: str,
    answers: Sequence[object],
    *,
    mode: str,
    by: Actor,
    at: datetime,
    context: Mapping[str, Any] | None = None,
    assessment: Assessment | None = None,
    request: MeasureRequest | None = None,
    corrects: MeasureResponse | None = None,
    taken_at: datetime | None = None,
    screener_follows: bool = False,
) -> MeasureResponse:
    """Score and store answers for a patient whose record was opened already; for pathway modules only.

    An answer that opens a crisis path opens it here, whoever answered and wherever.
    """
    _check_mode(mode)
    taken_at = taken_at or at
    known = _context(patient, taken_at, context)
    questionnaire, scored = _score(code, answers, known)
    if request is None and corrects is None:
        request = _nearest_request(patient, code, at)
    kept = MeasureResponse.objects.create(
        **_fact(patient, by=by, at=at),
        assessment=assessment,
        request=request,
        code=questionnaire.code,
        answers=list(answers),
        context=known,
        mode=mode,
        taken_at=taken_at,
        corrects=corrects,
        **score_columns(scored),
    )
    # Staff have their copy of the screener.
    open_path(kept, asked_here=screener_follows or mode != "self", at=at)
    return kept


def _check_mode(mode: str) -> None:
    if mode not in MODES:
        raise Cannot(f"Say how it was filled in: {', '.join(MODES)}.", field="mode")


def _fact(patient: Patient, *, by: Actor, at: datetime) -> dict[str, Any]:
    return {
        "organization_id": patient.organization_id,
        "recorded_by_id": by.account,
        "recorded_at": at,
        "patient": patient,
    }


def score_columns(scored: Score) -> dict[str, Any]:
    """A score as the columns of a response."""
    return {
        "total": scored.total,
        "subscales": dict(scored.subscales),
        "band": scored.band or "",
        "missing": scored.missing,
        "prorated": scored.prorated,
        "critical": list(scored.critical),
        "positive": scored.positive,
        "flags": list(scored.flags),
        "may_be": scored.may_be or "",
        "notes": list(scored.notes),
    }


@transaction.atomic
def correct_measure(
    measure: UUID,
    answers: Sequence[object],
    *,
    by: Actor,
    at: datetime,
    mode: str = "",
    context: Mapping[str, Any] | None = None,
) -> MeasureView:
    """Answer again what was recorded wrongly: the new row names the old one, which is retired, not changed."""
    found = only_row(
        MeasureResponse.objects.select_for_update(of=("self",))
        .select_related("patient", "assessment")
        .filter(organization_id=by.organization, uid=measure)
    )
    if found is None:
        raise Absent("measure")
    row = open_patient(found.patient, kind="measure", by=by, at=at, verb="change")
    if found.retired_at is not None:
        raise Cannot(
            "Someone has corrected this already. Open the list of measures and correct the newest one."
        )
    if found.assessment_id:
        refuse_when_signed(found.assessment_id)
    kept = keep_measure(
        row,
        found.code,
        answers,
        mode=mode or found.mode,
        by=by,
        at=at,
        context={**found.context, **(context or {})},
        assessment=found.assessment,
        corrects=found,
        taken_at=found.taken_at,
    )
    found.retired_at = at
    found.save(update_fields=["retired_at"])
    return _view_of(kept)


def _view_of(kept: MeasureResponse) -> MeasureView:
    """What was just kept, as pages show it."""
    if kept.recorded_by_id is not None:
        [kept.recorded_by] = account_row(kept.recorded_by_id)
    return view_measures([kept])[0]


def measures_of(patient: UUID, *, by: Actor, at: datetime, retired: bool = False) -> tuple[MeasureView, ...]:
    """A patient's measures, newest first, each compared with the one before; `retired` adds what was corrected."""
    row = open_patient(patient, kind="measure", by=by, at=at)
    asked = all_responses if retired else standing_responses
    return view_measures(asked(by.organization, row.pk))


def measure_view(measure: UUID, *, by: Actor, at: datetime) -> MeasureView:
    """One measure."""
    found = only_row(
        MeasureResponse.objects.select_related("patient", "recorded_by", "corrects").filter(
            organization_id=by.organization, uid=measure
        )
    )
    if found is None:
        raise Absent("measure")
    open_patient(found.patient, kind="measure", by=by, at=at)
    return view_measures([found])[0]


def refuse_when_signed(assessment: int) -> None:
    """Raise `Cannot` when the assessment with this key is signed: what it rests on stays as it was."""
    if signatures_of(assessment):
        raise Cannot(
            "The assessment is signed, so it is read, not written. Record what is new as a new measure."
        )


def _find(code: str) -> Questionnaire:
    try:
        return find(code)
    except CannotFind:
        raise Cannot(
            "There is no questionnaire with this code. Choose one from the list.", field="code"
        ) from None


def _score(code: str, answers: Sequence[object], known: Mapping[str, Any]) -> tuple[Questionnaire, Score]:
    questionnaire = _find(code)
    _check_parts(questionnaire, known.get("parts"))
    try:
        scored = score(code, answers, known)
    except CannotScore as error:
        item = error.where.removeprefix("item ")
        field = f"item_{item}" if item.isdecimal() else ""
        where = f"Item {item}" if field else error.where.capitalize()
        raise Cannot(f"{where}: {error.what}.", field=field) from None
    if all(answer is None for answer in answers):
        raise Cannot("Nothing is answered yet. Answer at least one item.")
    return questionnaire, scored


def _check_parts(questionnaire: Questionnaire, given: object) -> None:
    """Refuse answers to parts (BAM 7A–7G) that the questionnaire does not have or that are off their scale."""
    allowed = {
        f"{item.number}{part.letter}": item.values for item in questionnaire.items for part in item.parts
    }
    for name, value in given.items() if isinstance(given, dict) else ():
        if value not in allowed.get(name, ()):
            raise Cannot(f"Item {name}: {value!r:.20} is not on its scale.", field=f"item_{name}")


def _context(patient: Patient, taken_at: datetime, given: Mapping[str, Any] | None) -> dict[str, Any]:
    known: dict[str, Any] = {}
    if patient.sex in {"female", "male"}:
        known["sex"] = patient.sex
    if patient.birth_date:
        known["age"] = age_on(taken_at.date(), patient.birth_date)
    return known | dict(given or {})


def _nearest_request(patient: Patient, code: str, at: datetime) -> MeasureRequest | None:
    asked = open_requests(patient.pk, code)
    if not asked:
        return None
    day = local_day(at, zone_of(patient))
    nearest = min(asked, key=lambda one: abs(one.due_date - day))
    return nearest if abs(nearest.due_date - day) <= NEAREST_REQUEST else None


def _request_of(patient: Patient, request: UUID) -> MeasureRequest:
    found = only_row(request_row(patient.pk, request))
    if found is None:
        raise Absent("measure request")
    if answers_to(found.pk):
        raise Cannot("This questionnaire was answered already.")
    return found


def _open_assessment_of(patient: Patient, assessment: UUID) -> Assessment:
    found = only_row(assessment_row(patient.pk, assessment))
    if found is None:
        raise Absent("assessment")
    refuse_when_signed(found.pk)
    return found
