"""The census: who is in it, what each line says, how it is sorted and narrowed."""

from datetime import date, time, timedelta

import pytest

from tests.boards_cast import asked, came, carries, in_program, scored
from tests.cast import MONDAY, MORNING, NEW_YORK, at, gather_cast
from tests.sessions_cast import SATURDAY, THURSDAY, WEDNESDAY, cancel, hold, plan
from throughcare.pathway.actor import Actor
from throughcare.pathway.boards.census import census
from throughcare.pathway.boards.census_columns import SORTS
from throughcare.pathway.boards.census_people import Filters
from throughcare.pathway.cannot import CannotSee
from throughcare.pathway.clinic.founding import open_site
from throughcare.pathway.people.duplicates import merge_people
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.session.hours import hours_of_week
from throughcare.pathway.week.schedule import cancel_session
from throughcare.records.accesses import Access
from throughcare.records.episodes import Episode, Stay
from throughcare.records.people import Patient

SUNDAY = at(20, day=MONDAY + timedelta(days=6))
EVERYONE = Filters()


def names(found) -> list[str]:
    return [row.who.name for row in found.rows]


def line(cast, *, by: Actor | None = None, when=SUNDAY):
    [row] = census(EVERYONE, by=by or cast.clinician, at=when).rows
    return row


def test_a_line_says_where_a_person_stands_this_week(cast):
    ana = in_program(cast, "Ana", "Silva", born=date(1991, 5, 4))
    carries(cast, ana)
    scored(cast, ana, "phq-9", 18, day=date(2026, 2, 3))
    scored(cast, ana, "phq-9", 9)
    came(cast, ana, day=MONDAY)
    came(cast, ana, day=WEDNESDAY, status="late", late_minutes=30)
    hold(cast, ana, day=MONDAY + timedelta(days=7), title="Process")
    row = line(cast)
    assert (row.who.name, row.who.number, row.details.birth_date) == ("Silva, Ana", 1, date(1991, 5, 4))
    assert (row.level, row.details.track, row.therapist) == ("Intensive outpatient", "evening", "Carla Reyes")
    assert (row.delivered, row.prescribed, row.last_seen) == (5.5, 9.0, WEDNESDAY)
    assert (row.next_session.title, row.next_session.starts_at) == (
        "Process",
        at(17, 30, day=date(2026, 3, 9)),
    )
    assert (row.phq9.total, row.phq9.change, row.gad7) == (9, "better", None)


def test_whoever_has_no_plan_signed_is_there_with_no_hours_prescribed(cast):
    in_program(cast, "Ana", hours=None)
    row = line(cast)
    assert row.prescribed is None
    assert row.due.what == "plan"


def test_the_hours_are_the_ledgers_hours(cast):
    ana, ben, cleo = (in_program(cast, name) for name in ("Ana", "Ben", "Cleo"))
    came(cast, ana, ben, cleo, day=MONDAY, breaks=30)
    came(cast, ana, day=WEDNESDAY, kind="process", status="excused")
    came(cast, ben, day=WEDNESDAY, status="left_early", left_early_minutes=45)
    came(cast, ben, cleo, day=THURSDAY, kind="mutual-help")
    cancel(hold(cast, ana, day=THURSDAY))
    hold(cast, cleo, day=SATURDAY)
    ledger = hours_of_week(
        [ana.key, ben.key, cleo.key], MONDAY, zone=NEW_YORK, organization=cast.organization, at=SUNDAY
    )
    rows = {row.who.patient: row for row in census(EVERYONE, by=cast.clinician, at=SUNDAY).rows}
    assert {key: row.delivered for key, row in rows.items()} == {
        key: round(week.delivered, 1) for key, week in ledger.items()
    }
    assert {key: row.prescribed for key, row in rows.items()} == {
        key: week.prescribed for key, week in ledger.items()
    }
    assert rows[ben.key].delivered == 4.8


def test_a_plan_signed_in_the_middle_of_the_week_holds_from_the_next_one(cast):
    ana = in_program(cast, "Ana", hours=9)
    plan(cast, Episode.objects.get(pk=ana.episode), hours=12, in_force_at=at(10, day=WEDNESDAY))
    assert line(cast).prescribed == 9
    assert line(cast, when=SUNDAY + timedelta(days=7)).prescribed == 12


def test_the_week_begins_on_the_day_that_the_program_set(cast):
    ana = in_program(cast, "Ana")
    came(cast, ana, day=MONDAY)
    assert line(cast).delivered == 3
    change_setting("week_start", 6, effective_date=MONDAY, by=cast.admin, at=MORNING)
    assert line(cast).delivered == 0  # on Sunday a new week has begun


def test_a_measure_of_an_earlier_time_in_care_is_not_what_one_is_compared_with(cast):
    ana = in_program(cast, "Ana")
    scored(cast, ana, "phq-9", 27, day=date(2025, 6, 2))
    scored(cast, ana, "phq-9", 10)
    row = line(cast)
    assert (row.phq9.total, row.phq9.change) == (10, "na")


