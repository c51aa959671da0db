"""Messages that need a person: nothing that stopped on its way is out of sight, each has an age and an owner."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q

from throughcare.knowledge.message_ways import ALL as WAYS
from throughcare.knowledge.message_ways import UNDISPATCHED, UNRECEIVED
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.message.marking import (
    ACCEPTED,
    NO_ADDRESS,
    NOT_DELIVERED,
    NOT_TAKEN,
    PARKED,
    hold_messages,
    settle,
)
from throughcare.pathway.message.receipts import ARRIVED, LOST
from throughcare.records.messages import Message, MessageAttempt, MessageReceipt, MessageWay
from throughcare.records.people import RoleGrant

LOOKS_AFTER = frozenset({"admin", "director"})
NOBODYS = "Administrators"
OUTSIDE = "Someone outside the staff"
SET_ASIDE = "set aside"
MOST = 100
AGAIN = (PARKED, NOT_TAKEN, NO_ADDRESS, NOT_DELIVERED)


@dataclass(frozen=True)
class WayLine:
    """One way of a message: what it is called, how it stands, and what went wrong, in the program's words."""

    words: str
    state: str
    tries: int
    trouble: str


@dataclass(frozen=True)
class MessageLine:
    """A message that needs a person; it names its recipient only when they work here, and never says its words."""

    uid: UUID
    to: str
    urgent: bool
    since: datetime
    minutes: int
    state: str
    ways: tuple[WayLine, ...]
    owner: str
    is_mine: bool


@dataclass(frozen=True)
class WayFigures:
    """How a way did in the last 24 hours."""

    words: str
    taken: int
    arrived: int
    lost: int
    second_copies: int
    tells_arrival: bool

    @property
    def no_word(self) -> int:
        """Of how many nobody knows whether they arrived."""
        return max(0, self.taken - self.arrived - self.lost) if self.tells_arrival else 0


def _require(by: Actor) -> None:
    if not by.holds(*LOOKS_AFTER):
        raise CannotSee("Administrators and directors look after messages.")


def messages_to_look_after(*, by: Actor, at: datetime) -> list[MessageLine]:
    """What stopped on its way or that nobody says arrived, the urgent and the oldest first."""
    _require(by)
    left = Exists(MessageWay.objects.filter(message=OuterRef("pk"), finished_at__isnull=True))
    parked = Exists(MessageWay.objects.filter(message=OuterRef("pk"), outcome=PARKED))
    waits = Q(urgent=True, dispatched_at__isnull=True, recorded_at__lt=at - UNDISPATCHED)
    unheard = ~left & (Q(dispatched_at__isnull=True) | Q(dispatched_at__lt=at - UNRECEIVED))
    rows = Message.objects.filter(
        Q(parked) | waits | unheard, organization=by.organization, settled_at__isnull=True
    ).select_related("account", "owner")
    found = list(rows.order_by("-urgent", "recorded_at", "pk")[:MOST])
    ways: dict[int, list[MessageWay]] = defaultdict(list)
    for way in MessageWay.objects.filter(message__in=found).order_by("turn"):
        ways[way.message_id].append(way)
    staff = set(
        RoleGrant.objects.filter(
            account__in=[row.account_id for row in found], role__in=STAFF, ended_at__isnull=True
        ).values_list("account", flat=True)
    )
    return [_line(row, ways[row.pk], staff, by=by, at=at) for row in found]


def _line(
    row: Message, ways: Sequence[MessageWay], staff: set[int], *, by: Actor, at: datetime
) -> MessageLine:
    return MessageLine(
        uid=row.uid,
        to=row.account.name if row.account and row.account_id in staff else OUTSIDE,
        urgent=row.urgent,
        since=row.recorded_at,
        minutes=int((at - row.recorded_at).total_seconds() // 60),
        state=_state(row, ways),
        ways=tuple(
            WayLine(WAYS[way.way].words, way.outcome or "under way", way.tries, way.trouble) for way in ways
        ),
        owner=row.owner.name if row.owner else NOBODYS,
        is_mine=row.owner_id is not None and row.owner_id == by.account,
    )


def _state(row: Message, ways: Sequence[MessageWay]) -> str:
    if row.dispatched_at is not None:
        return "It left, and nobody says that it arrived"
    if any(way.finished_at is None for way in ways):
        return "It has not left yet"
    if any(way.outcome == PARKED for way in ways):
        return "Put aside after five tries"
    return "There is no way left to send it"


def figures_of_ways(*, by: Actor, at: datetime) -> list[WayFigures]:
    """What providers took and told in the last 24 hours, way by way; two queries."""
    _require(by)
    since = at - timedelta(days=1)
    lately = MessageAttempt.objects.filter(organization=by.organization, recorded_at__gt=since)
    taken: Counter[str] = Counter()
    copies: Counter[str] = Counter()
    for way, in_doubt, count in (
        lately.filter(outcome=ACCEPTED).values_list("way__way", "in_doubt").annotate(Count("pk"))
    ):
        taken[way] += count
        copies[way] += count if in_doubt else 0
    told: Counter[tuple[str, str]] = Counter()
    receipts = MessageReceipt.objects.filter(organization=by.organization, attempt__recorded_at__gt=since)
    for way, status, count in receipts.values_list("attempt__way__way", "status").annotate(Count("pk")):
        told[way, status] += count
    return [
        WayFigures(
            way.words,
            taken[way.code],
            told[way.code, ARRIVED],
            told[way.code, LOST],
            copies[way.code],
            way.tells_arrival,
        )
        for way in WAYS.values()
    ]


@transaction.atomic
def take_message(message: UUID, *, by: Actor, at: datetime) -> None:
    """Look after a message from now on."""
    row = _held(message, by)
    Message.objects.filter(pk=row.pk).update(owner_id=by.account)


@transaction.atomic
def send_again(message: UUID, *, by: Actor, at: datetime) -> None:
    """Let every way that failed try five times more."""
    row = _held(message, by)
    ways = MessageWay.objects.filter(message=row, finished_at__isnull=False)
    failed = ways.filter(outcome__in=AGAIN)
    (failed if failed.exists() else ways).update(
        finished_at=None, outcome="", trouble="", tries=0, leased_until=None, due_at=at
    )
    Message.objects.filter(pk=row.pk).update(owner_id=by.account)


@transaction.atomic
def set_aside(message: UUID, *, by: Actor, at: datetime) -> None:
    """Say that nothing more need be sent: whoever it was for knows what it says."""
    row = _held(message, by)
    settle(row.pk, SET_ASIDE, at=at)
    Message.objects.filter(pk=row.pk).update(settled_by_id=by.account)


def _held(message: UUID, by: Actor) -> Message:
    _require(by)
    found = Message.objects.filter(organization=by.organization, uid=message).order_by("pk").first()
    if found is None:
        raise Absent("message")
    hold_messages({found.pk})
    found.refresh_from_db(fields=["settled_at"])
    if found.settled_at is not None:
        raise Cannot("Somebody was faster: nothing more of this message is to be sent.")
    return found
