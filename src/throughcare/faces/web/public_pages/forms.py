"""The form with which anyone asks for help."""

from typing import Any, ClassVar
from uuid import UUID

from throughcare.faces.web.fields import Agree, Email, LongText, Phone, Pick, PickMany, Text
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.faces.web.languages import lazy as _
from throughcare.knowledge.referring.referrals import CONCERNS
from throughcare.pathway.clinic.front_door import FrontDoor
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.referral.referral import NewReferral

# Who asks, in their words: what they are to the person, and the source that makes it.
ASKERS = {
    "self": (_("Me"), "self"),
    "family": (_("Someone in my family"), "family"),
    "friend": (_("A friend, or someone else I care about"), "family"),
    "provider": (_("A patient or client of mine"), "health"),
}
OTHERS = ("family", "friend", "provider")


class AskForHelpForm(Form):
    """Who needs help, how to reach them, what for."""

    who = Pick(
        _("Who is this for?"),
        [(code, words) for code, (words, _) in ASKERS.items()],
        missing=_("Choose who needs help"),
    )
    name = Text(
        _("Name you go by"),
        hint=_("A first name is enough."),
        missing=_("Tell us what we may call you"),
        max_length=100,
        width=20,
        autocomplete="given-name",
    )
    family_name = Text(_("Family name"), optional=True, max_length=100, width=20, autocomplete="family-name")
    person = Text(
        _("Name the person goes by"),
        hint=_("A first name or initials are enough."),
        optional=True,
        max_length=100,
        width=20,
    )
    person_family_name = Text(_("Their family name"), optional=True, max_length=100, width=20)
    phone = Phone(
        _("Your phone number"),
        hint=_("This is the quickest way. Leave it empty if you have none."),
        optional=True,
    )
    voicemail = Agree(_("It is safe to leave a voicemail"), optional=True)
    text = Agree(_("It is safe to send a text"), optional=True)
    email = Email(_("Your email address"), optional=True)
    other_way = Text(
        _("Another way to reach you"), hint=_("A friend’s phone, a shelter, a case worker."), optional=True
    )
    best_times = Text(_("When is a good time?"), optional=True, max_length=200)
    concerns = PickMany(
        _("What is it about?"),
        [(one.code, one.plain) for one in CONCERNS.values() if one.public],
        hint=_("Any that fit."),
        optional=True,
    )
    reason = LongText(_("Anything you want us to know?"), optional=True, rows=3, max_length=2000)

    asked_when: ClassVar = {
        "person": AskedWhen("who", OTHERS, _("Tell us what we may call the person")),
        "person_family_name": AskedWhen("who", OTHERS),
    }

    def __init__(self, door: FrontDoor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.door = door
        if len(door.sites) > 1:
            sites = [(str(site.uid), _place(site.name, site.address)) for site in door.sites]
            self.fields["site"] = Pick(
                _("Which place is easiest to get to?"),
                sites,
                missing=_("Choose a place"),
                initial=sites[0][0],
            )

    def clean(self) -> dict[str, Any]:
        """Some way to reach the person is needed."""
        cleaned = super().clean()
        ways = ("phone", "email", "other_way")
        if not any(cleaned.get(way) or way in self.errors for way in ways):
            self.add_error(
                "phone", _("Give one way to reach you: a phone number, an email address or another way")
            )
        return cleaned

    def referral(self) -> NewReferral:
        """The referral that a valid form asks for."""
        given = self.cleaned_data
        for_self = given["who"] == "self"
        return NewReferral(
            site=UUID(given["site"]) if given.get("site") else self.door.sites[0].uid,
            person=self._person() if for_self else self._someone_else(),
            source=ASKERS[given["who"]][1],
            asked_for_by=given["who"],
            referrer_name="" if for_self else self._asker(),
            referrer_phone="" if for_self else given["phone"],
            concerns=tuple(given["concerns"]),
            reason=given["reason"],
            best_times=given["best_times"],
        )

    def _person(self) -> PersonDetails:
        given = self.cleaned_data
        wishes = {key: given[key] for key in ("voicemail", "text", "other_way") if given[key]}
        return PersonDetails(
            given_name=given["name"],
            family_name=given["family_name"],
            phone=given["phone"],
            email=given["email"],
            contact_wishes=wishes,
        )

    def _asker(self) -> str:
        return f"{self.cleaned_data['name']} {self.cleaned_data['family_name']}".strip()

    def _someone_else(self) -> PersonDetails:
        """The person themself has given no way to be reached: the one who asks is called first."""
        given = self.cleaned_data
        ways = ", ".join(way for way in (given["phone"], given["email"], given["other_way"]) if way)
        wishes = {key: given[key] for key in ("voicemail", "text") if given[key]}
        return PersonDetails(
            given_name=given["person"],
            family_name=given["person_family_name"],
            contact_wishes={**wishes, "other_way": f"Through {self._asker()}: {ways}"},
        )


def _place(name: str, address: str) -> str:
    return f"{name}, {address}" if address else name
