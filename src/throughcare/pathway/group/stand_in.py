"""Someone else leads one session of a group: for a day, in place of who is away. The group itself stays theirs."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.verdict import Refused
from throughcare.knowledge.week_rules import Span
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.group.checks import check_at_work, check_staff_time, practitioner_name
from throughcare.pathway.group.group import find_practitioner, lock_group
from throughcare.pathway.privacy import at_sites
from throughcare.records.sessions import Session, SessionStaff
from throughcare.records.timetables import Skill


@transaction.atomic
def stand_in(session: UUID, practitioner: UUID, *, instead_of: UUID | None, by: Actor, at: datetime) -> None:
    """Let someone lead one session to come; the skill, the shift and the free time are checked."""
    rows = Session.objects.filter(organization_id=by.organization, uid=session, group__isnull=False)
    row = at_sites(rows, "schedule", by=by, verb="change").select_related("group__site").first()
    if row is None or row.group is None:
        raise Absent("session")
    if row.cancelled_at is not None or row.starts_at <= at:
        raise Cannot("This session has begun or is canceled.")
    group = lock_group(row.group.uid, by=by)
    who = find_practitioner(practitioner, by=by)
    kind = session_type(row.session_type)
    if not Skill.objects.filter(practitioner=who, skill=kind.skill).exists():
        require(
            Refused(f"{practitioner_name(who)} has no skill “{kind.skill}”, which {kind.title} asks for.")
        )
    span, day = [Span(row.starts_at, row.ends_at, row.title)], row.local_day
    require(check_at_work(who, row.local_day))
    require(check_staff_time(group, who, span, first=day, last=day, at=at))
    if instead_of is not None:
        # A plan for a session that has not been held, not a fact about it: it can go.
        SessionStaff.objects.filter(session=row, practitioner__uid=instead_of).delete()
    SessionStaff.objects.get_or_create(
        session=row,
        practitioner=who,
        defaults={
            "organization_id": by.organization,
            "recorded_by_id": by.account,
            "recorded_at": at,
        },
    )
