"""How the pages of the week answer a form: done and led on, or shown again with what to mend."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughcare.faces.web.form import Form
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.cannot import Cannot


def attempt(form: Form, act: Callable[[], object]) -> bool:
    """Do it; a refusal becomes an error of the form, at the field it is about."""
    try:
        act()
    except Cannot as cannot:
        form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        return False
    return True


def page(request: StaffRequest, template: str, form: Form, context: dict[str, Any]) -> HttpResponse:
    """A page of the week with its form."""
    status = 422 if form.errors else 200
    return render(request, f"week/{template}.html", {"form": form, **context}, status=status)


def week_url(patient: UUID) -> str:
    """The address of a person's week."""
    return reverse("patient_week", args=[patient])