def test_a_session_that_was_canceled_or_given_back_is_not_the_next_one(cast):
    ana = in_program(cast, "Ana")
    first = hold(cast, ana, day=date(2026, 3, 9))
    hold(cast, ana, day=date(2026, 3, 11), title="The one after")
    cancel_session(first, because="Snow", by=cast.director, at=SUNDAY)
    assert line(cast).next_session.title == "The one after"


def test_someone_discharged_disappears(cast):
    ana, ben = in_program(cast, "Ana"), in_program(cast, "Ben")
    Stay.objects.filter(episode=ana.episode).update(ended_at=MORNING)
    Episode.objects.filter(pk=ana.episode).update(ended_at=MORNING)
    assert [row.who.patient for row in census(EVERYONE, by=cast.clinician, at=SUNDAY).rows] == [ben.key]


def test_a_duplicate_that_was_merged_shows_as_the_one_who_was_kept(cast):
    twice = in_program(cast, "Anna", "Silva")
    kept = in_program(cast, "Ana", "Silva")
    Stay.objects.filter(episode=kept.episode).delete()
    Episode.objects.filter(pk=kept.episode).update(ended_at=MORNING)
    merge_people(kept.uid, twice.uid, by=cast.director, at=MORNING)
    found = census(EVERYONE, by=cast.clinician, at=SUNDAY)
    assert [(row.details.uid, row.who.name) for row in found.rows] == [(kept.uid, "Silva, Ana")]


def test_two_people_of_one_name_are_told_apart_by_number_and_birth_date(cast):
    in_program(cast, "Ana", "Silva", born=date(1991, 5, 4))
    in_program(cast, "Ana", "Silva", born=date(1975, 1, 9))
    rows = census(EVERYONE, by=cast.clinician, at=SUNDAY).rows
    assert [(row.who.name, row.who.number, row.details.birth_date) for row in rows] == [
        ("Silva, Ana", 1, date(1991, 5, 4)),
        ("Silva, Ana", 2, date(1975, 1, 9)),
    ]


def test_another_organizations_people_are_not_in_it(cast):
    in_program(cast, "Ana")
    other = gather_cast("Elsewhere", mail_host="elsewhere.test")
    assert census(EVERYONE, by=other.clinician, at=SUNDAY).total == 0


def test_each_filter_narrows(cast):
    west = open_site("West", time_zone="America/Los_Angeles", by=cast.program, at=MORNING)
    ana = in_program(cast, "Ana", "A")
    in_program(cast, "Ben", "B", level="php")
    in_program(cast, "Cleo", "C", track="day")
    in_program(cast, "Dev", "D", site=west)
    carla = carries(cast, ana)
    wanted = {
        "site": (Filters(site=west), ["D, Dev"]),
        "level": (Filters(level="php"), ["B, Ben"]),
        "track": (Filters(track="day"), ["C, Cleo"]),
        "therapist": (Filters(therapist=carla), ["A, Ana"]),
    }
    for filters, expected in wanted.values():
        assert names(census(filters, by=cast.clinician, at=SUNDAY)) == expected
    assert census(EVERYONE, by=cast.clinician, at=SUNDAY).at_several_sites


def test_each_site_has_its_own_day_and_week(cast):
    honolulu = open_site("Far West", time_zone="Pacific/Honolulu", by=cast.program, at=MORNING)
    in_program(cast, "Ana", "A")
    ben = in_program(cast, "Ben", "B", site=honolulu)
    came(cast, ben, day=MONDAY)
    late_on_sunday = at(1, day=MONDAY + timedelta(days=7))  # Monday in New York, still Sunday in Honolulu
    east, west = census(EVERYONE, by=cast.clinician, at=late_on_sunday).rows
    assert (east.who.monday, west.who.monday) == (MONDAY + timedelta(days=7), MONDAY)
    assert west.delivered == 3


def test_something_overdue_is_a_late_plan_or_a_measure_not_returned(cast):
    ana = in_program(cast, "Ana", "A", admitted_at=at(9, day=date(2026, 2, 23)), hours=None)
    ben = in_program(cast, "Ben", "B", admitted_at=at(9, day=date(2026, 2, 23)))
    cleo = in_program(cast, "Cleo", "C", admitted_at=at(9, day=date(2026, 2, 23)))
    asked(cast, ben, "phq-9", due=date(2026, 3, 7))
    asked(cast, cleo, "phq-9", due=date(2026, 3, 8))  # today: still in time
    found = census(Filters(only_overdue=True), by=cast.clinician, at=SUNDAY)
    assert [(row.who.patient, row.overdue) for row in found.rows] == [
        (ana.key, ("Plan 6 days late",)),
        (ben.key, ("1 measure late",)),
    ]


