"""How each person's time begins: the call, the intake, the placement, admission, the plan, the week."""

import random
from datetime import date, datetime, time, timedelta
from uuid import UUID

from throughcare.faces.cli.story.clinic import GROUP_MINUTES, GROUPS, MIXES, SECOND, ZONE, Clinic
from throughcare.faces.cli.story.lives import COMMITMENTS, Life
from throughcare.faces.cli.story.words import CALLS, GOALS, PRACTICE, PROBLEMS
from throughcare.knowledge.agreements import ALL as AGREEMENTS
from throughcare.knowledge.clinic_calendar import at_local
from throughcare.knowledge.planning.care_plans import (
    DoseLine,
    GoalDraft,
    InterventionDraft,
    ObjectiveDraft,
    PlanDraft,
    ProblemDraft,
)
from throughcare.pathway.actor import Actor
from throughcare.pathway.care_plan.care_plan import sign_plan, start_plan, write_plan
from throughcare.pathway.episode.admission import admit_patient
from throughcare.pathway.episode.agreements import sign_agreement
from throughcare.pathway.episode.care_team import join_care_team
from throughcare.pathway.episode.diagnoses import diagnose
from throughcare.pathway.intake.assessment import open_assessment, sign_assessment
from throughcare.pathway.intake.domain_ratings import rate_domains
from throughcare.pathway.intake.intake_answers import answer_section
from throughcare.pathway.intake.placement import decide_placement
from throughcare.pathway.measure.measure import record_measure
from throughcare.pathway.people.people import NewRelatedPerson, PersonDetails, add_related_person
from throughcare.pathway.referral.referral import (
    NewReferral,
    patient_of,
    receive_referral,
    record_contact,
    take_referral,
)
from throughcare.pathway.week.commitments import NewCommitment, add_commitment

RATINGS = {
    "W": (0, "No withdrawal now; last use more than a week ago."),
    "P": (1, "Blood pressure treated by the family doctor, stable."),
    "M": (2, "Symptoms on most days, no danger; needs several contacts a week."),
    "U": (2, "High risk of going back without structure, motivated."),
    "H": (1, "Lives with family who support treatment."),
    "E": (1, "Wants to come; hours must fit work and children."),
}
NO_DANGER = {
    "intent_and_plan_to_harm_other": "no",
    "medically_unstable": "no",
    "delirium": "no",
    "overdose_now": "no",
    "group_impossible": "no",
    "past_withdrawal_seizure_or_dt": "no",
    "heavy_use_now": "no",
    "daily_sedative_and_alcohol": "no",
    "pregnant_and_in_withdrawal": "no",
    "home_unsafe": "no",
    "overdoses_90_days": 0,
    "use_days_per_week_despite_full_iop": 0,
    "coping_at_home": "yes",
    "sober_support": "yes",
}


PARTNERS = ("Robin", "Alex", "Jordan", "Casey", "Taylor", "Morgan", "Jamie", "Rowan")


