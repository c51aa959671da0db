"""Signing in and out, and the page that opens first."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from throughcare.faces.web.frame import frame
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.signing_in.demo import demo_sign_ins
from throughcare.faces.web.signing_in.forms import SignInForm
from throughcare.pathway.installation import is_set_up


def home(request: HttpRequest) -> HttpResponse:
    """Lead each person to where their day begins: set-up, help, or their first place."""
    if not is_set_up():
        return redirect("first_run")
    if not request.user.is_authenticated:
        return redirect("front_door")
    nav = frame(request)["nav"]
    return redirect(nav[0][1] if nav else "me")


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with e-mail and password."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(
            request, username=form.cleaned_data["email"].lower(), password=form.cleaned_data["password"]
        )
        if account is not None:
            login(request, account)
            return redirect(_next(request))
        form.add_error(None, "That e-mail address and password don't go together. Check both and try again.")
    context = {"form": form, "next": request.GET.get("next", ""), "demo_sign_ins": demo_sign_ins()}
    return render(request, "signing_in/sign_in.html", context, status=422 if form.errors else 200)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if wanted and safe else settings.LOGIN_REDIRECT_URL


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here."""
    logout(request)
    return redirect("sign_in")


def me(request: StaffRequest) -> HttpResponse:
    """Who I am to the program."""
    return render(request, "signing_in/me.html", {"actor": request.actor})
