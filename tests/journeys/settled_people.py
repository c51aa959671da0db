"""One of everything of the community that an address may name: an event, a mentor, a match, a lesson."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from tests import plan_cast
from tests.cast import MONDAY, Cast, at
from throughcare.knowledge.mentoring import Match
from throughcare.pathway.community.event import NewEvent, add_event
from throughcare.pathway.community.mentor import NewMentor, make_mentor, propose_match
from throughcare.pathway.discharge.discharge import end_episode
from throughcare.records.community import CommunityName, MilestoneWish
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient

LAST_YEAR = MONDAY - timedelta(days=365)
EVENING = NewEvent(
    "alumni",
    "everyone",
    "Open evening",
    date(2026, 3, 6),
    time(18),
    90,
    words="Tea, talk and no speeches.",
    place="12 Main Street",
    cost="Free",
    repeats="weekly",
    seats=12,
)


def who_is_around(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """An evening at the clinic and a meeting outside; an alumnus who is proposed to somebody; a milestone told."""
    evening = add_event(cast.site, EVENING, by=cast.case_manager, at=now)
    outside = replace(EVENING, kind="sport", title="Morning run", link="https://run.test/", seats=None)
    add_event(cast.site, outside, by=cast.case_manager, at=now)
    left = Episode.objects.get(
        uid=plan_cast.admit(cast, given="Lou", family="Park", when=at(9, day=LAST_YEAR))
    )
    end_episode(left, reason="completed", next_place="", at=at(9, day=LAST_YEAR + timedelta(days=90)))
    trained = NewMentor("Peer training", MONDAY, 2, "I finished the program and I like walking.")
    mentor = make_mentor(left.patient.uid, trained, by=cast.case_manager, at=now)
    bounds = Match(2, now.date(), now.date() + timedelta(weeks=10))
    match = propose_match(patient, mentor, bounds, times="Evenings", by=cast.case_manager, at=now)
    said = {"organization_id": cast.organization, "recorded_at": now}
    CommunityName.objects.create(patient=left.patient, name="River", **said)
    MilestoneWish.objects.create(
        patient=left.patient,
        places=["community", "group"],
        tells_sober_days=True,
        sober_since=(MONDAY - timedelta(days=90)).isoformat(),
        **said,
    )
    CommunityName.objects.create(patient=Patient.objects.get(uid=patient), name="Sky", **said)
    return {"happening": evening, "mentor": mentor, "match": match, "lesson": "limits"}
