"""The crisis desk for tests: who is on call at Harbor House, and what the days of a crisis ask."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from tests.cast import MONDAY, MORNING, Cast
from throughcare.pathway.actor import Actor
from throughcare.pathway.crisis.climbing import climb
from throughcare.pathway.on_call.planning import NewRota, plan_rota
from throughcare.records.crises import Crisis, CrisisPage
from throughcare.records.people import Account


def account_uid(actor: Actor) -> UUID:
    """The public id of an actor's account."""
    return Account.objects.get(pk=actor.account).uid


def put_on_call(
    cast: Cast,
    primary: list[Actor] | None = None,
    backup: list[Actor] | None = None,
    *,
    first_day: date = MONDAY - timedelta(days=7),
    changes_at: time = time(8),
    turn_days: int = 7,
    at: datetime = MORNING,
) -> UUID:
    """Carla is primary and Nia backup, unless others are named."""
    rota = NewRota(
        first_day,
        changes_at,
        turn_days,
        [account_uid(one) for one in primary or [cast.clinician]],
        [account_uid(one) for one in backup or [cast.nurse]],
    )
    return plan_rota(cast.site, rota, by=cast.director, at=at)


def paged(crisis: UUID) -> list[tuple[str, str]]:
    """Who was paged, in order: (given name, as what)."""
    rows = CrisisPage.objects.filter(crisis__uid=crisis).order_by("pk").select_related("account")
    return [(row.account.name.split()[0], row.line) for row in rows]


def climb_until(moment: datetime, *, since: datetime, every: timedelta = timedelta(seconds=30)) -> None:
    """Let the climb run as the worker does, every half a minute."""
    now = since
    while now <= moment:
        climb(at=now)
        now += every


def the_crisis(uid: UUID) -> Crisis:
    """Its row."""
    return Crisis.objects.get(uid=uid)
