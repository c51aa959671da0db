"""My people: I see what each sees, I stop it in one step, and an open page knows at once."""

from datetime import date, timedelta

import pytest

from tests import plan_cast
from tests.cast import MONDAY, MORNING, at
from tests.pathway.privacy import consent_cast as cast_of
from throughcare.knowledge.family_education import ROWS as LESSONS
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.cannot import Absent
from throughcare.pathway.family.family import family_page, family_sessions, my_relations, still_lets
from throughcare.pathway.family.invitations import invite_patient, invite_relation
from throughcare.pathway.family.learning import finish_lesson, lessons_done
from throughcare.pathway.family.my_people import as_they_see, my_people, stop_letting_in
from throughcare.records.consents import FamilyAccount
from throughcare.records.disclosures import Disclosure
from throughcare.records.people import Account, Patient

pytestmark = pytest.mark.django_db
NOON = at(12, day=MONDAY + timedelta(days=1))


def own(email):
    return actor_for(Account.objects.get_by_natural_key(email).pk)


@pytest.fixture
def kim(cast):
    """Kim, who let her mother see her attendance and when she is expected."""
    patient = cast_of.kim(cast)
    plan_cast.attend(cast, patient.episodes.get().uid, MONDAY)
    mother = cast_of.mother_of(cast, patient)
    cast_of.signed(cast, patient, cast_of.for_mother(mother, "attendance", "schedule"))
    invite_patient(patient.uid, email="kim@mail.test", by=cast.clinician, at=MORNING)
    invite_relation(mother, email="rosa@mail.test", by=own("kim@mail.test"), at=MORNING)
    return patient


def test_what_she_sees_is_what_her_mother_sees_and_looking_tells_nobody(cast, kim):
    her, rosa = own("kim@mail.test"), own("rosa@mail.test")
    mine = my_people(by=her, at=NOON)
    [mother] = mine.people
    assert (mother.name, len(mother.kinds), mother.until) == (
        "Rosa Vance",
        2,
        MORNING + timedelta(days=90),
    )
    assert (mine.decides_alone, mine.both_sign) == (True, False)
    shown = as_they_see(mother.uid, by=her, at=NOON)
    assert Disclosure.objects.count() == 0
    seen = family_page(kim.uid, by=rosa, at=NOON)
    assert seen == shown
    assert seen.until == mother.until
    for stranger in (rosa, cast.clinician):
        with pytest.raises(Absent):
            as_they_see(mother.uid, by=stranger, at=NOON)


def test_stopped_it_is_over_at_once_for_the_open_page_too(cast, kim):
    her, rosa = own("kim@mail.test"), own("rosa@mail.test")
    mother = my_people(by=her, at=NOON).people[0].uid
    mark = family_page(kim.uid, by=rosa, at=NOON).mark
    assert still_lets(kim.uid, mark, by=rosa, at=NOON)
    assert not still_lets(kim.uid, "attendance", by=rosa, at=NOON), (
        "what it shows is no more what may be seen"
    )
    with pytest.raises(Absent):
        stop_letting_in(mother, by=cast.clinician, at=NOON)
    stop_letting_in(mother, by=her, at=NOON)
    assert not still_lets(kim.uid, mark, by=rosa, at=NOON)
    assert my_relations(by=rosa, at=NOON) == family_sessions(by=rosa, at=NOON) == ()
    with pytest.raises(Absent):
        family_page(kim.uid, by=rosa, at=NOON)
    [after] = my_people(by=her, at=NOON).people
    assert not after.is_let_in
    assert FamilyAccount.objects.get().ended_at == NOON
    stop_letting_in(mother, by=her, at=NOON)


def test_by_the_state_a_guardian_signs_beside_a_minor_and_nobody_beside_an_adult(cast):
    patient = cast_of.kim(cast, state="NE")
    invite_patient(patient.uid, email="kim@mail.test", by=cast.clinician, at=MORNING)
    her = own("kim@mail.test")
    assert my_people(by=her, at=NOON).both_sign
    Patient.objects.filter(pk=patient.pk).update(birth_date=date(1990, 1, 1))
    grown = my_people(by=her, at=NOON)
    assert not grown.both_sign and not grown.decides_alone


def test_a_lesson_done_is_done_once_and_for_this_reader_alone(kim):
    rosa = own("rosa@mail.test")
    for _ in range(2):
        finish_lesson(LESSONS[0].code, by=rosa, at=NOON)
    assert lessons_done(by=rosa) == {LESSONS[0].code}
    assert lessons_done(by=own("kim@mail.test")) == frozenset()
    with pytest.raises(Absent):
        finish_lesson("nothing", by=rosa, at=NOON)
