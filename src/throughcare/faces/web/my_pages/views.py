"""Who may be told what about me; reading, signing and taking back my consents."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.consents.forms import SignatureForm
from throughcare.faces.web.consents.signing import asked, put_name
from throughcare.faces.web.door.confirming import signs
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.actor import Actor
from throughcare.pathway.family.invitations import people_around, shut_out_relation
from throughcare.pathway.family.own_people import has_agreed
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.consent_views import ConsentView, consent_view
from throughcare.pathway.privacy.own_record import my_privacy, own_patient, require_own

SIGNED = _("You signed it. It counts from now on. You can take it back here.")


def my_privacy_page(request: StaffRequest) -> HttpResponse:
    """Who may be told what about me, until when, and how I take it back."""
    by, now = request.actor, timezone.now()
    mine = my_privacy(by=by, at=now)
    around = people_around(mine.patient, by=by, at=now)
    context: dict[str, Any] = {"mine": mine, "let_in": [one for one in around.people if one.since]}
    context["waiting"] = [
        one for one in around.people if not one.since and has_agreed(one.uid, by=by, at=now)
    ]
    return render(request, "my_pages/privacy.html", context)


def _mine(consent: UUID, *, by: Actor) -> ConsentView:
    view = consent_view(consent, by=by, at=timezone.now())
    require_own(view, by=by)
    return view


def my_consent(request: StaffRequest, consent: UUID) -> HttpResponse:
    """One of my consents, word for word."""
    return render(request, "my_pages/consent.html", {"consent": _mine(consent, by=request.actor)})


def questions(request: StaffRequest, consent: UUID) -> HttpResponse:
    """Questions that show me whether I understood it."""
    view = _mine(consent, by=request.actor)
    form = asked(request, view)
    if form is None:
        return redirect("my_signature", consent)
    context = {"form": form, "consent": view}
    return render(request, "my_pages/questions.html", context, status=422 if form.errors else 200)


@signs
@once
def sign(request: StaffRequest, consent: UUID) -> HttpResponse:
    """I sign, after showing once more that it is me."""
    by = request.actor
    view = _mine(consent, by=by)
    form = SignatureForm(request.POST or None, initial={"seen": view.digest})
    done: list[bool] = []
    if form.is_valid() and attempt(
        form, lambda: done.append(put_name(form, view, "patient", "reauthenticated", by=by))
    ):
        messages.success(request, SIGNED if done[0] else _("You signed it. One more has to sign."))
        return redirect("my_privacy")
    context = {"form": form, "consent": view}
    return render(request, "my_pages/sign.html", context, status=422 if form.errors else 200)


@once
def take_back(request: StaffRequest, consent: UUID) -> HttpResponse:
    """I take it back: one page, one button."""
    by = request.actor
    view = _mine(consent, by=by)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(
        form, lambda: revoke_consent(consent, how="page", by=by, at=timezone.now())
    ):
        messages.success(request, _("You took it back. From now on nothing more is told under it."))
        return redirect("my_privacy")
    context: dict[str, Any] = {"form": form, "consent": view}
    return render(request, "my_pages/take_back.html", context, status=422 if form.errors else 200)


def shut_out(request: StaffRequest, related: UUID) -> HttpResponse:
    """Someone close sees nothing of mine any more."""
    by, now = request.actor, timezone.now()
    people_around(own_patient(by=by), by=by, at=now).person(related)
    shut_out_relation(related, by=by, at=now)
    messages.success(request, _("They see nothing of yours any more."))
    return redirect("my_privacy")
