"""My rewards: what waits for me, my slips, my receipts."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.rewards.views import draw_told
from throughcare.faces.web.routing import StaffRequest
from throughcare.pathway.reward.views import my_rewards


def rewards(request: StaffRequest) -> HttpResponse:
    """What I earned, what waits, and whether the bowl was fair."""
    by = request.actor
    found = my_rewards(by=by, at=timezone.now())
    context = {"found": found, "owed": f"${found.owed:.2f}", "may_draw": by.holds("patient")}
    return render(request, "rewards/mine.html", context)


@once
def slip(request: StaffRequest, reward: UUID) -> HttpResponse:
    """I draw a slip."""
    draw_told(request, reward)
    return redirect("my_rewards")
