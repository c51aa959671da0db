"""What staff are asked about a referral."""

from typing import Any, ClassVar
from uuid import UUID

from throughcare.faces.web.fields import (
    Agree,
    Email,
    File,
    LongText,
    Moment,
    Phone,
    Pick,
    PickMany,
    Select,
    Text,
    TypedDate,
)
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.referring.referrals import (
    ASKED_FOR_BY,
    CLOSURE_REASONS,
    CONCERNS,
    CONTACT_MODES,
    OUTCOMES,
    SOURCES,
    VOICEMAIL_RULE,
)
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.referral.pipeline import PipelineFilters
from throughcare.pathway.referral.referral import NewReferral

Choices = list[tuple[str, str]]
SOMEONE_NEW = "new"
WISHES = ("voicemail", "text", "other_way")


class PersonForm(Form):
    """Who someone is and how to reach them."""

    given_name = Text(
        "Given name", hint="The only name, if there is one.", missing="Enter a name", max_length=100
    )
    family_name = Text("Family name", optional=True, max_length=100)
    preferred_name = Text("Called", hint="When it differs.", optional=True, max_length=100, width=20)
    pronouns = Text("Pronouns", optional=True, max_length=40, width=20)
    birth_date = TypedDate(optional=True)
    sex = Select(
        "Sex",
        [("female", "Female"), ("male", "Male")],
        hint="Some screening scores depend on it.",
        optional=True,
        empty="Not known",
    )
    gender = Text("Gender, in their words", optional=True, max_length=40, width=20)
    language = Text("Language", hint="A tag such as en or es.", optional=True, max_length=20, width=10)
    phone = Phone(optional=True)
    voicemail = Agree("A voicemail is safe", optional=True)
    text = Agree("A text is safe", optional=True)
    email = Email(optional=True)
    other_way = Text("Another way to reach them", optional=True, max_length=300)
    no_fixed_address = Agree("No fixed address", optional=True)
    address = LongText("Address", optional=True, rows=2, max_length=300)

    def person(self) -> PersonDetails:
        """The details that a valid form holds."""
        given = self.cleaned_data
        names = [name for name in DETAIL_FIELDS if name != "contact_wishes"]
        wishes = {wish: given[wish] for wish in WISHES if given[wish]}
        return PersonDetails(contact_wishes=wishes, **{name: given[name] for name in names})


DETAIL_FIELDS = tuple(PersonDetails.__dataclass_fields__)


def details_initial(details: PersonDetails) -> dict[str, Any]:
    """A person's details as the form's starting values."""
    shown = {name: getattr(details, name) for name in DETAIL_FIELDS}
    return {**shown, **{wish: details.contact_wishes.get(wish) or "" for wish in WISHES}}


class NewReferralForm(PersonForm):
    """A phone call or a visit: who asks, for whom, what for."""

    field_order = (
        "asked_for_by",
        "referrer_name",
        "referrer_organization",
        "referrer_phone",
        *PersonForm.base_fields,
        "concerns",
        "reason",
        "best_times",
        "source",
        "site",
    )

    asked_for_by = Pick("Who is asking?", list(ASKED_FOR_BY.items()), initial="self")
    referrer_name = Text("Their name", optional=True)
    referrer_organization = Text("Where they work", optional=True)
    referrer_phone = Phone("Their phone number", optional=True, autocomplete="off")
    concerns = PickMany("What for?", [(one.code, one.title) for one in CONCERNS.values()], optional=True)
    reason = LongText("In their words", optional=True)
    best_times = Text("Best times to call", optional=True)
    source = Select(
        "Where does the referral come from?",
        [(one.code, one.title) for one in SOURCES.values()],
        initial="self",
        missing="Choose where it comes from",
    )
    asked_when: ClassVar = {
        "referrer_name": AskedWhen(
            "asked_for_by", ("family", "friend", "provider", "other"), "Enter who is asking"
        )
    }

    def __init__(self, sites: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"] = Pick(
            "Site", sites, initial=sites[0][0] if sites else "", missing="Choose a site"
        )
        self.order_fields(self.field_order)

    def offer(self, alike: Choices) -> None:
        """Ask whether the person is one of those who look alike."""
        self.fields["known"] = Pick(
            "Is it one of them?",
            [*alike, (SOMEONE_NEW, "No, a new person")],
            missing="Say whether you know this person already",
        )

    def referral(self) -> NewReferral:
        """The referral that a valid form holds."""
        given = self.cleaned_data
        known = given.get("known") or SOMEONE_NEW
        return NewReferral(
            site=UUID(given["site"]),
            person=self.person(),
            source=given["source"],
            asked_for_by=given["asked_for_by"],
            referrer_name=given["referrer_name"],
            referrer_organization=given["referrer_organization"],
            referrer_phone=given["referrer_phone"],
            concerns=tuple(given["concerns"]),
            reason=given["reason"],
            best_times=given["best_times"],
            patient=None if known == SOMEONE_NEW else UUID(known),
        )


