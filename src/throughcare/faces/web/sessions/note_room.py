"""A session's note: read, written by several hands, signed at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.door.confirming import signs_when
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.forms import (
    NoteForms,
    OwnForm,
    SharedForm,
    note_forms,
    posted_patients,
)
from throughcare.faces.web.sessions.room import lead_of, room_tabs, trail_of
from throughcare.pathway.cannot import Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.session.group_note import (
    NotePart,
    NoteRoom,
    note_room,
    sign_notes,
    write_own,
    write_shared,
)
from throughcare.pathway.session.note_parts import OwnPart, write_parts


@dataclass
class PartOnPage:
    """One person's part with its form; `theirs` holds what someone else wrote meanwhile."""

    part: NotePart
    form: OwnForm | None
    theirs: ChangedMeanwhile | None = None
    shows_lacks: bool = False


Conflicts = dict[str, ChangedMeanwhile]


def read(request: StaffRequest, session: UUID) -> HttpResponse:
    """The note as it stands."""
    room = note_room(session, by=request.actor, at=timezone.now())
    return _page(request, room, note_forms(room), {})


@signs_when(action="sign")
@once
def write(request: StaffRequest, session: UUID) -> HttpResponse:
    """Save every part that this writer changed; sign, if that was asked for."""
    sent = posted_patients(request.POST)
    room = note_room(session, by=request.actor, at=timezone.now(), also=sent)
    forms = note_forms(room, request.POST)
    if not forms.are_valid:
        return _page(request, room, forms, {}, status=422)
    conflicts = _save(request, session, forms)
    wrong = any(form.errors for form in forms.all)
    if conflicts or wrong:
        fresh = note_room(session, by=request.actor, at=timezone.now(), also=sent)
        return _page(request, fresh, forms, conflicts, status=409 if conflicts else 422)
    if request.POST.get("action") == "sign":
        _sign(request, session)
        return redirect(reverse("session_notes", args=[session]) + "?missing=shown")
    if "phrase" not in request.POST and "quietly" not in request.POST:
        messages.success(request, "The draft is saved.")
    anchor = request.POST.get("phrase", "").partition(":")[0] or request.POST.get("take", "")
    return redirect(reverse("session_notes", args=[session]) + (f"#part-{anchor}" if anchor else ""))


def _save(request: StaffRequest, session: UUID, forms: NoteForms) -> Conflicts:
    """Write the parts that were touched; what somebody else changed since comes back, and nothing of it is lost."""
    touched = _touched(request, forms)
    own = [form for form in touched if isinstance(form, OwnForm)]
    if _wrote_at_once(request, session, own):
        touched = [form for form in touched if isinstance(form, SharedForm)]
    conflicts: Conflicts = {}
    for form in touched:
        try:
            version = _write(request, session, form)
        except ChangedMeanwhile as changed:
            conflicts[_key(form)] = changed
            # This writer's words stay in the form, on top of the version that is stored now.
            _rebase(form, changed.version, "both were shown")
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            _rebase(form, version, form.mark)
    return conflicts


def _touched(request: StaffRequest, forms: NoteForms) -> list[SharedForm | OwnForm]:
    """The parts that this writer changed, with the phrase that was tapped; not the one given up for another's."""
    taken = request.POST.get("take", "")
    target, _, phrase = request.POST.get("phrase", "").partition(":")
    kept = [form for form in forms.all if _key(form) != taken]
    for form in kept:
        if _key(form) == target:
            form.cleaned_data["text"] = f"{form.cleaned_data['text'].rstrip()} {phrase}".strip()
    return [form for form in kept if form.is_touched]


def _key(form: SharedForm | OwnForm) -> str:
    return "shared" if isinstance(form, SharedForm) else str(form.part.patient)


def _wrote_at_once(request: StaffRequest, session: UUID, forms: Sequence[OwnForm]) -> bool:
    """Whether all these parts were written together: not so when something stands against one of them."""
    parts = [
        OwnPart(
            form.part.patient,
            form.cleaned_data["text"],
            form.objective_thread,
            form.seen_version,
            form.cleaned_data["next_step"],
        )
        for form in forms
    ]
    try:
        versions = write_parts(session, parts, by=request.actor, at=timezone.now()) if parts else {}
    except CannotSee:
        raise
    except Cannot:
        return False
    for form in forms:
        _rebase(form, versions[form.part.patient], form.mark)
    return True


def _write(request: StaffRequest, session: UUID, form: SharedForm | OwnForm) -> int:
    by, at, words = request.actor, timezone.now(), form.cleaned_data
    if isinstance(form, SharedForm):
        return write_shared(
            session, text=words["text"], topic=words["topic"], seen_version=form.seen_version, by=by, at=at
        )
    return write_own(
        session,
        form.part.patient,
        text=words["text"],
        next_step=words["next_step"],
        objective_thread=form.objective_thread,
        seen_version=form.seen_version,
        by=by,
        at=at,
    )


def _rebase(form: SharedForm | OwnForm, version: int, mark: str) -> None:
    """Let the form, when it is shown again, stand on this version."""
    data = cast(QueryDict, form.data).copy()
    data[form.add_prefix("seen")] = str(version)
    data[form.add_prefix("was")] = mark
    form.data = data


def _sign(request: StaffRequest, session: UUID) -> None:
    words = request.POST.getlist("meant")
    try:
        results = sign_notes(session, by=request.actor, at=timezone.now(), meant_as_words=words)
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
        return
    new = sum(result.is_new for result in results)
    waiting = [result.name for result in results if result.note is None]
    if new:
        messages.success(request, f"{new} note{'' if new == 1 else 's'} signed.")
    if waiting:
        messages.warning(request, f"Not signed yet: {', '.join(waiting)}. What is missing stands with each.")
    if not new and not waiting:
        messages.info(request, "Every note of this session was signed already.")


def sign_label(room: NoteRoom) -> str:
    """The words of the button that signs."""
    left = len(room.parts) - room.signed
    return "Save and sign" if left < 2 else f"Save and sign {left} notes"


def _page(
    request: StaffRequest, room: NoteRoom, forms: NoteForms, conflicts: Conflicts, *, status: int = 200
) -> HttpResponse:
    by_patient = {form.part.patient: form for form in forms.own}
    # What is missing is said where writing has begun; everywhere once somebody tried to sign.
    shows_all = "missing" in request.GET
    context = {
        "room": room,
        "shared": forms.shared,
        "shows_shared_lacks": bool(room.shared_text) or shows_all,
        "shared_theirs": conflicts.get("shared"),
        "parts": [
            PartOnPage(
                part,
                by_patient.get(part.patient),
                conflicts.get(str(part.patient)),
                shows_lacks=bool(part.text) or shows_all,
            )
            for part in room.parts
        ],
        "has_trouble": bool(conflicts) or any(form.errors for form in forms.all if form.is_bound),
        "tabs": room_tabs(room.head.uid, current="notes", may_see_notes=True),
        "trail": trail_of(room.head, roles=request.actor.roles),
        "lead": lead_of(room.head),
        "sign_label": sign_label(room),
        "write_url": reverse("write_session_notes", args=[room.head.uid]),
    }
    return render(request, "sessions/notes.html", context, status=status)
