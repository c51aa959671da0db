"""My aftercare: half a minute now and then, when I am asked, and my say in whether I am."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from throughcare.faces.web.aftercare.forms import AskForm
from throughcare.faces.web.languages import said
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.aftercare.answering import answer_ask, begin_check_in, open_ask
from throughcare.pathway.aftercare.my_aftercare import ask_again, my_aftercare, stop_asking
from throughcare.pathway.privacy.own_record import own_patient


@once
def aftercare(request: StaffRequest) -> HttpResponse:
    """What is asked now, how I have been, and what comes next."""
    by, at = request.actor, timezone.now()
    mine = my_aftercare(own_patient(by=by), by=by, at=at)
    form = None
    if mine.waiting is not None:
        asked = open_ask(mine.waiting, by=by, at=at)
        form = AskForm(request.POST or None, asked=asked)
        if form.is_valid() and attempt(
            form, lambda: answer_ask(asked.uid, form.answer, way="page", by=by, at=at)
        ):
            messages.success(request, _("Thank you. Your care team can see it."))
            return redirect("my_aftercare")
    status = 422 if form is not None and form.errors else 200
    context = {"mine": mine, "form": form, "said": [(one, said(one.standing)) for one in mine.said]}
    return render(request, "aftercare/mine.html", context, status=status)


@once
def begin(request: StaffRequest) -> HttpResponse:
    """Check in now, whether it was due or not."""
    by, at = request.actor, timezone.now()
    begin_check_in(own_patient(by=by), by=by, at=at)
    return redirect("my_aftercare")


@once
def stop(request: StaffRequest) -> HttpResponse:
    """Ask me no more."""
    by = request.actor
    stop_asking(own_patient(by=by), by=by, at=timezone.now())
    messages.success(request, _("We ask you no more. You can start again here whenever you like."))
    return redirect("my_aftercare")


@once
def again(request: StaffRequest) -> HttpResponse:
    """Ask me again."""
    by = request.actor
    ask_again(own_patient(by=by), by=by, at=timezone.now())
    messages.success(request, _("We ask you again from now on."))
    return redirect("my_aftercare")
