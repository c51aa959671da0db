"""Mentors, as staff look after them: who was trained, whom they meet within which bounds, and the end of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.mentoring import Match, MentorFacts, check_match, may_match, may_mentor
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.community.match_telling import tell_of_proposal
from throughcare.pathway.privacy import open_list, open_patient
from throughcare.pathway.privacy.guards import hidden_from
from throughcare.pathway.program_settings import numbers
from throughcare.records.community import Mentor, Mentoring, MentoringEnd
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.timetables import KeptApart

KIND = "mentoring"
BOUNDS = (
    "mentor.months_since_discharge",
    "mentor.most_people",
    "mentor.most_hours_week",
    "mentor.most_weeks",
)


@dataclass(frozen=True)
class NewMentor:
    """Which training an alumnus finished and when, how many people they take on, and what they say of themselves."""

    training: str
    trained_on: date
    at_most: int
    about: str = ""


@dataclass(frozen=True)
class MatchLine:
    """A match as staff see it; `state` is waiting, running, over or ended."""

    uid: UUID
    mentor: str
    mentee: str
    mentee_uid: UUID
    bounds: Match
    times: str
    said_yes: frozenset[str]
    state: str


@dataclass(frozen=True)
class MentorLine:
    """A mentor with their matches; `may_match` says why they can't take on one more."""

    uid: UUID
    patient: UUID
    name: str
    training: str
    trained_on: date
    at_most: int
    matches: tuple[MatchLine, ...]
    may_match: Verdict


