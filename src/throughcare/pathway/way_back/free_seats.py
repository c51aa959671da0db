"""The first session in which somebody who comes back could sit, among those of the groups that they knew."""

from collections import Counter
from datetime import datetime

from throughcare.knowledge.session_types import ALL as TYPES
from throughcare.pathway.seat.person_to_place import kept_apart
from throughcare.records.aftercare import WayBack
from throughcare.records.episodes import Episode
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import Membership


def first_free_session(person: Patient, episode: Episode, *, until: datetime, at: datetime) -> Session | None:
    """The first session of a group with a free seat until then; of a group that they were in, if there is one.

    A seat that somebody else on their way back was told of counts as taken, and nobody meets whom they mustn’t.
    """
    rows = list(
        Session.objects.filter(
            organization_id=person.organization_id,
            site_id=episode.site_id,
            group__isnull=False,
            group__track=episode.track,
            starts_at__gt=at,
            starts_at__lte=until,
            cancelled_at__isnull=True,
        ).order_by("starts_at", "pk")
    )
    seats = Appointment.objects.filter(session__in=rows, released_at__isnull=True)
    seated: dict[int, set[int]] = {row.pk: set() for row in rows}
    for session, patient in seats.values_list("session", "patient"):
        seated[session].add(patient)
    kept = Counter(WayBack.objects.filter(session__in=rows).values_list("session", flat=True))
    apart = set(kept_apart([person.pk]).get(person.pk, {}))
    known = set(Membership.objects.filter(episode=episode).values_list("group", flat=True))
    free = [
        row
        for row in rows
        if row.session_type in TYPES
        and len(seated[row.pk]) + kept[row.pk] < row.capacity
        and not seated[row.pk] & apart
    ]
    return next((row for row in free if row.group_id in known), next(iter(free), None))
