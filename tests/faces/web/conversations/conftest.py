"""Dev and his phone; his mother, whom he lets see when he came."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client

from tests.cast import at
from tests.faces.web.questionnaires.conftest import dev
from tests.pathway.privacy.consent_cast import for_mother, mother_of, signed
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor
from throughcare.pathway.family.invitations import invite_relation
from throughcare.records.consents import FamilyAccount
from throughcare.records.people import Account, Patient

__all__ = ["dev", "rosa"]


@dataclass
class Near:
    """Somebody near to Dev, at her own browser."""

    person: UUID
    consent: UUID
    browser: Client
    actor: Actor


@pytest.fixture
def rosa(dev) -> Near:
    patient = Patient.objects.get(uid=dev.patient)
    person = mother_of(dev.cast, patient)
    invite_relation(person, email="rosa@mail.test", by=dev.cast.clinician, at=at(9))
    FamilyAccount.objects.update(counts_from=None)
    consent = signed(dev.cast, patient, for_mother(person, "attendance", at=at(9)), at=at(9))
    account = Account.objects.get_by_natural_key("rosa@mail.test")
    browser = Client()
    browser.force_login(account)
    return Near(person, consent, browser, actor_for(account.pk))
