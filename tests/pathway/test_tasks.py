"""What case managers arrange: tasks with an owner and a day, and referrals out with a closed loop."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, at
from tests.pathway.privacy.consent_cast import signed
from tests.sessions_cast import admit
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.privacy.consent import NewConsent
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.release.sending import review_packet, send_packet
from throughcare.pathway.task.referral_out_views import open_referrals_out, referrals_out_of
from throughcare.pathway.task.referrals_out import (
    NewReferralOut,
    prepare_referral_out,
    record_referral_step,
    write_referral_out,
)
from throughcare.pathway.task.task_views import open_tasks, task_line, tasks_of
from throughcare.pathway.task.tasks import (
    NewTask,
    add_task_step,
    end_task,
    finish_task_step,
    hand_over_task,
    write_task,
)
from throughcare.records.people import Patient

DAY = timedelta(days=1)
BUS = NewTask("transport", "Bus pass for March", MONDAY + 2 * DAY, steps=("Ask the county", "Pick it up"))


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


def test_a_task_goes_from_hand_to_hand_step_by_step_to_what_came_of_it(cast, ana):
    task = write_task(ana.uid, BUS, by=cast.case_manager, at=at(9))
    line = task_line(ana.uid, task, by=cast.clinician, at=at(9))
    assert (line.owner, line.is_mine, line.next_step) == ("Cam Ortiz", False, "Ask the county")
    finish_task_step(task, line.steps[0].uid, by=cast.case_manager, at=at(10))
    finish_task_step(task, line.steps[0].uid, by=cast.clinician, at=at(11))  # a second tap changes nothing
    add_task_step(task, "Tell Ana", by=cast.case_manager, at=at(11))
    hand_over_task(
        task, owner=cast.clinician.account_uid, due=MONDAY + 5 * DAY, by=cast.case_manager, at=at(12)
    )
    line = task_line(ana.uid, task, by=cast.clinician, at=at(12))
    assert (line.is_mine, line.due, line.next_step, line.done) == (True, MONDAY + 5 * DAY, "Pick it up", 1)
    assert line.steps[0].done_by == "Cam Ortiz"
    with pytest.raises(Cannot, match="in a sentence why"):
        end_task(task, outcome="refused", by=cast.clinician, at=at(13))
    end_task(task, outcome="arranged", by=cast.clinician, at=at(13))
    assert tasks_of(ana.uid, by=cast.clinician, at=at(14)).over[0].outcome == "Arranged"
    for late in (lambda: add_task_step(task, "x", by=cast.clinician, at=at(15)),
                 lambda: end_task(task, outcome="arranged", by=cast.clinician, at=at(15))):  # fmt: skip
        with pytest.raises(Cannot, match="over"):
            late()


def test_the_board_has_what_is_overdue_first_and_asks_the_same_for_many(cast, ana):
    write_task(ana.uid, BUS, by=cast.case_manager, at=at(9))
    write_task(ana.uid, NewTask("housing", "Room at Elm House", MONDAY + DAY), by=cast.clinician, at=at(9))
    when = at(9, day=MONDAY + 2 * DAY)
    with CaptureQueriesContext(connection) as few:
        board = open_tasks(by=cast.case_manager, at=when)
    assert [(one.title, one.is_overdue, one.is_mine) for one in board] == [
        ("Room at Elm House", True, False),
        ("Bus pass for March", False, True),
    ]
    for name in ("Lee", "Hope", "Joy"):
        write_task(admit(cast, name).uid, BUS, by=cast.case_manager, at=at(9))
    with CaptureQueriesContext(connection) as many:
        assert len(open_tasks(by=cast.case_manager, at=when)) == 5
    assert len(many) == len(few)


@pytest.mark.parametrize(("more", "field"), [
    ({"kind": "love"}, "kind"),
    ({"title": "  "}, "title"),
    ({"due": MONDAY - DAY}, "due"),
    ({"due": MONDAY + 400 * DAY}, "due"),
    ({"steps": ["x"] * 16}, "steps"),
])  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(cast, ana, more, field):
    new = NewTask(**{"kind": "legal", "title": "Court date", "due": MONDAY, **more})
    with pytest.raises(Cannot) as refused:
        write_task(ana.uid, new, by=cast.case_manager, at=at(9))
    assert refused.value.field == field


def test_tasks_are_for_those_who_treat_and_arrange(cast, ana):
    task = write_task(ana.uid, BUS, by=cast.case_manager, at=at(9))
    for stranger in (cast.biller, cast.front_desk, cast.compliance):
        with pytest.raises(CannotSee):
            tasks_of(ana.uid, by=stranger, at=at(9))
        with pytest.raises(CannotSee):
            open_tasks(by=stranger, at=at(9))
    with pytest.raises(CannotSee):
        end_task(task, outcome="arranged", by=cast.nurse, at=at(9))  # reads, and changes nothing
    other = admit(cast, "Lee")
    with pytest.raises(Absent):
        task_line(other.uid, task, by=cast.case_manager, at=at(9))


@pytest.fixture
def elm(cast):
    new = NewRecipient("treating_provider", "Dr. Osei", "Elm Street Practice")
    return enter_recipient(new, by=cast.case_manager, at=at(8))


def consent_to(cast, ana, elm):
    consent = NewConsent(
        "specific",
        kinds=frozenset({"identity", "referral_out"}),
        purposes=frozenset({"treatment"}),
        recipient=elm,
        expires_at=at(9, day=MONDAY + 90 * DAY),
    )
    return signed(cast, Patient.objects.get(pk=ana.key), consent, at=at(9))


def test_a_referral_out_leaves_by_consent_and_is_followed_until_the_answer_is_back(cast, ana, elm):
    by = cast.case_manager
    new = NewReferralOut(elm, "other", "Please see Ana for a check-up.")
    referral = write_referral_out(ana.uid, new, by=by, at=at(9))
    with pytest.raises(Cannot, match="consent"):
        prepare_referral_out(referral, method="pdf", by=by, at=at(10))
    consent_to(cast, ana, elm)
    paper = prepare_referral_out(referral, method="pdf", by=by, at=at(10))
    said = " ".join(
        line
        for s in review_packet(paper, by=by, at=at(10)).paper.sections
        for p in s.parts
        for line in p.lines
    )
    assert "Please see Ana for a check-up." in said and "Ana Silva" in said
    assert not referrals_out_of(ana.uid, by=by, at=at(10))[0].is_sent  # prepared is not sent
    with pytest.raises(Cannot, match="doesn't follow"):
        record_referral_step(referral, "received", on=MONDAY, by=by, at=at(11))
    send_packet(paper, by=by, at=at(11))
    with pytest.raises(Cannot, match="sent already"):
        prepare_referral_out(referral, method="pdf", by=by, at=at(12))
    line = open_referrals_out(by=by, at=at(12))[0]
    assert (line.word, line.waits_for, line.due) == ("Sent", "that it arrived", MONDAY + 3 * DAY)
    late = at(9, day=MONDAY + 4 * DAY)
    assert open_referrals_out(by=by, at=late)[0].is_overdue
    record_referral_step(referral, "appointment", on=MONDAY + 9 * DAY, by=by, at=late)
    record_referral_step(referral, "missed", on=MONDAY + 9 * DAY, by=by, at=at(9, day=MONDAY + 9 * DAY))
    record_referral_step(referral, "appointment", on=MONDAY + 12 * DAY, by=by, at=at(9, day=MONDAY + 9 * DAY))
    end = at(9, day=MONDAY + 13 * DAY)
    record_referral_step(referral, "attended", on=MONDAY + 12 * DAY, by=by, at=end)
    with pytest.raises(Cannot, match="what they answered"):
        record_referral_step(referral, "answered", on=MONDAY + 13 * DAY, by=by, at=end)
    record_referral_step(referral, "answered", on=MONDAY + 13 * DAY, words="Healthy.", by=by, at=end)
    line = referrals_out_of(ana.uid, by=by, at=end)[0]
    assert line.is_over and line.due is None and open_referrals_out(by=by, at=end) == ()
    assert [one.word for one in line.known] == [
        "Sent",
        "Appointment made",
        "Not attended",
        "Appointment made",
        "Attended",
        "Answer is back",
    ]
    with pytest.raises(Cannot, match="closed"):
        record_referral_step(referral, "closed", on=MONDAY, words="x", by=by, at=end)
