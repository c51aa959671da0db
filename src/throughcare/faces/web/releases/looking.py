"""The lens: through someone else's eyes at a record, before anything is sent; and the packet made from it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.releases.forms import LensForm, LetterForm, PacketForm
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.actor import Actor
from throughcare.pathway.release.lens import Lens, look_through
from throughcare.pathway.release.letters import NewLetter, prepare_letter
from throughcare.pathway.release.orders import papers_about
from throughcare.pathway.release.packet import prepare_packet
from throughcare.pathway.release.receivers import Receiver, receivers_of

STAYING = (Column("Kind"), Column("On record"), Column("Why"))
PREPARED = "It is prepared. Nothing has left yet: read it, then send it."


@once
def lens(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Choose who and what for, see what they would see, and prepare a packet of it."""
    by, now = request.actor, timezone.now()
    receivers = receivers_of(patient, by=by, at=now)
    asked = request.POST if request.method == "POST" else request.GET
    form = LensForm(asked or None, receivers=receivers, orders=papers_about(patient, by=by, at=now))
    context: dict[str, Any] = {"form": form, **chart(patient, current="privacy", by=by, at=now)}
    context["trail"] = [("Privacy", reverse("patient_consents", args=[patient]))]
    seen = _look(patient, form, receivers, by=by, at=now) if form.is_valid() else None
    if seen is None:
        return render(request, "releases/lens.html", context, status=422 if form.errors else 200)
    receiver = next(one for one in receivers if one.key == form.cleaned_data["who"])
    packet = _packet_form(request, seen, receiver)
    made: list[UUID] = []
    if packet.is_valid() and attempt(
        packet, lambda: made.append(prepare_packet(patient, packet.wish(), by=by, at=now))
    ):
        messages.success(request, PREPARED)
        return redirect("disclosure", made[0])
    context |= {
        "columns": STAYING,
        "lens": seen,
        "packet": packet,
        "is_now": seen.as_of == now,
        "receiver": receiver,
    }
    return render(request, "releases/lens.html", context, status=422 if packet.errors else 200)


def _look(
    patient: UUID, form: LensForm, receivers: tuple[Receiver, ...], *, by: Actor, at: datetime
) -> Lens | None:
    """What the chosen one would see; a refusal stands beside its field."""
    chosen = next(one for one in receivers if one.key == form.cleaned_data["who"])
    found: list[Lens] = []
    attempt(
        form,
        lambda: found.append(
            look_through(
                patient,
                chosen.to,
                form.cleaned_data["purpose"] or chosen.purpose,
                as_of=form.as_of(zone=by.time_zone, at=at),
                legal_request=form.order(),
                by=by,
                at=at,
            )
        ),
    )
    return found[0] if found else None


def _packet_form(request: StaffRequest, seen: Lens, receiver: Receiver) -> PacketForm:
    told = {"who": receiver.key, "purpose": seen.purpose, "order": seen.legal_request or ""}
    data = request.POST if request.method == "POST" else None
    return PacketForm(seen, receiver, data, initial=told)


@once
def letter(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Prepare a letter with the least words."""
    by, now = request.actor, timezone.now()
    form = LetterForm(request.POST or None, receivers=receivers_of(patient, by=by, at=now))
    made: list[UUID] = []

    def write() -> None:
        said = form.cleaned_data
        chosen = form.receivers[said["who"]]
        new = NewLetter(
            said["letter"],
            chosen.to,
            said["purpose"] or chosen.purpose,
            said["first"],
            said["last"],
            said["method"],
            said["contact"] or chosen.contact,
            form.less,
        )
        made.append(prepare_letter(patient, new, by=by, at=now))

    if form.is_valid() and attempt(form, write):
        messages.success(request, PREPARED)
        return redirect("disclosure", made[0])
    context = {
        "form": form,
        "back": reverse("patient_disclosures", args=[patient]),
        **chart(patient, current="privacy", by=by, at=now),
    }
    return render(request, "releases/letter.html", context, status=422 if form.errors else 200)
