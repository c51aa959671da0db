"""I let someone close in: I say who and what, sign it, and get a link for them."""

from datetime import time, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.consents.forms import DAYS, InvitationForm
from throughcare.faces.web.fields import Pick, PickMany, Select, Text
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.languages import said
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.clinic_calendar import at_local, local_day
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.pathway.family.invitations import Around, people_around
from throughcare.pathway.family.my_people import my_people
from throughcare.pathway.family.own_people import NewClose, begin_letting_in, has_agreed, let_in
from throughcare.pathway.privacy.own_record import own_patient

NEW = "new"
LIKELY = ("schedule", "attendance", "episode", "care_plan", "safety_plan")


class LetInForm(Form):
    """Whom, what they may be told, and until when."""

    asked_when: ClassVar = {
        "name": AskedWhen("whom", (NEW,), _("Write their name")),
        "relationship": AskedWhen("whom", (NEW,), _("Say who they are to you")),
    }

    def __init__(self, *args: Any, around: Around, **more: Any) -> None:
        super().__init__(*args, **more)
        people = [(str(one.uid), f"{one.name} ({one.relationship})") for one in around.people]
        self.fields["whom"] = Select(
            _("Who?"), [*people, (NEW, _("Someone who isn't on this list"))], missing=_("Choose who")
        )
        self.fields["name"] = Text(_("Their name"), optional=True)
        self.fields["relationship"] = Text(
            _("Who they are to you"),
            hint=_("Such as mother, husband, friend, sponsor, mentor"),
            optional=True,
        )
        asked = [code for code in KINDS if code in MAY_LEAVE - APART]
        told = [(code, _capital(said(KINDS[code].plain))) for code in sorted(asked, key=_likeliest)]
        self.fields["kinds"] = PickMany(
            _("What may they be told?"), told, missing=_("Choose what they may be told")
        )
        self.fields["ends"] = Pick(
            _("For how long?"),
            DAYS,
            hint=_("You can take it back at any time"),
            missing=_("Choose for how long"),
        )

    def new_close(self, *, zone: str) -> NewClose:
        """What was filled in; the last day is one of `zone`."""
        filled, now = self.cleaned_data, timezone.now()
        last = local_day(now, zone) + timedelta(days=int(filled["ends"]))
        return NewClose(
            frozenset(filled["kinds"]),
            at_local(last + timedelta(days=1), time(0), zone),
            related=None if filled["whom"] == NEW else UUID(filled["whom"]),
            name=filled["name"],
            relationship=filled["relationship"],
        )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _likeliest(code: str) -> bool:
    """What people let others see most comes first; the others keep their order."""
    return code not in LIKELY


@once
def begin(request: StaffRequest) -> HttpResponse:
    """Who is to be let in, and what they may be told; then the questions and the signature."""
    by, now = request.actor, timezone.now()
    around = people_around(own_patient(by=by), by=by, at=now)
    whom = request.GET.get("whom", NEW)
    known = [one.codes for one in my_people(by=by, at=now).people if str(one.uid) == whom]
    initial = {"whom": whom, "kinds": known[0] if known else ()}
    form = LetInForm(request.POST or None, around=around, initial=initial)
    made: list[UUID] = []
    if form.is_valid() and attempt(
        form, lambda: made.append(begin_letting_in(form.new_close(zone=by.time_zone), by=by, at=now))
    ):
        return redirect("my_consent", made[0])
    return render(request, "my_pages/let_in.html", {"form": form}, status=422 if form.errors else 200)


@once
def invite(request: StaffRequest, related: UUID) -> HttpResponse:
    """The link for someone close, once I have signed what they may be told."""
    by, now = request.actor, timezone.now()
    person = people_around(own_patient(by=by), by=by, at=now).person(related)
    form = InvitationForm(request.POST if request.method == "POST" else None, known=person.since is not None)
    token: list[str] = []
    context: dict[str, Any] = {
        "form": form,
        "person": person,
        "agreed": has_agreed(related, by=by, at=now),
    }
    if form.is_valid() and attempt(
        form,
        lambda: token.append(let_in(related, email=form.cleaned_data.get("email", ""), by=by, at=now)),
    ):
        context["address"] = settings.HOME_ADDRESS + reverse("link", args=token)
        return render(request, "my_pages/link_for_them.html", context)
    return render(request, "my_pages/invite.html", context, status=422 if form.errors else 200)
