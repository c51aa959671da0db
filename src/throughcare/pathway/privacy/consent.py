"""Consents: prepared by staff with the patient, explained and understood, or put aside; then `consent_signing`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.clinic_calendar import age_on, local_day
from throughcare.knowledge.privacy.consent import FORMS, ConsentFacts, Signature, missing_elements
from throughcare.knowledge.privacy.minors import SERVICES, StateRule, state_rule
from throughcare.knowledge.privacy.understanding import Question, wrong_answers
from throughcare.knowledge.privacy.wording import consent_words, told_in
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.prepared import prepared
from throughcare.pathway.privacy.consents_kept import facts_of, hold_consents
from throughcare.pathway.privacy.desk import open_patient
from throughcare.pathway.privacy.recipients import find_recipient
from throughcare.pathway.rows import only_row
from throughcare.records.consents import Consent
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Organization, Site
from throughcare.records.people import Patient, RelatedPerson


@dataclass(frozen=True)
class NewConsent:
    """What is asked about a consent. To someone close: `related_person`; to others: `recipient`; TPO: classes only.

    `expires_at`, `ends_when` or, for TPO alone, `never_ends`. `service` counts for minors: whose care it is about.
    """

    form: str
    kinds: frozenset[str]
    purposes: frozenset[str]
    recipient_classes: frozenset[str] = frozenset()
    recipient: UUID | None = None
    related_person: UUID | None = None
    participants: str = ""
    records_from: date | None = None
    records_until: date | None = None
    expires_at: datetime | None = None
    ends_when: str = ""
    never_ends: bool = False
    irrevocable: bool = False
    language: str = "en"
    service: str = field(default=SERVICES[0])


@transaction.atomic
def draft_consent(patient: UUID, new: NewConsent, *, by: Actor, at: datetime) -> UUID:
    """Prepare a consent with the exact words that will be signed; it may still lack elements. Its public id."""
    found = open_patient(patient, kind="consent", verb="change", by=by, at=at)
    if new.form not in FORMS:
        raise Cannot("Choose a form.", field="form")
    row = Consent(
        organization_id=by.organization,
        patient=found,
        form=new.form,
        discloser=next(iter(_name(by.organization)))[:200],
        kinds=sorted(new.kinds),
        purposes=sorted(new.purposes),
        participants=new.participants.strip(),
        records_from=new.records_from,
        records_until=new.records_until,
        expires_at=new.expires_at,
        ends_when=" ".join(new.ends_when.split())[:200],
        never_ends=new.never_ends,
        irrevocable=new.irrevocable,
        signers=sorted(minor_rule(found, service=new.service, at=at).signers),
        recorded_by_id=by.account,
        recorded_at=at,
    )
    _name_recipient(row, new, by=by)
    site = site_of(found)
    zone = site.time_zone if site else "UTC"
    words = consent_words(facts_of(row, signatures=()), zone=zone, language=new.language)
    row.text, row.digest = words.text, words.digest
    row.language, row.wording_version = words.language, words.version
    row.told_how_to_revoke, row.told_redisclosure, row.told_refusal = told_in(
        words.text, row.ends_when, language=words.language
    )
    row.save()
    return row.uid


@prepared
def _name(organization: int) -> QuerySet[Organization, str]:
    return Organization.objects.filter(pk=organization).values_list("name", flat=True)


def _name_recipient(row: Consent, new: NewConsent, *, by: Actor) -> None:
    """Who may be told: someone close to this patient, someone entered, or classes of them."""
    classes = new.recipient_classes
    if new.related_person is not None:
        close = RelatedPerson.objects.filter(
            patient=row.patient, uid=new.related_person, ended_at=None
        ).first()
        if close is None:
            raise Absent("related person")
        row.related_person, classes = close, frozenset({"family"})
    elif new.recipient is not None:
        row.recipient = find_recipient(new.recipient, by=by)
        classes = frozenset({row.recipient.kind})
    row.recipient_classes = sorted(classes)


def minor_rule(patient: Patient, *, at: datetime, service: str = SERVICES[0]) -> StateRule:
    """Who speaks for this patient by the law of their site's state. Raises `Cannot` when the age isn't known."""
    site = site_of(patient)
    if patient.birth_date is None:
        raise Cannot("Enter the date of birth first: it decides whether a guardian must sign.")
    if service not in SERVICES:
        raise Cannot("Say which care this is about.", field="service")
    age = age_on(local_day(at, site.time_zone if site else "UTC"), patient.birth_date)
    return state_rule(age, service, site.state if site else "")


def minors_rule_of(patient: UUID, *, by: Actor, at: datetime) -> tuple[StateRule, ...]:
    """What staff are told about a minor: the rule for substance use and for mental health; nothing for an adult."""
    found = open_patient(patient, kind="consent", by=by, at=at)
    if found.birth_date is None:
        return ()
    rules = tuple(minor_rule(found, at=at, service=service) for service in SERVICES)
    return tuple(rule for rule in rules if rule.who != "adult")


def site_of(patient: Patient) -> Site | None:
    """Where the patient is or last was; before that, the site that the organization opened first."""
    episode = only_row(_last_episode(patient.pk))
    return episode.site if episode is not None else only_row(_first_site(patient.organization_id))


@prepared
def _last_episode(patient: int) -> QuerySet[Episode]:
    return Episode.objects.select_related("site").filter(patient=patient).order_by("-admitted_at")[:1]


@prepared
def _first_site(organization: int) -> QuerySet[Site]:
    return Site.objects.filter(organization_id=organization).order_by("pk")[:1]


def lacks_besides_signatures(facts: ConsentFacts, *, at: datetime) -> tuple[str, ...]:
    """What would still be missing if everyone who must sign signed now."""
    signed = tuple(
        Signature(party, at, proof="reauthenticated")  # type: ignore[arg-type]  # signers are parties
        for party in sorted(facts.signers)
    )
    return missing_elements(replace(facts, given_at=at, signatures=signed))


def open_consent(consent: UUID, *, by: Actor, at: datetime, verb: str = "see", hold: bool = False) -> Consent:
    """A consent whose patient `by` may open; `hold` holds all of the patient's consents. Raises `Absent`."""
    row = only_row(_consent(by.organization, consent))
    if hold and row is not None:
        hold_consents(row.patient_id)
        row = only_row(_consent(by.organization, consent))  # as it is, now that nobody changes it
    if row is None:
        raise Absent("consent")
    open_patient(row.patient.uid, kind="consent", verb=verb, by=by, at=at)
    return row


