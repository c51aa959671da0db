"""People in the program as the boards see them: with a stay, a site, a track, measures and weeks behind them."""

from datetime import date, datetime, time
from uuid import UUID

from tests.cast import MONDAY, Cast, at
from tests.sessions_cast import ADMITTED, Person, hold
from tests.sessions_cast import admit as admit_person
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.records.episodes import CareTeamMember, Episode, Stay
from throughcare.records.measures import MeasureRequest, MeasureResponse
from throughcare.records.organizations import Site
from throughcare.records.people import Practitioner
from throughcare.records.referrals import Referral


def in_program(
    cast: Cast,
    given: str,
    family: str = "",
    *,
    level: str = "iop",
    track: str = "evening",
    site: UUID | None = None,
    admitted_at: datetime = ADMITTED,
    called_at: datetime | None = None,
    **more: object,
) -> Person:
    """Someone in the program; `called_at` is when they were referred."""
    person = admit_person(cast, given, family, admitted_at=admitted_at, **more)  # type: ignore[arg-type]
    place = Site.objects.get(uid=site or cast.site)
    fact = {"organization_id": cast.organization, "recorded_at": admitted_at}
    referral = None
    if called_at:
        referral = Referral.objects.create(
            **fact, site=place, patient_id=person.key, source="phone", received_at=called_at
        )
    Episode.objects.filter(pk=person.episode).update(track=track, site=place, referral=referral)
    Stay.objects.create(
        **fact,
        episode_id=person.episode,
        level=level,
        edition="ASAM 4th",
        began_at=admitted_at,
        reason="admission",
    )
    return person


def came(
    cast: Cast,
    *people: Person,
    day: date = MONDAY,
    status: str = "present",
    hours: int = 3,
    kind: str = "process",
    breaks: int = 0,
    **more: int,
) -> UUID:
    """An evening's session with attendance taken for everyone."""
    session = hold(cast, *people, day=day, ends=time(17 + hours, 30), kind=kind, breaks=breaks)
    for person in people:
        record_attendance(session, person.uid, status=status, by=cast.facilitator, at=at(21, day=day), **more)
    return session


def scored(
    cast: Cast, person: Person, code: str, total: int, *, day: date = MONDAY, asked: date | None = None
) -> None:
    """A measure's total on a day, with the request that it answers."""
    fact = {"organization_id": cast.organization, "recorded_at": at(12, day=day), "patient_id": person.key}
    request = MeasureRequest.objects.create(**fact, code=code, due_date=asked) if asked else None
    MeasureResponse.objects.create(
        **fact, code=code, answers=[], mode="self", taken_at=at(12, day=day), total=total, request=request
    )


def asked(cast: Cast, person: Person, code: str, *, due: date) -> None:
    """A measure that was asked for and not answered."""
    MeasureRequest.objects.create(
        organization_id=cast.organization, recorded_at=at(8), patient_id=person.key, code=code, due_date=due
    )


def carries(cast: Cast, person: Person) -> UUID:
    """Carla becomes the person's primary therapist; her public id."""
    carla = Practitioner.objects.get(pk=cast.clinician.practitioner)
    CareTeamMember.objects.create(
        organization_id=cast.organization,
        recorded_at=at(9),
        episode_id=person.episode,
        practitioner=carla,
        part="primary_therapist",
    )
    return carla.uid
