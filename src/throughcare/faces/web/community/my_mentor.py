"""My mentor, or whom I mentor: say yes, see what they let me know, end it in two taps."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.community.forms import YesForm
from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.mentoring import AGREED
from throughcare.pathway.community.mentoring import end_my_match, my_match, my_matches, say_yes


def mentor(request: StaffRequest) -> HttpResponse:
    """The matches that stand for me."""
    matches = my_matches(by=request.actor, at=timezone.now())
    return render(request, "community/mentor.html", {"matches": matches})


@once
def agree(request: StaffRequest, match: UUID) -> HttpResponse:
    """Say yes, and choose what they may know."""
    by, now = request.actor, timezone.now()
    found = my_match(match, by=by, at=now)
    form = YesForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: say_yes(match, form.yes, by=by, at=now)):
        messages.success(request, _("You said yes. It begins once both of you did."))
        return redirect("my_mentor")
    context = {"form": form, "match": found, "agreed": AGREED}
    return render(request, "community/yes.html", context, status=422 if form.errors else 200)


@once
def end(request: StaffRequest, match: UUID) -> HttpResponse:
    """End it: this page, one button."""
    by, now = request.actor, timezone.now()
    found = my_match(match, by=by, at=now)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: end_my_match(match, by=by, at=now)):
        messages.success(request, _("It is ended. Neither of you sees anything of the other any more."))
        return redirect("my_mentor")
    context = {"form": form, "match": found}
    return render(request, "community/end.html", context, status=422 if form.errors else 200)
