"""How the installation is, in numbers and yes or no, for whoever watches it from outside. Nothing is about anyone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q

from throughcare.pathway.cannot import Cannot
from throughcare.pathway.crisis.kept_calls import kept_calls
from throughcare.pathway.downtime.packet_files import packet_ages
from throughcare.pathway.due_work import last_beats
from throughcare.pathway.keys_at_rest import refuse_foreign_keys
from throughcare.pathway.message.marking import PARKED
from throughcare.pathway.room import room
from throughcare.records.messages import Message, MessageWay

# Shapes and keys don't change while a process runs: once well, they are not asked for again.
_settled: set[str] = set()


@dataclass(frozen=True)
class Figure:
    """One number for a watcher: name and help in the words of the exposition format, by its label's value."""

    name: str
    about: str
    values: Mapping[str, float]
    label: str = ""


def not_ready(*, at: datetime) -> tuple[str, ...]:
    """What keeps this process from serving, in words; nothing when it may serve."""
    looks: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("the database does not answer", _answers),
        ("the database has not this version's shape", lambda: _once("shape", _has_shape)),
        ("the keys are not the database's", lambda: _once("keys", lambda: _opens(at))),
        ("the disk is full", lambda: not room().is_short),
    )
    found = []
    for words, look in looks:
        try:
            well = look()
        except Exception:  # whatever stops the look stops the serving
            well = False
        if not well:
            found.append(words)
            break  # what comes after hangs on it
    return tuple(found)


def figures(*, at: datetime) -> tuple[Figure, ...]:
    """All there is to watch; what can't be read while the database is away is left out."""
    here = room()
    found = [
        Figure("disk_free_bytes", "Room where the data is.", {"": here.free}),
        Figure("disk_free_share", "Room where the data is, as a share.", {"": here.free / here.total}),
        Figure("disk_reserve_held", "1 while the reserve for crises is there.", {"": here.is_held}),
        Figure("kept_calls", "Calls for help on disk that wait for the database.", {"": kept_calls()}),
    ]
    try:
        asked = (_beats(at), *_messages(at))
    except Exception:
        return (*found, Figure("database_up", "1 when the database answers.", {"": 0}))
    return (*found, Figure("database_up", "1 when the database answers.", {"": 1}), *asked)


def _answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _once(name: str, look: Callable[[], bool]) -> bool:
    if name not in _settled and look():
        _settled.add(name)
    return name in _settled


def _has_shape() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _opens(at: datetime) -> bool:
    try:
        refuse_foreign_keys(at=at)
    except Cannot:
        return False
    return True


def _beats(at: datetime) -> Figure:
    ages = {beat.work: max(0.0, (at - beat.ran_at).total_seconds()) for beat in last_beats()}
    return Figure("work_age_seconds", "Since a piece of due work last ran.", ages, "work")


def _messages(at: datetime) -> tuple[Figure, ...]:
    waiting = Message.objects.filter(settled_at__isnull=True, dispatched_at__isnull=True)
    counted = waiting.aggregate(
        soon=Count("pk", filter=Q(urgent=True)),
        others=Count("pk", filter=Q(urgent=False)),
        oldest=Min("recorded_at", filter=Q(urgent=True)),
    )
    oldest = counted["oldest"]
    parked = MessageWay.objects.filter(outcome=PARKED, message__settled_at__isnull=True).count()
    by_urgency = {"yes": counted["soon"], "no": counted["others"]}
    age = max(0.0, (at - oldest).total_seconds()) if oldest else 0
    return (
        Figure(
            "packet_age_seconds", "Since a site's downtime packet was written.", packet_ages(at=at), "site"
        ),
        Figure("messages_waiting", "Messages that have not left yet.", by_urgency, "urgent"),
        Figure("urgent_message_age_seconds", "The oldest urgent message that has not left.", {"": age}),
        Figure("messages_parked", "Messages put aside after several tries.", {"": parked}),
    )
