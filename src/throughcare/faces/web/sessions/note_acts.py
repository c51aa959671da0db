"""What a tap does with a part of a session's note beside writing it: delete, bring back, share, take back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.forms import NoteForms
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.note.deleted_drafts import bring_back, delete_own, delete_shared
from throughcare.pathway.note.shared_drafts import share_draft, take_back_share

SHARED = "shared"


def act(request: StaffRequest, session: UUID, forms: NoteForms) -> str:
    """Do what was tapped, and say so; which part it was about, empty for none."""
    tapped = ((name, request.POST[name]) for name in ("delete", "share", "take_back") if name in request.POST)
    name, target = next(tapped, ("", ""))
    if not name:
        return ""
    try:
        said = _do(request, session, name, target, forms)
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        messages.success(request, said)
    return target


def _do(request: StaffRequest, session: UUID, name: str, target: str, forms: NoteForms) -> str:
    by, at = request.actor, timezone.now()
    if name == "delete" and target == SHARED and forms.shared:
        delete_shared(session, seen_version=forms.shared.seen_version, by=by, at=at)
        return "The shared part is deleted. You can bring it back below."
    form = next((one for one in forms.own if str(one.part.patient) == target), None)
    if form is None:
        raise Cannot("This part is not on the page any more. Look again.")
    patient, name_of = form.part.patient, form.part.name
    if name == "delete":
        delete_own(session, patient, seen_version=form.seen_version, by=by, at=at)
        return f"The draft about {name_of} is deleted. You can bring it back below."
    if name == "share":
        share_draft(session, patient, by=by, at=at)
        return f"{name_of} can read this draft now, and add to it, under “Your notes”."
    take_back_share(session, patient, by=by, at=at)
    return f"{name_of} can no longer read this draft. What they added stays."


@once
def restore(request: StaffRequest, deleted: UUID) -> HttpResponse:
    """Bring a deleted draft back to where it was."""
    try:
        session = bring_back(deleted, by=request.actor, at=timezone.now())
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
        return redirect("session_notes", request.POST.get("session", ""))
    messages.success(request, "The draft is back.")
    return redirect("session_notes", session)
