"""Ana in care, Lee who finished the program in spring and was trained, and an evening for everyone."""

from datetime import date, time, timedelta
from uuid import UUID

from tests import plan_cast
from tests.cast import MONDAY, MORNING, Cast, at
from throughcare.knowledge.mentoring import Match
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor
from throughcare.pathway.community.event import NewEvent, add_event
from throughcare.pathway.community.mentor import NewMentor, make_mentor, propose_match
from throughcare.pathway.discharge.discharge import end_episode
from throughcare.pathway.family.invitations import invite_patient
from throughcare.records.episodes import Episode
from throughcare.records.people import Account, Patient

AUTUMN = date(2026, 10, 5)
NOW = at(10, day=AUTUMN)
EVENING = NewEvent(
    "alumni", "everyone", "Open evening", AUTUMN, time(18), 90, repeats="weekly", seats=1, place="Room 2"
)


def ana(cast: Cast) -> tuple[Patient, Actor]:
    """Somebody in care with an account of their own."""
    found = Episode.objects.get(uid=plan_cast.admit(cast)).patient
    invite_patient(found.uid, email="ana@mail.test", by=cast.clinician, at=MORNING)
    return found, own("ana@mail.test")


def lee(cast: Cast) -> tuple[Patient, Actor]:
    """Somebody who finished the program in spring, with an account of their own."""
    episode = Episode.objects.get(uid=plan_cast.admit(cast, given="Lee", family="Moss"))
    invite_patient(episode.patient.uid, email="lee@mail.test", by=cast.clinician, at=MORNING)
    end_episode(episode, reason="completed", next_place="", at=at(12, day=MONDAY + timedelta(days=20)))
    return episode.patient, own("lee@mail.test")


def own(email: str) -> Actor:
    """The actor who signs in with this address."""
    found = actor_for(Account.objects.get_by_natural_key(email).pk)
    assert found is not None
    return found


def an_evening(cast: Cast) -> UUID:
    """An evening with one seat, every Monday."""
    return add_event(cast.site, EVENING, by=cast.case_manager, at=NOW)


def matched(cast: Cast, mentee: Patient, mentor: Patient) -> UUID:
    """Lee is a mentor, proposed to Ana for ten weeks."""
    trained = NewMentor("Peer training", AUTUMN - timedelta(days=30), 1, "I have been where you are.")
    made = make_mentor(mentor.uid, trained, by=cast.case_manager, at=NOW)
    bounds = Match(2, AUTUMN, AUTUMN + timedelta(weeks=10))
    return propose_match(mentee.uid, made, bounds, times="Evenings", by=cast.case_manager, at=NOW)
