"""The lock, and what was kept while it was shut."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from throughcare.faces.web.door.device import device_words
from throughcare.faces.web.door.holding import fields_of
from throughcare.faces.web.door.lock_page import lock_page
from throughcare.faces.web.door.proof_form import ProofForm
from throughcare.faces.web.door.proving import prove
from throughcare.faces.web.door.verdict import change, renew_key
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.signing_in.held_forms import LOCKED, Held, held_forms, hold_form, let_go

WHERE = "kept-path"  # the address that a form of the page goes to


def unlock(request: StaffRequest) -> HttpResponse:
    """Go on where the browser locked."""
    at, form = timezone.now(), ProofForm(request.POST)
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    after = wanted if wanted and safe else "/"
    if not prove(request, form, at=at):
        return lock_page(request, form=form, after=after)
    now = at.timestamp()
    device = device_words(request.headers.get("User-Agent", ""))
    change(request, locked=False, seen=now, proved=now, noted=now, device=device)
    renew_key(request, at=at)
    return redirect("kept_forms" if held_forms(request.user.pk or 0, at=at) else after)


def lock(request: StaffRequest) -> HttpResponse:
    """Lock this browser now."""
    change(request, locked=True)
    return redirect("/")


def still_here(request: StaffRequest) -> HttpResponse:
    """Someone is at the keyboard: the door has noted it on the way here."""
    return HttpResponse(status=204)


def hold(request: StaffRequest) -> HttpResponse:
    """Keep a form of the page that is about to lock."""
    posted = request.POST
    path = posted.get(WHERE, "")
    if _takes_forms(path):
        written = QueryDict(mutable=True)
        for name, values in posted.lists():
            if name != WHERE:
                written.setlist(name, values)
        hold_form(request.user.pk or 0, path=path, fields=fields_of(written), why=LOCKED, at=timezone.now())
    return HttpResponse(status=204)


def _takes_forms(path: str) -> bool:
    try:
        route = resolve(path).func.route  # type: ignore[attr-defined]  # every address states one
    except Resolver404:
        return False
    return "POST" in route.methods


def kept_forms(request: StaffRequest) -> HttpResponse:
    """What was kept, to be sent now or thrown away."""
    kept = held_forms(request.user.pk or 0, at=timezone.now())
    return render(request, "signing_in/kept.html", {"kept": [(one, words_of(one)) for one in kept]})


def drop(request: StaffRequest, held: UUID) -> HttpResponse:
    """Throw a kept form away."""
    let_go(held, account=request.user.pk or 0)
    messages.success(request, "It was thrown away.")
    return redirect("kept_forms")


def words_of(held: Held) -> list[str]:
    """What someone wrote, without keys and choices: the longer texts, so that they know it again."""
    texts = [value for _, values in held.fields for value in values if " " in value.strip()]
    return texts or ["Only choices, no words"]