def clock(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the clinic's clocks."""
    return at_local(day, time(hour, minute), ZONE)


def phq_answers(dice: random.Random, score: float) -> list[int]:
    """Nine answers that add up to about `score`; the ninth (self-harm) mostly 0."""
    total = max(0, min(24, round(score + dice.uniform(-1.5, 1.5))))
    answers = [total // 8 + (place < total % 8) for place in range(8)]
    dice.shuffle(answers)
    return [*answers, 1 if total >= 17 and dice.random() < 0.08 else 0]


def gad_answers(dice: random.Random, score: float) -> list[int]:
    """Seven answers that go with a PHQ-9 score."""
    total = max(0, min(21, round(score * 0.7 + dice.uniform(-2, 2))))
    answers = [total // 7 + (place < total % 7) for place in range(7)]
    dice.shuffle(answers)
    return answers


def call(clinic: Clinic, life: Life, dice: random.Random, day: date) -> UUID:
    """The person calls, and is reached back the same day; the referral's public id."""
    at = clock(day, 9, dice.randrange(50))
    by = clinic.actors["admissions"]
    referral = receive_referral(
        NewReferral(
            site=clinic.sites[life.site],
            person=PersonDetails(
                given_name=life.given_name,
                family_name=life.family_name,
                birth_date=life.birth_date,
                sex=life.sex,
                language="en",
                phone=f"212-555-{100 + life.number % 100:04d}",
                contact_wishes={"voicemail": life.number % 3 == 0, "text": True},
            ),
            source=life.source,
            concerns=(life.focus,),
            reason=dice.choice(CALLS),
            best_times="After four",
        ),
        by=by,
        at=at,
    )
    if life.left_before:
        return referral
    take_referral(referral, by=by, at=at)
    record_contact(
        referral, mode="call", outcome="reached", by=by, at=at + timedelta(hours=2), note="Intake booked."
    )
    return referral


def assess(clinic: Clinic, life: Life, dice: random.Random, referral: UUID, day: date) -> tuple[UUID, UUID]:
    """The intake: questionnaires, checklist, ratings, placement at IOP, signature; assessment and patient."""
    by, at = clinic.actors["intake"], clock(day, 14)
    assessment = open_assessment(referral, by=by, at=at)
    patient = patient_of(referral, by=by, at=at)
    scores: dict[str, list[int | None]] = {
        "phq-9": [*phq_answers(dice, life.phq)],
        "gad-7": [*gad_answers(dice, life.phq)],
        "audit-c": [3, 2, 3] if life.focus == "alcohol" else [1, 0, 0],
        "c-ssrs-screener": [0, 0, None, None, None, 0, None],
    }
    for code, answers in scores.items():
        record_measure(
            patient,
            code,
            answers,
            mode="clinician",
            by=by,
            at=at,
            assessment=assessment,
            context={"sex": life.sex},
        )
    answer_section(assessment, "checklist", NO_DANGER, said_by="clinician", by=by, at=at, seen_version=0)
    rate_domains(assessment, RATINGS, by=by, at=at)
    decide_placement(assessment, placed="iop", by=by, at=at + timedelta(minutes=40))
    sign_assessment(assessment, by=by, at=at + timedelta(minutes=50))
    return assessment, patient


def carry_over(clinic: Clinic, referral: UUID, day: date) -> tuple[UUID, UUID]:
    """The intake of someone who had left before the clinic kept its record here: the placement, and why no more."""
    by, at = clinic.actors["intake"], clock(day, 14)
    assessment = open_assessment(referral, by=by, at=at)
    text = "Carried over: the assessment is in the record kept before this one."
    decide_placement(
        assessment,
        placed="iop",
        override_code="other",
        override_text=text,
        by=by,
        at=at + timedelta(minutes=40),
    )
    return assessment, patient_of(referral, by=by, at=at)


def admit(clinic: Clinic, life: Life, assessment: UUID, patient: UUID, *, whole: bool = True) -> UUID:
    """Admission day: agreements, diagnosis, care team, what the week must respect; the episode's public id."""
    by, at = clinic.actors["intake"], clock(life.admitted, 9)
    episode = admit_patient(assessment, track=life.track, by=by, at=at, site=clinic.sites[life.site])
    lead = clinic.practitioners[therapist_code(clinic, life)]
    join_care_team(episode, lead, part="primary_therapist", by=by, at=at)
    diagnose(episode, PROBLEMS[life.focus][1], by=by, at=at)
    if not whole:
        return episode
    for kind, form in AGREEMENTS.items():
        if form.required_for == "all":
            sign_agreement(episode, kind, signed_name=f"{life.given_name} {life.family_name}", by=by, at=at)
    join_care_team(episode, clinic.practitioners["case_manager"], part="case_manager", by=by, at=at)
    kind, starts, ends = own_days(life)
    for weekday in range(5):
        add_commitment(
            patient, NewCommitment(kind=kind, weekday=weekday, starts=starts, ends=ends), by=by, at=at
        )
    partner = f"{PARTNERS[life.number % len(PARTNERS)]} {life.family_name}"
    contact = NewRelatedPerson(partner, "partner", phone="212-555-0199", emergency_contact=True)
    add_related_person(patient, contact, by=by, at=at)
    return episode


def plan(clinic: Clinic, life: Life, episode: UUID, day: date) -> None:
    """The first plan, signed by both: ten hours a week, and objectives that can be measured."""
    by, at = therapist_of(clinic, life), clock(day, 11)
    version = start_plan(episode, by=by, at=at)
    problem, code = PROBLEMS[life.focus]
    mood = ObjectiveDraft(
        "PHQ-9 below 10",
        "phq-9",
        9,
        life.admitted + timedelta(weeks=8),
        (InterventionDraft("individual", 1),),
    )
    practice = ObjectiveDraft(
        PRACTICE[life.number % len(PRACTICE)],
        "own-count",
        5,
        life.admitted + timedelta(weeks=6),
        (InterventionDraft("cbt", 1),),
    )
    goals = tuple(
        GoalDraft(words, (objective,))
        for words, objective in zip(GOALS[life.focus], (mood, practice), strict=True)
    )
    write_plan(
        version,
        PlanDraft((ProblemDraft(problem, goals, code),), doses(clinic, life), 10, 4, 4, 10),
        by=by,
        at=at,
    )
    sign_plan(version, party="clinician", by=by, at=at)
    sign_plan(version, party="patient", signed_name=f"{life.given_name} {life.family_name}", by=by, at=at)


def doses(clinic: Clinic, life: Life) -> tuple[DoseLine, ...]:
    """The mix of the week: three group days, and a one-to-one."""
    kinds: dict[tuple[str, int], str] = {}
    for track, weekday, _, kind, _, _ in GROUPS:
        kinds[track, weekday + SECOND if (track, weekday) in kinds else weekday] = kind
    days = mix_of(life)
    types = [kinds.get((life.track, day)) or kinds["evening", day] for day in days]
    lines = [DoseLine(kind, types.count(kind), GROUP_MINUTES) for kind in dict.fromkeys(types)]
    return (*lines, DoseLine("individual", 1, 60))


def own_days(life: Life) -> tuple[str, time, time]:
    """What fills the person's own weekdays, from when until when."""
    choices = COMMITMENTS[life.track]
    return choices[life.number % len(choices)]


def mix_of(life: Life) -> tuple[int, ...]:
    """The weekdays on which the person comes to a group."""
    mixes = MIXES[life.track]
    return mixes[life.mix % len(mixes)]


def therapist_of(clinic: Clinic, life: Life) -> Actor:
    """Who carries the person one to one."""
    return clinic.actors[therapist_code(clinic, life)]


def therapist_code(clinic: Clinic, life: Life) -> str:
    """Which of the site's therapists that is."""
    therapists = clinic.therapists(life.site)
    return therapists[life.therapist % len(therapists)]