class ContactForm(Form):
    """An attempt to reach the person."""

    mode = Pick("How?", list(CONTACT_MODES.items()), initial="call", missing="Choose how you tried")
    outcome = Pick(
        "What came of it?",
        [(one.code, one.title) for one in OUTCOMES.values()],
        hint=VOICEMAIL_RULE,
        missing="Choose what came of it",
    )
    note = LongText("Note", optional=True, rows=3)
    contacted_at = Moment("When?", hint="Now, unless you change it.", missing="Enter when it was")


class OwnerForm(Form):
    """Who owns the next step."""

    def __init__(self, people: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = Pick("Who owns the next step?", people, missing="Choose someone")


class ClosureForm(Form):
    """Why a referral ends without an admission."""

    reason = Pick(
        "Why does it end?",
        [(one.code, one.title) for one in CLOSURE_REASONS.values()],
        missing="Choose why it ends",
    )
    text = LongText("In a sentence", optional=True, rows=3)
    asked_when: ClassVar = {
        "text": AskedWhen(
            "reason",
            tuple(one.code for one in CLOSURE_REASONS.values() if one.text_needed),
            "Say in a sentence what the reason is",
        )
    }


class ImportForm(Form):
    """A file of referrals."""

    file = File(
        "File",
        accept=".json,.gz,.ndjson,.jsonl,.csv",
        hint="A FHIR R4 bundle (.json, .json.gz, or one a line in .ndjson) or a table (.csv).",
        missing="Choose a file",
    )

    def __init__(self, sites: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"] = Pick(
            "Site", sites, initial=sites[0][0] if sites else "", missing="Choose a site"
        )


class RelatedPersonForm(Form):
    """Someone in a patient's life."""

    name = Text("Name", missing="Enter their name")
    relationship = Text(
        "What they are to the patient",
        hint="Mother, friend, sponsor, …",
        missing="Enter what they are",
        max_length=40,
        width=20,
    )
    phone = Phone(optional=True, autocomplete="off")
    emergency_contact = Agree("Call them in an emergency", optional=True)
    lives_with = Agree("Lives with the patient", optional=True)
    note = LongText("Note", optional=True, rows=2, max_length=1000)


class PipelineFilterForm(Form):
    """What the pipeline is narrowed to."""

    def __init__(self, sites: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = [(one.code, one.title) for one in SOURCES.values()]
        self.fields["whose"] = Select("Whose", [("mine", "Mine")], optional=True, empty="Everyone’s")
        self.fields["due"] = Select("Clock", [("late", "Overdue")], optional=True, empty="All")
        self.fields["source"] = Select("From", sources, optional=True, empty="Anywhere")
        if len(sites) > 1:
            self.fields["site"] = Select("Site", sites, optional=True, empty="All sites")

    def filters(self) -> PipelineFilters:
        """The filters; what is no choice is left out."""
        self.is_valid()
        given = getattr(self, "cleaned_data", {})
        return PipelineFilters(
            mine=given.get("whose") == "mine",
            site=UUID(given["site"]) if given.get("site") else None,
            source=given.get("source") or "",
            overdue=given.get("due") == "late",
        )
