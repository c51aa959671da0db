"""Episodes of care, opened through the privacy desk: what every later step of a person's way starts from."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import age_on, local_day
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.rows import only_row
from throughcare.records.episodes import Episode, Stay

ADULT = 18


def open_episode(episode: UUID, *, kind: str, by: Actor, at: datetime, verb: str = "see") -> Episode:
    """The episode, if the desk lets `by` see (or change) records of this kind about its patient."""
    found = only_row(_episode(by.organization, episode))
    if found is None:
        raise Absent("episode")
    open_patient(found.patient, kind=kind, by=by, at=at, verb=verb)
    return found


@prepared
def _episode(organization: int, episode: UUID) -> QuerySet[Episode]:
    return Episode.objects.select_related("patient", "site").filter(organization_id=organization, uid=episode)


def open_last_episode(
    patient: UUID, *, kind: str, by: Actor, at: datetime, verb: str = "see"
) -> Episode | None:
    """The patient's open episode, else the last one that ended; None for someone never admitted."""
    person = open_patient(patient, kind=kind, by=by, at=at, verb=verb)
    return only_row(_last_episode(person.pk))


@prepared
def _last_episode(patient: int) -> QuerySet[Episode]:
    rows = Episode.objects.select_related("patient", "site").filter(patient=patient)
    return rows.order_by("-admitted_at", "-pk")[:1]


def require_running(episode: Episode) -> None:
    """Raise `Cannot` when the episode has ended."""
    if episode.ended_at is not None:
        raise Cannot("This episode of care has ended. A new admission starts a new one.")


def stay_of(episode: Episode) -> Stay | None:
    """The stay that the episode is in, or its last one."""
    return only_row(_last_stay(episode.pk))


@prepared
def _last_stay(episode: int) -> QuerySet[Stay]:
    return Stay.objects.filter(episode=episode).order_by("-began_at", "-pk")[:1]


def day_of(episode: Episode, at: datetime) -> date:
    """The calendar day at the episode's site."""
    return local_day(at, episode.site.time_zone)


def is_teen(episode: Episode, *, on: date) -> bool:
    """Whether the patient is under 18 on this day; someone without a birth date counts as an adult."""
    born = episode.patient.birth_date
    return born is not None and age_on(on, born) < ADULT
