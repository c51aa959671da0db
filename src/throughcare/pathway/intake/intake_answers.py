"""What a person and a clinician said in an intake: section by section, each saying a version, nothing lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.intake.question import Answer, Question, Section
from throughcare.knowledge.intake.reading import CannotRead, read_section, say_answer
from throughcare.knowledge.intake.sections import BY_CODE
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, ChangedMeanwhile
from throughcare.pathway.intake.intake_feeds import feed_what_was_confirmed
from throughcare.pathway.measure.measure import refuse_when_signed
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.rows import only_row
from throughcare.records.assessments import Assessment, IntakeAnswer

SAID_BY = ("patient", "clinician")


@dataclass(frozen=True)
class Said:
    """One answer: in words, who gave it and when. `said_by`: `patient`, `clinician`, or `before` the intake."""

    question: Question
    value: Answer
    words: str
    said_by: str
    who: str
    said_at: datetime | None


@dataclass(frozen=True)
class SectionView:
    """A section as it stands: `version` 0 is not answered yet; `state` is not_started, waiting or done."""

    section: Section
    version: int
    state: str
    answers: Mapping[str, Answer]
    said: tuple[Said, ...]
    changed_by: str


def open_assessment_row(
    assessment: UUID, *, by: Actor, at: datetime, verb: str = "see", kind: str = "assessment"
) -> Assessment:
    """The assessment, opened through the privacy desk; for pathway modules only. Raises `Absent`."""
    found = only_row(_assessment(by.organization, assessment))
    if found is None:
        raise Absent("assessment")
    open_patient(found.patient, kind=kind, by=by, at=at, verb=verb)
    return found


@prepared
def _assessment(organization: int, assessment: UUID) -> QuerySet[Assessment]:
    return Assessment.objects.select_related(
        "patient", "site", "referral", "signature", "signature__practitioner"
    ).filter(organization_id=organization, uid=assessment)


@transaction.atomic
def answer_section(
    assessment: UUID,
    section: str,
    answers: Mapping[str, object],
    *,
    said_by: str,
    by: Actor,
    at: datetime,
    seen_version: int,
) -> int:
    """Keep the answers to a section as a new version; its number. What a clinician says counts as confirmed.

    Raises `Cannot` naming the question, and `ChangedMeanwhile` when a version after `seen_version` exists.
    """
    row = open_assessment_row(assessment, by=by, at=at, verb="change")
    if said_by not in SAID_BY:
        raise Cannot("Say whether the patient or the clinician said so.", field="said_by")
    return write_answers(row, section, answers, said_by=said_by, by=by, at=at, seen_version=seen_version)


def write_answers(
    row: Assessment,
    code: str,
    given: Mapping[str, object],
    *,
    said_by: str,
    by: Actor,
    at: datetime,
    seen_version: int,
) -> int:
    """Append a version to an assessment that was opened already; for pathway modules only."""
    section = find_section(code)
    Assessment.objects.select_for_update().get(pk=row.pk)
    refuse_when_signed(row.pk)
    try:
        read = read_section(section, given)
    except CannotRead as error:
        raise Cannot(error.because, field=error.question) from None
    versions = _versions(row.pk, code)
    current = versions[-1] if versions else None
    if current and current.answers == read and current.said_by == said_by:
        return current.version
    _refuse_when_changed(section, current, seen_version, patient=row.patient.given_name)
    kept = IntakeAnswer.objects.create(
        organization_id=row.organization_id,
        recorded_by_id=by.account,
        recorded_at=at,
        assessment=row,
        section=code,
        version=current.version + 1 if current else 1,
        said_by=said_by,
        answers=read,
    )
    if said_by == "clinician":
        before = next((one for one in reversed(versions) if one.said_by == "clinician"), None)
        feed_what_was_confirmed(row, section, read, before=before.answers if before else {}, by=by, at=at)
    return kept.version


def find_section(code: str) -> Section:
    """The section with this code. Raises `Absent`."""
    if code not in BY_CODE:
        raise Absent("section")
    return BY_CODE[code]


def sections_said(row: Assessment, codes: Sequence[str]) -> dict[str, SectionView]:
    """The sections with these codes as they stand, in one query."""
    versions: dict[str, list[IntakeAnswer]] = {code: [] for code in codes}
    for version in _versions(row.pk, *codes):
        versions[version.section].append(version)
    return {code: _section_view(row, find_section(code), versions[code]) for code in codes}


@prepared
def _versions(assessment: int, *sections: str) -> QuerySet[IntakeAnswer]:
    rows = IntakeAnswer.objects.select_related("recorded_by").filter(
        assessment=assessment, section__in=sections
    )
    return rows.order_by("version")


def known_before(row: Assessment, section: Section) -> dict[str, Answer]:
    """What the referral or the person's record says already: shown to confirm, not asked again."""
    patient = row.patient
    wishes = patient.contact_wishes or {}
    known: dict[str, Answer] = {
        "preferred_name": patient.preferred_name or patient.given_name,
        "pronouns": patient.pronouns,
        "phone": patient.phone,
        "email": patient.email,
        "language": patient.language,
        "safe_ways": [way for way in ("voicemail", "text") if wishes.get(way) is True],
        "contact_note": str(wishes.get("other_way", "")) or row.referral.best_times,
        "brings": row.referral.reason if row.referral.asked_for_by == "self" else "",
    }
    found = {question.code: known.get(question.code) for question in section.questions}
    try:
        return read_section(section, found)
    except CannotRead as error:
        # What came with the referral may be on no scale of ours (a language we don't list): ask it anew.
        found.pop(error.question, None)
        return read_section(section, found)


