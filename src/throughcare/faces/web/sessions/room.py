"""A session's room: attendance at the door, one tap a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.form_key import once_key
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.sessions.who import SEE_DAY
from throughcare.faces.web.status_words import status_word
from throughcare.faces.web.ways import way
from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.recording.attendance_taps import TAPS
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import everyone_else_present, mend_minutes, tap_attendance
from throughcare.pathway.attendance.roster import RosterRow, SessionRoom, session_room
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.check_in.check_in_views import door_mark
from throughcare.pathway.session.session_rows import SessionHead

NEAR = timedelta(hours=12)
# Key, title, route.
TABS = (
    ("prepare", "Prepare", "prepare_session"),
    ("check_ins", "Check-ins", "session_check_ins"),
    ("attendance", "Attendance", "session"),
    ("notes", "Notes", "session_notes"),
    ("climate", "Climate", "session_climate"),
)
GROUPS_ONLY = frozenset({"climate"})


@dataclass(frozen=True)
class Tap:
    """One of a person's five buttons; `key` is the digit that presses it."""

    key: int
    value: str
    word: str
    tone: str
    is_chosen: bool


@dataclass(frozen=True)
class DoorRow:
    """A person of the roster with their buttons; `trouble` says why the last tap was not recorded.

    `make_up_url` is there for someone who stayed away and may make up for it, `give_back_url` for a make-up seat.
    """

    person: RosterRow
    taps: tuple[Tap, ...]
    asks_minutes: bool
    trouble: str
    once: str
    once_minutes: str
    make_up_url: str
    give_back_url: str
    offer: str


def room(request: StaffRequest, session: UUID) -> HttpResponse:
    """The session with its roster. The open page asks for news; without any the answer is empty."""
    seen = request.GET.get("seen")
    if seen and request.headers.get("HX-Request") and seen == door_mark(session, by=request.actor):
        return HttpResponse(status=204)
    return _page(request, session)


@once
def take(request: StaffRequest, session: UUID, patient: UUID) -> HttpResponse:
    """Record one tap, or the minutes that a person who came missed."""
    by, at = request.actor, timezone.now()
    try:
        if "tap" in request.POST:
            tap_attendance(session, patient, tap=request.POST["tap"], by=by, at=at)
        else:
            late, left = _minutes(request, "late_minutes"), _minutes(request, "left_early_minutes")
            mend_minutes(session, patient, late_minutes=late, left_early_minutes=left, by=by, at=at)
    except CannotSee:
        raise
    except Cannot as cannot:
        return _page(request, session, trouble={patient: cannot.because})
    return redirect(f"{reverse('session', args=[session])}#row-{patient}")


@once
def everyone(request: StaffRequest, session: UUID) -> HttpResponse:
    """Record everyone without attendance as present."""
    try:
        count = everyone_else_present(session, by=request.actor, at=timezone.now())
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    else:
        who = "Nobody was left to record." if count == 0 else f"{count} recorded as present."
        messages.success(request, who)
    return redirect("session", session)


def _minutes(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "").strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise Cannot("Write the minutes as a whole number, like 15.")
    return int(text)


def _page(request: StaffRequest, session: UUID, *, trouble: dict[UUID, str] | None = None) -> HttpResponse:
    found = session_room(session, by=request.actor, at=timezone.now())
    troubles = trouble or {}
    context = {
        "room": found,
        "rows": [_row(person, troubles.get(person.patient, ""), found) for person in found.roster],
        "tabs": room_tabs(found.head, current="attendance", by=request.actor),
        "trail": trail_of(found.head, roles=request.actor.roles),
        "lead": lead_of(found.head),
        "everyone_url": reverse("everyone_else_present", args=[session]),
        "mark": door_mark(session, by=request.actor),
        "proofs_url": reverse("take_over_proofs", args=[session]),
        "proofs_label": f"Take over {found.to_take_over} {'proof' if found.to_take_over == 1 else 'proofs'}",
        "code_url": reverse("session_code", args=[session]) if found.may_show_code else "",
        "is_live": is_live(found.head, at=timezone.now()),
    }
    return render(request, "sessions/room.html", context, status=422 if trouble else 200)


def is_live(head: SessionHead, *, at: datetime) -> bool:
    """Whether an open page asks for news: on the day of the session, not of one long over."""
    return head.starts - NEAR < at < head.ends + NEAR


def trail_of(head: SessionHead, *, roles: frozenset[str]) -> list[tuple[str, str]]:
    """The way back to the session's day, for those whose day has one."""
    if roles.isdisjoint(SEE_DAY):
        return []
    return [(f"{head.day:%A, %B} {head.day.day}", f"{reverse('today')}?day={head.day:%Y-%m-%d}")]


def lead_of(head: SessionHead) -> str:
    """The session's kind, where its title doesn't say it, and its topic."""
    return ": ".join(part for part in (head.kind if head.kind != head.title else "", head.topic) if part)


def room_tabs(head: SessionHead, *, current: str, by: Actor) -> list[tuple[str, str, bool]]:
    """The pages of one session that the reader's roles open; a climate only where there is a group to have one."""
    fitting = [tab for tab in TABS if head.is_group or tab[0] not in GROUPS_ONLY]
    ways = [(title, way(name, head.uid, by=by), key == current) for key, title, name in fitting]
    return [tab for tab in ways if tab[1]]


def _row(person: RosterRow, trouble: str, room: SessionRoom) -> DoorRow:
    status = STATUSES.get(person.status)
    both = person.status == "late_and_left_early"
    taps = tuple(
        Tap(
            key=number,
            value=tap,
            word=STATUSES[tap].word,
            tone=status_word(tap).tone,
            is_chosen=tap == person.status or (both and tap in ("late", "left_early")),
        )
        for number, tap in enumerate(TAPS, start=1)
    )
    asks = status is not None and (status.asks_late_minutes or status.asks_left_early_minutes)
    stayed_away = status is not None and not status.minutes_count
    return DoorRow(
        person,
        taps,
        asks,
        trouble,
        once_key(),
        once_key(),
        make_up_url=_make_up_url(person, room)
        if stayed_away and room.may_make_up and not person.is_guarded
        else "",
        give_back_url=_give_back_url(person, room),
        offer=_offer(person),
    )


def _offer(person: RosterRow) -> str:
    """How the proof would be taken over, where it would change something."""
    came = person.sign.offers
    if came is None or not person.sign.is_new:
        return ""
    late = f", {came.late_minutes} min late" if came.late_minutes else ""
    left = f", {came.left_early_minutes} min before the end" if came.left_early_minutes else ""
    return f"{STATUSES[came.status].word}{late}{left}"


def _give_back_url(person: RosterRow, room: SessionRoom) -> str:
    if not (person.is_make_up and room.may_make_up) or person.minutes or person.has_note:
        return ""
    return reverse("give_back_make_up", args=[room.head.uid, person.patient])


def _make_up_url(person: RosterRow, room: SessionRoom) -> str:
    return f"{reverse('make_ups', args=[person.patient])}?week={room.head.day:%Y-%m-%d}"
