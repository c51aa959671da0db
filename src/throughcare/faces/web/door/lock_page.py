"""The page of a locked browser: who may go on proves it here."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from throughcare.faces.web.door.passkeys import options_for
from throughcare.faces.web.door.proof_form import ProofForm


def lock_page(
    request: HttpRequest, *, kept: UUID | None = None, form: ProofForm | None = None, after: str = ""
) -> HttpResponse:
    """Nothing but the question who is there. A fragment makes the whole page load anew instead."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=401, headers={"HX-Refresh": "true"})
    context = {
        "form": form or ProofForm(),
        "kept": kept is not None,
        "next": after or (request.get_full_path() if request.method == "GET" else "/"),
        "passkey": options_for(request),
        "email": getattr(request.user, "email", ""),
    }
    return render(request, "signing_in/locked.html", context, status=401)
