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
from throughcare.faces.web.sessions.note_acts import act
from throughcare.faces.web.sessions.room import lead_of, room_tabs, trail_of
from throughcare.pathway.cannot import Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.note.group_note import (
    NotePart,
    NoteRoom,
    note_room,
    sign_notes,
    write_own,
    write_shared,
)
from throughcare.pathway.note.marks import notes_mark
from throughcare.pathway.note.own_part import FREE
from throughcare.pathway.note.parts import write_parts


@dataclass
class PartOnPage:
    """One person's part with its form; `theirs` holds what someone else wrote meanwhile.

    `formats` are those to choose from: value, word, and whether it is the one in use.
    """

    part: NotePart
    form: OwnForm | None
    theirs: ChangedMeanwhile | None = None
    shows_lacks: bool = False
    formats: tuple[tuple[str, str, bool], ...] = ()


Conflicts = dict[str, ChangedMeanwhile]
MARK = "X-Notes-Mark"  # drafts.js reads it


def read(request: StaffRequest, session: UUID) -> HttpResponse:
    """The note as it stands. The open page asks for news by the mark it got last; without any the answer is empty."""
    seen = request.GET.get("seen")
    mark = notes_mark(session, by=request.actor) if seen is not None else ""
    if seen and seen == mark:
        return HttpResponse(status=204)
    room = note_room(session, by=request.actor, at=timezone.now())
    answer = _page(request, room, note_forms(room), {})
    if mark:
        answer.headers[MARK] = mark
    return answer


@signs_when(action="sign")
@once
def write(request: StaffRequest, session: UUID) -> HttpResponse:
    """Save every part that this writer changed; sign, if that was asked for."""
    sent = posted_patients(request.POST)
    room = note_room(session, by=request.actor, at=timezone.now(), also=sent, judged=False)
    forms = note_forms(room, request.POST)
    if not forms.are_valid:
        room = note_room(session, by=request.actor, at=timezone.now(), also=sent)
        return _page(request, room, forms, {}, status=422)
    conflicts = _save(request, session, forms)
    wrong = any(form.errors for form in forms.all)
    if conflicts or wrong:
        fresh = note_room(session, by=request.actor, at=timezone.now(), also=sent)
        return _page(request, fresh, forms, conflicts, status=409 if conflicts else 422)
    if request.POST.get("action") == "sign":
        _sign(request, session)
        return redirect(reverse("session_notes", args=[session]) + "?missing=shown")
    acted_on = act(request, session, forms)
    quiet = {"phrase", "switch", "quietly"} & request.POST.keys()
    if not (acted_on or quiet):
        messages.success(request, "The draft is saved.")
    tapped = request.POST.get("phrase") or request.POST.get("switch") or ""
    anchor = tapped.partition(":")[0] or request.POST.get("take", "") or acted_on
    return redirect(reverse("session_notes", args=[session]) + (f"#part-{anchor}" if anchor else ""))


def _save(request: StaffRequest, session: UUID, forms: NoteForms) -> Conflicts:
    """Write the parts that were touched; what somebody else changed since comes back, and nothing of it is lost."""
    touched = _touched(request, forms)
    versions = _write_at_once(request, session, [form for form in touched if isinstance(form, OwnForm)])
    stands = {form: (version, form.mark) for form, version in versions.items()}
    conflicts: Conflicts = {}
    for form in touched:
        if form in versions:
            continue
        try:
            stands[form] = (_write(request, session, form), form.mark)
        except ChangedMeanwhile as changed:
            conflicts[_key(form)] = changed
            # This writer's words stay in the form, on top of the version that is stored now.
            stands[form] = (changed.version, "both were shown")
        except CannotSee:
            raise
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
    if conflicts or any(form.errors for form in forms.all):
        for form, (version, mark) in stands.items():
            _rebase(form, version, mark)
    return conflicts


def _touched(request: StaffRequest, forms: NoteForms) -> list[SharedForm | OwnForm]:
    """The parts that this writer changed, with what was tapped; not one given up for another's, or deleted."""
    given_up = {request.POST.get("take", ""), request.POST.get("delete", "")}
    target, _, phrase = request.POST.get("phrase", "").partition(":")
    turned, _, form_code = request.POST.get("switch", "").partition(":")
    kept = [form for form in forms.all if _key(form) not in given_up]
    for form in kept:
        if _key(form) == target and "text" in form.cleaned_data:
            form.cleaned_data["text"] = f"{form.cleaned_data['text'].rstrip()} {phrase}".strip()
        if _key(form) == turned:
            form.cleaned_data["form"] = form_code
    return [form for form in kept if form.is_touched]


def _key(form: SharedForm | OwnForm) -> str:
    return "shared" if isinstance(form, SharedForm) else str(form.part.patient)


def _write_at_once(
    request: StaffRequest, session: UUID, forms: Sequence[OwnForm]
) -> dict[SharedForm | OwnForm, int]:
    """The version of each of these parts, written together; none when something stands against one of them."""
    parts = [form.own_part for form in forms]
    try:
        versions = write_parts(session, parts, by=request.actor, at=timezone.now()) if parts else {}
    except CannotSee:
        raise
    except Cannot:
        return {}
    return {form: versions[form.part.patient] for form in forms}


def _write(request: StaffRequest, session: UUID, form: SharedForm | OwnForm) -> int:
    by, at = request.actor, timezone.now()
    if isinstance(form, SharedForm):
        words = form.cleaned_data
        return write_shared(
            session, text=words["text"], topic=words["topic"], seen_version=form.seen_version, by=by, at=at
        )
    part = form.own_part
    return write_own(
        session,
        part.patient,
        text=part.text,
        next_step=part.next_step,
        objective_thread=part.objective_thread,
        seen_version=part.seen_version,
        more=part.more,
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


def _formats(room: NoteRoom, form: OwnForm | None) -> tuple[tuple[str, str, bool], ...]:
    if form is None or not room.formats:
        return ()
    now = form.format.code if form.format else FREE
    words = [(one.code, one.title) for one in room.formats] + [(FREE, "Free text")]
    return tuple((f"{form.part.patient}:{code}", word, code == now) for code, word in words)


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
                shows_lacks=bool(part.text or part.sections) or shows_all,
                formats=_formats(room, by_patient.get(part.patient)),
            )
            for part in room.parts
        ],
        "has_trouble": bool(conflicts) or any(form.errors for form in forms.all if form.is_bound),
        "tabs": room_tabs(room.head, current="notes", by=request.actor),
        "trail": trail_of(room.head, roles=request.actor.roles),
        "lead": lead_of(room.head),
        "sign_label": sign_label(room),
        "write_url": reverse("write_session_notes", args=[room.head.uid]),
    }
    return render(request, "sessions/notes.html", context, status=status)
