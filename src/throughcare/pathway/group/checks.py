"""Whether a group's time, room and leader go together with everything else in the week."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from throughcare.knowledge.clinic_calendar import at_local, local_day
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal
from throughcare.knowledge.week_rules import Span, check_free, check_within_shift, say_day
from throughcare.pathway.clinic.group_places import Places
from throughcare.pathway.seat.held_time import (
    DAYS_AHEAD,
    commitments_time,
    group_meetings,
    patients_time,
    rooms_time,
    shifts_of,
    staff_time,
)
from throughcare.pathway.seat.weekly_times import days_between, in_force
from throughcare.records.people import Practitioner
from throughcare.records.timetables import Group, GroupFacilitator, GroupMeeting, Membership, Room, Skill
from throughcare.records.week_rules import Absence


def practitioner_name(who: Practitioner) -> str:
    """A practitioner as sentences name them."""
    return f"{who.given_name} {who.family_name}".strip()


def check_leader(group: Group, who: Practitioner, *, from_date: date, at: datetime) -> Verdict:
    """Whether a practitioner has the skill, works at the group's times, and leads nothing else then."""
    name = practitioner_name(who)
    kind = session_type(group.session_type)
    if not Skill.objects.filter(practitioner=who, skill=kind.skill).exists():
        return Refused(
            f"{name} has no skill “{kind.skill}” on the staff record, which {kind.title} asks for. "
            "Choose someone who has it, or add it under Clinic."
        )
    first = max(from_date, local_day(at, group.site.time_zone))
    last = first + timedelta(days=DAYS_AHEAD - 1)
    if GroupFacilitator.objects.filter(in_force(first, last), group=group, practitioner=who).exists():
        return Refused(f"{name} leads {group.name} already.")
    spans = [one.span for one in group_meetings([group], first=first, last=last, at=at)]
    return check_staff_time(group, who, spans, first=first, last=last, at=at)


def check_staff_time(
    group: Group, who: Practitioner, spans: Sequence[Span], *, first: date, last: date, at: datetime
) -> Verdict:
    """Whether a practitioner works at these times and has nothing else than this group then."""
    zone = group.site.time_zone
    held = staff_time([who.pk], first=first, last=last, at=at)
    return first_refusal(
        check_within_shift(
            practitioner_name(who), spans, shifts_of([who.pk], site=group.site_id)[who.pk], zone=zone
        ),
        check_free(
            practitioner_name(who),
            spans,
            [one.span for one in held if one.group != group.pk],
            zone=zone,
            verb="leads",
            advice="Choose another time, or someone else.",
        ),
    )


def check_at_work(who: Practitioner, day: date) -> Verdict:
    """Whether a practitioner is not on leave that day."""
    away = Absence.objects.filter(
        practitioner=who, ended_at__isnull=True, first_day__lte=day, last_day__gte=day
    ).first()
    if away is None:
        return Allowed()
    until = f"until {say_day(away.last_day)}" if away.last_day > day else f"on {say_day(day)}"
    return Refused(f"{practitioner_name(who)} is away {until}. Choose another day, or someone else.")


def check_weekly_staff(
    group: Group, meetings: Sequence[GroupMeeting], *, at: datetime, besides: GroupMeeting | None = None
) -> Verdict:
    """Whether those who lead a group can lead it at these weekly times too."""
    spans, first, last = spans_of(group, meetings, at=at)
    leads = GroupFacilitator.objects.filter(in_force(first, last), group=group).select_related("practitioner")
    return first_refusal(
        *(check_staff_time(group, lead.practitioner, spans, first=first, last=last, at=at) for lead in leads),
        _check_own_times(group, spans, first=first, last=last, at=at, besides=besides),
    )


def check_weekly_room(group: Group, meetings: Sequence[GroupMeeting], *, at: datetime) -> Verdict:
    """Whether a group's room is free at these weekly times, day by day where it moves to another."""
    spans, first, last = spans_of(group, meetings, at=at)
    zone = group.site.time_zone
    return first_refusal(
        *(
            check_room_free(
                place.room,
                [one for one in spans if place.since <= local_day(one.starts_at, zone) <= place.until],
                group=group,
                first=first,
                last=last,
                at=at,
            )
            for place in Places([group]).between(group, first, last)
            if place.room is not None
        )
    )


def check_room_free(
    room: Room, spans: Iterable[Span], *, group: Group | None, first: date, last: date, at: datetime
) -> Verdict:
    """Whether nobody else is in a room at these times."""
    held = rooms_time([room.pk], first=first, last=last, at=at)
    own = group.pk if group else None
    return check_free(
        room.name,
        spans,
        [one.span for one in held if own is None or one.group != own],
        zone=room.site.time_zone,
        verb="is taken by",
        advice="Choose another time or room.",
    )


def _check_own_times(
    group: Group,
    spans: Sequence[Span],
    *,
    first: date,
    last: date,
    at: datetime,
    besides: GroupMeeting | None,
) -> Verdict:
    """Whether a group does not meet twice at once."""
    zone = group.site.time_zone
    own = [
        one.span
        for one in group_meetings([group], first=first, last=last, at=at)
        if besides is None or not meets_at(besides, one.span, zone)
    ]
    return check_free(group.name, spans, own, zone=zone, verb="meets as", advice="Choose another time.")


def meets_at(meeting: GroupMeeting, span: Span, zone: str) -> bool:
    """Whether a weekly time is the one that this meeting follows."""
    day = local_day(span.starts_at, zone)
    return day.weekday() == meeting.weekday and at_local(day, meeting.starts, zone) == span.starts_at


def spans_of(
    group: Group, meetings: Sequence[GroupMeeting], *, at: datetime
) -> tuple[list[Span], date, date]:
    """The weeks ahead of weekly times (saved or not), with the first and last day looked at."""
    zone = group.site.time_zone
    first = max(min(meeting.from_date for meeting in meetings), local_day(at, zone))
    last = first + timedelta(days=DAYS_AHEAD - 1)
    spans = []
    for meeting in meetings:
        for day in days_between(max(first, meeting.from_date), last):
            if day.weekday() == meeting.weekday:
                starts_at = at_local(day, meeting.starts, zone)
                spans.append(Span(starts_at, starts_at + timedelta(minutes=meeting.minutes), group.name))
    return spans, first, last


def members_in_the_way(group: Group, meeting: GroupMeeting, *, at: datetime) -> int:
    """How many members have something else at a weekly time that the group does not have yet."""
    zone = group.site.time_zone
    spans, first, last = spans_of(group, [meeting], at=at)
    stints = Membership.objects.filter(in_force(first, last), group=group, episode__ended_at__isnull=True)
    patients = list(stints.values_list("episode__patient_id", flat=True))
    commitments = commitments_time(patients, first=first, last=last, zone=zone)
    held: dict[int, list[Span]] = {key: [span for _, span in commitments[key]] for key in patients}
    for one in patients_time(patients, first=first, last=last, at=at):
        if one.group != group.pk:
            held[one.owner].append(one.span)
    return sum(not check_free("", spans, taken, zone=zone) for taken in held.values())
