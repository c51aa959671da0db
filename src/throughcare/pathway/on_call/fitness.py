"""Whether somebody can be relied on in a stretch of the rota: they sign in here, may answer, and are not away."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.on_call.rotas import able_to_answer
from throughcare.records.organizations import Site
from throughcare.records.people import Account
from throughcare.records.week_rules import Absence


@dataclass(frozen=True)
class Fitness:
    """What is known of everyone in a rota; people are account keys."""

    zone: str
    able: frozenset[int]
    names: Mapping[int, str]
    away: Mapping[int, tuple[Absence, ...]]

    def unfit(self, person: int, starts_at: datetime, ends_at: datetime) -> str:
        """Why a person can't be relied on from one moment to another; empty when they can."""
        name = self.names.get(person, "Somebody")
        if person not in self.able:
            return f"{name} doesn't answer crises here (any more)"
        first, last = local_day(starts_at, self.zone), local_day(ends_at - timedelta(seconds=1), self.zone)
        if any(one.first_day <= last and first <= one.last_day for one in self.away.get(person, ())):
            return f"{name} is away"
        return ""


def fitness_of(site: Site, *, since: datetime) -> Fitness:
    """What is known of everyone who may be on call at a site; three queries."""
    able = able_to_answer(site.organization_id, site.pk)
    names = dict(Account.objects.filter(organization=site.organization_id).values_list("pk", "name"))
    away: dict[int, list[Absence]] = defaultdict(list)
    absences = Absence.objects.filter(
        practitioner__account__in=able, ended_at__isnull=True, last_day__gte=local_day(since, site.time_zone)
    ).select_related("practitioner")
    for one in absences:
        if one.practitioner.account_id is not None:
            away[one.practitioner.account_id].append(one)
    return Fitness(
        site.time_zone, frozenset(able), names, {person: tuple(days) for person, days in away.items()}
    )
