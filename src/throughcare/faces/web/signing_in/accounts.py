"""How someone of the clinic signs in, for administrators: invitation, roles per site, a lost second step."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.door.confirming import signs
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.signing_in.forms import LostFactorForm, RoleForm
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.signing_in.access import (
    account_page,
    agree_to_recovery,
    end_role,
    give_role,
    start_factor_recovery,
    stop_recovery,
)
from throughcare.pathway.signing_in.links import invite
from throughcare.pathway.week.week_choices import week_choices


def account(request: StaffRequest, account: UUID) -> HttpResponse:
    """How someone signs in."""
    page = account_page(account, by=request.actor)
    return render(request, "signing_in/account.html", {"page": page, "trail": _trail(page.name, account)[:2]})


def _trail(name: str, account: UUID) -> list[tuple[str, str]]:
    return [
        ("Clinic", reverse("clinic")),
        (name, reverse("staff_member", args=[account])),
        ("Signing in", reverse("account", args=[account])),
    ]


@signs
def invitation(request: StaffRequest, account: UUID) -> HttpResponse:
    """Make a link with which they set their password, and show it this once."""
    page = account_page(account, by=request.actor)
    token = invite(account, by=request.actor, at=timezone.now())
    address = settings.HOME_ADDRESS + reverse("link", args=[token])
    context = {"page": page, "address": address, "trail": _trail(page.name, account)}
    return render(request, "signing_in/invitation.html", context)


@signs
@once
def new_role(request: StaffRequest, account: UUID) -> HttpResponse:
    """Give a role at one site, or everywhere."""
    by, at = request.actor, timezone.now()
    page = account_page(account, by=by)
    form = RoleForm(week_choices(by=by).sites, request.POST or None)

    def write() -> None:
        site = form.cleaned_data["site"]
        give_role(account, form.cleaned_data["role"], site=UUID(site) if site else None, by=by, at=at)

    if form.is_valid() and attempt(form, write):
        messages.success(request, "The role is given; it counts at their next page.")
        return redirect("account", account)
    context = {
        "form": form,
        "title": f"A role for {page.name}",
        "submit": "Give the role",
        "back": reverse("account", args=[account]),
        "trail": _trail(page.name, account),
    }
    return render(request, "clinic/ask.html", context, status=422 if form.errors else 200)


@signs
def end(request: StaffRequest, account: UUID, grant: UUID) -> HttpResponse:
    """End a role; it is gone at their next page."""
    end_role(account, grant, by=request.actor, at=timezone.now())
    messages.success(request, "The role has ended.")
    return redirect("account", account)


@signs
@once
def lost(request: StaffRequest, account: UUID) -> HttpResponse:
    """Say that someone lost their second step; a second person has to agree."""
    by, at = request.actor, timezone.now()
    page = account_page(account, by=by)
    form = LostFactorForm(request.POST or None)
    if form.is_valid() and attempt(
        form, lambda: start_factor_recovery(account, reason=form.cleaned_data["reason"], by=by, at=at)
    ):
        messages.success(
            request, "Written down. Another administrator or director has to agree; they were told."
        )
        return redirect("account", account)
    context = {
        "form": form,
        "title": f"{page.name} lost their second step",
        "lead": "Nothing changes until a second person agrees. They are told by mail now.",
        "submit": "Ask a second person",
        "back": reverse("account", args=[account]),
        "trail": _trail(page.name, account),
    }
    return render(request, "clinic/ask.html", context, status=422 if form.errors else 200)


@signs
def agree(request: StaffRequest, recovery: UUID) -> HttpResponse:
    """Agree that the second step is taken off; they set up a new one when they sign in next."""
    account = agree_to_recovery(recovery, by=request.actor, at=timezone.now())
    messages.success(request, "The second step is off. With their password they come to set up a new one.")
    return redirect("account", account)


@signs
def stop(request: StaffRequest, recovery: UUID) -> HttpResponse:
    """Take it back, or say no: the second step stays."""
    account = stop_recovery(recovery, by=request.actor, at=timezone.now())
    messages.success(request, "Nothing was changed: the second step stays.")
    return redirect("account", account)
