"""What changes a person's week: commitments, groups, and who must not meet."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt, page, week_url
from throughcare.faces.web.week.forms import (
    CommitmentForm,
    JoinForm,
    KeepApartForm,
    LeaveForm,
)
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.clinic.clinic_views import today_at_clinic
from throughcare.pathway.group.group import join_group, weigh_join
from throughcare.pathway.group.stints import leave_group, weigh_leaving
from throughcare.pathway.group.views import group_line
from throughcare.pathway.group.waiting import how_many_wait, wait_for_group
from throughcare.pathway.people.finding import find_people
from throughcare.pathway.week.commitments import (
    add_commitment,
    commitments_of,
    end_commitment,
    end_keeping_apart,
    keep_apart,
    kept_apart_from,
)
from throughcare.pathway.week.week import week_of_patient

PLACED = "Placed. The sessions to come are in their week."
IN_LINE = "In line. They and their therapist are told when a place comes free."
COMMITMENT_COLUMNS = (Column("What"), Column("When"), Column("Holds"), Column("End", unseen=True))
PAIR_COLUMNS = (Column("Person"), Column("Why"), Column("Since"), Column("End", unseen=True))


@once
def commitments(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What a person's own week holds; one more can be added."""
    by, now = request.actor, timezone.now()
    form = CommitmentForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: add_commitment(patient, form.commitment(), by=by, at=now)):
        messages.success(request, "It is in the week.")
        return redirect("commitments", patient)
    context = {
        **chart(patient, current="week", by=by, at=now),
        "standing": commitments_of(patient, by=by, at=now),
        "columns": COMMITMENT_COLUMNS,
        "back": week_url(patient),
    }
    return page(request, "commitments", form, context)


@once
def end_commitment_view(request: StaffRequest, patient: UUID, commitment: UUID) -> HttpResponse:
    """Take one out of the week."""
    end_commitment(patient, commitment, by=request.actor, at=timezone.now())
    messages.success(request, "It is out of the week.")
    return redirect("commitments", patient)


@once
def join(request: StaffRequest, patient: UUID, group: UUID) -> HttpResponse:
    """Place a person in a group: what speaks against it, from when, and the button."""
    by, now = request.actor, timezone.now()
    today = today_at_clinic(by=by, at=now)
    week = week_of_patient(patient, today, by=by, at=now)
    if week.episode is None:
        raise Cannot("Only someone in the program can be placed in a group. A new admission comes first.")
    episode = week.episode
    # The verdicts are of the day that was asked for, once the form says one.
    asked = JoinForm(request.POST or None, has_warnings=True)
    asked.is_valid()
    from_date = (getattr(asked, "cleaned_data", None) or {}).get("from_date") or today
    placing = weigh_join(group, episode, from_date=max(from_date, today), by=by, at=now)
    form = JoinForm(request.POST or None, has_warnings=bool(placing.warnings), initial={"from_date": today})
    enter = wait_for_group if placing.is_only_full else join_group
    if form.is_valid() and attempt(
        form,
        lambda: enter(
            group,
            episode,
            from_date=form.cleaned_data["from_date"],
            by=by,
            at=now,
            despite_warnings=form.cleaned_data.get("despite_warnings", False),
        ),
    ):
        messages.success(request, IN_LINE if placing.is_only_full else PLACED)
        return redirect("group", group) if placing.is_only_full else redirect(week_url(patient))
    context = {
        **chart(patient, current="week", by=by, at=now),
        **_about_group(group, by=by, at=now),
        "placing": placing,
        "submit": "Put in line" if placing.is_only_full else "Place",
        "waiting": how_many_wait(group, by=by),
        "back": week_url(patient),
    }
    return page(request, "join", form, context)


def _about_group(group: UUID, *, by: Actor, at: datetime) -> dict[str, Any]:
    line = group_line(group, by=by, at=at)
    times = "; ".join(one.words for one in line.times) or "No weekly time yet"
    lead = f"{times}. {line.taken} of {line.capacity} seats taken."
    return {"group": line, "title": line.name, "lead": lead}


@once
def leave(request: StaffRequest, patient: UUID, membership: UUID) -> HttpResponse:
    """End a person's stint in a group."""
    by, now = request.actor, timezone.now()
    today = today_at_clinic(by=by, at=now)
    week = week_of_patient(patient, today, by=by, at=now)
    stint = next((one for one in week.groups if one.uid == membership), None)
    if stint is None:
        raise Absent("membership")
    company = weigh_leaving(membership, by=by, at=now)
    form = LeaveForm(request.POST or None, has_warnings=not company, initial={"until_date": today})
    if form.is_valid() and attempt(
        form,
        lambda: leave_group(
            membership,
            until_date=form.cleaned_data["until_date"],
            because=form.cleaned_data["because"],
            despite_warnings=form.cleaned_data.get("despite_warnings", False),
            by=by,
            at=now,
        ),
    ):
        messages.success(request, f"Their seat in {stint.name} is free from then on.")
        return redirect(week_url(patient))
    context = {
        **chart(patient, current="week", by=by, at=now),
        "stint": stint,
        "company": company,
        "title": f"End the stint in {stint.name}",
        "back": week_url(patient),
    }
    return page(request, "leave", form, context)


@once
def kept_apart(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Whom a person must not meet; one more can be found and added."""
    by, now = request.actor, timezone.now()
    pairs = kept_apart_from(patient, by=by, at=now)
    text = request.GET.get("q", "").strip()
    hits = [one for one in find_people(text, by=by, at=now) if one.uid != patient] if text else []
    form = KeepApartForm(
        [(str(one.uid), f"{one.name}, number {one.number}") for one in hits], request.POST or None
    )
    if form.is_valid():
        said = form.cleaned_data
        if attempt(
            form, lambda: keep_apart(patient, UUID(said["other"]), reason=said["reason"], by=by, at=now)
        ):
            return _tell_shared(request, patient, UUID(said["other"]))
    context = {
        **chart(patient, current="week", by=by, at=now),
        "pairs": pairs,
        "columns": PAIR_COLUMNS,
        "text": text,
        "hits": hits,
        "back": week_url(patient),
    }
    return page(request, "kept_apart", form, context)


def _tell_shared(request: StaffRequest, patient: UUID, other: UUID) -> HttpResponse:
    pairs = kept_apart_from(patient, by=request.actor, at=timezone.now())
    pair = next(one for one in pairs if one.other == other)
    if pair.shared:
        groups = ", ".join(pair.shared)
        messages.error(request, f"Both are in {groups} now. End one of the two stints today.")
    else:
        messages.success(request, "They will not be placed together.")
    return redirect("kept_apart", patient)


@once
def end_keeping_apart_view(request: StaffRequest, patient: UUID, pair: UUID) -> HttpResponse:
    """Let two people meet again."""
    end_keeping_apart(patient, pair, by=request.actor, at=timezone.now())
    messages.success(request, "They may be placed together again.")
    return redirect("kept_apart", patient)
