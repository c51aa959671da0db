"""The day's sessions and what earlier days still wait for."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from tests.cast import MONDAY, at, gather_cast
from tests.sessions_cast import admit, cancel, hold, open_group
from throughcare.pathway.attendance.attendance import everyone_else_present
from throughcare.pathway.cannot import Absent
from throughcare.pathway.clinic.founding import open_site
from throughcare.pathway.note.group_note import sign_notes, write_own
from throughcare.pathway.session.today import sessions_today
from throughcare.records.organizations import Site
from throughcare.records.sessions import Session

TUESDAY = MONDAY + timedelta(days=1)
NOON = at(12, day=TUESDAY)


def test_ones_own_sessions_come_first(cast):
    ana = admit(cast, "Ana", "Silva")
    group = hold(cast, ana, day=TUESDAY, group=open_group(cast))
    hers = hold(
        cast,
        ana,
        day=TUESDAY,
        starts=time(11, 30),
        ends=time(12, 30),
        kind="individual",
        led_by=cast.clinician,
    )
    page = sessions_today(by=cast.clinician, at=NOON)
    assert [line.uid for line in page.mine] == [hers]
    assert [line.uid for line in page.others] == [group]
    line = page.mine[0]
    assert (line.with_whom, line.expected, line.taken, line.state) == ("Ana Silva", 1, 0, "running")
    assert page.others[0].with_whom == ""
    assert page.is_today


def test_another_day_is_shown_when_asked_for(cast):
    hold(cast, admit(cast, "Ana"), day=date(2026, 3, 20))
    page = sessions_today(by=cast.facilitator, at=NOON, day=date(2026, 3, 20))
    assert not page.is_today
    assert len(page.mine) == 1


def test_the_day_is_the_sites_day_not_greenwichs(cast):
    hold(cast, admit(cast, "Ana"), day=TUESDAY)
    assert len(sessions_today(by=cast.facilitator, at=at(23, 30, day=TUESDAY)).mine) == 1


def test_earlier_days_wait_until_attendance_and_notes_are_done(cast):
    ana = admit(cast, "Ana")
    session = hold(cast, ana, kind="individual")
    assert [line.uid for line in sessions_today(by=cast.facilitator, at=NOON).waiting] == [session]
    everyone_else_present(session, by=cast.facilitator, at=NOON)
    waiting = sessions_today(by=cast.facilitator, at=NOON).waiting
    assert [(line.taken, line.unsigned) for line in waiting] == [(1, 1)]
    write_own(
        session,
        ana.uid,
        text="Named two triggers and a plan.",
        objective_thread=ana.thread,
        seen_version=0,
        by=cast.facilitator,
        at=NOON,
    )
    sign_notes(session, by=cast.facilitator, at=NOON)
    assert sessions_today(by=cast.facilitator, at=NOON).waiting == ()


def test_absences_and_canceled_sessions_wait_for_nothing(cast):
    session = hold(cast, admit(cast, "Ana"))
    cancel(session)
    assert sessions_today(by=cast.facilitator, at=NOON).waiting == ()


def test_admissions_see_sessions_and_no_count_of_notes(cast):
    hold(cast, admit(cast, "Ana"), day=TUESDAY)
    page = sessions_today(by=cast.admissions, at=NOON)
    assert page.others[0].unsigned is None
    assert not page.may_see_attendance
    assert page.waiting == ()


def test_another_clinic_has_its_own_day(cast):
    hold(cast, admit(cast, "Ana"), day=TUESDAY)
    elsewhere = gather_cast("Other House", mail_host="other.test")
    assert sessions_today(by=elsewhere.director, at=NOON).others == ()


def test_a_full_day_costs_as_many_queries_as_an_empty_one(cast, django_assert_max_num_queries):
    people = [admit(cast, f"Person{n}") for n in range(5)]
    for hour in range(8, 20):
        hold(cast, *people, day=TUESDAY, starts=time(hour), ends=time(hour, 50))
        hold(cast, people[0], starts=time(hour), ends=time(hour, 50))
    with django_assert_max_num_queries(13):
        page = sessions_today(by=cast.facilitator, at=NOON)
    assert (len(page.mine), len(page.waiting)) == (12, 12)


def two_sites(cast):
    west = open_site("West", time_zone="America/Los_Angeles", by=cast.program, at=NOON)
    hold(cast, admit(cast, "Ana"), day=TUESDAY)
    there = hold(cast, admit(cast, "Ben"), day=TUESDAY)
    Session.objects.filter(uid=there).update(site=Site.objects.get(uid=west))
    return west, there


def test_someone_of_one_site_sees_it_and_has_nothing_to_choose(cast):
    west, there = two_sites(cast)
    main = Site.objects.get(uid=cast.site)
    bound = replace(cast.clinician, grants=frozenset({("clinician", main.pk)}))
    page = sessions_today(by=bound, at=NOON)
    assert there not in {line.uid for line in page.others}
    assert page.places == ()
    with pytest.raises(Absent):
        sessions_today(by=bound, at=NOON, site=west)


def test_a_role_held_everywhere_reaches_every_site_and_begins_at_ones_own(cast):
    west, there = two_sites(cast)
    everywhere = replace(cast.clinician, grants=frozenset({("clinician", None)}))
    first = sessions_today(by=everywhere, at=NOON)
    assert [(place.uid, place.is_shown) for place in first.places] == [(cast.site, True), (west, False)]
    assert there not in {line.uid for line in first.others}
    page = sessions_today(by=everywhere, at=NOON, site=west)
    assert [line.uid for line in page.others] == [there]
    assert [(place.uid, place.is_shown) for place in page.places] == [(cast.site, False), (west, True)]


def test_who_works_at_two_sites_sees_both_and_may_choose_one(cast):
    west, _ = two_sites(cast)
    keys = Site.objects.values_list("pk", flat=True)
    both = replace(cast.clinician, grants=frozenset(("clinician", key) for key in keys))
    first = sessions_today(by=both, at=NOON)
    assert len(first.others) == 2
    assert [place.title for place in first.places] == ["All sites", "Main Street", "West"]
    assert len(sessions_today(by=both, at=NOON, site=west).others) == 1
