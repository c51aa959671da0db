"""Asking for help, now or in pieces: what was begun is kept under a code that only the person has."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from throughcare.faces.web.fields import Email, Phone, Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.public_pages.forms import AskForHelpForm
from throughcare.faces.web.public_pages.frame import address_of, public_frame
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.clinic.front_door import FrontDoor
from throughcare.pathway.public_page.started_requests import (
    forget_request,
    keep_request,
    open_request,
    send_way_back,
)
from throughcare.pathway.referral.referral import receive_referral

# Where a field of the referral stands on the form.
FIELDS = {"given_name": "name", "referrer_name": "name", "referrer_phone": "phone"}
LONGEST_CODE = 40


class CodeForm(Form):
    """The code of a request that was begun."""

    code = Text(
        _("Your code"),
        hint=_("Four groups of four letters and digits. Small letters are fine."),
        missing=_("Enter your code"),
        max_length=LONGEST_CODE,
        width=20,
        autocomplete="off",
    )


class WayBackForm(Form):
    """Where the link to go on is sent."""

    phone = Phone(_("Send the link to this phone"), optional=True)
    email = Email(_("Or to this email address"), optional=True)


@once
def ask_for_help(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """A person, or someone near them, asks for help; or keeps what they have for later."""
    now = timezone.now()
    frame = public_frame(request, organization, at=now)
    door: FrontDoor = frame["door"]
    code = request.POST.get("code", "")[:LONGEST_CODE]
    if request.POST.get("step") == "keep":
        return _keep(request, frame, organization, code)
    form = AskForHelpForm(door, request.POST or None)
    if form.is_valid():
        try:
            receive_referral(form.referral(), by=door.visitor, at=now)
        except Cannot as cannot:
            name = FIELDS.get(cannot.field, cannot.field)
            form.add_error(name if name in form.fields else None, cannot.because)
        else:
            if code:
                forget_request(code, by=door.visitor)
            return redirect(address_of("asked_for_help", organization))
    return _form(request, frame, form, organization, code=code)


def _form(
    request: HttpRequest,
    frame: dict[str, object],
    form: AskForHelpForm,
    organization: UUID | None,
    *,
    code: str,
) -> HttpResponse:
    door = form.door
    lead = gettext("A person calls you back {within}.").format(within=within(door))
    context = {
        **frame,
        "form": form,
        "lead": lead,
        "code": code,
        "again_url": address_of("ask_again", organization),
        "action": address_of("ask_for_help", organization),
    }
    return render(request, "public_pages/ask_for_help.html", context, status=422 if form.errors else 200)


def _keep(
    request: HttpRequest, frame: dict[str, object], organization: UUID | None, code: str
) -> HttpResponse:
    """Keep what is written so far, without asking that it is complete, and show the code."""
    door: FrontDoor = frame["door"]  # type: ignore[assignment]  # the frame holds what pages show
    form = AskForHelpForm(door, request.POST)
    said = written(form, request.POST)
    try:
        kept = keep_request(said, code=code, zone=door.zone, by=door.visitor, at=timezone.now())
    except Cannot as cannot:
        form.errors.clear()
        form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        return _form(request, frame, form, organization, code=code)
    context = {
        **frame,
        "kept": kept,
        "link": _link(request, organization, kept.code),
        "form": WayBackForm(initial={"phone": said.get("phone"), "email": said.get("email")}),
        "action": address_of("send_way_back", organization),
        "again_url": address_of("ask_again", organization),
    }
    return render(request, "public_pages/kept.html", {**context, "robots": "noindex"})


def written(form: AskForHelpForm, posted: Mapping[str, str]) -> dict[str, object]:
    """What stands in the fields, complete or not."""
    data = posted if isinstance(posted, QueryDict) else QueryDict()
    return {name: field.widget.value_from_datadict(data, {}, name) for name, field in form.fields.items()}


def _link(request: HttpRequest, organization: UUID | None, code: str) -> str:
    return request.build_absolute_uri(address_of("ask_again_link", organization, code))


@once
def send_link(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """Send the person the link under which they go on."""
    now = timezone.now()
    frame = public_frame(request, organization, at=now)
    door: FrontDoor = frame["door"]
    code, form = request.POST.get("code", "")[:LONGEST_CODE], WayBackForm(request.POST)
    kept = open_request(code, by=door.visitor, at=now)
    link, sent = _link(request, organization, kept.code), False
    if form.is_valid():
        try:
            send_way_back(code, link, **form.cleaned_data, by=door.visitor, at=now)
            sent = True
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
    context = {
        **frame,
        "kept": kept,
        "link": link,
        "form": form,
        "sent": sent,
        "action": address_of("send_way_back", organization),
        "again_url": address_of("ask_again", organization),
    }
    status = 422 if form.errors else 200
    return render(request, "public_pages/kept.html", {**context, "robots": "noindex"}, status=status)


def ask_again(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """Go on with a request that was begun: the code opens the form as it was left."""
    now = timezone.now()
    frame = {**public_frame(request, organization, at=now), "robots": "noindex"}
    door: FrontDoor = frame["door"]
    form = CodeForm(request.POST or None)
    if form.is_valid():
        code = form.cleaned_data["code"]
        if request.POST.get("step") == "forget":
            forget_request(code, by=door.visitor)
            return redirect(address_of("ask_for_help", organization))
        try:
            kept = open_request(code, by=door.visitor, at=now)
        except Cannot as cannot:
            form.add_error("code", cannot.because)
        else:
            asking = AskForHelpForm(door, initial=kept.answers)
            return _form(request, frame, asking, organization, code=kept.code)
    context = {**frame, "form": form, "action": address_of("ask_again", organization)}
    return render(request, "public_pages/go_on.html", context, status=422 if form.errors else 200)


def ask_again_link(request: HttpRequest, token: str, organization: UUID | None = None) -> HttpResponse:
    """The link with the code in it: opening it changes nothing and shows no answer, the button does."""
    now = timezone.now()
    frame = {**public_frame(request, organization, at=now), "robots": "noindex"}
    door: FrontDoor = frame["door"]
    context = {**frame, "action": address_of("ask_again", organization)}
    try:
        kept = open_request(token[:LONGEST_CODE], by=door.visitor, at=now)
    except Cannot as cannot:
        context |= {"form": CodeForm(), "gone": cannot.because}
        return render(request, "public_pages/go_on.html", context, status=404)
    context["form"] = CodeForm(initial={"code": kept.code})
    return render(request, "public_pages/go_on.html", context)


def thanks(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """What happens next, and when."""
    frame = public_frame(request, organization, at=timezone.now())
    context = {**frame, "within": within(frame["door"]), "robots": "noindex"}
    return render(request, "public_pages/thanks.html", context)


def within(door: FrontDoor) -> str:
    """How soon somebody hears from us."""
    if door.contact_days == 0:
        return gettext("the same day")
    return ngettext("within one business day", "within {n} business days", door.contact_days).format(
        n=door.contact_days
    )