@prepared
def _consent(organization: int, consent: UUID) -> QuerySet[Consent]:
    rows = Consent.objects.select_related("patient", "recipient", "related_person", "revocation", "event")
    return rows.filter(organization_id=organization, uid=consent)


@transaction.atomic
def check_understanding(
    consent: UUID, answers: Mapping[str, str], *, by: Actor, at: datetime
) -> tuple[Question, ...]:
    """Keep what the patient answered; the questions to explain again, none when all was understood."""
    row = open_consent(consent, by=by, at=at, verb="change", hold=True)
    require_draft(row)
    wrong = wrong_answers(facts_of(row), answers)
    tries = [*row.understood.get("tries", []), {"at": at.isoformat(), "answers": dict(answers)}]
    row.understood = {"tries": tries, "understood_at": "" if wrong else at.isoformat()}
    row.save(update_fields=["understood"])
    return wrong


def is_understood(row: Consent) -> bool:
    """Whether every question was answered rightly at the last try."""
    return bool(row.understood.get("understood_at"))


def require_draft(row: Consent) -> None:
    """Raise `Cannot` for a consent that was signed by all, or put aside."""
    if row.given_at is not None:
        raise Cannot("This consent is signed already.")
    if row.withdrawn_at is not None:
        raise Cannot("This consent was put aside and can't be signed any more.")


@transaction.atomic
def withdraw_draft(consent: UUID, *, by: Actor, at: datetime) -> None:
    """Put a consent aside that was not signed by all who must."""
    row = open_consent(consent, by=by, at=at, verb="change", hold=True)
    require_draft(row)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
