"""Choosing a password by a link: forgotten, or invited. Opening a link changes nothing; a mail scanner may."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.door import tries
from throughcare.faces.web.door.passkeys import WRONG, options_of, passkey_is_right
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.signing_in.by_link import come_in
from throughcare.faces.web.signing_in.forms import ForgottenForm, LinkForm
from throughcare.faces.web.signing_in.views import browser_of
from throughcare.faces.web.signing_in.whose import account_by_key
from throughcare.faces.web.trouble import refused
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.signing_in.factors import check_code, factors_of
from throughcare.pathway.signing_in.links import (
    SIGNS_IN,
    OpenLink,
    ask_for_reset,
    open_link,
    set_password_by_link,
)


@once
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether anyone signs in with the address."""
    form = ForgottenForm(request.POST or None)
    if form.is_valid():
        ask_for_reset(form.cleaned_data["email"], browser=browser_of(request), at=timezone.now())
        return redirect("link_sent")
    return render(request, "signing_in/forgotten.html", {"form": form}, status=422 if form.errors else 200)


def link_sent(request: HttpRequest) -> HttpResponse:
    """What happens next, whoever asked."""
    return render(request, "signing_in/link_sent.html")


def link(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password by a link. Where there is a second step, it stays, and it is asked."""
    at, browser = timezone.now(), browser_of(request)
    try:
        found = open_link(token, browser=browser, at=at)
        if found.kind in SIGNS_IN:
            return come_in(request, token, at=at)
    except Cannot as cannot:
        return refused(request, cannot.because, status=410)
    form = LinkForm(request.POST or None, has_factor=found.asks_factor)
    said = request.POST.get("passkey", "")
    if said and "code" in form.fields:
        form.fields["code"].required = False
    if (
        form.is_valid()
        and _factor_shown(found, form, said, at=at)
        and attempt(
            form, lambda: set_password_by_link(token, form.cleaned_data["password"], browser=browser, at=at)
        )
    ):
        messages.success(request, _("Your password is set. Sign in with it."))
        return redirect("sign_in")
    held = factors_of(found.account)
    context = {
        "form": form,
        "link": found,
        "passkey": options_of(account_by_key(found.account)) if held.passkeys else None,
    }
    return render(request, "signing_in/link.html", context, status=422 if form.errors else 200)


def _factor_shown(found: OpenLink, form: LinkForm, said: str, *, at: datetime) -> bool:
    if not found.asks_factor:
        return True
    if said:
        if passkey_is_right(account_by_key(found.account), said):
            return True
        form.add_error(None, WRONG)
        return False
    who = str(found.account)
    if not tries.may_try(who):
        form.add_error(None, tries.WAIT)
    elif check_code(found.account, form.cleaned_data["code"], at=at):
        tries.forget_wrong(who)
        return True
    else:
        tries.count_wrong(who)
        form.add_error("code", _("That code isn't right, or was used already. Wait for the next one."))
    return False
