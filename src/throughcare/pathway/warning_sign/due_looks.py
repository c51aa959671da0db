"""Who is due for a look: whose record was changed, whom the clock asks for, and whoever was never looked at."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy.own_work import note_own_work
from throughcare.pathway.warning_sign.raising import look_at
from throughcare.records.among import Keys
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Organization
from throughcare.records.signs import NextLook, Nudge

# So many people are looked at in one transaction: other writers wait no longer than that takes.
TOGETHER = 50
AT_ONCE = 1_000


def watch_people(*, at: datetime) -> str:
    """Look at everyone who is due; what it came to, in words. What is left waits for the next round."""
    done: Counter[str] = Counter()
    for organization in Organization.objects.order_by("pk").values_list("pk", flat=True):
        done += _watch(organization, at=at)
    looked = done.pop("looked", 0)
    told = ", ".join(f"{count} {what}" for what, count in sorted(done.items()) if what != "kept")
    return f"{looked} looked at{f': {told}' if told else ''}"


def _watch(organization: int, *, at: datetime) -> Counter[str]:
    done: Counter[str] = Counter()
    nudged = _nudges(organization)
    clocked = _clock_asks(organization, at)
    due = sorted({*nudged, *clocked, *_never_looked_at(organization)})[:AT_ONCE]
    for together in _in_parts(due):
        with transaction.atomic():
            done += look_at(together, organization=organization, at=at)
            # Only those that were read before: a change that came meanwhile is looked at next.
            Nudge.objects.filter(
                pk__among=Keys(key for one in together for key in nudged.get(one, ()))
            ).delete()
        done["looked"] += len(together)
    if due:
        note_own_work(
            "watch",
            "warning_sign",
            organization=organization,
            at=at,
            verb="change",
            purpose="treatment",
            unlisted=len(due),
        )
    return done


def look_now(patient: int, *, organization: int, at: datetime) -> Counter[str]:
    """Look at one person (key) at once, for pathway modules past the desk."""
    return look_at([patient], organization=organization, at=at)


def _nudges(organization: int) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for key, patient in _waiting(organization):
        found[patient].append(key)
    return found


@prepared
def _waiting(organization: int) -> QuerySet[Nudge, tuple[int, int]]:
    return Nudge.objects.filter(organization=organization).values_list("pk", "patient")


@prepared
def _clock_asks(organization: int, at: datetime) -> QuerySet[NextLook, int]:
    rows = NextLook.objects.filter(organization=organization, next_look_at__lte=at)
    return rows.order_by("next_look_at").values_list("patient", flat=True)


@prepared
def _never_looked_at(organization: int) -> QuerySet[Episode, int]:
    rows = Episode.objects.filter(
        organization=organization, ended_at__isnull=True, patient__next_look__isnull=True
    )
    return rows.values_list("patient", flat=True)


def _in_parts(patients: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(patients), TOGETHER):
        yield patients[first : first + TOGETHER]