@pytest.mark.parametrize("sort", sorted(SORTS))
def test_every_column_sorts_both_ways_and_who_lacks_the_value_is_last(cast, sort):
    ana = in_program(cast, "Ana", "A", level="op")
    ben = in_program(cast, "Ben", "B", admitted_at=at(9, day=date(2026, 2, 16)))
    in_program(cast, "Cleo", "C", admitted_at=at(9, day=date(2026, 3, 2)), hours=None)
    for person, total in ((ana, 5), (ben, 10)):
        scored(cast, person, "phq-9", total)
        scored(cast, person, "gad-7", total)
        hold(cast, person, day=date(2026, 3, 9), starts=time(8 + total), ends=time(9 + total))
        asked(cast, person, "phq-9", due=date(2026, 3, 4))
    came(cast, ana, day=MONDAY)
    came(cast, ben, day=WEDNESDAY, hours=4)
    up = names(census(EVERYONE, sort=sort, by=cast.clinician, at=SUNDAY))
    down = names(census(EVERYONE, sort=f"-{sort}", by=cast.clinician, at=SUNDAY))
    expected = {
        "name": (["A, Ana", "B, Ben", "C, Cleo"], ["C, Cleo", "B, Ben", "A, Ana"]),
        "level": (["A, Ana", "B, Ben", "C, Cleo"], ["B, Ben", "C, Cleo", "A, Ana"]),
        "week": (["C, Cleo", "B, Ben", "A, Ana"], ["A, Ana", "B, Ben", "C, Cleo"]),
        "hours": (["C, Cleo", "A, Ana", "B, Ben"], ["B, Ben", "A, Ana", "C, Cleo"]),
        # Ana's review is late as well.
        "overdue": (["B, Ben", "A, Ana", "C, Cleo"], ["A, Ana", "B, Ben", "C, Cleo"]),
        "review": (["A, Ana", "C, Cleo", "B, Ben"], ["B, Ben", "C, Cleo", "A, Ana"]),
    }
    known = (["A, Ana", "B, Ben", "C, Cleo"], ["B, Ben", "A, Ana", "C, Cleo"])
    assert (up, down) == expected.get(sort, known)


def test_an_unknown_column_sorts_by_name(cast):
    in_program(cast, "Ben", "B"), in_program(cast, "Ana", "A")
    assert names(census(EVERYONE, sort="-nonsense", by=cast.clinician, at=SUNDAY)) == ["A, Ana", "B, Ben"]


@pytest.mark.parametrize(("asked_for", "given"), [(-3, 1), (0, 1), (1, 1), (2, 2), (99, 2)])
def test_a_page_out_of_range_is_the_nearest_one(cast, asked_for, given):
    for name in ("Ana", "Ben", "Cleo"):
        in_program(cast, name)
    found = census(EVERYONE, page=asked_for, page_size=2, by=cast.clinician, at=SUNDAY)
    assert (found.page, found.pages, found.total) == (given, 2, 3)
    assert len(found.rows) == (2 if given == 1 else 1)


def test_an_empty_clinic_has_one_empty_page(cast):
    found = census(EVERYONE, by=cast.clinician, at=SUNDAY)
    assert (found.rows, found.total, found.page, found.pages) == ((), 0, 1, 1)


def test_only_the_people_on_the_page_are_written_in_the_book(cast):
    people = [in_program(cast, name, name) for name in ("Ana", "Ben", "Cleo")]
    census(EVERYONE, page_size=2, by=cast.clinician, at=SUNDAY)
    entry = Access.objects.get(kinds=["census"])
    shown = {one.patient_id for one in entry.shown.all()}
    assert (shown, entry.allowed) == ({people[0].key, people[1].key}, True)


def test_admissions_see_who_is_in_the_program_and_no_hours_scores_or_plans(cast):
    ana, ben = in_program(cast, "Ana", "A"), in_program(cast, "Ben", "B")
    came(cast, ben, day=MONDAY)
    scored(cast, ana, "phq-9", 20)
    asked(cast, ana, "gad-7", due=MONDAY)
    found = census(EVERYONE, sort="-hours", by=cast.admissions, at=SUNDAY)
    assert names(found) == ["A, Ana", "B, Ben"]  # not sorted by what they may not see
    assert {(row.delivered, row.prescribed, row.phq9, row.due, row.overdue) for row in found.rows} == {
        (0, None, None, None, ())
    }
    assert not census(Filters(only_overdue=True), by=cast.admissions, at=SUNDAY).rows


@pytest.mark.parametrize("role", ["biller", "admin", "compliance"])
def test_who_may_not_see_the_census_is_refused(cast, role):
    in_program(cast, "Ana")
    with pytest.raises(CannotSee):
        census(EVERYONE, by=getattr(cast, role), at=SUNDAY)


@pytest.mark.parametrize(("sort", "only_overdue"), [("name", False), ("hours", False), ("review", True)])
def test_its_queries_do_not_grow_with_the_people(cast, django_assert_max_num_queries, sort, only_overdue):
    for size in (1, 12):
        while Patient.objects.count() < size:
            person = in_program(cast, "Ana", hours=None)
            came(cast, person, day=MONDAY - timedelta(days=7))
            came(cast, person, day=MONDAY)
            scored(cast, person, "phq-9", 12, asked=MONDAY)
            asked(cast, person, "gad-7", due=MONDAY)
        with django_assert_max_num_queries(25):
            found = census(Filters(only_overdue=only_overdue), sort=sort, by=cast.clinician, at=SUNDAY)
        assert found.total == size
