"""The intake visit of a referral: booked, moved, canceled."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from throughcare.faces.web.fields import Date, Number, Pick, Select, Text, Time
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.faces.web.once import once
from throughcare.faces.web.referrals.one_referral import ask
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.referring.intake_visits import WAYS
from throughcare.pathway.intake.intake_visit import (
    USUAL_MINUTES,
    NewVisit,
    VisitChoices,
    book_intake,
    cancel_intake,
    visit_choices,
)
from throughcare.pathway.referral.referral import open_referral


class IntakeVisitForm(Form):
    """When the intake visit is, with whom and how."""

    day = Date("Day", missing="Choose the day")
    starts = Time("Starts at", missing="Enter when it starts")
    minutes = Number("Minutes", initial=USUAL_MINUTES, min_value=5, max_value=480)
    way = Pick("How?", list(WAYS.items()), initial="in_person", missing="Choose how it is held")
    asked_when: ClassVar = {"room": AskedWhen("way", ("in_person",), "Choose the room")}

    def __init__(self, choices: VisitChoices, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["practitioner"] = Select(
            "With whom", choices.practitioners, missing="Choose the clinician"
        )
        self.fields["room"] = Select("Room", choices.rooms, optional=True)
        self.order_fields(("day", "starts", "minutes", "practitioner", "way", "room"))

    def visit(self) -> NewVisit:
        """The visit that a valid form asks for, in the site's wall-clock time."""
        said = self.cleaned_data
        return NewVisit(
            starts_at=datetime.combine(said["day"], said["starts"]),
            practitioner=UUID(said["practitioner"]),
            way=said["way"],
            minutes=said["minutes"],
            room=UUID(said["room"]) if said["room"] else None,
        )


class CancellationForm(Form):
    """Why a visit is canceled."""

    because = Text("Why?", hint="A few words, for those who ask later", missing="Say why in a few words")


@once
def book(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Book the intake visit, or another time for it."""
    by, now = request.actor, timezone.now()
    found = open_referral(referral, by=by, at=now)
    moving = found.intake is not None and found.intake.starts_at > now
    form = IntakeVisitForm(visit_choices(referral, by=by), request.POST or None)
    return ask(
        request,
        found,
        form,
        lambda: book_intake(referral, form.visit(), by=by, at=now),
        title="Move the intake" if moving else "Book the intake",
        lead=f"Booked for {found.intake.said}." if moving and found.intake else "",
        submit="Book",
        done="The intake is booked.",
    )


@once
def cancel(request: StaffRequest, referral: UUID) -> HttpResponse:
    """Cancel the intake visit that is to come."""
    by, now = request.actor, timezone.now()
    found = open_referral(referral, by=by, at=now)
    form = CancellationForm(request.POST or None)
    return ask(
        request,
        found,
        form,
        lambda: cancel_intake(referral, because=form.cleaned_data["because"], by=by, at=now),
        title="Cancel the intake",
        lead=f"Booked for {found.intake.said}." if found.intake else "",
        submit="Cancel the visit",
        done="The intake visit is canceled.",
    )
