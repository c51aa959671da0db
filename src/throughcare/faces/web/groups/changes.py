"""Groups opened and changed from a day on: times, leaders, room, seats, the end."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.form import Form
from throughcare.faces.web.groups.forms import (
    ChangeTimeForm,
    GroupForm,
    LastDayForm,
    LeadForm,
    RoomForm,
    SeatsForm,
    TimeForm,
)
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Absent
from throughcare.pathway.clinic.clinic_views import today_at_clinic
from throughcare.pathway.group.changes import (
    WeeklyTime,
    change_room,
    change_seats,
    change_time,
    close_group,
    end_time,
    hand_over,
    stop_leading,
)
from throughcare.pathway.group.group import NewGroup, lead_group, meet_weekly, open_group
from throughcare.pathway.group.views import GroupLine, group_line
from throughcare.pathway.week.week_choices import week_choices


@once
def new_group(request: StaffRequest) -> HttpResponse:
    """Open a group; its first weekly time is asked next."""
    by, now = request.actor, timezone.now()
    choices = week_choices(by=by)
    if not choices.sites:
        return redirect("clinic")
    initial = {"opened_date": today_at_clinic(by=by, at=now), "variant": "mixed"}
    form = GroupForm(choices, request.POST or None, initial=initial)
    opened: list[UUID] = []

    def write() -> None:
        said = form.cleaned_data
        new = NewGroup(
            name=said["name"],
            session_type=said["session_type"],
            track=said["track"],
            capacity=said["capacity"],
            room=UUID(said["room"]) if said["room"] else None,
            variant=said["variant"],
            telehealth_url=said["telehealth_url"],
        )
        site = UUID(said.get("site") or choices.sites[0][0])
        opened.append(open_group(site, new, by=by, at=now, opened_date=said["opened_date"]))

    if form.is_valid() and attempt(form, write):
        messages.success(request, "The group is open. When does it meet?")
        return redirect("new_time", opened[0])
    return _page(request, form, title="Open a group", submit="Open the group", back=reverse("groups"))


def _page(
    request: StaffRequest,
    form: Form,
    *,
    title: str,
    submit: str,
    back: str,
    lead: str = "",
    kind: str = "",
) -> HttpResponse:
    context = {"form": form, "title": title, "submit": submit, "back": back, "lead": lead, "kind": kind}
    return render(request, "groups/change.html", context, status=422 if form.errors else 200)


def _change(
    request: StaffRequest,
    group: UUID,
    form: Form,
    act: Callable[[dict[str, Any]], object],
    *,
    title: str,
    submit: str,
    lead: str = "",
    kind: str = "",
) -> HttpResponse:
    """Answer one change of a group: do it and go back to its page, or show the form."""
    back = reverse("group", args=[group])
    if form.is_valid() and attempt(form, lambda: act(form.cleaned_data)):
        messages.success(request, "Done. The sessions to come follow.")
        return redirect(back)
    return _page(request, form, title=title, submit=submit, back=back, lead=lead, kind=kind)


def _start(request: StaffRequest, group: UUID) -> tuple[GroupLine, datetime]:
    now = timezone.now()
    return group_line(group, by=request.actor, at=now), now


@once
def new_time(request: StaffRequest, group: UUID) -> HttpResponse:
    """Give a group a weekly time."""
    line, now = _start(request, group)
    form = TimeForm(request.POST or None, initial={"from_date": max(line.today, line.opened_date)})
    return _change(
        request,
        group,
        form,
        lambda said: meet_weekly(group, **_time(said), from_date=said["from_date"], by=request.actor, at=now),
        title="A weekly time",
        submit="Add the time",
        lead=line.name,
    )


def _time(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "weekday": int(said["weekday"]),
        "starts": said["starts"],
        "minutes": said["minutes"],
        "break_minutes": said["break_minutes"],
    }


@once
def change_time_view(request: StaffRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Move a weekly time from a day on."""
    line, now = _start(request, group)
    old = next((one for one in line.times if one.uid == meeting), None)
    if old is None:
        raise Absent("meeting")
    initial = {
        "weekday": str(old.weekday),
        "starts": old.starts,
        "minutes": old.minutes,
        "break_minutes": old.break_minutes,
        "from_date": line.today,
    }
    form = ChangeTimeForm(request.POST or None, initial=initial)
    return _change(
        request,
        group,
        form,
        lambda said: change_time(
            meeting,
            WeeklyTime(**_time(said)),
            from_date=said["from_date"],
            despite_warnings=said["despite_warnings"],
            by=request.actor,
            at=now,
        ),
        title="Another weekly time",
        submit="Move it",
        lead=f"{line.name} meets {old.words}. Sessions before the day stay as they are.",
    )


