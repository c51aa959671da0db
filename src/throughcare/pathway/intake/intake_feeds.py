"""What a confirmed intake answer becomes: the person's details, an emergency contact, their week's commitments."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from throughcare.knowledge.intake.question import Answer, Section
from throughcare.knowledge.intake.weekly_hours import Span, spans
from throughcare.pathway.actor import Actor
from throughcare.pathway.people.people import (
    NewRelatedPerson,
    add_related_person,
    correct_details,
    details_of,
)
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, commitments_of, end_commitment
from throughcare.records.assessments import Assessment

EMERGENCY = "emergency contact"


def feed_what_was_confirmed(
    row: Assessment,
    section: Section,
    answers: Mapping[str, Answer],
    *,
    before: Mapping[str, Answer],
    by: Actor,
    at: datetime,
) -> None:
    """Carry a section that a clinician confirmed to where the rest of the program reads it.

    `before` is what was confirmed earlier: hours that fell away since then leave the person's week.
    """
    _feed_details(row, section, answers, by=by, at=at)
    _feed_emergency_contact(row, answers, by=by, at=at)
    for question in section.questions:
        if question.commitment:
            title = str(answers.get("work_kind") or "") if question.commitment == "work" else ""
            now, then = _spans(answers, question.code), _spans(before, question.code)
            _feed_hours(row, question.commitment, title, now=now, then=then, by=by, at=at)


def _spans(answers: Mapping[str, Answer], code: str) -> frozenset[Span]:
    value = answers.get(code)
    return frozenset(spans(value)) if isinstance(value, list) else frozenset()


def _feed_hours(
    row: Assessment,
    kind: str,
    title: str,
    *,
    now: frozenset[Span],
    then: frozenset[Span],
    by: Actor,
    at: datetime,
) -> None:
    """Make the hours commitments of the week, without a second one where there is one already."""
    if not now and not then:
        return
    standing = {
        Span(one.weekday, one.starts, one.ends): one.uid
        for one in commitments_of(row.patient.uid, by=by, at=at)
        if one.kind == kind and one.weekday is not None
    }
    for span in sorted(then - now):
        if span in standing:
            end_commitment(row.patient.uid, standing[span], by=by, at=at)
    for span in sorted(now - standing.keys()):
        new = NewCommitment(kind, title, weekday=span.weekday, starts=span.starts, ends=span.ends)
        add_commitment(row.patient.uid, new, by=by, at=at)


def _feed_details(
    row: Assessment, section: Section, answers: Mapping[str, Answer], *, by: Actor, at: datetime
) -> None:
    """Answers that correct the person's details; a blank leaves what is known."""
    known = details_of(row.patient)
    changed: dict[str, Any] = {}
    for question in section.questions:
        value = answers.get(question.code)
        if not question.detail or value is None:
            continue
        if question.detail == "contact_wishes" and isinstance(value, list):
            asked = {way: way in value for way in ("voicemail", "text")}
            note = answers.get("contact_note", "")
            changed["contact_wishes"] = {**known.contact_wishes, **asked, "other_way": note}
        elif not (question.detail == "language" and value == "other"):
            changed[question.detail] = value
    details = replace(known, **changed)
    if details != known:
        correct_details(row.patient.uid, details, by=by, at=at)


def _feed_emergency_contact(
    row: Assessment, answers: Mapping[str, Answer], *, by: Actor, at: datetime
) -> None:
    name, phone = str(answers.get("emergency_name") or ""), str(answers.get("emergency_phone") or "")
    if not name or not phone:
        return
    near = row.patient.related_people.filter(ended_at__isnull=True)
    if any((one.name, one.phone) == (name, phone) for one in near):
        return
    person = NewRelatedPerson(name=name, relationship=EMERGENCY, phone=phone, emergency_contact=True)
    add_related_person(row.patient.uid, person, by=by, at=at)
