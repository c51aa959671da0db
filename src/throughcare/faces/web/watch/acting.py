"""One page for what is done about a sign: the number to call is large, what came of it is one tap."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.form import Form
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.watch.forms import FORMS
from throughcare.faces.web.ways import way
from throughcare.knowledge.warning_signs.acts import ACTS
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.warning_sign.acting import act_on_sign
from throughcare.pathway.warning_sign.messaging import message_about_sign, words_for
from throughcare.pathway.warning_sign.person_signs import one_sign

SUBMIT = {"messaged": "Send it", "dismissed": "Dismiss the sign"}


@once
def act(request: StaffRequest, sign: UUID, act: str) -> HttpResponse:
    """Call, message, book, review or dismiss."""
    if act not in FORMS:
        raise Http404
    by, now = request.actor, timezone.now()
    form = FORMS[act](request.POST if request.method == "POST" else None)
    if form.is_valid() and _do(request, sign, act, form):
        return redirect("watch")
    found = one_sign(sign, by=by, at=now)
    context = {
        "form": form,
        "sign": found,
        "act": ACTS[act],
        "submit": SUBMIT.get(act, "Write it down"),
        "message": words_for(by.organization) if act == "messaged" else "",
        "book_url": way("book_session", found.patient, by=by) if act == "booked" else "",
        "now": now,
        "trail": [("Watch list", reverse("watch"))],
    }
    return render(request, "watch/act.html", context, status=422 if form.errors else 200)


def _do(request: StaffRequest, sign: UUID, act: str, form: Form) -> bool:
    by, now = request.actor, timezone.now()
    try:
        if act == "messaged":
            message_about_sign(sign, by=by, at=now)
            settled = False
        else:
            settled = act_on_sign(sign, act=act, **form.cleaned_data, by=by, at=now)
    except Cannot as cannot:
        form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        return False
    told = "The sign is settled." if settled else "The sign stands until the person is reached or it is done."
    messages.success(request, f"It is written down. {told}")
    return True
