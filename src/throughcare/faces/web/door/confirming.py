"""`@signs`: a page that signs asks once more who is there, unless they showed it in the last quarter of an hour."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.door.holding import hold_what_was_sent
from throughcare.faces.web.door.passkeys import options_for
from throughcare.faces.web.door.proof_form import ProofForm
from throughcare.faces.web.door.proving import prove
from throughcare.faces.web.door.verdict import change, was_proved
from throughcare.pathway.cannot import Absent
from throughcare.pathway.signing_in.held_forms import CONFIRM, held_form

View = Callable[..., HttpResponse]
CONFIRMS = "confirms"  # the hidden field that names the form which waits for the proof


def signs(view: View) -> View:
    """Let a POST go on only when its sender showed lately who they are; it waits, kept, until they do."""
    return signs_when()(view)


def signs_when(**values: str) -> Callable[[View], View]:
    """`@signs` for a page where only some buttons sign: those that post one of these values."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *arguments, **named)
            if CONFIRMS in request.POST:
                answer = _confirm(request)
                if answer is not None:
                    return answer
            elif _signs(request, values) and not was_proved(request, at=timezone.now()):
                held = hold_what_was_sent(request, at=timezone.now(), why=CONFIRM)
                return _page(request, str(held or ""), ProofForm())
            return view(request, *arguments, **named)

        return guarded

    return decorate


def _signs(request: HttpRequest, values: dict[str, str]) -> bool:
    return not values or any(request.POST.get(name) == value for name, value in values.items())


def _confirm(request: HttpRequest) -> HttpResponse | None:
    at, form = timezone.now(), ProofForm(request.POST)
    waiting = request.POST[CONFIRMS]
    if not was_proved(request, at=at) and not prove(request, form, at=at):
        return _page(request, waiting, form)
    change(request, proved=at.timestamp())
    posted = QueryDict(mutable=True)
    if waiting:
        # It stays for its day: who clicks twice sends the same form twice, and that records once.
        held = held_form(_reference(waiting), account=request.user.pk or 0, at=at)
        for name, values in held.fields:
            posted.setlist(name, values)
    # The form goes on as it was sent: the view sees what its writer wrote, at the same address.
    request.POST = posted  # type: ignore[assignment]  # Django allows it; its stubs do not
    return None


def _reference(words: str) -> UUID:
    try:
        return UUID(words)
    except ValueError:
        raise Absent("held form") from None


def _page(request: HttpRequest, waiting: str, form: ProofForm) -> HttpResponse:
    context = {"form": form, "waiting": waiting, "passkey": options_for(request)}
    return render(request, "signing_in/confirm.html", context, status=422 if form.errors else 401)
