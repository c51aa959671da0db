"""How the pages of the set-up ask and answer one form."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughcare.faces.web.form import Form
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the clinic's page."""
    return [("Clinic", reverse("clinic")), *more]


def ask(
    request: StaffRequest,
    form: Form,
    act: Callable[[], object],
    *,
    title: str,
    submit: str,
    done: str,
    lead: str = "",
    back: str = "",
) -> HttpResponse:
    """Answer one form of the set-up: do it and go back, or show it."""
    back = back or reverse("clinic")
    if form.is_valid() and attempt(form, act):
        messages.success(request, done)
        return redirect(back)
    context = {"form": form, "title": title, "submit": submit, "back": back, "lead": lead, "trail": trail()}
    return render(request, "clinic/ask.html", context, status=422 if form.errors else 200)