def _section_view(row: Assessment, section: Section, versions: Sequence[IntakeAnswer]) -> SectionView:
    if not versions:
        before = known_before(row, section)
        said = tuple(
            Said(
                question,
                before[question.code],
                say_answer(question, before[question.code]),
                "before",
                "",
                None,
            )
            for question in section.questions
            if question.code in before
        )
        return SectionView(section, 0, "not_started", before, said, "")
    last = versions[-1]
    said = tuple(
        _said(question, versions, row.patient.given_name)
        for question in section.questions
        if question.code in last.answers
    )
    state = "done" if last.said_by == "clinician" else "waiting"
    return SectionView(section, last.version, state, last.answers, said, _who(last, row.patient.given_name))


def _said(question: Question, versions: Sequence[IntakeAnswer], patient: str) -> Said:
    """The answer with the version in which it last changed."""
    value = versions[-1].answers[question.code]
    first = versions[-1]
    for version in reversed(versions):
        if version.answers.get(question.code) != value:
            break
        first = version
    return Said(
        question, value, say_answer(question, value), first.said_by, _who(first, patient), first.recorded_at
    )


def _who(version: IntakeAnswer, patient: str) -> str:
    if version.said_by == "patient" and version.recorded_by is None:
        return patient
    name = version.recorded_by.name if version.recorded_by else "Throughcare"
    return f"{patient}, to {name}" if version.said_by == "patient" else name


def _refuse_when_changed(
    section: Section, current: IntakeAnswer | None, seen_version: int, *, patient: str
) -> None:
    now = current.version if current else 0
    if now == seen_version:
        return
    stored = current.answers if current else {}
    theirs = "\n".join(
        f"{question.wording} {say_answer(question, stored[question.code])}"
        for question in section.questions
        if question.code in stored
    )
    who = _who(current, patient) if current else ""
    raise ChangedMeanwhile(
        f"{who or 'Someone'} changed “{section.title}” while you had it open. Theirs is shown below; what you "
        "wrote is still in the form. Save again to replace theirs with yours.",
        theirs=theirs,
        version=now,
        changed_by=who,
    )
