"""One person's way: the call, the intake, placement, admission and plan, each name and text a marker."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from throughcare.faces.cli.review.clinics import MAIL, MINUTES, ZONE, Place
from throughcare.faces.cli.review.markers import OwnMarkers
from throughcare.faces.cli.story.beginnings import NO_DANGER
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
from throughcare.pathway.care_plan.care_plan import sign_plan, start_plan, write_plan
from throughcare.pathway.episode.admission import admit_patient
from throughcare.pathway.episode.agreements import sign_agreement
from throughcare.pathway.episode.care_team import join_care_team
from throughcare.pathway.episode.contact_attempts import record_contact_attempt
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

MEASURES: dict[str, list[int | None]] = {
    "phq-9": [2, 2, 2, 2, 1, 1, 1, 1, 0],
    "gad-7": [2, 2, 1, 1, 1, 1, 1],
    "audit-c": [3, 2, 3],
    "c-ssrs-screener": [0, 0, None, None, None, 0, None],
}
RATINGS = {"W": 0, "P": 1, "M": 2, "U": 2, "H": 1, "E": 1}


@dataclass
class Life:
    """Someone's way through a place, as far as it got."""

    place: Place
    site: int
    word: OwnMarkers
    day: date
    referral: UUID
    patient: UUID
    assessment: UUID | None = None
    episode: UUID | None = None
    related: dict[str, UUID] | None = None

    @property
    def therapist(self) -> str:
        """Who carries them one to one."""
        if self.place.owner == "other_clinic":
            return "other_org_clinician"
        return "other_site_clinician" if self.site else "clinician"

    def actor(self, role: str) -> str:
        """Who does this at their place: another organization has two people for everything."""
        if self.place.owner == "clinic":
            return role
        return "other_org_director" if role in ("admissions", "director") else "other_org_clinician"


