"""A5: someone says that home isn't safe, and every channel obeys one rule."""

from datetime import timedelta

import pytest

from tests.cast import MORNING
from tests.pathway.privacy import consent_cast as cast_of
from throughcare.knowledge.privacy.safe_ways import ALL, may_reach
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.episode.banner import banner_of
from throughcare.pathway.family.family import my_relations
from throughcare.pathway.family.invitations import invite_patient, invite_relation
from throughcare.pathway.privacy.disclosure import prepare_disclosure, send_disclosure
from throughcare.pathway.privacy.reaching import ask_for_safe_ways, may_reach_patient, safe_ways
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.pathway.release.stay_items import identity
from throughcare.pathway.release.whose import Whose
from throughcare.pathway.signing_in.door_mail import queue_mail, send_door_mail
from throughcare.records.disclosures import Disclosure
from throughcare.records.people import Account, RelatedPerson
from throughcare.records.signing_in import DoorMail

pytestmark = pytest.mark.django_db

LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def kim(cast):
    return cast_of.kim(cast)


def own_account(cast, kim):
    invite_patient(kim.uid, email="kim@mail.test", by=cast.clinician, at=MORNING)
    return Account.objects.get_by_natural_key("kim@mail.test")


@pytest.mark.parametrize("way", ALL)
def test_t_a5_each_way_is_shut_alone(way):
    assert not may_reach(way, {way})
    assert may_reach(way, set(ALL) - {way})


def test_t_a5_said_by_themself_or_by_staff_and_opened_again(cast, kim):
    own = actor_for(own_account(cast, kim).pk)
    ask_for_safe_ways(kim.uid, {"post"}, text="Ring my sister", by=own, at=MORNING)
    known = safe_ways(kim.uid, by=cast.clinician, at=LATER)
    assert (known.shut, known.words, known.by_themself) == (("post",), "Ring my sister", True)
    ask_for_safe_ways(kim.uid, {"post", "phone"}, by=cast.clinician, at=LATER)
    assert safe_ways(kim.uid, by=own, at=LATER).by_themself is False
    assert banner_of(kim.uid, by=cast.clinician, at=LATER).shut == ("letters and faxes home", "calls")
    ask_for_safe_ways(kim.uid, set(), by=own, at=LATER)
    assert may_reach_patient(kim.pk, "post")
    with pytest.raises(Cannot):
        ask_for_safe_ways(kim.uid, {"pigeon"}, by=own, at=LATER)


def letter(cast, kim, mother=None):
    told = (Item("attendance", "Monday", MORNING.date(), ("Came",)),)
    to = To("family", "Rosa Vance", related_person=mother)
    return Telling(to, "family_involvement", "letter", told)


def test_t_a5_nothing_is_mailed_home_and_what_was_prepared_is_withheld(cast, kim):
    mother = cast_of.mother_of(cast, kim)
    RelatedPerson.objects.filter(uid=mother).update(lives_with=True)
    cast_of.signed(cast, kim, cast_of.for_mother(mother))
    waiting = prepare_disclosure(kim.uid, letter(cast, kim, mother), by=cast.clinician, at=MORNING)
    ask_for_safe_ways(kim.uid, {"post"}, by=cast.clinician, at=MORNING)
    assert not send_disclosure(waiting, by=cast.clinician, at=LATER)
    assert Disclosure.objects.get(uid=waiting).sent_at is None
    with pytest.raises(Cannot, match="may not be safe"):
        prepare_disclosure(kim.uid, letter(cast, kim, mother), by=cast.clinician, at=LATER)
    RelatedPerson.objects.filter(uid=mother).update(lives_with=False)
    prepare_disclosure(kim.uid, letter(cast, kim, mother), by=cast.clinician, at=LATER)


def test_t_a5_papers_carry_no_way_home(cast, kim):
    kim.address, kim.phone, kim.email = "12 Elm Street", "212-555-0177", "kim@home.test"
    kim.save()

    def lines():
        return " ".join(next(iter(identity(Whose(kim, "UTC", LATER, LATER.date())))).lines)

    assert "12 Elm Street" in lines()
    ask_for_safe_ways(kim.uid, set(ALL), by=cast.clinician, at=MORNING)
    assert "Elm" not in lines()
    assert "0177" not in lines()
    assert "home.test" not in lines()


def test_t_a5_no_mail_goes_to_them(cast, kim):
    account = own_account(cast, kim)
    ask_for_safe_ways(kim.uid, {"email"}, by=cast.clinician, at=MORNING)
    DoorMail.objects.all().delete()
    queue_mail(account, "factor_changed", at=MORNING)
    queue_mail(Account.objects.get(pk=cast.nurse.account), "factor_changed", at=MORNING)
    sent: list[str] = []
    send_door_mail(at=LATER, send=lambda to, *_: sent.append(to), link_address=str)
    assert sent == ["nia@harbor.test"]
    assert not DoorMail.objects.filter(sent_at=None).exists(), "it doesn't wait for a better day"


def test_t_a5_family_sees_no_hint_of_it(cast, kim):
    mother = cast_of.mother_of(cast, kim)
    cast_of.signed(cast, kim, cast_of.for_mother(mother))
    invite_relation(mother, email="rosa@mail.test", by=cast.clinician, at=MORNING)
    rosa = actor_for(Account.objects.get_by_natural_key("rosa@mail.test").pk)
    soon = MORNING + timedelta(hours=25)
    before = my_relations(by=rosa, at=soon)
    ask_for_safe_ways(kim.uid, set(ALL), text="Not at home", by=cast.clinician, at=MORNING)
    assert my_relations(by=rosa, at=soon) == before
    with pytest.raises(Absent):
        safe_ways(kim.uid, by=rosa, at=soon)
