"""Mail to the privacy officer that something waits. It names nobody and nothing."""

from datetime import datetime

from django.db import transaction

from throughcare.pathway.privacy.notices import OFFICERS
from throughcare.pathway.signing_in.door_mail import queue_mail
from throughcare.records.emergencies import PrivacyNotice
from throughcare.records.people import Account, RoleGrant

MAIL = "privacy_notice"


def tell_officers(*, at: datetime) -> str:
    """Let the officers of each organization know by mail that something waits; one message each, however much."""
    waiting: dict[int, list[int]] = {}
    for key, organization in PrivacyNotice.objects.filter(told_at__isnull=True).values_list(
        "pk", "organization"
    ):
        waiting.setdefault(organization, []).append(key)
    for organization, keys in waiting.items():
        with transaction.atomic():
            for account in _officers(organization):
                queue_mail(account, MAIL, at=at)
            PrivacyNotice.objects.filter(pk__in=keys).update(told_at=at)
    return f"{sum(map(len, waiting.values()))} notices told"


def _officers(organization: int) -> list[Account]:
    held = RoleGrant.objects.filter(organization=organization, role__in=OFFICERS, ended_at__isnull=True)
    return list(
        Account.objects.filter(pk__in=held.values("account"), suspended_at__isnull=True).order_by("pk")
    )