@once
def end_time_view(request: StaffRequest, group: UUID, meeting: UUID) -> HttpResponse:
    """Give up a weekly time."""
    line, now = _start(request, group)
    return _change(
        request,
        group,
        LastDayForm(request.POST or None, initial={"until_date": line.today}),
        lambda said: end_time(meeting, until_date=said["until_date"], by=request.actor, at=now),
        title="Give up a weekly time",
        submit="Give it up",
        lead=f"{line.name}. Sessions after the last day are canceled.",
        kind="danger",
    )


@once
def new_lead(request: StaffRequest, group: UUID) -> HttpResponse:
    """Let someone lead a group from a day on."""
    line, now = _start(request, group)
    form = LeadForm(week_choices(by=request.actor), request.POST or None, initial={"from_date": line.today})
    return _change(
        request,
        group,
        form,
        lambda said: lead_group(
            group, UUID(said["practitioner"]), from_date=said["from_date"], by=request.actor, at=now
        ),
        title="Who leads the group",
        submit="Let them lead",
        lead=f"{line.name}. The skill, the shift and the free time are checked.",
    )


@once
def hand_over_view(request: StaffRequest, group: UUID, lead: UUID) -> HttpResponse:
    """Let someone else lead in a facilitator's place."""
    line, now = _start(request, group)
    form = LeadForm(week_choices(by=request.actor), request.POST or None, initial={"from_date": line.today})
    return _change(
        request,
        group,
        form,
        lambda said: hand_over(
            lead, UUID(said["practitioner"]), from_date=said["from_date"], by=request.actor, at=now
        ),
        title="Someone else leads",
        submit="Hand over",
        lead=line.name,
    )


@once
def end_lead(request: StaffRequest, group: UUID, lead: UUID) -> HttpResponse:
    """End a facilitator's part in a group."""
    line, now = _start(request, group)
    return _change(
        request,
        group,
        LastDayForm(request.POST or None, initial={"until_date": line.today}),
        lambda said: stop_leading(lead, until_date=said["until_date"], by=request.actor, at=now),
        title="End leading the group",
        submit="End it",
        lead=line.name,
        kind="danger",
    )


@once
def room(request: StaffRequest, group: UUID) -> HttpResponse:
    """Hold a group in another room from a day on."""
    line, now = _start(request, group)
    initial = {"from_date": line.today, "telehealth_url": line.telehealth_url}
    form = RoomForm(week_choices(by=request.actor), request.POST or None, initial=initial)
    return _change(
        request,
        group,
        form,
        lambda said: change_room(
            group,
            UUID(said["room"]) if said["room"] else None,
            telehealth_url=said["telehealth_url"],
            from_date=said["from_date"],
            by=request.actor,
            at=now,
        ),
        title="Another room",
        submit="Change the room",
        lead=f"{line.name}, now {line.room or 'without a room'}.",
    )


@once
def seats(request: StaffRequest, group: UUID) -> HttpResponse:
    """Give a group more or fewer seats."""
    line, now = _start(request, group)
    return _change(
        request,
        group,
        SeatsForm(request.POST or None, initial={"capacity": line.capacity}),
        lambda said: change_seats(group, said["capacity"], by=request.actor, at=now),
        title="Seats",
        submit="Change the seats",
        lead=f"{line.name}: {line.taken} of {line.capacity} seats are taken.",
    )


@once
def close(request: StaffRequest, group: UUID) -> HttpResponse:
    """Close a group after a day."""
    line, now = _start(request, group)
    return _change(
        request,
        group,
        LastDayForm(request.POST or None, initial={"until_date": line.today}),
        lambda said: close_group(group, until_date=said["until_date"], by=request.actor, at=now),
        title=f"Close {line.name}",
        submit="Close the group",
        lead="Its members' seats are given back and later sessions are canceled. What was held stays.",
        kind="danger",
    )
