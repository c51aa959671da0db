"""Felix calls in ill: each of his sessions is taken over, moved or canceled, and everyone is told once."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from tests.cast import MONDAY, MORNING, at
from tests.week_cast import a_group, admit
from throughcare.pathway.accounts import open_account
from throughcare.pathway.actor import Page
from throughcare.pathway.cannot import Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.clinic.founding import open_site
from throughcare.pathway.cover.affected import sessions_to_cover
from throughcare.pathway.cover.applying import CANCEL, LATER, MOVE, STAY, TAKE_OVER, Choice
from throughcare.pathway.cover.away import Away
from throughcare.pathway.cover.changes import change_view, week_changes
from throughcare.pathway.cover.covering import preview_cover, send_cover
from throughcare.pathway.group.group import join_group, lead_group
from throughcare.pathway.privacy.reaching import ask_for_safe_ways
from throughcare.pathway.timetable.publishing.telling import my_week_notices
from throughcare.pathway.timetable.rules.never_with import keep_from_staff
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.schedule import book_session, cancel_session, extend_sessions
from throughcare.records.consents import PatientAccount
from throughcare.records.organizations import Site
from throughcare.records.people import Account, Practitioner
from throughcare.records.sessions import Session
from throughcare.records.signing_in import DoorMail
from throughcare.records.timetable_runs import WeekNotice
from throughcare.records.timetables import Group, Shift, Skill
from throughcare.records.week_changes import WeekChange
from throughcare.records.week_rules import Absence, GroupHours

pytestmark = pytest.mark.django_db
WHY = "Felix Grant is away today."
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def clinic(cast):
    """Felix leads CBT on Monday at 10 with Ana and Ben; he sees Ana alone at 2 PM."""
    ana, ben = admit(cast, "Ana", "Ruiz"), admit(cast, "Ben", "Cole")
    group = a_group(cast)
    for person in (ana, ben):
        join_group(group, person.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=7), at=MORNING)
    felix = cast.practitioner_uid(cast.facilitator)
    Skill.objects.create(
        organization_id=cast.organization,
        recorded_at=MORNING,
        practitioner_id=cast.facilitator.practitioner,
        skill="therapy",
    )
    new = NewSession("individual", cast.site, felix, (ana.patient,), datetime.combine(MONDAY, time(14)), 60)
    alone = book_session(new, by=cast.clinician, at=MORNING)
    held = Session.objects.get(group__uid=group, local_day=MONDAY)
    return {"ana": ana, "ben": ben, "group": held, "alone": Session.objects.get(uid=alone), "felix": felix}


def today(clinic) -> Away:
    return Away(clinic["felix"], MONDAY, MONDAY)


def carla(cast):
    return cast.practitioner_uid(cast.clinician)


def both(cast, clinic) -> list[Choice]:
    """Carla takes the group, the one-to-one moves to Tuesday."""
    return [
        Choice(clinic["group"].uid, TAKE_OVER, leaders=(carla(cast),)),
        Choice(clinic["alone"].uid, MOVE, starts_at=datetime.combine(TUESDAY, time(15))),
    ]


def send(cast, clinic, choices, *, by=None, because=WHY, seen=None):
    by = by or cast.director
    if seen is None:
        seen = preview_cover(today(clinic), choices, because=because, by=by, at=MORNING).seen
    return send_cover(today(clinic), choices, because=because, seen=seen, by=by, at=MORNING)


def an_account(cast, person, email: str) -> Account:
    account = open_account(
        email, name="Someone", password=None, roles=("patient",), by=cast.program, at=MORNING
    )
    PatientAccount.objects.create(
        organization_id=cast.organization, recorded_at=MORNING, patient_id=person.key, account=account
    )
    return account


def test_every_session_is_shown_with_its_people_and_with_who_could_take_it(cast, clinic):
    page = sessions_to_cover(today(clinic), by=cast.director, at=MORNING)
    assert [(one.title, one.people) for one in page.sessions] == [
        ("CBT skills", ("Ana Ruiz", "Ben Cole")),
        ("Individual therapy", ("Ana Ruiz",)),
    ]
    group, alone = page.sessions
    assert [one.candidate.name for one in group.could] == ["Carla Reyes"]
    reasons = {one.candidate.name: [no.because for no in one.against] for one in group.could_not}
    assert reasons["Dana Frost"] == ["Dana Frost isn't down as leading CBT skills."]
    assert "Felix Grant" not in reasons
    assert {one.candidate.name for one in alone.could} == {"Carla Reyes", "Dana Frost"}
    assert group.suggested == (str(carla(cast)),)


@pytest.mark.parametrize(
    ("stands_against", "sentence"),
    [
        ("busy", "Carla Reyes has “Individual therapy” at that time."),
        ("shift", "Carla Reyes does not work on Mondays, so not 10:00–11:00 AM."),
        ("leave", "Carla Reyes is away: on leave until Tue, Mar 3."),
        ("hours", "Carla Reyes would lead 1 hours this week; at most 0 are agreed."),
        ("credential", "Carla Reyes has no credential on record that signs clinical notes."),
        ("never", "Someone who is expected must not be in a session with Carla Reyes."),
        ("women", "This group was promised a leader of one gender (woman). Ask its members first."),
        ("es", "CBT skills is held in “Spanish”; Dana Frost isn't down as speaking it."),
    ],
)
def test_what_stands_against_someone_is_what_is_true_of_them(cast, clinic, stands_against, sentence):
    fact = {"organization_id": cast.organization, "recorded_at": MORNING}
    who = cast.clinician.practitioner
    if stands_against == "busy":
        cy = admit(cast, "Cy", "Hale")
        start = datetime.combine(MONDAY, time(10, 30))
        new = NewSession("individual", cast.site, carla(cast), (cy.patient,), start, 60)
        book_session(new, by=cast.clinician, at=MORNING)
    elif stands_against == "shift":
        Shift.objects.filter(practitioner=who, weekday=0).delete()
    elif stands_against == "leave":
        Absence.objects.create(**fact, practitioner_id=who, first_day=MONDAY, last_day=TUESDAY)
    elif stands_against == "hours":
        GroupHours.objects.create(**fact, practitioner_id=who, most=0, meant=0)
    elif stands_against == "credential":
        Practitioner.objects.filter(pk=who).update(credential="")
    elif stands_against == "never":
        keep_from_staff(clinic["ben"].patient, carla(cast), reason="Family", by=cast.director, at=MORNING)
    else:
        Group.objects.update(variant=stands_against)
    group = sessions_to_cover(today(clinic), by=cast.director, at=MORNING).sessions[0]
    assert sentence in [no.because for one in group.could_not for no in one.against]


def test_the_preview_says_what_changes_and_who_is_told_what_and_changes_nothing(cast, clinic):
    seen = preview_cover(today(clinic), both(cast, clinic), because=WHY, by=cast.director, at=MORNING)
    covered = "CBT skills on Mon, Mar 2, 10:00–11:00 AM is led by Carla Reyes, without Felix Grant."
    moved = "Individual therapy on Mon, Mar 2, 2:00–3:00 PM is moved to Tue, Mar 3, 3:00–4:00 PM."
    assert [(one.what, one.words, one.trouble) for one in seen.steps] == [
        ("covered", covered, ""),
        ("moved", moved, ""),
    ]
    by_mouth = "By you: they have no account"
    assert [(name, lines, how) for _, name, lines, how in seen.people] == [
        ("Ana Ruiz", (covered, moved), by_mouth),
        ("Ben Cole", (covered,), by_mouth),
    ]
    assert dict(seen.staff)["Carla Reyes"] == (
        "You lead CBT skills on Mon, Mar 2, 10:00–11:00 AM, in place of Felix Grant; 2 people are expected.",
    )
    assert "Ana" not in str(seen.staff) and "Ben" not in str(seen.staff)
    assert not WeekNotice.objects.exists() and not Absence.objects.exists()
    assert not Session.objects.filter(cancelled_at__isnull=False).exists()
    assert clinic["group"].staff.get().practitioner_id == cast.facilitator.practitioner


def test_one_act_does_all_of_it_and_tells_everyone_once(cast, clinic):
    an_account(cast, clinic["ana"], "ana@home.test")
    change = send(cast, clinic, both(cast, clinic))
    assert [one.practitioner_id for one in clinic["group"].staff.all()] == [cast.clinician.practitioner]
    assert Session.objects.get(series=None, session_type="individual", cancelled_at=None).local_day == TUESDAY
    old = Session.objects.get(uid=clinic["alone"].uid)
    assert old.cancelled_how == "moved"
    leave = Absence.objects.get()
    assert (leave.practitioner_id, leave.first_day, leave.last_day) == (
        cast.facilitator.practitioner,
        MONDAY,
        MONDAY,
    )
    (mine,) = my_week_notices(by=cast.clinician)
    assert mine.because == WHY and not mine.is_lasting
    told = list(DoorMail.objects.values_list("account__email_mark", "kind"))
    # Ana, Carla and Felix: one mail each, and none for the director, who did it.
    assert len(told) == 3 and {kind for _, kind in told} == {"week_changed"}
    view = change_view(change, by=cast.director, at=MORNING)
    assert [(one.status, one.now) for one in view.sessions] == [
        ("covered", "Led by Carla Reyes"),
        ("moved", "Now Tue, Mar 3, 3:00–4:00 PM"),
    ]
    assert [one.name for one in view.people] == ["Ana Ruiz", "Ben Cole"]
    (line,) = week_changes(by=cast.director)
    assert (line.title, line.sessions, line.concerned) == ("Cover for someone away", 2, 4)


def test_whose_home_is_not_safe_gets_no_mail_and_reads_it_on_their_page(cast, clinic):
    account = an_account(cast, clinic["ana"], "ana@home.test")
    ask_for_safe_ways(clinic["ana"].patient, {"email"}, by=cast.clinician, at=MORNING)
    seen = preview_cover(today(clinic), both(cast, clinic), because=WHY, by=cast.director, at=MORNING)
    assert [how for _, name, _, how in seen.people if name == "Ana Ruiz"] == [
        "On their own page; they asked for no e-mail"
    ]
    send(cast, clinic, both(cast, clinic))
    assert not DoorMail.objects.filter(account=account).exists()
    assert WeekNotice.objects.filter(account=account).count() == 1


def test_who_comes_second_reads_what_changed_meanwhile_and_nothing_is_done(cast, clinic):
    choices = both(cast, clinic)
    seen = preview_cover(today(clinic), choices, because=WHY, by=cast.director, at=MORNING).seen
    cancel_session(clinic["alone"].uid, because="No heat", by=cast.clinician, at=MORNING)
    with pytest.raises(ChangedMeanwhile, match=r"Individual therapy on Mon, Mar 2.* is canceled: No heat"):
        send(cast, clinic, choices, seen=seen)
    assert not WeekChange.objects.exists()
    send(cast, clinic, choices[:1])
    with pytest.raises(ChangedMeanwhile, match=r"CBT skills .* is led by Carla Reyes now") as second:
        send(cast, clinic, choices[:1], seen=seen)
    assert second.value.changed_by == "Dana Frost"


def test_one_trouble_stops_all_of_it(cast, clinic):
    choices = [
        Choice(clinic["group"].uid, TAKE_OVER, leaders=(cast.practitioner_uid(cast.director),)),
        Choice(clinic["alone"].uid, CANCEL),
    ]
    shown = preview_cover(today(clinic), choices, because=WHY, by=cast.director, at=MORNING)
    assert [one.trouble for one in shown.steps] == ["Dana Frost isn't down as leading CBT skills.", ""]
    with pytest.raises(Cannot, match="Dana Frost isn't down"):
        send(cast, clinic, choices)
    assert not Session.objects.filter(cancelled_at__isnull=False).exists()


def test_one_person_is_not_given_two_sessions_at_once(cast, clinic):
    other = a_group(cast, name="CBT later", room=cast.office, capacity=3, starts=time(10, 30), led=False)
    clinic["group"].staff.get()
    Shift.objects.filter(practitioner=cast.facilitator.practitioner).count()
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=7), at=MORNING)
    second = Session.objects.get(group__uid=other, local_day=MONDAY)
    second.staff.create(
        organization_id=cast.organization,
        recorded_at=MORNING,
        practitioner_id=cast.facilitator.practitioner,
    )
    page = sessions_to_cover(today(clinic), by=cast.director, at=MORNING)
    assert [one.suggested for one in page.sessions[:2]] == [(str(carla(cast)),), ()]
    choices = [Choice(one.uid, TAKE_OVER, leaders=(carla(cast),)) for one in (clinic["group"], second)]
    shown = preview_cover(today(clinic), choices, because=WHY, by=cast.director, at=MORNING)
    assert shown.troubles == (
        "CBT later, Mon, Mar 2, 10:30–11:30 AM: Carla Reyes has “CBT skills” at that time.",
    )


def test_a_move_is_checked_against_rooms_commitments_and_other_sessions(cast, clinic):
    same_time = datetime.combine(MONDAY, time(10))
    away_then = [Choice(clinic["alone"].uid, MOVE, starts_at=same_time)]
    shown = preview_cover(today(clinic), away_then, because=WHY, by=cast.director, at=MORNING)
    assert "Felix Grant is away then too" in shown.troubles[0]
    clash = [Choice(clinic["alone"].uid, MOVE, starts_at=same_time, leaders=(carla(cast),))]
    shown = preview_cover(today(clinic), clash, because=WHY, by=cast.director, at=MORNING)
    assert "Ana Ruiz has CBT skills" in shown.troubles[0]


def test_two_who_lead_together_may_go_on_alone_while_they_are_enough(cast, clinic):
    lead_group(Group.objects.get().uid, carla(cast), from_date=MONDAY, by=cast.admin, at=MORNING)
    stay = [Choice(clinic["group"].uid, STAY), Choice(clinic["alone"].uid, LATER)]
    shown = preview_cover(today(clinic), stay, because=WHY, by=cast.director, at=MORNING)
    assert shown.troubles == () and shown.waits == 1
    send(cast, clinic, stay)
    assert [one.practitioner_id for one in clinic["group"].staff.all()] == [cast.clinician.practitioner]
    left = sessions_to_cover(today(clinic), by=cast.director, at=MORNING)
    assert [one.title for one in left.sessions] == ["Individual therapy"]
    send(cast, clinic, [Choice(clinic["alone"].uid, CANCEL, because="We call you.")])
    assert Absence.objects.count() == 1, "the same days are not entered twice"


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (TUESDAY, MONDAY, "The last day comes after the first"),
        (date(2026, 2, 1), date(2026, 2, 2), "still to come"),
        (MONDAY, MONDAY + timedelta(days=100), "in the book for 8 weeks"),
    ],
)
def test_days_that_make_no_sense_are_refused(cast, clinic, first, last, sentence):
    with pytest.raises(Cannot, match=sentence):
        sessions_to_cover(Away(clinic["felix"], first, last), by=cast.director, at=MORNING)


def test_what_has_begun_is_left_alone_and_who_may_not_change_the_week_sees_nothing(cast, clinic):
    assert len(sessions_to_cover(today(clinic), by=cast.director, at=at(10, 30)).sessions) == 1
    for role in (cast.biller, cast.nurse, cast.facilitator, cast.front_desk):
        with pytest.raises(CannotSee):
            sessions_to_cover(today(clinic), by=role, at=MORNING)


def test_the_queries_grow_neither_with_people_nor_with_sessions(
    cast, clinic, django_assert_max_num_queries, django_assert_num_queries
):
    def asked() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            sessions_to_cover(week, by=cast.director.on(Page()), at=MORNING)
        return len(queries)

    week = Away(clinic["felix"], MONDAY, MONDAY + timedelta(days=6))
    before = asked()
    other = a_group(cast, name="More CBT", weekday=2)
    for number in range(6):
        person = admit(cast, f"P{number}", "Silva")
        for group in (Group.objects.get(name="CBT skills").uid, other):
            join_group(group, person.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=7), at=MORNING)
    assert asked() == before


def test_the_pages_of_changes_cost_the_same_however_many_are_concerned(cast, clinic):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost(change) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as one:
            change_view(change, by=cast.director.on(Page()), at=MORNING)
        with CaptureQueriesContext(connection) as every:
            week_changes(by=cast.director.on(Page()))
        return len(one), len(every)

    first = send(cast, clinic, [Choice(clinic["alone"].uid, CANCEL)])
    before = cost(first)
    for number in range(5):
        person = admit(cast, f"P{number}", "Silva")
        join_group(clinic["group"].group.uid, person.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    second = send(cast, clinic, [Choice(clinic["group"].uid, TAKE_OVER, leaders=(carla(cast),))])
    assert cost(second) == before


def test_who_plans_one_site_is_told_that_there_is_more_elsewhere(cast, clinic):
    north = open_site("North", time_zone="America/New_York", by=cast.program, at=MORNING)
    key = Site.objects.get(uid=north).pk
    Session.objects.filter(uid=clinic["alone"].uid).update(site_id=key, room=None)
    main = Site.objects.get(uid=cast.site).pk
    roles = frozenset((role, main) for role in cast.director.roles)
    local = replace(cast.director, grants=roles)
    page = sessions_to_cover(today(clinic), by=local, at=MORNING)
    assert [one.title for one in page.sessions] == ["CBT skills"] and page.elsewhere == 1
    assert sessions_to_cover(today(clinic), by=cast.director, at=MORNING).elsewhere == 0
