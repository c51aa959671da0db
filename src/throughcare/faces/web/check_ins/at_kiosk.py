"""At a kiosk: find oneself without the names of others, check in, and leave the screen empty."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.check_ins.forms import CheckInForm, CheckOutForm, WhoForm
from throughcare.faces.web.check_ins.own import THANKS
from throughcare.faces.web.door import tries
from throughcare.faces.web.door.kiosk_door import KIOSK
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.between_sessions import NO_EMERGENCY_LINE
from throughcare.pathway.attendance.own_sessions import own_session
from throughcare.pathway.attendance.room_code import at_kiosk, find_self
from throughcare.pathway.cannot import Absent
from throughcare.pathway.check_in.check_in import check_in, check_out
from throughcare.pathway.signing_in.kiosks import KioskHere, kiosk_here

TOO_MANY = _("There were too many wrong tries here. Ask your facilitator.")


def _kiosk(request: HttpRequest) -> KioskHere | None:
    """The kiosk that this browser is, None when it has been ended. In any other there is no such page."""
    state = request.session.get(KIOSK)
    if state is None:
        raise Absent("kiosk")
    return kiosk_here(state["browser"])


def _remember(request: HttpRequest, who: str) -> None:
    request.session[KIOSK] = {**request.session[KIOSK], "who": who}


@once
def find(request: HttpRequest, session: UUID) -> HttpResponse:
    """Find myself among those expected; whoever was here before is forgotten."""
    here, at = _kiosk(request), timezone.now()
    if here is None:
        return redirect("kiosk")
    _remember(request, "")
    form = WhoForm(request.POST or None)
    found: list[UUID] = []
    if form.is_valid():
        asked, (month, day) = form.cleaned_data["who"], form.cleaned_data["birthday"]
        # Those who try for one person are stopped, and those who try at this screen.
        counts = [f"kiosk {here.uid} {session} {asked}", f"kiosk {here.uid} {session}"]
        if not all(tries.may_try(one) for one in counts):
            form.add_error(None, TOO_MANY)
        elif attempt(
            form,
            lambda: found.append(
                find_self(session, who=asked, born_month=month, born_day=day, kiosk=here, at=at)
            ),
        ):
            tries.forget_wrong(counts[1])
        else:
            for one in counts:
                tries.count_wrong(one)
    if found:
        _remember(request, str(found[0]))
        return redirect("kiosk_check_in", session)
    return render(
        request,
        "check_ins/find.html",
        {"form": form, "organization": here.organization_name},
        status=422 if form.errors else 200,
    )


@once
def answer(request: HttpRequest, session: UUID) -> HttpResponse:
    """The minute before a session, or the sentence at its end; then the screen is empty again."""
    here, at = _kiosk(request), timezone.now()
    if here is None:
        return redirect("kiosk")
    who = request.session[KIOSK].get("who", "")
    if not who:
        return redirect("here", session)
    by = at_kiosk(UUID(who), kiosk=here)
    mine = own_session(session, UUID(who), by=by, at=at)
    is_ending = bool(mine.session.may_check_out)
    if mine.session.has_checked_in and not is_ending:
        _remember(request, "")
        messages.success(request, _("You are here. Welcome."))
        return redirect("here", session)
    form: CheckInForm | CheckOutForm
    form = CheckOutForm(request.POST or None) if is_ending else CheckInForm(request.POST or None)
    if form.is_valid() and attempt(form, lambda: _record(form, session, UUID(who), here)):
        _remember(request, "")
        messages.success(request, _("Thank you.") if is_ending else THANKS)
        return redirect("here", session)
    context = {
        "form": form,
        "mine": mine,
        "is_ending": is_ending,
        "no_emergency_line": NO_EMERGENCY_LINE,
        "organization": here.organization_name,
    }
    return render(request, "check_ins/at_kiosk.html", context, status=422 if form.errors else 200)


def _record(form: CheckInForm | CheckOutForm, session: UUID, patient: UUID, here: KioskHere) -> None:
    by, at = at_kiosk(patient, kiosk=here), timezone.now()
    if isinstance(form, CheckInForm):
        check_in(session, patient, answers=form.answers, way="kiosk", by=by, at=at)
    else:
        check_out(session, patient, words=form.cleaned_data["words"], way="kiosk", by=by, at=at)
