"""My people, on the patient's own page: who sees what until when, their page as they see it, and the way to stop it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.privacy.consent import may_revoke
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.family.family import FamilyPage, kinds_let, page_of
from throughcare.pathway.family.invitations import shut_out_relation
from throughcare.pathway.family.sections import whose_page
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import minor_rule
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.consents_kept import facts_of
from throughcare.pathway.privacy.own_record import own_patient
from throughcare.records.consents import Consent, FamilyAccount
from throughcare.records.people import Patient, RelatedPerson


@dataclass(frozen=True)
class MyPerson:
    """Someone of mine. `kinds` are what they may see now, in plain words; `until` when the first of it ends.

    `since`: from when they can sign in, None without a link; `drafts`: consents to them that I have yet to sign;
    `codes`: the kinds as the program names them.
    """

    uid: UUID
    name: str
    relationship: str
    kinds: tuple[str, ...]
    until: datetime | None
    since: datetime | None
    drafts: tuple[UUID, ...]
    codes: tuple[str, ...] = ()

    @property
    def is_let_in(self) -> bool:
        """Whether there is anything to stop."""
        return bool(self.kinds or self.since)


@dataclass(frozen=True)
class MyPeople:
    """Everyone of mine; `both_sign`: by the law of the state a guardian signs beside me; `decides_alone`: a minor
    who decides alone."""

    people: tuple[MyPerson, ...]
    both_sign: bool
    decides_alone: bool


def my_people(*, by: Actor, at: datetime) -> MyPeople:
    """My own people and what each may see."""
    found = open_patient(own_patient(by=by), kind="consent", by=by, at=at)
    since = {
        row.related_person_id: row.counts_from or row.recorded_at
        for row in FamilyAccount.objects.filter(related_person__patient=found, ended_at=None)
    }
    rows = list(RelatedPerson.objects.filter(patient=found, ended_at=None).order_by("pk"))
    drafts = Consent.objects.filter(patient=found, given_at=None, withdrawn_at=None, form="family")
    who = minor_rule(found, at=at).who if found.birth_date else "adult"
    return MyPeople(
        tuple(
            _person(
                found,
                row,
                since.get(row.pk),
                [one for one in drafts if one.related_person_id == row.pk],
                at=at,
            )
            for row in rows
        ),
        both_sign=who == "both",
        decides_alone=who == "minor",
    )


def _person(
    found: Patient, row: RelatedPerson, since: datetime | None, drafts: list[Consent], *, at: datetime
) -> MyPerson:
    kinds = kinds_let(found.pk, row.uid, at=at)
    ends = Consent.objects.filter(uid__in=[one for one in kinds.values() if one], expires_at__isnull=False)
    return MyPerson(
        row.uid,
        row.name,
        row.relationship,
        tuple(KINDS[kind].plain for kind in kinds),
        min((one.expires_at for one in ends if one.expires_at), default=None),
        since,
        tuple(one.uid for one in drafts),
        tuple(kinds),
    )


def my_person(related: UUID, *, by: Actor, at: datetime) -> MyPerson:
    """One of my people. Raises `Absent`."""
    for one in my_people(by=by, at=at).people:
        if one.uid == related:
            return one
    raise Absent("related person")


def as_they_see(related: UUID, *, by: Actor, at: datetime) -> FamilyPage:
    """The page of someone close, as it stands at this moment; nothing is told to anyone by my looking."""
    found = open_patient(own_patient(by=by), kind="consent", by=by, at=at)
    row = _mine(related, found)
    kinds = kinds_let(found.pk, row.uid, at=at)
    for kind in kinds:
        open_patient(found, kind=kind, by=by, at=at)
    return page_of(kinds, whose_page(found, row.pk, at=at))


@transaction.atomic
def stop_letting_in(related: UUID, *, by: Actor, at: datetime) -> None:
    """From this moment they see nothing of mine: every consent to them taken back, and their way in shut."""
    found = open_patient(own_patient(by=by), kind="consent", verb="change", by=by, at=at)
    row = _mine(related, found)
    standing = Consent.objects.filter(
        patient=found, related_person=row, given_at__isnull=False, revocation__isnull=True, event__isnull=True
    ).order_by("pk")
    for consent in standing:
        if may_revoke(facts_of(consent), at):
            revoke_consent(consent.uid, how="page", by=by, at=at)
    shut_out_relation(related, by=by, at=at)
    if kinds_let(found.pk, row.uid, at=at):
        raise Cannot("One consent can't be taken back yet. Ask the team.")


def _mine(related: UUID, found: Patient) -> RelatedPerson:
    row = RelatedPerson.objects.filter(uid=related, patient=found, ended_at=None).first()
    if row is None:
        raise Absent("related person")
    return row
