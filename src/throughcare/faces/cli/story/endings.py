"""What changes on the way, and how each person's time ends."""

from datetime import date, timedelta
from uuid import UUID

from throughcare.faces.cli.story.beginnings import clock, therapist_of
from throughcare.faces.cli.story.days import Cast
from throughcare.faces.cli.story.lives import Life
from throughcare.faces.cli.story.words import review_text
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.care_plan.plan_review import sign_review
from throughcare.pathway.discharge.aftercare import NextVisit, list_aftercare, record_aftercare
from throughcare.pathway.discharge.discharge import discharge_patient
from throughcare.pathway.discharge.discharge_facts import Absence
from throughcare.pathway.episode.contact_attempts import record_contact_attempt
from throughcare.pathway.progress.step import step_to

NEXT_PLACES = {
    "completed": "Outpatient therapy and the alumni group",
    "left_informed": "Own choice; told how to come back",
    "lost_contact": "Letter sent with three ways to come back",
    "transfer_up": "Lakeside residential program",
    "moved": "Intensive outpatient program near the new home",
    "transfer_down": "Outpatient therapy here",
}


def review(cast: Cast, life: Life, day: date) -> None:
    """A plan review, signed by the therapist."""
    outcome = "step_up" if life.arc == "worse" else "continue"
    sign_review(
        cast.episodes[life.number],
        text=review_text(life.arc),
        outcome=outcome,
        because="by_days",
        by=therapist_of(cast.clinic, life),
        at=clock(day, 12),
    )


def step_down(cast: Cast, life: Life, day: date) -> None:
    """Two weeks before the end, whoever does well moves to outpatient."""
    step_to(
        cast.episodes[life.number],
        level="op",
        reason="improved",
        text="Steady for a month; fewer hours, same therapist.",
        next_place="Outpatient, same site",
        by=cast.clinic.actors["director"],
        at=clock(day, 12, 30),
    )


def leave(cast: Cast, life: Life, day: date) -> None:
    """Discharge, with the next visit planned for those who go on somewhere."""
    reason = life.reason
    if reason == "lost_contact":
        tried(cast, life, day)
        absence = Absence(tier_checked=True, welfare_check_made=True)
        end(cast, life, day, "lost_contact", absence=absence)
        return
    if life.left_before and reason == "completed":
        # Their sessions were not carried over, so the program can't tell that they completed it.
        reason = "transfer_down"
    try:
        end(cast, life, day, reason)
    except Cannot:
        # Too few sessions or goals to call it completed: it goes on elsewhere with less.
        end(cast, life, day, "transfer_down")


def tried(cast: Cast, life: Life, day: date) -> None:
    """Three calls and a letter in the two weeks before someone is given up on."""
    for before, mode, outcome in (
        (12, "call", "no_answer"),
        (9, "call", "message_left"),
        (6, "text", "no_answer"),
        (5, "letter", "no_answer"),
    ):
        record_contact_attempt(
            cast.episodes[life.number],
            mode=mode,
            outcome=outcome,
            attempted_at=clock(day - timedelta(days=before), 14),
            by=cast.clinic.actors["case_manager"],
            at=clock(day, 16),
        )


def end(cast: Cast, life: Life, day: date, reason: str, absence: Absence | None = None) -> None:
    """One discharge."""
    goes_on = reason not in ("lost_contact", "left_informed")
    visit = NextVisit(
        "Dr. Amy Lowell, outpatient therapy", clock(day + timedelta(days=5), 15), "212-555-0177"
    )
    discharge_patient(
        cast.episodes[life.number],
        reason=reason,
        text=review_text(life.arc),
        next_place=NEXT_PLACES[reason],
        goals=dict.fromkeys(goal_threads(cast, life), "met") if reason == "completed" else None,
        helped="The group, the plan for evenings, and having someone to call.",
        visit=visit if goes_on else None,
        absence=absence,
        by=cast.clinic.actors["director"],
        at=clock(day, 17),
    )


def goal_threads(cast: Cast, life: Life) -> list[UUID]:
    """The threads of the goals in this person's plan."""
    from throughcare.pathway.discharge.discharge import offer_discharge

    offer = offer_discharge(cast.episodes[life.number], by=cast.clinic.actors["director"], at=cast.now)
    return [goal.thread for goal in offer.facts.goals]


def hear_of_visits(cast: Cast) -> None:
    """The case manager writes down which of the visits after discharge were kept."""
    by = cast.clinic.actors["case_manager"]
    for row in list_aftercare(by=by, at=cast.now).due:
        if cast.dice.random() < 0.9:
            record_aftercare(row.uid, kept=cast.dice.random() < 0.72, by=by, at=cast.now)
