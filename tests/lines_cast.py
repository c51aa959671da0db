"""People who wait for a seat, written on top of the evening group: the tests of lines and make-ups start here."""

from datetime import date, time
from uuid import UUID

from tests.cast import MORNING, Cast
from tests.sessions_cast import SATURDAY, Person, hold, open_group
from throughcare.pathway.accounts import actor_for, open_account
from throughcare.pathway.actor import Actor
from throughcare.records.consents import PatientAccount
from throughcare.records.episodes import CareTeamMember
from throughcare.records.people import Patient, Practitioner
from throughcare.records.sessions import Session


def sign_up(cast: Cast, person: Person, *, role: str = "patient") -> Actor:
    """An account of the person's own, and who they are when they are signed in."""
    fact = {"organization_id": cast.organization, "recorded_at": MORNING}
    account = open_account(
        f"p{person.key}@mail.test",
        name=Patient.objects.get(pk=person.key).called,
        password=None,
        encoded="!",
        roles=(role,),
        by=cast.program,
        at=MORNING,
    )
    PatientAccount.objects.create(**fact, patient_id=person.key, account=account)
    actor = actor_for(account.pk)
    assert actor is not None
    return actor


def treat(cast: Cast, person: Person, by: Actor) -> None:
    """Make someone of the staff a person's primary therapist."""
    CareTeamMember.objects.create(
        organization_id=cast.organization,
        episode_id=person.episode,
        practitioner=Practitioner.objects.get(pk=by.practitioner),
        part="primary_therapist",
        recorded_at=MORNING,
    )


def saturday_group(
    cast: Cast, *people: Person, seats: int = 12, day: date = SATURDAY, **more: object
) -> UUID:
    """A weekend session with these people in it and so many seats."""
    more.setdefault("starts", time(9))
    more.setdefault("ends", time(12))
    more.setdefault("title", "Weekend process")
    more.setdefault("group", open_group(cast, "Weekend process"))
    session = hold(cast, *people, day=day, **more)  # type: ignore[arg-type]
    Session.objects.filter(uid=session).update(capacity=seats)
    return session
