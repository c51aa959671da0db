"""The pages that say what the week must respect, and those that place one person in it."""

from datetime import time, timedelta
from uuid import UUID

import pytest
import time_machine
from django.urls import reverse

from tests.cast import MONDAY, MORNING, gather_cast
from tests.week_cast import a_group, admit, prescribe
from throughcare.pathway.group.changes import change_seats
from throughcare.pathway.group.group import join_group
from throughcare.pathway.timetable.rules.group_offers import NewOffer, offer_group
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, keep_apart
from throughcare.records.people import Account
from throughcare.records.timetables import Commitment, Membership
from throughcare.records.week_rules import (
    Absence,
    GroupClosing,
    GroupHours,
    GroupOffer,
    NeverWith,
    WeekWishes,
)

NEXT = MONDAY + timedelta(weeks=1)


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Ruiz", track="day")


@pytest.fixture
def groups(cast):
    return [
        a_group(cast, name=name, weekday=day, starts=time(10), minutes=180)
        for name, day in (("Mondays", 0), ("Wednesdays", 2), ("Fridays", 4))
    ]


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def page(client, name, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def send(client, name, *args, **data):
    return client.post(reverse(name, args=args), data)


def test_one_page_says_what_the_week_must_respect(cast, client, groups):
    shown = page(sign_in(client, cast.director), "week_rules", cast.site)
    for words in ("Felix Grant", "Blue room", "Mondays", "Takes new people", "points", "as for everyone"):
        assert words in shown
    assert "None. A week is solved with the groups that run." in shown


def test_who_sets_nothing_up_sees_no_buttons(cast, client, groups):
    shown = page(sign_in(client, cast.clinician), "week_rules", cast.site)
    assert "Take nobody new" not in shown
    refused = send(client, "group_newcomers", cast.site, groups[0], take="no")
    assert refused.status_code == 403


def test_the_page_costs_the_same_queries_however_much_there_is(cast, client, django_assert_max_num_queries):
    sign_in(client, cast.director)
    a_group(cast, starts=time(8))
    page(client, "week_rules", cast.site)

    def count():
        with django_assert_max_num_queries(60) as counted:
            page(client, "week_rules", cast.site)
        return len(counted.captured_queries)

    before = count()
    for hour in range(9, 14):
        a_group(cast, name=f"At {hour}", starts=time(hour))
    assert count() == before


def test_a_group_that_may_open_is_added_and_taken_back(cast, client):
    sign_in(client, cast.director)
    asked = {
        "session_type": "cbt",
        "track": "evening",
        "variant": "women",
        "capacity": "8",
        "weekday": "1",
        "starts": "17:30",
        "minutes": "180",
        "break_minutes": "15",
        "room": str(cast.group_room),
    }
    wrong = send(client, "new_group_offer", cast.site, **{**asked, "starts": "08:00"})
    assert wrong.status_code == 422
    assert "track meets" in wrong.content.decode()
    send(client, "new_group_offer", cast.site, **asked)
    offer = GroupOffer.objects.get()
    assert "Tuesdays, 5:30–8:30 PM" in page(client, "week_rules", cast.site)
    send(client, "end_group_offer", cast.site, offer.uid)
    assert "Tuesdays, 5:30–8:30 PM" not in page(client, "week_rules", cast.site)


def test_a_group_is_closed_to_newcomers_and_opened_again(cast, client, groups):
    sign_in(client, cast.director)
    send(client, "group_newcomers", cast.site, groups[0], take="no")
    send(client, "group_newcomers", cast.site, groups[0], take="no")
    assert GroupClosing.objects.filter(ended_at__isnull=True).count() == 1
    assert "Takes nobody new" in page(client, "week_rules", cast.site)
    send(client, "group_newcomers", cast.site, groups[0], take="yes")
    assert not GroupClosing.objects.filter(ended_at__isnull=True).exists()


def test_staff_have_hours_of_groups_and_days_away(cast, client):
    sign_in(client, cast.director)
    felix = cast.practitioner_uid(cast.facilitator)
    wrong = send(client, "staff_week_rules", cast.site, felix, most="10", meant="12")
    assert wrong.status_code == 422
    send(client, "staff_week_rules", cast.site, felix, most="12", meant="10")
    assert GroupHours.objects.get().most == 12
    assert "at most 12, meant 10" in page(client, "week_rules", cast.site)
    send(client, "staff_away", cast.site, felix, first_day="2026-03-09", last_day="2026-03-13")
    assert "Mon, Mar 9 to Fri, Mar 13" in page(client, "staff_away", cast.site, felix)
    send(client, "end_staff_away", cast.site, felix, Absence.objects.get().uid)
    assert "Mar 9" not in page(client, "week_rules", cast.site)


def test_wishes_are_written_down_and_shown_again(cast, client, ana):
    sign_in(client, cast.clinician)
    felix = cast.practitioner_uid(cast.facilitator)
    said = {
        "morning_0": "rather_not",
        "evening_5": "only_if_needed",
        "way": "in_person",
        "therapist": str(felix),
        "travel_minutes": "30",
    }
    answer = send(client, "week_wishes", ana.patient, **said)
    assert answer.status_code == 302
    row = WeekWishes.objects.get()
    assert row.likings == {"0 morning": "rather_not", "5 evening": "only_if_needed"}
    shown = page(client, "week_wishes", ana.patient)
    assert "Last said on Mar 2, 2026" in shown
    assert f'<option value="{felix}" selected' in shown
    wrong = send(client, "week_wishes", ana.patient, travel_minutes="900")
    assert wrong.status_code == 422


def test_work_that_alternates_and_a_roster_are_entered(cast, client, ana):
    sign_in(client, cast.clinician)
    rounds = {"kind": "work", "how_often": "2", "weekday": "0", "starts": "06:00", "ends": "14:00"}
    assert send(client, "commitments", ana.patient, **rounds).status_code == 422
    send(client, "commitments", ana.patient, **rounds, anchor_date="2026-03-04")
    shown = page(client, "commitments", ana.patient)
    assert "Mondays, 6:00 AM–2:00 PM, every second week, as in the week of Mon, Mar 2" in shown
    roster = {"kind": "work", "days": "2026-03-05\n3/10/2026", "starts": "22:00", "ends": "06:00"}
    assert send(client, "commitment_roster", ana.patient, **{**roster, "days": "soon"}).status_code == 422
    send(client, "commitment_roster", ana.patient, **roster)
    assert Commitment.objects.filter(day__isnull=False).count() == 2


def test_who_must_never_meet_whom_of_the_staff_is_for_few(cast, client, ana):
    felix = cast.practitioner_uid(cast.facilitator)
    sign_in(client, cast.clinician)
    send(client, "never_with", ana.patient, practitioner=str(felix), reason="He is her brother-in-law.")
    assert "brother-in-law" in page(client, "never_with", ana.patient)
    again = send(client, "never_with", ana.patient, practitioner=str(felix), reason="Twice")
    assert again.status_code == 422
    send(client, "end_never_with", ana.patient, NeverWith.objects.get().uid)
    assert "They may meet everyone" in page(client, "never_with", ana.patient)
    assert sign_in(client, cast.nurse).get(reverse("never_with", args=[ana.patient])).status_code == 403


def test_the_people_of_a_site_are_listed_with_what_their_week_must_respect(cast, client, ana, groups):
    prescribe(ana, hours=9)
    work = NewCommitment(kind="work", weekday=0, starts=time(8), ends=time(9))
    add_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    shown = page(sign_in(client, cast.director), "week_rules_people", cast.site)
    assert "Ana Ruiz" in shown
    assert "9 h on 3 days" in shown


def test_where_the_week_stands_is_told_and_who_is_kept_apart_only_to_those_who_may_know(
    cast, client, ana, groups
):
    bo = admit(cast, "Bo", "Reed")
    cy = admit(cast, "Cy", "Hale")
    for person in (ana, bo, cy):
        prescribe(person, mix=(("cbt", 3, 180),))
        join_group(groups[0], person.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    work = NewCommitment(kind="work", weekday=0, starts=time(8), ends=time(16))
    add_commitment(cy.patient, work, by=cast.clinician, at=MORNING)
    keep_apart(ana.patient, bo.patient, reason="An old case", by=cast.clinician, at=MORNING)
    admit(cast, "Di", "Moss")
    shown = page(sign_in(client, cast.director), "week_standing", cast.site, week=NEXT.isoformat())
    assert "Cy Hale can’t come" in shown or "Cy Hale can&#x27;t come" in shown
    assert "Ana Ruiz and Bo Reed are kept apart" in shown or "Bo Reed and Ana Ruiz are kept apart" in shown
    assert "Di Moss has no care plan in force" in shown
    assert "An old case" not in shown


def test_good_weeks_are_offered_and_one_is_taken_with_one_button(cast, client, ana, groups):
    prescribe(ana, mix=(("cbt", 3, 180),))
    others = [admit(cast, name, "Reed") for name in ("Bo", "Cy")]
    for one in others:
        prescribe(one, mix=(("cbt", 3, 180),))
        for group in groups:
            join_group(group, one.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    sign_in(client, cast.admissions)
    shown = page(client, "place_in_week", ana.patient, week=NEXT.isoformat())
    assert "Nobody moves." in shown
    assert "All hours" in shown
    answer = take(client, ana, shown)
    assert answer.status_code == 302
    held = Membership.objects.filter(episode__uid=ana.episode)
    assert {one.group.uid for one in held} == set(groups)
    assert {one.from_date for one in held} == {NEXT}


def take(client, person, shown):
    choice = shown.split('name="choice" value="')[1].split('"')[0]
    url = reverse("place_in_week", args=[person.patient]) + f"?week={NEXT.isoformat()}"
    return client.post(url, {"choice": choice})


def test_a_week_that_is_no_longer_free_says_what_changed(cast, client, ana, groups):
    prescribe(ana, mix=(("cbt", 3, 180),))
    others = [admit(cast, name, "Reed") for name in ("Bo", "Cy")]
    for one in others:
        prescribe(one, mix=(("cbt", 3, 180),))
        for group in groups:
            join_group(group, one.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    sign_in(client, cast.admissions)
    shown = page(client, "place_in_week", ana.patient, week=NEXT.isoformat())
    change_seats(groups[1], 2, by=cast.director, at=MORNING)
    answer = take(client, ana, shown)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert "The week has changed meanwhile" in told
    assert "Wednesdays is full" in told
    assert not Membership.objects.filter(episode__uid=ana.episode).exists()


def test_nonsense_in_the_place_of_a_week_is_refused(cast, client, ana, groups):
    prescribe(ana, mix=(("cbt", 3, 180),))
    sign_in(client, cast.admissions)
    url = reverse("place_in_week", args=[ana.patient])
    for choice in ("", "x|y", "|cbt~x~2026-03-09T10:00~60", f"{ana.patient}|"):
        answer = client.post(url, {"choice": choice})
        assert answer.status_code in (404, 409), choice


def test_without_a_plan_a_mix_is_sought(cast, client, ana):
    a_group(cast, kind="cbt", weekday=0, minutes=90)
    sign_in(client, cast.clinician)
    assert "Nothing is prescribed yet" in page(client, "place_in_week", ana.patient)
    shown = page(client, "place_in_week", ana.patient, mix="iop-9", week=NEXT.isoformat())
    assert "Nothing is prescribed yet" not in shown or "No week fits" in shown


def test_an_offered_group_is_in_the_picture_and_only_the_director_may_offer(cast, client):
    new = NewOffer("cbt", "day", 8, 1, time(9), 60, room=cast.group_room)
    offer_group(cast.site, new, by=cast.director, at=MORNING)
    assert (
        sign_in(client, cast.clinician).get(reverse("new_group_offer", args=[cast.site])).status_code == 403
    )


def test_why_hours_are_missing_is_a_page_that_the_week_leads_to(cast, client, ana, groups):
    prescribe(ana, mix=(("cbt", 3, 180),))
    for name in ("Bo", "Cy"):
        other = admit(cast, name, "Reed")
        prescribe(other, mix=(("cbt", 3, 180),))
        for group in groups:
            join_group(group, other.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    work = NewCommitment(kind="work", weekday=0, starts=time(8), ends=time(16))
    add_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    sign_in(client, cast.clinician)
    week = page(client, "patient_week", ana.patient, week=NEXT.isoformat())
    assert f"{reverse('why_not', args=[ana.patient])}?week={NEXT.isoformat()}" in week
    shown = page(client, "why_not", ana.patient, week=NEXT.isoformat())
    assert "9 of 9 hours are missing" in shown
    assert "Ana Ruiz can come" in shown
    assert "What would help" in shown
    nothing = admit(cast, "Di", "Moss")
    assert "Nothing is prescribed yet" in page(client, "why_not", nothing.patient)


def test_a_week_with_every_hour_says_so(cast, client, groups):
    for name in ("Bo", "Cy"):
        person = admit(cast, name, "Reed")
        prescribe(person, mix=(("cbt", 3, 180),))
        for group in groups:
            join_group(group, person.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    sign_in(client, cast.clinician)
    assert "No hour is missing" in page(client, "why_not", person.patient, week=NEXT.isoformat())


def test_ids_that_are_nobodys_or_anothers_are_not_there(cast, client, groups):
    sign_in(client, cast.director)
    felix, nobody = cast.practitioner_uid(cast.facilitator), UUID("00000000-0000-4000-8000-000000000000")
    theirs = gather_cast("Elsewhere", mail_host="else.test").site
    for site in (nobody, theirs):
        for name in ("week_rules", "week_rules_people", "week_standing"):
            assert client.get(reverse(name, args=[site])).status_code == 404, name
        for name in ("staff_week_rules", "staff_away"):
            assert client.get(reverse(name, args=[site, felix])).status_code == 404, name
        assert send(client, "group_newcomers", site, groups[0], take="no").status_code == 404
    assert send(client, "end_staff_away", cast.site, nobody, nobody).status_code == 404
    assert send(client, "end_group_offer", cast.site, nobody).status_code == 404
    assert not GroupClosing.objects.exists()