@transaction.atomic
def make_mentor(patient: UUID, new: NewMentor, *, by: Actor, at: datetime) -> UUID:
    """Write down that an alumnus was trained and mentors from now on."""
    found = open_patient(patient, kind=KIND, verb="change", by=by, at=at)
    today = local_day(at, by.time_zone)
    bounds = _bounds(by, today)
    if not new.training.strip():
        raise Cannot("Name the training.", field="training")
    if not 1 <= new.at_most <= bounds["mentor.most_people"]:
        raise Cannot(f"Choose 1 to {bounds['mentor.most_people']} people.", field="at_most")
    facts = _facts([found.pk], trained={found.pk: new.trained_on})[found.pk]
    require(may_mentor(facts, on=today, months=bounds["mentor.months_since_discharge"]))
    if Mentor.objects.filter(patient=found, ended_at=None).exists():
        raise Cannot("They are a mentor already.")
    row = Mentor.objects.create(
        organization_id=by.organization,
        patient=found,
        training=new.training.strip()[:120],
        trained_on=new.trained_on,
        at_most=new.at_most,
        about=new.about.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return row.uid


@transaction.atomic
def retire_mentor(mentor: UUID, *, by: Actor, at: datetime) -> None:
    """Somebody mentors no more; their matches end with it."""
    row = _mentor(mentor, by=by, at=at)
    for match in Mentoring.objects.filter(mentor=row, ended_at=None):
        end_match(match, party="staff", words="", by=by, at=at)
    row.ended_at = at
    row.save(update_fields=["ended_at"])


@transaction.atomic
def propose_match(
    patient: UUID, mentor: UUID, bounds: Match, *, times: str = "", by: Actor, at: datetime
) -> UUID:
    """Propose a mentor to somebody, within bounds; both hear that something waits. It counts once both said yes."""
    found = open_patient(patient, kind=KIND, verb="change", by=by, at=at)
    row = _mentor(mentor, by=by, at=at)
    today = local_day(at, by.time_zone)
    set_to = _bounds(by, today)
    require(may_match(_facts([row.patient_id])[row.patient_id], on=today, months=set_to[BOUNDS[0]]))
    require(
        check_match(
            bounds,
            on=today,
            most_hours=set_to["mentor.most_hours_week"],
            most_weeks=set_to["mentor.most_weeks"],
        )
    )
    _require_fit(found, row)
    proposed = Mentoring.objects.create(
        organization_id=by.organization,
        mentor=row,
        patient=found,
        hours_week=bounds.hours_week,
        times=times.strip()[:200],
        from_date=bounds.from_date,
        until_date=bounds.until_date,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    tell_of_proposal(proposed, at=at)
    return proposed.uid


def _require_fit(found: Patient, row: Mentor) -> None:
    if found.pk == row.patient_id:
        raise Cannot("Nobody mentors themselves.", field="mentor")
    one, other = sorted((found.pk, row.patient_id))
    if KeptApart.objects.filter(one=one, other=other, ended_at=None).exists():
        raise Cannot("These two can't be matched. Choose another mentor.", field="mentor")
    if Mentoring.objects.filter(patient=found, ended_at=None).exists():
        raise Cannot("They have a mentor already, or one is proposed. End that first.")


@transaction.atomic
def end_match_as_staff(match: UUID, *, words: str = "", by: Actor, at: datetime) -> None:
    """Staff end a match."""
    row = (
        Mentoring.objects.filter(organization_id=by.organization, uid=match).select_related("patient").first()
    )
    if row is None:
        raise Absent("match")
    open_patient(row.patient, kind=KIND, verb="change", by=by, at=at)
    end_match(row, party="staff", words=words, by=by, at=at)


def end_match(row: Mentoring, *, party: str, words: str, by: Actor, at: datetime) -> None:
    """End a match from this moment; ended twice it ended once. For modules of this package, past the desk."""
    held = Mentoring.objects.select_for_update().get(pk=row.pk)
    if held.ended_at is not None:
        return
    MentoringEnd.objects.create(
        organization_id=by.organization,
        mentoring=held,
        party=party,
        words=words.strip(),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    held.ended_at = at
    held.save(update_fields=["ended_at"])


def mentors(*, by: Actor, at: datetime) -> list[MentorLine]:
    """Every mentor with whom they meet; one row in the book names them all."""
    rows = list(
        Mentor.objects.filter(organization_id=by.organization, ended_at=None)
        .select_related("patient")
        .order_by("pk")
    )
    matches = list(
        Mentoring.objects.filter(mentor__in=rows, ended_at=None)
        .select_related("patient")
        .prefetch_related("yeses")
    )
    keys = [*(row.patient_id for row in rows), *(match.patient_id for match in matches)]
    hidden = hidden_from(keys, by=by, at=at)
    open_list(KIND, sorted(set(keys) - hidden), by=by, at=at)
    today = local_day(at, by.time_zone)
    months = _bounds(by, today)["mentor.months_since_discharge"]
    facts = _facts([row.patient_id for row in rows])
    return [
        MentorLine(
            row.uid,
            row.patient.uid,
            row.patient.called,
            row.training,
            row.trained_on,
            row.at_most,
            tuple(
                _line(match, row, on=today)
                for match in matches
                if match.mentor_id == row.pk and match.patient_id not in hidden
            ),
            may_match(facts[row.patient_id], on=today, months=months),
        )
        for row in rows
        if row.patient_id not in hidden
    ]


def _line(row: Mentoring, mentor: Mentor, *, on: date) -> MatchLine:
    yes = frozenset(one.party for one in row.yeses.all())
    return MatchLine(
        row.uid,
        mentor.patient.called,
        row.patient.called,
        row.patient.uid,
        Match(row.hours_week, row.from_date, row.until_date),
        row.times,
        yes,
        state_of(row, yes, on=on),
    )


def state_of(row: Mentoring, yes: frozenset[str], *, on: date) -> str:
    """In which state a match is: waiting, running, over or ended."""
    if row.ended_at is not None:
        return "ended"
    if on > row.until_date:
        return "over"
    return "running" if yes == {"mentor", "mentee"} and on >= row.from_date else "waiting"


def mentor_of(patient: UUID, *, by: Actor, at: datetime) -> MatchLine | None:
    """The match that stands for somebody, if there is one."""
    found = open_patient(patient, kind=KIND, by=by, at=at)
    row = (
        Mentoring.objects.filter(patient=found, ended_at=None)
        .select_related("patient", "mentor__patient")
        .first()
    )
    return _line(row, row.mentor, on=local_day(at, by.time_zone)) if row else None


def _mentor(mentor: UUID, *, by: Actor, at: datetime) -> Mentor:
    row = (
        Mentor.objects.select_for_update(of=("self",))
        .select_related("patient")
        .filter(organization_id=by.organization, uid=mentor, ended_at=None)
        .first()
    )
    if row is None:
        raise Absent("mentor")
    open_patient(row.patient, kind=KIND, verb="change", by=by, at=at)
    return row


def _bounds(by: Actor, today: date) -> dict[str, int]:
    return numbers(*BOUNDS, organization=by.organization, on=today)


def _facts(patients: list[int], *, trained: dict[int, date] | None = None) -> dict[int, MentorFacts]:
    """What the rule asks about these people (keys)."""
    stays = {
        row.patient_id: row
        for row in Episode.objects.filter(patient__in=patients).select_related("site").order_by("admitted_at")
    }
    rows = Mentor.objects.filter(patient__in=patients, ended_at=None)
    held = {row.patient_id: row for row in rows}
    busy = Counter(
        Mentoring.objects.filter(mentor__in=list(rows), ended_at=None).values_list(
            "mentor__patient", flat=True
        )
    )
    return {
        key: MentorFacts(
            left_on=_left_on(stays.get(key)),
            trained_on=(trained or {}).get(key) or (held[key].trained_on if key in held else None),
            is_in_care=key in stays and stays[key].ended_at is None,
            matches=busy[key],
            at_most=held[key].at_most if key in held else 1,
        )
        for key in patients
    }


def _left_on(stay: Episode | None) -> date | None:
    return local_day(stay.ended_at, stay.site.time_zone) if stay and stay.ended_at else None
