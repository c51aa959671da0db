"""A referral from the first call to its end, and the pipeline that shows it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import MORNING, at, gather_cast
from tests.referral_cast import MAYA, patient_of, refer
from throughcare.pathway.actor import the_public
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.referral.referral import (
    NewReferral,
    PipelineFilters,
    assign_referral,
    close_referral,
    list_pipeline,
    open_referral,
    possible_owners,
    receive_referral,
    record_contact,
    reopen_referral,
    take_referral,
)
from throughcare.records.accesses import Access
from throughcare.records.people import Patient
from throughcare.records.referrals import Referral

pytestmark = pytest.mark.django_db


def step_of(cast, referral, moment=MORNING):
    return open_referral(referral, by=cast.admissions, at=moment).step


def test_a_call_becomes_a_person_with_a_number_and_a_referral(cast):
    first, second = refer(cast), refer(cast, replace(MAYA, given_name="Bo"))
    assert [row.patient.number for row in Referral.objects.order_by("pk")] == [1, 2]
    found = open_referral(first, by=cast.admissions, at=MORNING)
    assert found.person.given_name == "Maya"
    assert (found.taken_by, found.site) == ("Ada Moss", "Main Street")
    assert second != first


def test_the_public_may_ask_and_nothing_else(cast):
    visitor = the_public(cast.organization)
    new = NewReferral(site=cast.site, person=PersonDetails("Sam"), concerns=("alcohol",))
    referral = receive_referral(new, by=visitor, at=MORNING)
    assert Referral.objects.get(uid=referral).recorded_by is None
    with pytest.raises(CannotSee):
        open_referral(referral, by=visitor, at=MORNING)
    with pytest.raises(Absent):
        receive_referral(replace(new, patient=patient_of(referral)), by=visitor, at=MORNING)


def test_someone_known_is_not_entered_again(cast):
    first = refer(cast)
    refer(cast, patient=patient_of(first))
    assert Patient.objects.count() == 1
    assert Referral.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"source": "moon"}, "source"),
        ({"asked_for_by": "dog"}, "asked_for_by"),
        ({"concerns": ("gambling",)}, "concerns"),
        ({"received_at": MORNING + timedelta(days=1)}, "received_at"),
        ({"referrer_phone": "1" * 41}, "referrer_phone"),
        ({"person": PersonDetails("")}, "given_name"),
        ({"person": replace(MAYA, birth_date=at(12).date() + timedelta(days=1))}, "birth_date"),
        ({"person": replace(MAYA, email="nowhere")}, "email"),
    ],
)
def test_what_can_not_be_so_is_refused_with_its_field(cast, changes, field):
    person = changes.pop("person", MAYA)
    with pytest.raises(Cannot) as refused:
        refer(cast, person, **changes)
    assert refused.value.field == field
    assert not Patient.objects.exists()


def test_contacts_move_a_referral_along(cast):
    referral = refer(cast)
    assert step_of(cast, referral).column == "new"
    record_contact(referral, mode="call", outcome="message_left", by=cast.admissions, at=at(9))
    assert step_of(cast, referral).column == "trying"
    record_contact(referral, mode="call", outcome="reached", note="Evenings", by=cast.admissions, at=at(10))
    found = open_referral(referral, by=cast.admissions, at=at(11))
    assert found.step.words == "Book the intake"
    assert [one.outcome for one in found.contacts] == ["Reached", "Left a message"]
    assert found.clock.what == "first session"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"mode": "pigeon", "outcome": "reached"}, "mode"),
        ({"mode": "call", "outcome": "great"}, "outcome"),
        ({"mode": "call", "outcome": "reached", "contacted_at": at(20)}, "contacted_at"),
    ],
)
def test_a_contact_that_can_not_be_is_refused(cast, given, field):
    with pytest.raises(Cannot) as refused:
        record_contact(refer(cast), by=cast.admissions, at=at(9), **given)
    assert refused.value.field == field


def test_a_referral_has_an_owner_who_works_on_referrals(cast):
    referral = refer(cast)
    take_referral(referral, by=cast.admissions, at=MORNING)
    assert open_referral(referral, by=cast.clinician, at=MORNING).owner == "Ada Moss"
    assign_referral(referral, cast.clinician.account_uid, by=cast.admissions, at=MORNING)
    assert open_referral(referral, by=cast.clinician, at=MORNING).owner == "Carla Reyes"
    with pytest.raises(Cannot, match="no role"):
        assign_referral(referral, cast.biller.account_uid, by=cast.admissions, at=MORNING)
    names = [name for _, name in possible_owners(by=cast.admissions)]
    assert names == ["Ada Moss", "Cam Ortiz", "Carla Reyes", "Dana Frost"]


def test_a_referral_is_closed_with_a_reason_and_reopened(cast):
    referral = refer(cast)
    with pytest.raises(Cannot, match="in a sentence"):
        close_referral(referral, reason="other", by=cast.admissions, at=MORNING)
    close_referral(referral, reason="declined", text="Not now", by=cast.admissions, at=MORNING)
    assert step_of(cast, referral).column == "said_no"
    with pytest.raises(Cannot, match="closed already"):
        close_referral(referral, reason="cost", by=cast.admissions, at=MORNING)
    reopen_referral(referral, by=cast.admissions, at=MORNING)
    assert step_of(cast, referral).column == "new"
    with pytest.raises(Cannot, match="is open"):
        reopen_referral(referral, by=cast.admissions, at=MORNING)
    close_referral(referral, reason="cost", by=cast.admissions, at=MORNING)


def test_the_pipeline_puts_what_is_due_first(cast):
    calm = refer(cast, replace(MAYA, given_name="Calm"), at=at(9))
    late = refer(cast, replace(MAYA, given_name="Late"), at=at(9) - timedelta(days=7))
    gone = refer(cast, replace(MAYA, given_name="Gone"), at=at(8))
    close_referral(gone, reason="cost", by=cast.admissions, at=at(9))
    views = list_pipeline(by=cast.admissions, at=at(10)).views
    assert [view.uid for view in views] == [late, calm, gone]
    assert views[0].clock.late
    assert views[2].closed_because == "Cost or insurance"


def test_the_pipeline_is_narrowed(cast):
    mine = refer(cast, source="court", at=at(9))
    late = refer(cast, replace(MAYA, given_name="Late"), at=at(9) - timedelta(days=7))
    take_referral(mine, by=cast.admissions, at=at(9))

    def shown(**filters):
        views = list_pipeline(by=cast.admissions, at=at(10), filters=PipelineFilters(**filters)).views
        return [view.uid for view in views]

    assert shown(mine=True) == [mine]
    assert shown(source="court") == [mine]
    assert shown(overdue=True) == [late]
    assert shown(site=cast.site) == [late, mine]
    assert shown(site=cast.group_room) == []


def test_those_who_said_no_long_ago_leave_the_pipeline(cast):
    referral = refer(cast)
    close_referral(referral, reason="cost", by=cast.admissions, at=MORNING)
    assert list_pipeline(by=cast.admissions, at=MORNING + timedelta(days=31)).total == 0


def test_the_pipeline_takes_the_same_queries_for_one_and_for_many(cast, django_assert_max_num_queries):
    for number in range(12):
        referral = refer(cast, replace(MAYA, given_name=f"Person {number}"))
        record_contact(referral, mode="call", outcome="no_answer", by=cast.admissions, at=MORNING)
        take_referral(referral, by=cast.admissions, at=MORNING)
    with django_assert_max_num_queries(17):
        assert len(list_pipeline(by=cast.admissions, at=at(9)).views) == 12
    entry = Access.objects.order_by("-pk").first()
    assert (entry.kinds, entry.shown.count()) == (["referral"], 12)


def test_a_page_of_the_pipeline_holds_forty_and_counts_the_whole(cast):
    for number in range(43):
        refer(cast, replace(MAYA, given_name=f"Person {number}"), at=at(9) - timedelta(minutes=number))
    close_referral(refer(cast), reason="cost", by=cast.admissions, at=at(9))
    first = list_pipeline(by=cast.admissions, at=at(10))
    assert (len(first.views), first.total) == (40, 44)
    assert (first.counts["new"], first.counts["said_no"]) == (43, 1)
    second = list_pipeline(by=cast.admissions, at=at(10), page=2)
    assert [view.column for view in second.views] == ["new", "new", "new", "said_no"]
    assert not {view.uid for view in first.views} & {view.uid for view in second.views}
    assert list_pipeline(by=cast.admissions, at=at(10), page=9).page == 2


def test_a_biller_sees_no_referral(cast):
    referral = refer(cast)
    with pytest.raises(CannotSee, match="may not see referrals"):
        list_pipeline(by=cast.biller, at=MORNING)
    with pytest.raises(CannotSee):
        open_referral(referral, by=cast.biller, at=MORNING)
    with pytest.raises(CannotSee):
        close_referral(referral, reason="cost", by=cast.compliance, at=MORNING)


def test_another_organization_sees_nothing(cast):
    referral = refer(cast)
    others = gather_cast("Elsewhere", mail_host="elsewhere.test")
    assert list_pipeline(by=others.admissions, at=MORNING).total == 0
    with pytest.raises(Absent):
        open_referral(referral, by=others.director, at=MORNING)
    with pytest.raises(Absent):
        assign_referral(referral, others.admissions.account_uid, by=cast.admissions, at=MORNING)
