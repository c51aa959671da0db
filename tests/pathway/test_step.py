"""Steps between levels of care."""

from datetime import date, time, timedelta

import pytest

from tests.cast import at, gather_cast
from tests.plan_cast import admit
from tests.progress_cast import A_PLAN, NOW, TODAY, answer, six_good_weeks
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.group.group import NewGroup, join_group, lead_group, meet_weekly, open_group
from throughcare.pathway.progress.step import hours_misfit, step_to, step_watch
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.episodes import Episode, Stay
from throughcare.records.sessions import Appointment
from throughcare.records.timetables import Membership


def step(cast, episode, *, level="op", at=NOW, by=None, **changed):
    said = {
        "reason": "improved",
        "text": "Goals reached.",
        "next_place": "Outpatient with Carla Reyes",
        **changed,
    }
    return step_to(episode, level=level, by=by or cast.clinician, at=at, **said)


def sit_in_group(cast, episode, *, minutes=90):
    group = open_group(
        cast.site,
        NewGroup("Evening process", "process", "evening", capacity=10, room=cast.group_room),
        by=cast.director,
        at=NOW,
        opened_date=TODAY,
    )
    meet_weekly(
        group, weekday=3, starts=time(17, 30), minutes=minutes, from_date=TODAY, by=cast.director, at=NOW
    )
    lead_group(group, cast.practitioner_uid(cast.clinician), from_date=TODAY, by=cast.director, at=NOW)
    membership = join_group(group, episode, from_date=TODAY, by=cast.clinician, at=NOW)
    extend_sessions(cast.organization, until=TODAY + timedelta(days=28), at=NOW)
    return membership


def standings(way):
    return {one.code: one.standing for one in way.criteria}


def test_the_step_down_criteria_name_what_is_met_and_what_nobody_recorded(cast):
    watch = step_watch(six_good_weeks(cast), by=cast.clinician, at=NOW)
    assert (watch.down.level, watch.up.level) == ("op", "php")
    assert standings(watch.down) == {
        "attendance": "met",
        "suicide_tier": "met",
        "tests": "not_known",
        "measure": "met",
        "plan": "met",
        "next_visit": "not_known",
    }
    assert not watch.down.is_indicated
    facts = {one.code: one.fact for one in watch.down.criteria}
    assert facts["attendance"].startswith("100% of planned hours")
    assert "18 → 8" in facts["measure"] and "No drug or alcohol test" in facts["tests"]


def test_missed_sessions_unmeet_the_attendance(cast):
    watch = step_watch(six_good_weeks(cast, missed=2), by=cast.clinician, at=NOW)
    assert standings(watch.down)["attendance"] == "unmet"
    assert standings(watch.up)["no_shows"] == "unmet"


def test_three_no_shows_ask_whether_outreach_was_made(cast):
    watch = step_watch(six_good_weeks(cast, missed=3), by=cast.clinician, at=NOW)
    found = next(one for one in watch.up.criteria if one.code == "no_shows")
    assert found.standing == "not_known" and found.fact.startswith("3 no-shows")


def test_intent_and_a_plan_indicate_a_step_up_and_stop_a_step_down(cast):
    episode = six_good_weeks(cast)
    answer(cast, episode, "c-ssrs-screener", A_PLAN, day=TODAY)
    watch = step_watch(episode, by=cast.clinician, at=NOW)
    assert watch.up.is_indicated and watch.stop
    with pytest.raises(Cannot, match="more intensive"):
        step(cast, episode)
    assert step(cast, episode, level="php", reason="safety")


def test_a_newer_answer_alone_lowers_no_tier_for_a_step_down(cast):
    episode = six_good_weeks(cast)
    assert standings(step_watch(episode, by=cast.clinician, at=NOW).down)["suicide_tier"] == "met"
    answer(cast, episode, "c-ssrs-screener", A_PLAN, day=TODAY - timedelta(days=9))
    found = next(
        one
        for one in step_watch(episode, by=cast.clinician, at=NOW).down.criteria
        if one.code == "suicide_tier"
    )
    assert found.standing == "unmet"
    assert "stays high until a clinician lowers it" in found.fact


def test_one_stay_ends_and_the_next_begins_the_same_moment(cast):
    episode = admit(cast)
    new = step(cast, episode)
    old, now = Stay.objects.filter(episode__uid=episode).order_by("began_at")
    assert now.uid == new and (old.ended_at, now.began_at) == (NOW, NOW)
    assert (old.level, now.level, old.ended_because) == ("iop", "op", "step_down")
    assert old.next_place == "Outpatient with Carla Reyes" and now.text == "Goals reached."


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"level": "iop"}, "level"),
        ({"level": "moon"}, "level"),
        ({"level": "hospital"}, "level"),
        ({"reason": "because"}, "reason"),
        ({"text": "  "}, "text"),
        ({"next_place": " "}, "next_place"),
    ],
)
def test_what_is_lacking_is_named_and_nothing_is_written(cast, changed, field):
    episode = admit(cast)
    with pytest.raises(Cannot) as refused:
        step(cast, episode, **changed)
    assert refused.value.field == field
    assert Stay.objects.get(episode__uid=episode).ended_at is None


@pytest.mark.parametrize("role", ["facilitator", "case_manager", "nurse", "admissions", "biller", "admin"])
def test_only_a_licensed_clinician_steps(cast, role):
    episode = admit(cast)
    with pytest.raises(Cannot):
        step(cast, episode, by=getattr(cast, role))
    assert Stay.objects.filter(episode__uid=episode).count() == 1


def test_another_clinic_finds_no_such_episode(cast):
    other = gather_cast("Other House", mail_host="other.test")
    episode = admit(cast)
    with pytest.raises(Absent):
        step(cast, episode, by=other.clinician)
    with pytest.raises(CannotSee):
        step_watch(episode, by=cast.biller, at=NOW)


def test_a_place_elsewhere_keeps_the_episode_open_and_gives_the_seats_back(cast):
    episode = admit(cast)
    sit_in_group(cast, episode)
    assert Appointment.objects.filter(released_at__isnull=True).count() == 4
    step(cast, episode, level="residential-3.5", reason="not_progressing", comes_back=True)
    assert Episode.objects.get(uid=episode).ended_at is None
    assert not Appointment.objects.filter(released_at__isnull=True).exists()
    assert Membership.objects.get().until_date == TODAY
    back = at(9, day=TODAY + timedelta(days=20))
    step(cast, episode, level="iop", reason="returned", at=back)
    assert [stay.level for stay in Stay.objects.order_by("began_at")] == ["iop", "residential-3.5", "iop"]


def test_groups_that_no_longer_fit_the_level_are_named(cast):
    episode = admit(cast)
    sit_in_group(cast, episode)
    assert "at least 9" in hours_misfit(episode, by=cast.clinician, at=NOW)
    step(cast, episode)
    assert hours_misfit(episode, by=cast.clinician, at=NOW) == ""
    step(cast, episode, level="php", at=at(11, day=TODAY))
    said = hours_misfit(episode, by=cast.clinician, at=at(12, day=TODAY))
    assert "Evening process come to 1.5 hours" in said and "20" in said


def test_a_step_may_be_taken_on_the_day_of_admission(cast):
    episode = admit(cast)
    step(cast, episode, at=at(9))
    assert Stay.objects.filter(episode__uid=episode, ended_at__isnull=True).get().level == "op"
    assert date(2026, 3, 2) == Stay.objects.earliest("pk").ended_at.date()
