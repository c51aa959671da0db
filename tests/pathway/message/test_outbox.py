"""A page leaves, whatever dies or lies on the way: claims, tries, receipts, the next way."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.cast import MORNING
from tests.sessions_cast import admit
from throughcare.knowledge.message_ways import LEASE, MOST_TRIES, PATIENCE, RECEIPT_WAIT
from throughcare.knowledge.outward_words import STANDS_IN_URGENTLY
from throughcare.pathway.message.claiming import AGAIN, claim
from throughcare.pathway.message.marking import ACCEPTED, FAILED, NOT_TAKEN, UNKNOWN, Outcome, mark
from throughcare.pathway.message.outbox import Recipient, put_message, stop_messages, to_account, to_patient
from throughcare.pathway.message.receipts import ARRIVED, LOST, record_receipt
from throughcare.pathway.privacy.reaching import ask_for_safe_ways
from throughcare.records.accesses import Access
from throughcare.records.messages import Message, MessageAttempt, MessageReceipt, MessageWay, StaffPhone
from throughcare.records.people import Patient

SECOND = timedelta(seconds=1)


def page(cast, key="page", *, at=MORNING, **more):
    """A page for the clinician."""
    words = {"subject": "You are paged", "words": "Sign in now.", "urgent": True} | more
    to = words.pop("to", to_account(cast.clinician.account))
    return put_message(to, key=key, organization=cast.organization, at=at, **words)


@pytest.fixture
def with_phone(cast):
    StaffPhone.objects.create(
        organization_id=cast.organization,
        account_id=cast.clinician.account,
        number="+12125550101",
        recorded_at=MORNING,
    )
    return cast


def take(at=MORNING, most=10, *, urgent=True):
    return claim(most, urgent=urgent, at=at)


def answer(job, came_to, *, at=MORNING, **more):
    mark([(job.taken, Outcome(came_to, "provider", **more))], at=at)


def message(uid):
    return Message.objects.get(uid=uid)


def test_the_same_key_is_one_message(cast):
    assert page(cast) == page(cast)
    assert Message.objects.count() == 1


def test_a_message_is_there_with_its_fact_or_not_at_all(cast):
    with pytest.raises(RuntimeError), transaction.atomic():
        page(cast)
        raise RuntimeError
    assert not Message.objects.exists()
    assert not take()


def test_words_that_tell_the_kind_of_care_never_leave(cast):
    uid = page(cast, words="Her methadone was missed")
    assert message(uid).words == STANDS_IN_URGENTLY


def test_an_urgent_page_goes_as_a_text_first_and_nobody_else_takes_it(with_phone):
    page(with_phone)
    (job,) = take()
    assert (job.way, job.address, job.words) == ("text", "+12125550101", "Sign in now.")
    assert take() == []


def test_without_word_that_it_arrived_the_next_way_goes_after_half_a_minute(with_phone):
    page(with_phone)
    answer(take()[0], ACCEPTED)
    assert take(MORNING + RECEIPT_WAIT - SECOND) == []
    (call,) = take(MORNING + RECEIPT_WAIT)
    assert call.way == "phone"


def test_without_a_providers_yes_the_next_way_goes_beside_it_long_before_the_lease_ends(with_phone):
    """A provider that hangs, or a worker killed with the page in hand, costs seconds, whatever comes of it later."""
    page(with_phone)
    (text,) = take()
    assert take(MORNING + PATIENCE - SECOND) == []
    (call,) = take(MORNING + PATIENCE)
    assert (call.way, call.words) == ("phone", "Sign in now.")
    answer(text, ACCEPTED, at=MORNING + PATIENCE + SECOND)
    assert {job.way for job in take(MORNING + LEASE * 2)} == {"phone", "email"}, "the text is not sent again"


def test_once_it_arrived_nothing_more_is_sent(with_phone):
    uid = page(with_phone)
    (job,) = take()
    answer(job, ACCEPTED)
    assert record_receipt(job.attempt, ARRIVED, at=MORNING + SECOND)
    assert record_receipt(job.attempt, ARRIVED, at=MORNING + SECOND)
    assert message(uid).settled_how == "received"
    assert MessageReceipt.objects.count() == 1
    assert take(MORNING + RECEIPT_WAIT) == []


def test_a_provider_that_says_it_was_lost_calls_the_next_way_at_once(with_phone):
    page(with_phone)
    (job,) = take()
    answer(job, ACCEPTED)
    record_receipt(job.attempt, LOST, at=MORNING + SECOND)
    (call,) = take(MORNING + SECOND)
    assert call.way == "phone"


def test_a_failing_way_is_tried_again_while_the_next_one_goes_beside_it(with_phone):
    page(with_phone)
    answer(take()[0], FAILED, trouble="answered 503")
    (call,) = take()
    assert call.way == "phone"
    (text,) = take(MORNING + 2 * SECOND)
    assert (text.way, text.words) == ("text", "Sign in now.")


def test_a_provider_that_will_never_take_it_is_not_asked_again(with_phone):
    page(with_phone)
    answer(take()[0], NOT_TAKEN, trouble="answered 400")
    answer(take()[0], NOT_TAKEN)
    (mail,) = take()
    assert mail.way == "email"
    assert take(MORNING + 60 * SECOND)[0].way == "email"


def test_who_has_no_phone_is_written_to_at_once(cast):
    page(cast)
    assert [job.way for job in take()] == ["email"]


def test_a_killed_worker_gives_its_work_back_and_the_second_copy_says_so(with_phone):
    page(with_phone)
    (first,) = take()
    at = MORNING + LEASE
    again, _ = sorted(take(at), key=lambda job: job.way != "text")
    assert again.taken.fence == first.taken.fence + 1
    assert (again.same, again.words) == (first.same, f"{AGAIN}Sign in now.")
    assert MessageAttempt.objects.get(uid=again.attempt).in_doubt


def test_what_a_worker_says_after_another_took_over_undoes_nothing(with_phone):
    page(with_phone)
    (slow,) = take()
    quick, _ = sorted(take(MORNING + LEASE), key=lambda job: job.way != "text")
    answer(slow, FAILED, at=MORNING + LEASE)
    row = MessageWay.objects.get(pk=quick.taken.way)
    assert (row.leased_until, row.trouble) == (MORNING + LEASE * 2, "")
    answer(quick, ACCEPTED, at=MORNING + LEASE)
    assert MessageWay.objects.get(pk=row.pk).outcome == "sent"


def test_a_late_word_that_the_provider_has_it_spares_the_second_copy(with_phone):
    page(with_phone)
    (job,) = take()
    answer(job, UNKNOWN, trouble="TimeoutError")
    record_receipt(job.attempt, "on its way", provider_id="SM1", at=MORNING + SECOND)
    assert {one.way for one in take(MORNING + LEASE)} <= {"phone"}
    assert MessageAttempt.objects.get(uid=job.attempt).provider_id == "SM1"


def test_after_five_tries_it_is_parked_and_stops_no_other(cast):
    uid = page(cast, "poison", ways=("email",))
    at = MORNING
    for _ in range(MOST_TRIES):
        (job,) = [one for one in take(at) if one.same.startswith(str(uid))]
        answer(job, FAILED, at=at, trouble="RuntimeError")
        at += timedelta(minutes=2)
    assert MessageWay.objects.get(message__uid=uid).outcome == "parked"
    page(cast, "good", ways=("email",), at=at)
    assert len(take(at)) == 1


def test_words_that_no_key_opens_stop_no_other_message(cast):
    broken = page(cast, "broken", ways=("email",))
    page(cast, "whole", ways=("email",))
    table = Message._meta.db_table
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET words = 'k1.AAAA' WHERE uid = %s", [_raw(broken)])
    assert [job.words for job in take()] == ["Sign in now."]
    assert MessageWay.objects.get(message__uid=broken).trouble == "no key opens its words"


def _raw(uid):
    from django.db import connection

    return uid.hex if connection.vendor == "sqlite" else uid


def test_who_becomes_unsafe_at_home_after_it_was_written_is_not_written_to(cast):
    ana = admit(cast, "Ana")
    Patient.objects.filter(pk=ana.key).update(email="ana@home.test", phone="+12125550188")
    uid = page(cast, to=to_patient(ana.key), urgent=False, ways=("email", "text"))
    ask_for_safe_ways(ana.uid, ["email"], by=cast.clinician, at=MORNING)
    (job,) = take(urgent=False)
    assert (job.way, job.address) == ("text", "+12125550188")
    assert Access.objects.filter(route="messages", shown__patient=ana.key).exists()
    other = page(cast, "other", to=to_patient(ana.key), urgent=False)
    assert take(urgent=False) == []
    assert (message(other).settled_how, message(uid).settled_how) == ("shut", "")


def test_what_somebody_has_is_not_sent_any_more(with_phone):
    page(with_phone)
    answer(take()[0], ACCEPTED)
    assert stop_messages(["page"], organization=with_phone.organization, at=MORNING) == 1
    assert take(MORNING + RECEIPT_WAIT) == []


def test_an_ordinary_message_ends_when_it_was_sent_and_not_after_its_time(cast):
    to = Recipient(email="somebody@else.test")
    sent = page(cast, "sent", to=to, urgent=False)
    late = page(cast, "late", to=to, urgent=False, ends_at=MORNING)
    (job,) = take(urgent=False)
    answer(job, ACCEPTED)
    assert message(sent).settled_how == "sent"
    assert message(late).settled_how == "too late"
