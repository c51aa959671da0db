"""Planning who is on call: turns and swaps, and gaps that are refused or shown."""

from datetime import date, timedelta

import pytest

from tests.cast import MONDAY, at, gather_cast
from tests.crisis_cast import account_uid, put_on_call
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.clinic.clinic import add_holiday
from throughcare.pathway.on_call.handover import leave_handover, read_handover
from throughcare.pathway.on_call.planning import NewSwap, swap
from throughcare.pathway.on_call.rotas import whom_to_page
from throughcare.pathway.on_call.views import on_call_now, rota_page
from throughcare.records.on_call import OnCallRota, OnCallSwap
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Practitioner
from throughcare.records.week_rules import Absence

pytestmark = pytest.mark.django_db
NOW = at(12)


def on_call(cast, moment=NOW):
    [here] = on_call_now(by=cast.director, at=moment)
    return here.primary.split()[0], here.backup.split()[0]


def a_swap(cast, who, line="primary", hours=(24, 48)):
    return NewSwap(line, account_uid(who), *(NOW + timedelta(hours=one) for one in hours), reason="A wedding")


def test_turns_go_round_and_the_last_plan_counts(cast):
    put_on_call(cast, [cast.clinician, cast.facilitator], [cast.nurse, cast.prescriber], first_day=MONDAY)
    assert on_call(cast, at(8)) == ("Carla", "Nia")
    assert on_call(cast, at(8, day=MONDAY + timedelta(days=7)) - timedelta(seconds=1)) == ("Carla", "Nia")
    assert on_call(cast, at(8, day=MONDAY + timedelta(days=7))) == ("Felix", "Priya")
    put_on_call(cast, [cast.case_manager], [cast.director], first_day=MONDAY + timedelta(days=1), at=NOW)
    assert on_call(cast) == ("Carla", "Nia")
    assert on_call(cast, NOW + timedelta(days=1)) == ("Cam", "Dana")


def test_a_plan_that_begins_too_late_is_refused_while_nobody_is_on_call(cast):
    with pytest.raises(Cannot, match=r"leaves a gap.*nobody is planned"):
        put_on_call(cast, first_day=MONDAY + timedelta(days=7))
    assert not OnCallRota.objects.exists()


def test_a_plan_in_which_one_person_is_both_is_refused(cast):
    with pytest.raises(Cannot, match="the same person is primary and backup"):
        put_on_call(cast, [cast.clinician, cast.nurse], [cast.prescriber, cast.nurse])
    with pytest.raises(Cannot, match="answer crises"):
        put_on_call(cast, backup=[cast.front_desk])


def test_a_swap_is_logged_and_one_that_leaves_a_gap_is_refused(cast):
    put_on_call(cast)
    swap(cast.site, a_swap(cast, cast.prescriber), by=cast.prescriber, at=NOW)
    assert on_call(cast, NOW + timedelta(hours=24)) == ("Priya", "Nia")
    assert on_call(cast, NOW + timedelta(hours=48)) == ("Carla", "Nia")
    for wrong in (a_swap(cast, cast.nurse), a_swap(cast, cast.biller)):
        with pytest.raises(Cannot, match="That leaves a gap"):
            swap(cast.site, wrong, by=cast.director, at=NOW)
    [logged] = rota_page(cast.site, by=cast.nurse, at=NOW).swaps
    assert (logged.name, logged.reason, logged.written_by) == ("Priya Shah", "A wedding", "Priya Shah")
    assert OnCallSwap.objects.count() == 1


def test_everyone_swaps_for_themselves_and_planners_for_anyone(cast):
    put_on_call(cast)
    with pytest.raises(CannotSee):
        swap(cast.site, a_swap(cast, cast.prescriber), by=cast.nurse, at=NOW)
    swap(cast.site, a_swap(cast, cast.prescriber), by=cast.director, at=NOW)
    with pytest.raises(Cannot):
        swap(cast.site, a_swap(cast, cast.prescriber, hours=(-8, -4)), by=cast.director, at=NOW)
    with pytest.raises(Absent):
        far = gather_cast("Far Shore", mail_host="far.test")
        swap(cast.site, a_swap(far, far.nurse), by=far.nurse, at=NOW)


def test_a_gap_that_comes_of_an_absence_is_shown_and_the_page_goes_to_the_next_one(cast):
    put_on_call(cast)
    assert rota_page(cast.site, by=cast.director, at=NOW).gaps == ()
    Absence.objects.create(
        organization_id=cast.organization,
        practitioner=Practitioner.objects.get(pk=cast.clinician.practitioner),
        first_day=MONDAY + timedelta(days=3),
        last_day=MONDAY + timedelta(days=4),
        recorded_at=NOW,
    )
    [here] = on_call_now(by=cast.director, at=NOW)
    assert here.gap_ahead is not None and here.gap_ahead.because == "Carla Reyes is away"
    # Such a gap stands in no other change's way, nor in the way of new turns: somebody swaps it.
    put_on_call(cast, at=NOW)
    swap(cast.site, a_swap(cast, cast.prescriber), by=cast.prescriber, at=NOW)
    Account.objects.filter(pk=cast.clinician.account).update(suspended_at=NOW)
    assert (
        rota_page(cast.site, by=cast.director, at=NOW)
        .gaps[0]
        .because.startswith("Carla Reyes doesn't answer")
    )
    site = Site.objects.get(uid=cast.site)
    assert whom_to_page(site, ("primary",), at=NOW) == {cast.nurse.account: "backup"}


def test_a_holiday_is_on_call_as_any_day_and_says_so(cast):
    put_on_call(cast)
    add_holiday(date(2026, 3, 17), name="St. Patrick's Day", by=cast.admin, at=NOW)
    turns = rota_page(cast.site, by=cast.nurse, at=NOW).turns
    assert [turn.name for turn in turns if turn.holidays] == ["Carla Reyes", "Nia Bell"]
    assert on_call(cast, at(12, day=date(2026, 3, 17))) == ("Carla", "Nia")


def test_a_handover_note_stands_until_somebody_has_read_it(cast):
    put_on_call(cast)
    note = leave_handover(cast.site, "Maya may call tonight", by=cast.clinician, at=NOW)
    [here] = on_call_now(by=cast.nurse, at=NOW)
    assert here.notes[0].words == "Maya may call tonight"
    read_handover(note, by=cast.nurse, at=NOW)
    [here] = on_call_now(by=cast.nurse, at=NOW)
    assert here.notes == ()
    assert rota_page(cast.site, by=cast.nurse, at=NOW).notes[0].read_by == "Nia Bell"
    with pytest.raises(CannotSee):
        leave_handover(cast.site, "x", by=cast.front_desk, at=NOW)
    with pytest.raises(CannotSee):
        on_call_now(by=cast.biller, at=NOW)
