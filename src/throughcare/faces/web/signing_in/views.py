"""Signing in and out, and the page that opens first."""

from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from throughcare.faces.web.door import tries
from throughcare.faces.web.door.passkeys import WRONG, account_of, options_of, passkey_is_right
from throughcare.faces.web.door.verdict import close_door, open_door, state_of
from throughcare.faces.web.frame import frame
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.signing_in.demo import demo_sign_ins
from throughcare.faces.web.signing_in.forms import CodeForm, SignInForm
from throughcare.pathway.installation import is_set_up
from throughcare.pathway.signing_in.door_mail import tell_of_wrong_tries
from throughcare.pathway.signing_in.factors import check_code, factors_of, has_factor
from throughcare.pathway.signing_in.held_forms import held_forms

HALF_WAY = "half way"  # who gave the right password and owes the second step
HALF_WAY_SECONDS = 600
DONT_GO_TOGETHER = _("That e-mail address and password don't go together. Check both and try again.")


def home(request: HttpRequest) -> HttpResponse:
    """Lead each person to where their day begins: set-up, help, or their first place."""
    if not is_set_up():
        return redirect("first_run")
    if not request.user.is_authenticated:
        return redirect("front_door")
    state = state_of(request)
    if state is not None and not state["locked"] and held_forms(request.user.pk, at=timezone.now()):
        return redirect("kept_forms")
    nav = frame(request).get("nav")
    return redirect(nav[0][1] if nav else "me")


def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with e-mail and password; who has a second step comes to it next."""
    form = SignInForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        email, at = form.cleaned_data["email"].strip().lower(), timezone.now()
        if not tries.may_try(email):
            form.add_error(None, tries.WAIT)
            status = 429
        else:
            # Takes as long for an address that nobody uses: Django hashes the password all the same.
            account = ModelBackend().authenticate(
                request, username=email, password=form.cleaned_data["password"]
            )
            if account is not None:
                tries.forget_wrong(email)
                return second_or_in(request, account, how="password")
            if tries.count_wrong(email):
                tell_of_wrong_tries(email, at=at)
            form.add_error(None, DONT_GO_TOGETHER)
    context = {
        "form": form,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "demo_sign_ins": demo_sign_ins(at=timezone.now()),
        "light": True,  # as the public pages: a phone on a slow line comes in here first
    }
    return render(
        request, "signing_in/sign_in.html", context, status=422 if form.errors and status == 200 else status
    )


def second_or_in(request: HttpRequest, account: Any, *, how: str) -> HttpResponse:
    """Let someone in who showed one thing; who has a second step owes it first."""
    at = timezone.now()
    if not has_factor(account.pk):
        open_door(request, account, how=how, factor=False, at=at)
        return redirect(_next(request))
    request.session.cycle_key()
    request.session[HALF_WAY] = {
        "account": account.pk,
        "at": at.timestamp(),
        "next": _next(request),
        "how": how,
    }
    return redirect("second_step")


def _half_way(request: HttpRequest) -> Any:
    found = request.session.get(HALF_WAY)
    if found is None or timezone.now().timestamp() - found["at"] > HALF_WAY_SECONDS:
        return None
    account = get_user_model()._default_manager.filter(pk=found["account"]).first()
    return account if account is not None and account.is_active else None


def _first(request: HttpRequest) -> str:
    return str(request.session.get(HALF_WAY, {}).get("how", "password"))


def second_step(request: HttpRequest) -> HttpResponse:
    """The second step of signing in: a code, or a passkey."""
    account, at = _half_way(request), timezone.now()
    if account is None:
        return redirect("sign_in")
    form, held = CodeForm(request.POST or None), factors_of(account.pk)
    said = request.POST.get("passkey", "")
    if said:
        form = CodeForm()
        if passkey_is_right(account, said):
            return _in(request, account, how=f"{_first(request)} and passkey")
        form = CodeForm({"code": "-"})
        form.add_error(None, WRONG)
    elif request.method == "POST" and form.is_valid():
        if not tries.may_try(str(account.pk)):
            form.add_error(None, tries.WAIT)
        elif check_code(account.pk, form.cleaned_data["code"], at=at):
            tries.forget_wrong(str(account.pk))
            return _in(request, account, how=f"{_first(request)} and code")
        else:
            tries.count_wrong(str(account.pk))
            form.add_error("code", _("That code isn't right, or was used already. Wait for the next one."))
    context = {
        "form": form,
        "app": held.app,
        "passkey": options_of(account) if held.passkeys else None,
        "demo_sign_ins": [one for one in demo_sign_ins(at=at) if one.email == account.email],
    }
    return render(request, "signing_in/second_step.html", context, status=422 if form.errors else 200)


def _in(request: HttpRequest, account: Any, *, how: str) -> HttpResponse:
    half = request.session.pop(HALF_WAY, {})
    open_door(request, account, how=how, factor=True, at=timezone.now())
    return redirect(half.get("next") or _next(request))


def passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to ask for a passkey of this site; nothing of anyone is in it."""
    return JsonResponse(options_of(None))


def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it is something held, opened by something known or by a body."""
    said = request.POST.get("passkey", "")
    account = account_of(said)
    if account is not None and account.is_active and passkey_is_right(account, said):
        return _in(request, account, how="passkey")
    form = SignInForm({"email": "-", "password": "-"})
    form.full_clean()
    form.errors.clear()
    form.add_error(None, WRONG)
    context = {"form": form, "next": _next(request), "demo_sign_ins": demo_sign_ins(at=timezone.now())}
    return render(request, "signing_in/sign_in.html", context, status=422)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if wanted and safe else str(settings.LOGIN_REDIRECT_URL)


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, and let the browser forget what it kept of it."""
    close_door(request, at=timezone.now())
    answer = redirect("sign_in")
    # On a phone of their own the plan stays, because they chose so; the page itself forgot everything else.
    own_phone = request.COOKIES.get("own_phone") == "1"
    answer.headers["Clear-Site-Data"] = '"cache"' if own_phone else '"cache", "cookies", "storage"'
    return answer


def browser_of(request: HttpRequest) -> str:
    """A word that only this browser knows: a link that was asked for here opens here."""
    if "browser" not in request.session:
        request.session["browser"] = str(uuid4())
    return cast(str, request.session["browser"])
