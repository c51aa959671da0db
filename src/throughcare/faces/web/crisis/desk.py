"""The crisis desk: what nobody has first, large; it looks for news by itself."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.ways import way
from throughcare.pathway.crisis.desk import crisis_desk, desk_mark, may_answer
from throughcare.pathway.on_call.views import on_call_now


def desk(request: StaffRequest) -> HttpResponse:
    """Every crisis that asks for somebody. The open page asks for news; without any nobody's record is opened."""
    by, now = request.actor, timezone.now()
    seen, mark = request.GET.get("seen"), desk_mark(by=by, at=now)
    if seen and request.headers.get("HX-Request") and seen == mark:
        return HttpResponse(status=204)
    context = {
        "desk": crisis_desk(by=by, at=now),
        "mark": mark,
        "on_call": on_call_now(by=by, at=now),
        "may_answer": may_answer(by=by),
        "call_url": way("log_crisis_call", by=by),
        "now": now,
    }
    return render(request, "crisis/desk.html", context)
