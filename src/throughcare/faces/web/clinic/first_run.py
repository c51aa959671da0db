"""The first run: a clinic is set up in an empty installation."""

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.clinic.forms import FirstRunForm
from throughcare.faces.web.door.verdict import open_door
from throughcare.faces.web.once import once
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.clinic.clinic import FirstClinic, set_up_clinic
from throughcare.pathway.installation import is_set_up


@once
def first_run(request: HttpRequest) -> HttpResponse:
    """Ask for the organization, its first site and its first administrator; open only while there is none."""
    if is_set_up():
        return redirect("home")
    form = FirstRunForm(request.POST or None)

    def write() -> object:
        said = dict(form.cleaned_data)
        return set_up_clinic(FirstClinic(**said), password=said_password, at=timezone.now())

    if form.is_valid():
        said_password = form.cleaned_data.pop("password")
        if attempt(form, write):
            email = form.cleaned_data["email"].strip().lower()
            account = ModelBackend().authenticate(request, username=email, password=said_password)
            if account is not None:
                open_door(request, account, how="password", factor=False, at=timezone.now())
            return redirect("clinic")
    return render(request, "clinic/first_run.html", {"form": form}, status=422 if form.errors else 200)
