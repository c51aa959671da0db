"""Choosing how to be told: for one's own account, and for nobody else's."""

from datetime import datetime

from django.db import transaction

from throughcare.knowledge.notifications import ALL, EMAIL, TEXT, WAYS, Wishes
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.notification.standing import wishes_of
from throughcare.records.notifications import NotificationWish
from throughcare.records.people import Patient


def my_wishes(*, by: Actor) -> Wishes:
    """What I chose; as everyone is told who never chose."""
    return wishes_of([_account(by)]).get(_account(by), Wishes())


def has_phone(*, by: Actor) -> bool:
    """Whether texts can reach me: a number stands in my own record."""
    phone = Patient.objects.filter(organization_id=by.organization, pk=by.patient or 0)
    return any(one.phone for one in phone)


@transaction.atomic
def wish(wishes: Wishes, *, by: Actor, at: datetime) -> None:
    """Keep how I want to be told, from now on. Raises `Cannot`."""
    account = _account(by)
    if wishes.way not in WAYS or not set(wishes.off) <= set(ALL) or not set(wishes.links) <= {EMAIL, TEXT}:
        raise Cannot("Choose from the list.", field="way")
    if (wishes.quiet_from is None) != (wishes.quiet_until is None):
        raise Cannot("Give both ends of your quiet hours, or none.", field="quiet_until")
    if wishes.way == TEXT and not has_phone(by=by):
        raise Cannot(
            "We have no phone number of yours. Ask the clinic to add it, or choose e-mail.", field="way"
        )
    if wishes == my_wishes(by=by) and NotificationWish.objects.filter(account=account).exists():
        return
    NotificationWish.objects.create(
        organization_id=by.organization,
        account_id=account,
        way=wishes.way,
        quiet_from=wishes.quiet_from,
        quiet_until=wishes.quiet_until,
        off=list(wishes.off),
        links=list(wishes.links),
        recorded_by_id=by.account,
        recorded_at=at,
    )


def _account(by: Actor) -> int:
    if by.account is None:
        raise Absent("account")
    return by.account
