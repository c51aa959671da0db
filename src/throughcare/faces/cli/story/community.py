"""The community of the demo: a calendar, an alumnus who was trained as a mentor, and what is told of milestones."""

from datetime import time, timedelta
from uuid import UUID

from throughcare.faces.cli.story.clinic import ZONE, PersonSignIn
from throughcare.faces.cli.story.consents import PASSWORD, SHOWN
from throughcare.faces.cli.story.days import Cast
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.mentoring import Match
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.community.event import NewEvent, add_event
from throughcare.pathway.community.mentor import NewMentor, make_mentor, propose_match
from throughcare.pathway.community.mentoring import Yes, say_yes
from throughcare.pathway.community.milestone import Wish, wish_for_milestones
from throughcare.pathway.community.name import choose_name
from throughcare.pathway.family.invitations import invite_patient, people_around
from throughcare.pathway.signing_in.links import set_password_by_link

# Kind, for whom, title, words, where, what it costs, weekday (0 is Monday), hour, minutes, how often.
EVENTS = """
alumni | everyone | Open evening | Tea and talk. Come and go as you like. | Main Street | Free | 3 | 18 | 90 | weekly
mutual_help | everyone | Recovery meeting | Run by people in recovery. | Library | Free | 1 | 19 | 60 | weekly
art | everyone | Clay and paint | Nothing you make has to be good. | Arts house | $5 | 5 | 15 | 120 | second_week
sport | everyone | Slow run by the river | Three miles, walking is fine. | Boat house | Free | 6 | 9 | 60 | weekly
work | everyone | Resume help | Bring your phone or a pen. | Job center | Free | 2 | 10 | 120 | fourth_week
workshop | patients | Cooking for a week | Cheap, quick, you take it home. | Kitchen | Free | 4 | 17 | 90 | second_week
alumni | alumni | Alumni breakfast | Once a month, before work. | Corner Diner | Your meal | 5 | 8 | 60 | fourth_week
"""
LONG_AGO = timedelta(days=190)
ABOUT = "I finished the program last year. I work nights, so I know about odd hours. I listen well."


def come_together(cast: Cast, *, mail: str) -> tuple[PersonSignIn, ...]:
    """Put the calendar up; where somebody finished long ago, they mentor the person whom a visitor can be."""
    by, today = cast.clinic.program, local_day(cast.now, ZONE)
    for line in EVENTS.strip().splitlines():
        kind, audience, title, words, place, cost, weekday, hour, minutes, repeats = line.split(" | ")
        day = today + timedelta(days=(int(weekday) - today.weekday()) % 7)
        said = NewEvent(
            kind,
            audience,
            title,
            day,
            time(int(hour)),
            int(minutes),
            words,
            place,
            cost=cost,
            repeats=repeats,
        )
        add_event(cast.clinic.sites["Main"], said, by=by, at=cast.now)
    finished = [
        life.number
        for life in cast.lives.values()
        if life.reason == "completed"
        and life.leaves
        and life.leaves < today - LONG_AGO
        and life.number != SHOWN
    ]
    if not finished or SHOWN not in cast.patients:
        return ()
    return (_mentor(cast, cast.patients[min(finished)], mail=mail),)


def _mentor(cast: Cast, patient: UUID, *, mail: str) -> PersonSignIn:
    """An alumnus with an account, who was trained and says yes."""
    by, at, today = cast.clinic.program, cast.now - timedelta(hours=5), local_day(cast.now, ZONE)
    address = f"alumnus@{mail}"
    token = invite_patient(patient, email=address, by=by, at=at)
    own = actor_for(set_password_by_link(token, PASSWORD, browser="", at=at))
    if own is None:
        raise RuntimeError("the alumnus of the story has no account")
    choose_name("River", by=own, at=at)
    sober = today - timedelta(days=365)
    wish_for_milestones(Wish(("community", "group"), True, sober), by=own, at=at)
    trained = NewMentor("Peer mentor training, 20 hours", today - timedelta(days=30), 2, ABOUT)
    mentor = make_mentor(patient, trained, by=by, at=at)
    mentee = cast.patients[SHOWN]
    bounds = Match(2, today, today + timedelta(weeks=12))
    match = propose_match(mentee, mentor, bounds, times="Evenings until ten", by=by, at=at)
    yes = Yes(frozenset({"reach", "words"}), "212-555-0148", "Text first, then I call.")
    say_yes(match, yes, by=own, at=at)
    return PersonSignIn("Alumnus", people_around(patient, by=by, at=at).name, address, PASSWORD)
