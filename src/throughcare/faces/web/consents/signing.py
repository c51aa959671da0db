"""Checking that a consent was understood, and its signature before a witness."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.consents.forms import QuestionsForm, SignatureForm
from throughcare.faces.web.consents.views import consent_context
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.actor import Actor
from throughcare.pathway.privacy.consent import check_understanding
from throughcare.pathway.privacy.consent_signing import Party, Proof, sign_consent
from throughcare.pathway.privacy.consent_views import ConsentView, consent_view

COUNTS = "The consent is signed and counts from now on. Give the patient a copy."


def questions(request: StaffRequest, consent: UUID) -> HttpResponse:
    """Read the consent together, then the patient answers; what was misunderstood is explained again."""
    view = consent_view(consent, by=request.actor, at=timezone.now())
    form = asked(request, view)
    if form is None:
        return redirect("sign_consent", consent, (view.still_to_sign or ("patient",))[0])
    context = {"form": form, **consent_context(view, by=request.actor)}
    return render(request, "consents/questions.html", context, status=422 if form.errors else 200)


def asked(request: StaffRequest, view: ConsentView) -> QuestionsForm | None:
    """The form of questions; None once all were answered rightly."""
    form = QuestionsForm(view.questions, request.POST or None)
    if not form.is_valid():
        return form
    answers = {one.key: form.cleaned_data[one.key] for one in view.questions}
    wrong = check_understanding(view.uid, answers, by=request.actor, at=timezone.now())
    for one in wrong:
        form.add_error(one.key, one.again)
    return form if wrong else None


@once
def sign(request: StaffRequest, consent: UUID, party: str) -> HttpResponse:
    """The patient, or their guardian, signs here; who is signed in witnesses it."""
    by, now = request.actor, timezone.now()
    view = consent_view(consent, by=by, at=now)
    form = SignatureForm(request.POST or None, initial={"seen": view.digest})
    done: list[bool] = []
    if form.is_valid() and attempt(
        form, lambda: done.append(put_name(form, view, party, "witnessed", by=by))
    ):
        messages.success(request, COUNTS if done[0] else "Signed. One more has to sign before it counts.")
        return redirect("consent", consent)
    context: dict[str, Any] = {"form": form, "party": party, **consent_context(view, by=by)}
    return render(request, "consents/sign.html", context, status=422 if form.errors else 200)


def put_name(form: SignatureForm, view: ConsentView, party: str, proof: Proof, *, by: Actor) -> bool:
    """Sign with what the form holds; whether the consent counts now."""
    chosen: Party = "guardian" if party == "guardian" else "patient"
    return sign_consent(
        view.uid,
        party=chosen,
        signed_name=form.cleaned_data["signed_name"],
        means="drawn" if form.cleaned_data["drawn"] else "typed",
        drawn=form.cleaned_data["drawn"],
        proof=proof,
        seen=form.cleaned_data["seen"],
        by=by,
        at=timezone.now(),
    )
