"""My people: what each may see, their page as they see it, and two taps to stop it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.family.my_people import as_they_see, my_people, my_person, stop_letting_in


def people(request: StaffRequest) -> HttpResponse:
    """Everyone of mine, with what each may see now and until when."""
    mine = my_people(by=request.actor, at=timezone.now())
    context = {
        "mine": mine,
        "let_in": [one for one in mine.people if one.is_let_in or one.drafts],
        "others": [one for one in mine.people if not (one.is_let_in or one.drafts)],
    }
    return render(request, "my_people/people.html", context)


def seen(request: StaffRequest, related: UUID) -> HttpResponse:
    """The page of one of them, exactly as they see it now."""
    by, now = request.actor, timezone.now()
    person = my_person(related, by=by, at=now)
    page = as_they_see(related, by=by, at=now)
    return render(request, "my_people/seen.html", {"person": person, "page": page})


@once
def stop(request: StaffRequest, related: UUID) -> HttpResponse:
    """Stop it all for one of them: this page, one button."""
    by, now = request.actor, timezone.now()
    person = my_person(related, by=by, at=now)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, lambda: stop_letting_in(related, by=by, at=now)):
        messages.success(request, _("They see nothing of yours any more."))
        return redirect("my_people")
    context = {"person": person, "form": form}
    return render(request, "my_people/stop.html", context, status=422 if form.errors else 200)