def clock(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the clinics' clocks."""
    return at_local(day, time(hour, minute), ZONE)


def call(place: Place, site: int, word: OwnMarkers, *, day: date) -> Life:
    """They call, with all that a referral can say, and are reached the same day."""
    at, by = clock(day, 9), place.actors["admissions" if place.owner == "clinic" else "other_org_director"]
    referral = receive_referral(
        NewReferral(
            site=place.sites[site],
            person=_person(word),
            source="hospital",
            referrer_name=word("referral", "who referred"),
            referrer_organization=word("referral", "where from"),
            concerns=("alcohol",),
            reason=word("referral", "reason"),
            best_times=word("referral", "best times"),
        ),
        by=by,
        at=at,
    )
    take_referral(referral, by=by, at=at)
    note = word("referral", "what was said")
    record_contact(referral, mode="call", outcome="reached", note=note, by=by, at=at + timedelta(hours=1))
    return Life(place, site, word, day, referral, patient_of(referral, by=by, at=at))


def _person(word: OwnMarkers) -> PersonDetails:
    """Who they are, each word a marker."""
    return PersonDetails(
        given_name=word.name("given name").title(),
        family_name=word.name("family name").title(),
        preferred_name=word.name("called").title(),
        pronouns=word("identity", "pronouns"),
        birth_date=date(1991, 5, 4),
        sex="female",
        gender=word("identity", "gender"),
        language="en",
        phone="212-555-0142",
        email=f"{word('identity', 'e-mail')}@{MAIL}",
        address=f"2 {word('identity', 'address')} Street",
        contact_wishes={"voicemail": True, "other_way": word("identity", "other way")},
    )


def assess(life: Life, *, day: date, sign: bool = True) -> None:
    """The intake: their own words, questionnaires, ratings with evidence, the placement."""
    at, by, word = clock(day, 14), life.place.actors[life.therapist], life.word
    life.assessment = open_assessment(life.referral, by=by, at=at)
    for code, answers in MEASURES.items():
        record_measure(
            life.patient,
            code,
            answers,
            mode="clinician",
            by=by,
            at=at,
            assessment=life.assessment,
            context={"sex": "female"},
        )
    said: dict[str, dict[str, object]] = {
        "checklist": {**NO_DANGER},
        "hopes": {part: word("assessment", part) for part in ("brings", "hopes", "worries")},
        "history": {part: word("assessment", part) for part in ("past_care", "health", "medicines")},
        "work": {"other_times": word("assessment", "other times")},
    }
    for section, words in said.items():
        answer_section(life.assessment, section, words, said_by="clinician", by=by, at=at, seen_version=0)
    evidence = {code: (rating, word("assessment", f"domain {code}")) for code, rating in RATINGS.items()}
    rate_domains(life.assessment, evidence, by=by, at=at)
    decide_placement(life.assessment, placed="iop", by=by, at=at + timedelta(minutes=40))
    if sign:
        sign_assessment(life.assessment, by=by, at=at + timedelta(minutes=50))


def admit(life: Life, *, day: date) -> None:
    """Admission: agreements, diagnoses, the care team, those close to them, what their week holds."""
    if life.assessment is None:
        raise RuntimeError("nobody is admitted without an assessment")
    at, by, word = clock(day, 9), life.place.actors[life.therapist], life.word
    life.day = day
    life.episode = admit_patient(
        life.assessment, track="evening", by=by, at=at, site=life.place.sites[life.site]
    )
    join_care_team(
        life.episode, life.place.practitioners[life.therapist], part="primary_therapist", by=by, at=at
    )
    if "case_manager" in life.place.practitioners and life.site == 0:
        who = life.place.practitioners["case_manager"]
        join_care_team(life.episode, who, part="case_manager", by=by, at=at)
    for code in ("F10.20", "F32.1"):
        diagnose(life.episode, code, by=by, at=at)
    for kind, form in AGREEMENTS.items():
        if form.required_for == "all":
            name = f"{word.name('given name')} {word.name('family name')}".title()
            sign_agreement(life.episode, kind, signed_name=name, by=by, at=at)
    _around(life, day=day)


def _around(life: Life, *, day: date) -> None:
    """What their own week holds, who is close to them, and a call that nobody answered."""
    if life.episode is None:
        raise RuntimeError("this is about someone in the program")
    at, by, word = clock(day, 9), life.place.actors[life.therapist], life.word
    commitment = NewCommitment("childcare", word("schedule", "commitment"), weekday=6)
    add_commitment(life.patient, commitment, by=by, at=at)
    life.related = {
        who: add_related_person(
            life.patient,
            NewRelatedPerson(
                word.markers.word(f"{who} of {word.owner}", "", "name"),
                "mother",
                phone="212-555-0119",
                emergency_contact=True,
                note=word("identity", f"note about {who}"),
            ),
            by=by,
            at=at,
        )
        for who in ("family", "former")
    }
    record_contact_attempt(
        life.episode,
        mode="call",
        outcome="no_answer",
        note=word("attendance", "attempt"),
        by=by,
        at=clock(day + timedelta(days=1), 16),
    )


def plan(life: Life, *, day: date) -> None:
    """A plan of ten hours, signed by both."""
    if life.episode is None:
        raise RuntimeError("nobody has a plan without an episode")
    at, by, word = clock(day, 11), life.place.actors[life.therapist], life.word
    steps = ObjectiveDraft(
        f"PHQ-9 below 10 {word('care_plan', 'objective')}",
        "phq-9",
        9,
        day + timedelta(weeks=8),
        (InterventionDraft("individual", 1, word("care_plan", "intervention")),),
    )
    goal = GoalDraft(word("care_plan", "goal"), (steps,))
    draft = PlanDraft(
        (ProblemDraft(word("care_plan", "problem"), (goal,), "F10.20"),),
        (DoseLine("process", 3, MINUTES), DoseLine("individual", 1, 60)),
        10,
        4,
        4,
        10,
    )
    version = start_plan(life.episode, by=by, at=at)
    write_plan(version, draft, by=by, at=at)
    sign_plan(version, party="clinician", by=by, at=at)
    name = f"{word.name('given name')} {word.name('family name')}".title()
    sign_plan(version, party="patient", signed_name=name, by=by, at=at)
