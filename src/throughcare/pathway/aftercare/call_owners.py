"""Whose a call of aftercare is: given to somebody when it comes up, taken or handed over in one tap."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.privacy import open_patient
from throughcare.records.aftercare import AftercareCall, AftercareCallHandover, AftercarePlan
from throughcare.records.episodes import CareTeamMember
from throughcare.records.people import Account, RoleGrant

# Who is asked first: of those who carried a part of the person's care to the end.
PARTS = ("case_manager", "primary_therapist")
CALLING = roles_that("change", "aftercare") & STAFF


def give_to_care_team(call: AftercareCall, *, at: datetime) -> None:
    """Give a new call to the case manager of the stay, else its therapist, else whoever discharged the person.

    Whoever has left or may no longer call is passed over; with none of them the call waits for somebody to take it.
    """
    able = set(callers(call.organization_id).values_list("pk", flat=True))
    owner = next((one for one in _nearest(call.plan) if one in able), None)
    if owner is not None:
        _give(call, owner, given_by=None, at=at)


@transaction.atomic
def hand_over_call(call: UUID, *, owner: UUID | None = None, by: Actor, at: datetime) -> None:
    """Give a call that waits to somebody on the staff; without an owner, to oneself. Raises `Absent` and `Cannot`."""
    rows = AftercareCall.objects.select_for_update(of=("self",)).select_related("plan__patient")
    row = rows.filter(organization_id=by.organization, uid=call, ended_at__isnull=True).first()
    if row is None:
        raise Absent("call")
    open_patient(row.plan.patient, kind="aftercare", by=by, at=at, verb="change")
    who = owner or by.account_uid
    account = callers(by.organization).filter(uid=who).first() if who else None
    if account is None:
        raise Cannot("Choose somebody on the staff who may call.", field="owner")
    newest = newest_owner(row)
    if newest is None or newest.owner_id != account.pk:
        _give(row, account.pk, given_by=by.account, at=at)


def caller_choices(*, by: Actor) -> tuple[tuple[str, str], ...]:
    """Who may be given a call: public id and name, who acts first."""
    rows = sorted(callers(by.organization), key=lambda one: (one.pk != by.account, one.name))
    return tuple((str(one.uid), one.name) for one in rows)


def callers(organization: int) -> QuerySet[Account]:
    """The accounts of the staff who may call."""
    grants = RoleGrant.objects.filter(organization_id=organization, role__in=CALLING, ended_at__isnull=True)
    return Account.objects.filter(pk__in=grants.values("account"), suspended_at__isnull=True)


def newest_owner(call: AftercareCall) -> AftercareCallHandover | None:
    """Who calls now; None while nobody does."""
    return max(call.handovers.all(), key=lambda one: (one.recorded_at, one.pk), default=None)


def _nearest(plan: AftercarePlan) -> Sequence[int]:
    """Accounts (keys) of those nearest to the person's care when it ended, the nearest first."""
    rows = CareTeamMember.objects.filter(
        episode=plan.discharge.episode_id, part__in=PARTS, practitioner__account__isnull=False
    )
    newest = dict(rows.order_by("recorded_at", "pk").values_list("part", "practitioner__account"))
    found = [newest[part] for part in PARTS if part in newest]
    signed = plan.discharge.recorded_by_id
    return found if signed is None else [*found, signed]


def _give(call: AftercareCall, owner: int, *, given_by: int | None, at: datetime) -> None:
    AftercareCallHandover.objects.create(
        organization_id=call.organization_id,
        call=call,
        owner_id=owner,
        recorded_by_id=given_by,
        recorded_at=at,
    )
