"""Signing in by a link to one's mail or phone: asked for, sent, opened by a press. Opening it alone does nothing."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.fields import Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.signing_in.views import browser_of, second_or_in
from throughcare.faces.web.signing_in.whose import account_by_key
from throughcare.faces.web.trouble import refused
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.signing_in.links import GONE
from throughcare.pathway.signing_in.sign_in_links import ask_for_sign_in, use_sign_in_link


class AskForLinkForm(Form):
    """Where the link goes: to what we have on record, and nowhere else."""

    said = Text(
        _("Your e-mail address or phone number"),
        hint=_("The one that we have from you"),
        missing=_("Enter your e-mail address or your phone number"),
        autocomplete="username",
        max_length=254,
    )


@once
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same whether anyone signs in with it."""
    form = AskForLinkForm(request.POST or None)
    if form.is_valid():
        ask_for_sign_in(form.cleaned_data["said"].strip(), browser=browser_of(request), at=timezone.now())
        return redirect("sign_in_link_sent")
    return render(request, "signing_in/by_link.html", {"form": form}, status=422 if form.errors else 200)


def sent(request: HttpRequest) -> HttpResponse:
    """What happens next, whoever asked."""
    return render(request, "signing_in/by_link_sent.html")


def come_in(request: HttpRequest, token: str, *, at: datetime) -> HttpResponse:
    """A link that signs in: one button; who has a second step comes to it next."""
    if request.method != "POST":
        return render(request, "signing_in/come_in.html", {"form": Form()})
    try:
        account = account_by_key(use_sign_in_link(token, browser=browser_of(request), at=at))
    except Cannot as cannot:
        return refused(request, cannot.because, status=410)
    if account is None:
        return refused(request, GONE, status=410)
    return second_or_in(request, account, how="link")
