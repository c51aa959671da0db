"""A plan becomes the week: shown first, done whole or not at all, told once to everyone it touches."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import MORNING, at
from tests.pathway.timetable.planned_week import NEXT, planned_week, with_cy_on_tuesday
from throughcare.pathway.cannot import Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.group.group import join_group
from throughcare.pathway.group.page import group_view
from throughcare.pathway.timetable.publishing.publish import preview, publish_plan
from throughcare.pathway.timetable.publishing.telling import heard, my_week_notices, told_by_mouth
from throughcare.records.sessions import Appointment
from throughcare.records.signing_in import DoorMail
from throughcare.records.timetable_runs import Publication, WeekNotice
from throughcare.records.timetables import Group, Membership

pytestmark = pytest.mark.django_db
WHY = "Cy gets his hours."


@pytest.fixture
def week(cast):
    return planned_week(cast)


@pytest.fixture
def plan(week):
    picture = week.picture()
    return week.kept(picture, with_cy_on_tuesday(week, picture))


def publish(week, plan, **more):
    seen = preview(plan, by=week.cast.director, at=MORNING).seen
    said = {"seen": seen, "because": WHY, "by": week.cast.director, "at": MORNING, **more}
    return publish_plan(plan, **said)


def members(week, name):
    group = Group.objects.get(uid=week.groups[name]) if name in week.groups else Group.objects.get(name=name)
    rows = Membership.objects.filter(group=group, until_date__isnull=True)
    return sorted(row.episode.patient.given_name for row in rows.select_related("episode__patient"))


def test_the_preview_says_who_is_touched_and_changes_nothing(week, plan):
    seen = preview(plan, by=week.cast.director, at=MORNING)
    assert seen.groups == (
        "Cognitive behavioral therapy (Tuesdays, 10:00 AM–1:00 PM) opens; Carla Reyes leads it.",
    )
    assert [(name, lines) for _, name, lines in seen.people] == [
        (
            "Ana Silva",
            (
                "No longer in Fridays (Fridays, 10:00 AM–1:00 PM).",
                "Now in Cognitive behavioral therapy (Tuesdays, 10:00 AM–1:00 PM), led by Carla Reyes.",
            ),
        ),
        (
            "Cy Silva",
            (
                "Now in Mondays (Mondays, 10:00 AM–1:00 PM), led by Felix Grant.",
                "Now in Cognitive behavioral therapy (Tuesdays, 10:00 AM–1:00 PM), led by Carla Reyes.",
                "Now in Wednesdays (Wednesdays, 10:00 AM–1:00 PM), led by Felix Grant.",
            ),
        ),
    ]
    assert [name for name, _ in seen.staff] == ["Carla Reyes", "Felix Grant"]
    assert (seen.since, seen.broken, seen.unclear) == ((), (), ())
    assert not Publication.objects.exists() and Group.objects.count() == 3


def test_published_it_is_the_week_from_its_monday_on(week, plan):
    publish(week, plan)
    opened = Group.objects.get(name="Cognitive behavioral therapy, Tuesday mornings")
    assert members(week, opened.name) == ["Ana", "Cy"]
    assert members(week, "Mondays") == ["Ana", "Bo", "Cy"]
    assert members(week, "Fridays") == ["Bo"]
    view = group_view(opened.uid, by=week.cast.director, at=MORNING)
    assert [one.name for one in view.line.leads] == ["Carla Reyes"]
    assert view.line.room == "Blue room"
    cy = Appointment.objects.filter(
        patient=week.people["Cy"].key, released_at__isnull=True, local_day__range=(NEXT, NEXT + timedelta(6))
    )
    assert sorted(seat.local_day.weekday() for seat in cy) == [0, 1, 2]
    this_week = Appointment.objects.filter(
        patient=week.people["Ana"].key, released_at__isnull=True, local_day__lt=NEXT
    )
    assert sorted(seat.local_day.weekday() for seat in this_week) == [0, 2, 4]


def test_published_again_nothing_would_change(week, plan):
    publish(week, plan)
    picture = week.picture()
    same = week.kept(picture, picture.as_it_stands)
    assert preview(same, by=week.cast.director, at=MORNING).changes_nothing
    with pytest.raises(Cannot, match="already so"):
        publish(week, same)


def test_everyone_touched_is_told_once_and_nobody_else(week, plan):
    publish(week, plan)
    told = WeekNotice.objects.filter(patient__isnull=False)
    assert sorted(one.patient.given_name for one in told) == ["Ana", "Cy"]
    (mine,) = my_week_notices(by=week.cast.clinician)
    assert mine.because == WHY
    assert any("You lead" in line for line in mine.lines)
    assert not any("Ana" in line or "Cy" in line for line in mine.lines)
    heard(mine.uid, by=week.cast.clinician, at=at(11))
    assert my_week_notices(by=week.cast.clinician) == ()
    mail = DoorMail.objects.filter(kind="week_changed")
    assert {row.account_id for row in mail} == {week.cast.clinician.account, week.cast.facilitator.account}


def test_who_has_no_account_is_told_by_someone_who_says_so(week, plan):
    publish(week, plan)
    notice = WeekNotice.objects.get(patient=week.people["Cy"].key)
    told_by_mouth(notice.uid, by=week.cast.case_manager, at=at(11))
    notice.refresh_from_db()
    assert (notice.told_how, notice.told_by_id) == ("spoken", week.cast.case_manager.account)
    with pytest.raises(Cannot, match="already"):
        told_by_mouth(notice.uid, by=week.cast.case_manager, at=at(11))


def test_the_second_of_two_sees_what_changed(week, plan):
    seen = preview(plan, by=week.cast.director, at=MORNING).seen
    cy = week.people["Cy"]
    join_group(week.groups["Fridays"], cy.episode, from_date=NEXT, by=week.cast.program, at=MORNING)
    with pytest.raises(ChangedMeanwhile, match="Fridays: 1 came, 0 left"):
        publish_plan(plan, seen=seen, because=WHY, by=week.cast.director, at=MORNING)
    assert not Publication.objects.exists()
    assert members(week, "Mondays") == ["Ana", "Bo"]


def test_a_step_that_is_refused_leaves_everything_as_it_was(week, plan):
    Group.objects.filter(uid=week.groups["Wednesdays"]).update(capacity=2)
    with pytest.raises(Cannot, match="Wednesdays is full"):
        publish(week, plan)
    assert members(week, "Fridays") == ["Ana", "Bo"]
    assert Group.objects.count() == 3 and not WeekNotice.objects.exists()


def test_a_group_changes_hands_and_closes(week):
    picture = week.picture()
    carla = str(week.cast.practitioner_uid(week.cast.clinician))
    stands, fridays = picture.as_it_stands, week.slot(picture, "Fridays")
    groups = {**stands.groups, week.slot(picture, "Mondays"): carla}
    del groups[fridays]
    attend = {who: held - {fridays} for who, held in stands.attend.items()}
    plan = week.kept(picture, replace(stands, groups=groups, attend=attend))
    seen = preview(plan, by=week.cast.director, at=MORNING)
    assert seen.groups == (
        "Fridays (Fridays, 10:00 AM–1:00 PM) closes.",
        "Mondays (Mondays, 10:00 AM–1:00 PM) is led by Carla Reyes, no longer by Felix Grant.",
    )
    publish(week, plan)
    line = group_view(week.groups["Mondays"], by=week.cast.director, at=at(9, day=NEXT)).line
    assert [one.name for one in line.leads] == ["Carla Reyes"]
    assert Group.objects.get(uid=week.groups["Fridays"]).ended_date == NEXT - timedelta(days=1)


def test_what_the_check_speaks_against_is_published_only_by_who_has_weighed_it(week):
    picture = week.picture()
    stands, cy = picture.as_it_stands, str(week.people["Cy"].patient)
    (tuesdays,) = picture.offers
    carla = str(week.cast.practitioner_uid(week.cast.clinician))
    plan = week.kept(
        picture,
        replace(
            stands,
            groups={**stands.groups, tuesdays: carla},
            attend={**stands.attend, cy: frozenset({tuesdays, *picture.groups})},
        ),
    )
    assert preview(plan, by=week.cast.director, at=MORNING).broken
    with pytest.raises(Cannot, match="speaks against"):
        publish(week, plan)
    publish(week, plan, despite_broken=True)
    assert members(week, "Mondays") == ["Ana", "Bo", "Cy"]


@pytest.mark.parametrize("role", ["admin", "case_manager", "facilitator"])
def test_only_who_plans_weeks_publishes(week, plan, role):
    with pytest.raises(CannotSee):
        preview(plan, by=getattr(week.cast, role), at=MORNING)
    with pytest.raises(CannotSee):
        publish_plan(plan, seen="", because=WHY, by=getattr(week.cast, role), at=MORNING)
