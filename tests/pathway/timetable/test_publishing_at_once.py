"""Two publish at the same time, or one publishes while someone joins a group: one after the other, nothing lost."""

import threading

import pytest
from django.db import connection

from tests.cast import MORNING, gather_cast
from tests.pathway.timetable.planned_week import NEXT, planned_week, with_cy_on_tuesday
from throughcare.pathway.cannot import Cannot, ChangedMeanwhile
from throughcare.pathway.group.group import join_group
from throughcare.pathway.timetable.publishing.publish import preview, publish_plan
from throughcare.records.timetable_runs import Publication, WeekNotice
from throughcare.records.timetables import Group, Membership

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do things at the same moment; what each came to."""
    start, outcomes = threading.Barrier(len(acts)), {}

    def hurry(name, act):
        start.wait()
        try:
            act()
            outcomes[name] = "done"
        except Cannot as cannot:
            outcomes[name] = type(cannot).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=hurry, args=row) for row in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def witnessed(look):
    """What a thread of its own sees in the database that the others wrote."""
    seen = []
    at_once(lambda: seen.append(look()))
    return seen[0]


def a_plan_that_was_seen():
    week = planned_week(gather_cast())
    picture = week.picture()
    plan = week.kept(picture, with_cy_on_tuesday(week, picture))
    return week, plan, preview(plan, by=week.cast.director, at=MORNING).seen


def test_of_two_who_publish_at_once_the_second_sees_that_the_week_changed(many_hands):
    week, plan, seen = a_plan_that_was_seen()
    many_hands()

    def publish():
        publish_plan(plan, seen=seen, because="Cy gets his hours.", by=week.cast.director, at=MORNING)

    outcomes = at_once(publish, publish)
    assert sorted(outcomes.values()) == [ChangedMeanwhile.__name__, "done"]
    told = WeekNotice.objects.filter(patient=week.people["Cy"].key)
    counts = witnessed(lambda: (Publication.objects.count(), Group.objects.count(), told.count()))
    assert counts == (1, 4, 1)


def test_who_joins_while_someone_publishes_is_either_seen_or_comes_after(many_hands):
    week, plan, seen = a_plan_that_was_seen()
    cy, fridays = week.people["Cy"], week.groups["Fridays"]
    many_hands()
    outcomes = at_once(
        lambda: publish_plan(plan, seen=seen, because="Why.", by=week.cast.director, at=MORNING),
        lambda: join_group(fridays, cy.episode, from_date=NEXT, by=week.cast.program, at=MORNING),
    )
    stints = Membership.objects.filter(group__uid=fridays, episode__uid=cy.episode, until_date__isnull=True)
    joined, published = witnessed(lambda: (stints.exists(), Publication.objects.count()))
    assert outcomes[1] == "done" and joined
    assert outcomes[0] in ("done", ChangedMeanwhile.__name__)
    assert published == (outcomes[0] == "done")
