"""Watching the sending itself: what did not leave, what nobody says arrived, who fell silent, which provider drops."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from throughcare.knowledge.backups import BACKUP, TOO_OLD
from throughcare.knowledge.message_ways import ALL as WAYS
from throughcare.knowledge.message_ways import SILENT, UNDISPATCHED, UNRECEIVED
from throughcare.pathway.due_work import last_beats
from throughcare.pathway.message.marking import NO_ADDRESS, NOT_TAKEN, PARKED, SENT
from throughcare.pathway.message.receipts import ARRIVED, LOST
from throughcare.pathway.room import room
from throughcare.records.messages import Message, MessageReceipt, MessageWay

UNSENT, UNHEARD, STUCK, SILENT_LANE, DROPS = "undispatched", "unreceived", "parked", "silent lane", "drops"
LOW_DISK, NO_BACKUP = "low disk", "no backup"
# The other lane's work may take a while by its nature.
LANES = {"crisis lane": SILENT, "worker": timedelta(minutes=2)}
LOOKED_AT = 10
FEWEST = 3
NEEDS_EYES = (PARKED, NOT_TAKEN, NO_ADDRESS)


@dataclass(frozen=True)
class Alarm:
    """Something about the sending that people must know; `organization` is a key, None where it touches all."""

    kind: str
    what: str
    organization: int | None = None
    count: int = 1

    def in_words(self) -> str:
        """A sentence for the banner and for the alarm's own message; it names nobody."""
        many = f"{self.count} urgent messages" if self.count != 1 else "An urgent message"
        return {
            UNSENT: f"{many} could not be sent for more than 30 seconds. Call who is on duty yourself.",
            UNHEARD: f"{many} went out and no provider says that it arrived. Call who is on duty yourself.",
            STUCK: f"Messages were put aside after several tries: {self.count}. Look at them under Clinic, Messages.",
            SILENT_LANE: f"The program's {self.what} has stopped. Messages may not leave: call people yourself.",
            DROPS: f"The provider takes {self.what} and tells of none that it arrived. Use another way.",
            LOW_DISK: "The disk is nearly full. Make room now: once it is full, only calls for help are still written.",
            NO_BACKUP: "The last backup is more than ten minutes old. `throughcare check` says why none is taken.",
        }[self.kind]


def alarms(*, at: datetime) -> tuple[Alarm, ...]:
    """All that is wrong with the sending at this moment; a handful of short queries."""
    return (*_silent_lanes(at), *_not_sent(at), *_not_heard_of(at), *_parked(), *_dropping(at))


def room_alarms() -> tuple[Alarm, ...]:
    """What is wrong with the room on this machine's disk."""
    here = room()
    return (Alarm(LOW_DISK, ""),) if here.is_low or (not here.is_held and here.is_short) else ()


def _silent_lanes(at: datetime) -> Iterator[Alarm]:
    """Lanes that ran once and were not heard of; one that never ran was never started here."""
    for beat in last_beats():
        if beat.work in LANES and abs(at - beat.ran_at) > LANES[beat.work]:
            yield Alarm(SILENT_LANE, beat.work)
        if beat.work == BACKUP and at - beat.ran_at > TOO_OLD:
            yield Alarm(NO_BACKUP, "")


def _not_sent(at: datetime) -> Iterator[Alarm]:
    waiting = Message.objects.filter(
        urgent=True, settled_at__isnull=True, dispatched_at__isnull=True, recorded_at__lt=at - UNDISPATCHED
    )
    yield from _by_organization(UNSENT, waiting.values_list("organization", flat=True))


def _not_heard_of(at: datetime) -> Iterator[Alarm]:
    left = Exists(MessageWay.objects.filter(message=OuterRef("pk"), finished_at__isnull=True))
    sent = Message.objects.filter(
        ~left, urgent=True, settled_at__isnull=True, dispatched_at__lt=at - UNRECEIVED
    )
    yield from _by_organization(UNHEARD, sent.values_list("organization", flat=True))


def _parked() -> Iterator[Alarm]:
    rows = MessageWay.objects.filter(outcome=PARKED, message__settled_at__isnull=True)
    yield from _by_organization(STUCK, rows.values_list("organization", flat=True))


def _dropping(at: datetime) -> Iterator[Alarm]:
    """A provider that takes messages and of whose last ones not one is said to have arrived, nor to be lost."""
    told = Exists(MessageReceipt.objects.filter(attempt__way=OuterRef("pk"), status__in=(ARRIVED, LOST)))
    for way in WAYS.values():
        if not way.tells_arrival:
            continue
        gone = MessageWay.objects.filter(
            Q(outcome=SENT) | Q(outcome="not delivered"),
            way=way.code,
            finished_at__lt=at - UNRECEIVED,
            finished_at__gt=at - timedelta(days=1),
        )
        last = list(
            gone.annotate(told=told).order_by("-finished_at").values_list("told", flat=True)[:LOOKED_AT]
        )
        if len(last) >= FEWEST and not any(last):
            yield Alarm(DROPS, f"every {way.words}", count=len(last))


def _by_organization(kind: str, organizations: Iterable[int]) -> Iterator[Alarm]:
    for organization, count in Counter(organizations).items():
        yield Alarm(kind, "", organization, count)
