"""My notifications: the way, the hours, what I don't want to hear, and where a link to sign in may go."""

from typing import Any, ClassVar, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from throughcare.faces.web.fields import Pick, PickMany, Time
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.languages import said
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.notifications import ALL, EMAIL, QUIET_FROM, QUIET_UNTIL, TEXT, WAYS, Wishes
from throughcare.pathway.notification.wishing import has_phone, my_wishes, wish

LINK_WAYS = ((EMAIL, _("To my e-mail address")), (TEXT, _("To my phone, as a text message")))


class NotificationsForm(Form):
    """How somebody wants to be told."""

    way = Pick(_("How should we tell you that something waits?"), (), missing=_("Choose one"))
    kinds = PickMany(_("What do you want to hear of?"), (), optional=True)
    quiet = Pick(
        _("Quiet hours?"),
        (("yes", _("Yes: nothing in these hours")), ("no", _("No: at any hour"))),
        missing=_("Choose yes or no"),
    )
    quiet_from = Time(_("Quiet from"), optional=True)
    quiet_until = Time(_("Quiet until"), optional=True)
    links = PickMany(
        _("Where may a link to sign in go?"),
        LINK_WAYS,
        hint=_("Leave out a mailbox or phone that others read"),
        optional=True,
    )
    asked_when: ClassVar = {
        "quiet_from": AskedWhen("quiet", ("yes",), _("Enter when your quiet hours begin")),
        "quiet_until": AskedWhen("quiet", ("yes",), _("Enter when your quiet hours end")),
    }

    def __init__(self, *args: Any, texts: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        ways = [(code, said(words)) for code, words in WAYS.items() if texts or code != TEXT]
        cast(Pick, self.fields["way"]).choices = ways
        cast(PickMany, self.fields["kinds"]).choices = [(code, said(one.plain)) for code, one in ALL.items()]
        if not texts:
            cast(PickMany, self.fields["links"]).choices = LINK_WAYS[:1]

    @property
    def wishes(self) -> Wishes:
        """What was chosen."""
        found = self.cleaned_data
        quiet = found["quiet"] == "yes"
        return Wishes(
            found["way"],
            found["quiet_from"] if quiet else None,
            found["quiet_until"] if quiet else None,
            tuple(code for code in ALL if code not in found["kinds"]),
            tuple(found["links"]),
        )


@once
def notifications(request: StaffRequest) -> HttpResponse:
    """I choose how I am told; urgent things and those about signing in come at once."""
    by, at = request.actor, timezone.now()
    mine = my_wishes(by=by)
    form = NotificationsForm(request.POST or None, texts=has_phone(by=by), initial=_as_initial(mine))
    if form.is_valid() and attempt(form, lambda: wish(form.wishes, by=by, at=at)):
        messages.success(request, gettext("Saved. It counts from now on."))
        return redirect("my_notifications")
    context = {"form": form, "has_record": by.patient is not None}
    return render(request, "notifications/mine.html", context, status=422 if form.errors else 200)


def _as_initial(mine: Wishes) -> dict[str, Any]:
    return {
        "way": mine.way,
        "kinds": [code for code in ALL if code not in mine.off],
        "quiet": "yes" if mine.quiet_from else "no",
        "quiet_from": mine.quiet_from or QUIET_FROM,
        "quiet_until": mine.quiet_until or QUIET_UNTIL,
        "links": list(mine.links),
    }
