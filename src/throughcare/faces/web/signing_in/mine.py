"""My account: password, second step, recovery codes, where I am signed in."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.door.confirming import signs
from throughcare.faces.web.door.passkeys import keep_passkey, options_to_make
from throughcare.faces.web.door.proving import prove
from throughcare.faces.web.door.verdict import here, pass_factor, state_of
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.signing_in.forms import AppForm, ChangePasswordForm, PasskeyForm
from throughcare.faces.web.signing_in.qr import qr_path
from throughcare.faces.web.signing_in.whose import account_by_key
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.signing_in.door_mail import tell_of_factor_change
from throughcare.pathway.signing_in.factors import (
    app_address,
    enrol_app,
    factors_of,
    has_factor,
    new_app_secret,
    new_recovery_codes,
    remove_factor,
)
from throughcare.pathway.signing_in.links import change_my_password
from throughcare.pathway.signing_in.sign_ins import end_my_sign_in, end_sign_ins_of, move_sign_in, my_sign_ins

SECRET = "app secret"  # noqa: S105  # the name of a place in the sealed session


def me(request: StaffRequest) -> HttpResponse:
    """Who I am to the program, how I sign in, and where."""
    account, at = _account(request), timezone.now()
    context = {
        "actor": request.actor,
        "factors": factors_of(account),
        "must_have_factor": request.actor.holds(*STAFF),
        "sign_ins": my_sign_ins(by=request.actor, here=here(request), at=at),
    }
    return render(request, "signing_in/me.html", context)


def protect(request: StaffRequest) -> HttpResponse:
    """Choose a second step; staff go no further without one."""
    if has_factor(_account(request)):
        return redirect("me")
    return render(request, "signing_in/protect.html", {"must": request.actor.holds(*STAFF)})


@signs
def app(request: StaffRequest) -> HttpResponse:
    """Set up an authenticator app: its secret is shown until the app shows the right code."""
    account, at = _account(request), timezone.now()
    if factors_of(account).app:
        return redirect("me")
    secret: str = request.session.setdefault(SECRET, new_app_secret())
    form = AppForm(request.POST or None)
    had = has_factor(account)
    if form.is_valid() and attempt(
        form, lambda: enrol_app(account, secret=secret, code=form.cleaned_data["code"], at=at)
    ):
        del request.session[SECRET]
        return _enrolled(request, had)
    context = {
        "form": form,
        "secret": " ".join(secret[place : place + 4] for place in range(0, len(secret), 4)),
        "qr": qr_path(app_address(account, secret=secret)),
    }
    return render(request, "signing_in/app.html", context, status=422 if form.errors else 200)


@signs
def passkey(request: StaffRequest) -> HttpResponse:
    """Make a passkey; the browser does the most of it."""
    account, at, form = _account(request), timezone.now(), PasskeyForm(request.POST or None)
    said, had = request.POST.get("passkey", ""), has_factor(account)
    if request.method == "POST" and form.is_valid():
        if not said:
            form.add_error(None, _("No passkey was made. Try again, or set up an app instead."))
        elif attempt(
            form,
            lambda: keep_passkey(request.user, name=form.cleaned_data["name"], said=said, at=at),
        ):
            return _enrolled(request, had)
    context = {"form": form, "options": options_to_make(request.user)}
    return render(request, "signing_in/passkey.html", context, status=422 if form.errors else 200)


def _enrolled(request: StaffRequest, had: bool) -> HttpResponse:
    """The first second step brings recovery codes with it; every new one is told by mail."""
    account, at = _account(request), timezone.now()
    state = state_of(request)
    if state is not None and not state["factor"]:
        pass_factor(request, at=at)
    tell_of_factor_change(account, at=at)
    if had:
        messages.success(request, _("Your second step was added."))
        return redirect("me")
    return _codes_page(request, fresh=True)


@signs
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """Make ten new recovery codes and show them this once."""
    if not has_factor(_account(request)):
        return redirect("protect")
    return _codes_page(request, fresh=False)


def _codes_page(request: StaffRequest, *, fresh: bool) -> HttpResponse:
    codes = new_recovery_codes(_account(request), at=timezone.now())
    return render(request, "signing_in/recovery_codes.html", {"codes": codes, "fresh": fresh})


@signs
def remove(request: StaffRequest) -> HttpResponse:
    """Take away the app, or one passkey."""
    key = request.POST.get("key", "")
    account, at = _account(request), timezone.now()
    remove_factor(account, key=int(key) if key.isdecimal() else None, staff=request.actor.holds(*STAFF))
    tell_of_factor_change(account, at=at)
    messages.success(request, _("It was removed."))
    return redirect("me")


def password(request: StaffRequest) -> HttpResponse:
    """Choose another password; the other browsers are signed out."""
    account, at = _account(request), timezone.now()
    form = ChangePasswordForm(request.POST or None, has_factor=has_factor(account))
    proved = form.is_valid() and prove(request, form, at=at)
    if proved and attempt(
        form, lambda: change_my_password(form.cleaned_data["password"], by=request.actor, at=at)
    ):
        before = here(request)
        end_sign_ins_of(account, at=at, but=before)
        update_session_auth_hash(request, account_by_key(account))
        move_sign_in(before, here(request), at=at)
        messages.success(request, _("Your password was changed. You are signed out everywhere else."))
        return redirect("me")
    return render(request, "signing_in/password.html", {"form": form}, status=422 if form.errors else 200)


def end_sign_in(request: StaffRequest, sign_in: UUID) -> HttpResponse:
    """Sign out in one other browser."""
    end_my_sign_in(sign_in, by=request.actor, at=timezone.now())
    messages.success(request, _("Signed out there."))
    return redirect("me")


def end_other_sign_ins(request: StaffRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = end_sign_ins_of(_account(request), at=timezone.now(), but=here(request))
    messages.success(request, f"Signed out in {ended} other {'browser' if ended == 1 else 'browsers'}.")
    return redirect("me")


def _account(request: StaffRequest) -> int:
    return cast(int, request.actor.account)
