"""The people who are on their way in today: called, being reached, at intake, or not coming."""

import random
from datetime import date, timedelta

from throughcare.faces.cli.story.beginnings import assess, call, clock
from throughcare.faces.cli.story.clinic import Clinic
from throughcare.faces.cli.story.lives import FAMILY, GIVEN, Life, imagine_life
from throughcare.pathway.intake.assessment import open_assessment
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.referral.referral import (
    NewReferral,
    close_referral,
    receive_referral,
    record_contact,
    take_referral,
)

REASONS = ("schedule", "cost", "elsewhere", "declined", "not_reached", "distance")


def fill_pipeline(clinic: Clinic, dice: random.Random, today: date, *, hour: int) -> None:
    """Fifteen referrals in every stage, and six that ended with a no."""
    people = [newcomer(dice, number, today) for number in range(900, 921)]
    for life in people[:4]:
        just_called(clinic, life, dice, today, hour=hour)
    for life in people[4:7]:
        trying(clinic, life, dice, today)
    for life in people[7:11]:
        referral = call(clinic, life, dice, back(today, 2))
        open_assessment(referral, by=clinic.actors["intake"], at=clock(back(today, 1), 15))
    for life in people[11:15]:
        assess(clinic, life, dice, call(clinic, life, dice, back(today, 4)), back(today, 1))
    for life, reason in zip(people[15:], REASONS, strict=True):
        referral = call(clinic, life, dice, back(today, 6 + dice.randrange(20)))
        close_referral(referral, reason=reason, by=clinic.actors["admissions"], at=clock(back(today, 1), 16))


def newcomer(dice: random.Random, number: int, today: date) -> Life:
    """Someone who is not in the program yet."""
    name = (dice.choice(GIVEN), f"{dice.choice(FAMILY)}-{dice.choice(FAMILY)}")
    return imagine_life(dice, number, name, today, None)


def just_called(clinic: Clinic, life: Life, dice: random.Random, today: date, *, hour: int) -> None:
    """A form from the public page, an hour or a day ago; nobody has called back yet."""
    day, at_hour = (today, max(0, hour - 1)) if dice.random() < 0.5 else (back(today, 1), 16)
    receive_referral(
        NewReferral(
            site=clinic.sites[life.site],
            person=PersonDetails(life.given_name, life.family_name, phone=f"212-555-{life.number % 100:04d}"),
            concerns=(life.focus,),
            reason="I'd like to know whether evenings are possible.",
        ),
        by=clinic.program,
        at=clock(day, at_hour, 10),
    )


def trying(clinic: Clinic, life: Life, dice: random.Random, today: date) -> None:
    """Called twice, nobody picked up."""
    by, at = clinic.actors["admissions"], clock(back(today, 2), 10)
    referral = receive_referral(
        NewReferral(
            site=clinic.sites[life.site],
            person=PersonDetails(life.given_name, life.family_name, phone=f"212-555-{life.number % 100:04d}"),
            source="hospital",
            referrer_organization="City Hospital",
            referrer_name="Social work",
            concerns=(life.focus,),
        ),
        by=by,
        at=at,
    )
    take_referral(referral, by=by, at=at)
    for hours, outcome in ((3, "no_answer"), (27, "message_left")):
        record_contact(referral, mode="call", outcome=outcome, by=by, at=at + timedelta(hours=hours))


def back(day: date, days: int) -> date:
    """A weekday some days before."""
    found = day - timedelta(days=days)
    return found - timedelta(days=max(0, found.weekday() - 4))
