"""An alarm is raised once in a while for each thing that is wrong, by whichever lane sees it first."""

from datetime import datetime, timedelta

from throughcare.pathway.message.watch import Alarm
from throughcare.records.messages import WorkerAlarm
from throughcare.records.people import Account, RoleGrant

AGAIN_AFTER = timedelta(minutes=5)
TOLD = ("admin", "director")


def take_alarm(alarm: Alarm, *, at: datetime) -> int | None:
    """Write it down, unless it was raised a short while ago; its key for whoever now tells people of it."""
    kind = f"{alarm.kind} {alarm.what}".strip()[:40]
    lately = WorkerAlarm.objects.filter(
        kind=kind, organization=alarm.organization, raised_at__gt=at - AGAIN_AFTER
    )
    if lately.exists():
        return None
    # Two lanes that look at the same moment tell it twice: better than a lock that one of them waits for.
    return WorkerAlarm.objects.create(
        kind=kind, organization_id=alarm.organization, count=alarm.count, raised_at=at
    ).pk


def note_told(alarm: int, told: int) -> None:
    """By how many ways an alarm (key) left the house."""
    WorkerAlarm.objects.filter(pk=alarm).update(told=told)


def whom_to_tell(organization: int | None) -> list[str]:
    """E-mail addresses of those who answer for the program: of one organization, or of all when it touches all."""
    held = RoleGrant.objects.filter(role__in=TOLD, ended_at__isnull=True)
    if organization is not None:
        held = held.filter(organization=organization)
    accounts = Account.objects.filter(pk__in=held.values("account"), suspended_at__isnull=True)
    return [account.email for account in accounts.order_by("pk")]
