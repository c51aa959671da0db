"""Letters for work, school or a court: what each would say, and asking for one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.my_plan.forms import LetterForm
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.conversation.asking import ask
from throughcare.pathway.privacy.own_record import own_patient


@once
def letters(request: StaffRequest) -> HttpResponse:
    """I ask for a letter; the question goes to my care team."""
    by, now = request.actor, timezone.now()
    form = LetterForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: ask(own_patient(by=by), form.question, about=form.about, key=str(form.once), by=by, at=now),
    ):
        messages.success(request, _("We have your question. You find the answer in your messages."))
        return redirect("my_plan")
    return render(request, "my_plan/letters.html", {"form": form}, status=422 if form.errors else 200)
