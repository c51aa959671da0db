"""Forms about consents."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from throughcare.faces.web.fields import Agree, Date, Email, LongText, Pick, PickMany, Select, Text
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.clinic_calendar import at_local, local_day
from throughcare.knowledge.privacy.consent import FORMS
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.purposes import TREATMENT_PAYMENT_OPERATIONS
from throughcare.knowledge.privacy.recipients import ALL as CLASSES
from throughcare.knowledge.privacy.recipients import SINGLE_CONSENT_CLASSES
from throughcare.knowledge.privacy.sentences import ENGLISH, languages, offered
from throughcare.knowledge.privacy.understanding import Question
from throughcare.pathway.people.people import RelatedView
from throughcare.pathway.privacy.consent import NewConsent
from throughcare.pathway.privacy.recipients import NOT_ENTERED, NewRecipient, RecipientLine
from throughcare.pathway.privacy.restrictions import NewRestriction

DAYS = (("30", "30 days"), ("90", "90 days"), ("180", "180 days"), ("365", "A year"))
NEW = "new"
_SETTLED = {
    "tpo": TREATMENT_PAYMENT_OPERATIONS,
    "family": frozenset({"family_involvement"}),
    "proceedings": frozenset({"legal_proceedings"}),
    "justice": frozenset({"justice_supervision"}),
}
_OF_ITS_OWN = frozenset({"legal_proceedings", "justice_supervision", "family_involvement"})


def kind_choices(kinds: Iterable[str]) -> list[tuple[str, str]]:
    """Kinds of record in the order of the table, by their words."""
    chosen = set(kinds)
    return [(code, kind.words.capitalize()) for code, kind in KINDS.items() if code in chosen]


class ConsentForm(Form):
    """What a consent of one form asks; what the form settles by itself isn't asked."""

    asked_when: ClassVar = {
        "new_name": AskedWhen("recipient", (NEW,), "Name the person or the organization"),
        "new_kind": AskedWhen("recipient", (NEW,), "Choose what they are"),
        "new_affiliation": AskedWhen("recipient", (NEW,)),
        "new_contact": AskedWhen("recipient", (NEW,)),
        "last_day": AskedWhen("ends", ("day",), "Enter the last day"),
        "ends_when": AskedWhen("ends", ("event",), "Say which event ends it"),
    }

    def __init__(
        self,
        form: str,
        *args: Any,
        related: Iterable[RelatedView],
        recipients: Iterable[RecipientLine],
        is_minor: bool,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.code = form
        if form == "family":
            people = [(str(one.uid), f"{one.name} ({one.relationship})") for one in related]
            self.fields["related"] = Select("Who may be told?", people, missing="Choose the person")
        elif form == "tpo":
            self._ask_classes()
        else:
            self._ask_recipient(recipients)
        self._ask_kinds()
        self._ask_end()
        self._ask_language()
        if is_minor:
            care = (("substance_use", "Substance use"), ("mental_health", "Mental health"))
            self.fields["service"] = Pick(
                "Which care is it about?",
                care,
                hint="The state's rule on who signs for a minor depends on it",
            )

    def _ask_classes(self) -> None:
        choices = [(code, one.words) for code, one in CLASSES.items() if code in SINGLE_CONSENT_CLASSES]
        self.fields["classes"] = PickMany(
            "Who may be told?", choices, missing="Choose who may be told", initial=[one for one, _ in choices]
        )

    def _ask_recipient(self, recipients: Iterable[RecipientLine]) -> None:
        lines = [(NEW, "Someone not on the list"), *((str(one.uid), one.said) for one in recipients)]
        kinds = [(code, one.words) for code, one in CLASSES.items() if code not in NOT_ENTERED]
        self.fields["recipient"] = Select("Who may be told?", lines, missing="Choose who may be told")
        self.fields["new_name"] = Text("Name of the person or the organization", optional=True)
        self.fields["new_kind"] = Select("What they are", kinds, optional=True)
        self.fields["new_affiliation"] = Text("Where they belong", optional=True)
        self.fields["new_contact"] = Text("Address, fax or phone", optional=True, max_length=300)
        self.fields["participants"] = LongText(
            "Members of the network",
            hint="Only when the recipient passes records on to others",
            optional=True,
        )

    def _ask_kinds(self) -> None:
        if self.code == "counseling_notes":
            self.fields["kinds"] = Pick("Which notes?", kind_choices(APART), missing="Choose the notes")
        else:
            initial = sorted(MAY_LEAVE - APART) if self.code == "tpo" else []
            self.fields["kinds"] = PickMany(
                "What may be told?",
                kind_choices(MAY_LEAVE - APART),
                missing="Choose what may be told",
                initial=initial,
            )
        if self.code not in _SETTLED:
            choices = [(code, one.words) for code, one in PURPOSES.items() if code not in _OF_ITS_OWN]
            self.fields["purposes"] = PickMany("What for?", choices, missing="Choose what it is for")

    def _ask_language(self) -> None:
        """Only what was reviewed may be signed; what is prepared is named."""
        waiting = " and ".join(one.name for one in languages().values() if not one.reviewed)
        hint = f"{waiting}: prepared, not reviewed yet, so nobody can sign in it" if waiting else ""
        choices = [(one.code, one.name) for one in offered()]
        self.fields["language"] = Pick(
            "In which language is it read and signed?",
            choices,
            hint=hint,
            optional=True,
            initial=choices[0][0],
        )

    def _ask_end(self) -> None:
        never = (("never", "No end: until it is taken back"),) if self.code == "tpo" else ()
        ways = (*never, *DAYS, ("day", "On a day"), ("event", "With an event"))
        self.fields["ends"] = Pick("When does it end?", ways, missing="Choose when it ends")
        self.fields["last_day"] = Date("Last day", optional=True)
        self.fields["ends_when"] = Text(
            "The event", hint="Goes on after “until”: your supervision ends", optional=True
        )
        if self.code == "justice":
            self.fields["irrevocable"] = Agree("It can't be taken back before the event", optional=True)

    def new_recipient(self) -> NewRecipient | None:
        """Who is to be entered first, when they aren't on the list."""
        said = self.cleaned_data
        if said.get("recipient") != NEW:
            return None
        return NewRecipient(said["new_kind"], said["new_name"], said["new_affiliation"], said["new_contact"])

    def new_consent(self, *, recipient: UUID | None, zone: str, at: datetime) -> NewConsent:
        """The consent as it was filled in; its last day is one of `zone`."""
        said, ends = self.cleaned_data, self.cleaned_data["ends"]
        day = said.get("last_day") if ends == "day" else None
        if ends.isdigit():
            day = local_day(at, zone) + timedelta(days=int(ends))
        kinds = said["kinds"]
        chosen = said.get("recipient", NEW)
        return NewConsent(
            self.code,
            kinds=frozenset([kinds] if isinstance(kinds, str) else kinds),
            purposes=_SETTLED.get(self.code) or frozenset(said["purposes"]),
            recipient_classes=frozenset(said.get("classes", ())),
            recipient=recipient or (UUID(chosen) if chosen != NEW else None),
            related_person=UUID(said["related"]) if said.get("related") else None,
            participants=said.get("participants", ""),
            expires_at=at_local(day + timedelta(days=1), time(0), zone) if day else None,
            ends_when=said.get("ends_when", "") if ends == "event" else "",
            never_ends=ends == "never",
            irrevocable=bool(said.get("irrevocable")),
            language=said.get("language") or ENGLISH,
            service=said.get("service") or "substance_use",
        )


class QuestionsForm(Form):
    """The questions that show whether a consent was understood."""

    def __init__(self, questions: Iterable[Question], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for one in questions:
            self.fields[one.key] = Pick(
                one.wording, one.choices, missing="Choose the answer you think is right"
            )


class SignatureForm(Form):
    """A name, typed, and drawn by who likes to; `drawn` holds the strokes."""

    signed_name = Text("Full name", hint="Whoever signs types it here", missing="Type the full name to sign")
    meant = Agree(
        "I have read this, I understand it, and I sign it",
        missing="Tick the box to say that you have read it and sign it",
    )
    drawn = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class TakeBackForm(Form):
    """How a patient took a consent back, as staff heard it."""

    how = Pick(
        "How did they take it back?",
        (("oral", "They said so"), ("written", "In writing")),
        missing="Choose how they took it back",
    )
    words = LongText("What they said or wrote", optional=True, max_length=1000, rows=3)


class RestrictionForm(Form):
    """What the program agrees not to tell."""

    text = LongText("What was agreed", missing="Write down what was agreed", max_length=1000, rows=3)
    kinds = PickMany(
        "Which records?", kind_choices(MAY_LEAVE), hint="None chosen: all of them", optional=True
    )

    def __init__(
        self, *args: Any, related: Iterable[RelatedView], recipients: Iterable[RecipientLine], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        close = [(f"related:{one.uid}", f"{one.name} ({one.relationship})") for one in related]
        entered = [(f"recipient:{one.uid}", one.said) for one in recipients]
        classes = [(f"class:{code}", one.words) for code, one in CLASSES.items() if code != "patient"]
        self.fields["whom"] = Select(
            "Not told to whom?", [*close, *entered, *classes], optional=True, empty="Anyone"
        )

    def new_restriction(self) -> NewRestriction:
        """The restriction as it was filled in."""
        how, _, which = self.cleaned_data["whom"].partition(":")
        return NewRestriction(
            self.cleaned_data["text"],
            kinds=frozenset(self.cleaned_data["kinds"]),
            recipient_classes=frozenset({which} if how == "class" else ()),
            recipient=UUID(which) if how == "recipient" else None,
            related_person=UUID(which) if how == "related" else None,
        )


class InvitationForm(Form):
    """Where the person signs in; who has an account is asked nothing and gets a new link."""

    def __init__(self, *args: Any, known: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not known:
            self.fields["email"] = Email(
                "E-mail address", hint="They sign in with it", missing="Enter the e-mail address"
            )


TITLES = {code: f"{words[0].upper()}{words[1:]}" for code, words in FORMS.items()}
