"""A patient lets someone in from their own page, and their account follows them out of the program."""

from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.pathway.privacy import consent_cast as cast_of
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.discharge.discharge import end_episode
from throughcare.pathway.family.family import my_relations
from throughcare.pathway.family.invitations import invite_patient
from throughcare.pathway.family.own_people import NewClose, begin_letting_in, has_agreed, let_in
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.consent_signing import sign_consent
from throughcare.records.consents import Consent
from throughcare.records.episodes import Episode
from throughcare.records.people import Account, RelatedPerson

pytestmark = pytest.mark.django_db

LATER = MORNING + timedelta(hours=1)
SISTER = NewClose(
    frozenset({"attendance"}), MORNING + timedelta(days=90), name="Ines Vance", relationship="sister"
)


@pytest.fixture
def kim(cast):
    return cast_of.kim(cast)


@pytest.fixture
def own(cast, kim):
    invite_patient(kim.uid, email="kim@mail.test", by=cast.clinician, at=MORNING)
    return actor_for(Account.objects.get_by_natural_key("kim@mail.test").pk)


def signed_by_themself(consent, own):
    row = Consent.objects.get(uid=consent)
    cast_of.understand(consent, by=own)
    Consent.objects.filter(pk=row.pk).update(signers=["patient"])
    said = {"signed_name": "Kim Vance", "means": "typed", "proof": "reauthenticated"}
    return sign_consent(consent, party="patient", by=own, at=MORNING, **said)


def test_the_consent_is_signed_before_there_is_a_link(own, kim):
    consent = begin_letting_in(SISTER, by=own, at=MORNING)
    sister = RelatedPerson.objects.latest("pk")
    assert sister.patient_id == kim.pk
    assert not has_agreed(sister.uid, by=own, at=LATER)
    with pytest.raises(Cannot, match="Sign first"):
        let_in(sister.uid, email="ines@mail.test", by=own, at=LATER)
    assert signed_by_themself(consent, own)
    assert let_in(sister.uid, email="ines@mail.test", by=own, at=LATER)
    ines = actor_for(Account.objects.get_by_natural_key("ines@mail.test").pk)
    [relation] = my_relations(by=ines, at=LATER)
    assert relation.patient == kim.uid, "by the patient's own session it counts at once"


def test_taken_back_there_is_no_new_link(own):
    consent = begin_letting_in(SISTER, by=own, at=MORNING)
    signed_by_themself(consent, own)
    revoke_consent(consent, how="page", by=own, at=LATER)
    with pytest.raises(Cannot, match="Sign first"):
        let_in(RelatedPerson.objects.latest("pk").uid, email="ines@mail.test", by=own, at=LATER)


def test_nobody_lets_people_in_for_someone_else(cast, own, kim):
    with pytest.raises(Absent):
        begin_letting_in(SISTER, by=cast.clinician, at=MORNING)
    begin_letting_in(SISTER, by=own, at=MORNING)
    with pytest.raises(Absent):
        let_in(RelatedPerson.objects.latest("pk").uid, email="x@mail.test", by=cast.clinician, at=LATER)


def test_the_account_becomes_an_alumnus_with_the_discharge_and_a_patient_again_with_admission(cast, kim, own):
    assert own.roles == {"patient"}
    episode = Episode.objects.get(patient=kim)
    end_episode(episode, reason="completed", next_place="", at=LATER)
    assert actor_for(own.account).roles == {"alumnus"}
