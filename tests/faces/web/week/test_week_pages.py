"""The pages of the week: a person's, the site's, and each change."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.cast import MONDAY, MORNING, at
from tests.week_cast import a_group, admit, prescribe
from throughcare.pathway.group.group import join_group
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, keep_apart
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.people import Account, RelatedPerson
from throughcare.records.sessions import Appointment, Session
from throughcare.records.timetables import Commitment, KeptApart, Membership

SUNDAY = MONDAY + timedelta(days=27)


@pytest.fixture(autouse=True)
def monday_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Ruiz", track="day")


def sign_in(client, actor):
    client.force_login(Account.objects.get(pk=actor.account))
    return client


def page(client, name, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_a_persons_week_shows_sessions_commitments_hours_and_groups(cast, client, ana):
    prescribe(ana, hours=9, mix=(("cbt", 3, 60), ("individual", 1, 60)))
    group = a_group(cast)
    a_group(cast, name="Process <b>group</b>", kind="process", starts=time(14), led=False)
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    work = NewCommitment("work", "Bakery", weekday=0, starts=time(13), ends=time(17))
    add_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    shown = page(sign_in(client, cast.clinician), "patient_week", ana.patient)
    assert "1 of 9 h" in shown
    assert "Bakery" in shown
    assert "CBT skills" in shown
    assert "Ana Ruiz has work (Bakery) on Mon, Mar 2, 1:00–5:00 PM" in shown
    assert "Process &lt;b&gt;group&lt;/b&gt;" in shown
    assert "Individual therapy" in shown


def test_a_persons_week_costs_the_same_queries_however_many_groups_there_are(
    cast, client, ana, django_assert_max_num_queries
):
    join_group(a_group(cast, starts=time(9)), ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    sign_in(client, cast.clinician)
    page(client, "patient_week", ana.patient)

    def count() -> int:
        with django_assert_max_num_queries(70) as counted:
            page(client, "patient_week", ana.patient)
        return len(counted.captured_queries)

    a_group(cast, name="Another", starts=time(10), led=False)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    before = count()
    for hour in range(11, 18):
        a_group(cast, name=f"At {hour}", starts=time(hour), led=False)
    assert count() == before


def test_someone_is_placed_from_their_week_and_a_double_click_is_one_stint(cast, client, ana):
    group = a_group(cast)
    sign_in(client, cast.case_manager)
    url = reverse("join_group", args=[ana.patient, group])
    assert "Nothing speaks against it" in client.get(url).content.decode()
    form = {"from_date": "2026-03-02", "once": "5f0c3a52-8e0a-4bd8-9d25-1f3a4c1f2a10"}
    for _ in range(2):
        assert client.post(url, form).status_code == 302
    assert Membership.objects.count() == 1


def test_what_does_not_fit_is_said_and_answered_422(cast, client, ana):
    group = a_group(cast, variant="men")
    patient = ana.patient
    add_commitment(patient, NewCommitment("work", weekday=0), by=cast.clinician, at=MORNING)
    sign_in(client, cast.clinician)
    answer = client.post(reverse("join_group", args=[patient, group]), {"from_date": "2026-03-02"})
    assert answer.status_code == 422
    assert "Ana Ruiz has work on Mon, Mar 2, 9:00 AM–5:00 PM" in answer.content.decode()
    assert not Membership.objects.exists()


def test_warnings_are_weighed_by_ticking_the_box(cast, client, ana):
    group = a_group(cast, led=False)
    sign_in(client, cast.clinician)
    url = reverse("join_group", args=[ana.patient, group])
    assert client.post(url, {"from_date": "2026-03-02"}).status_code == 422
    assert client.post(url, {"from_date": "2026-03-02", "despite_warnings": "on"}).status_code == 302


def test_a_case_manager_learns_neither_who_nor_why(cast, client, ana):
    group, lee = a_group(cast), admit(cast, "Lee", "Park")
    join_group(group, lee.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    keep_apart(ana.patient, lee.patient, reason="Order of protection", by=cast.director, at=MORNING)
    shown = page(sign_in(client, cast.case_manager), "patient_week", ana.patient)
    assert "someone who must be kept apart is in it" in shown
    assert "Lee" not in shown and "protection" not in shown
    assert client.get(reverse("kept_apart", args=[ana.patient])).status_code == 403


def test_keeping_two_apart_who_share_a_group_is_told_at_once(cast, client, ana):
    group, lee = a_group(cast), admit(cast, "Lee", "Park")
    for person in (ana, lee):
        join_group(group, person.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    sign_in(client, cast.director)
    url = reverse("kept_apart", args=[ana.patient])
    assert "Lee Park" in client.get(url, {"q": "Park"}).content.decode()
    answer = client.post(f"{url}?q=Park", {"other": str(lee.patient), "reason": "Cousins"}, follow=True)
    assert "Both are in CBT skills now" in answer.content.decode()
    pair = KeptApart.objects.get()
    client.post(reverse("end_keeping_apart", args=[ana.patient, pair.uid]))
    pair.refresh_from_db()
    assert pair.ended_at == MORNING


def test_commitments_are_added_with_what_is_missing_named_and_ended(cast, client, ana):
    sign_in(client, cast.case_manager)
    url = reverse("commitments", args=[ana.patient])
    form = {"kind": "work", "title": "Café", "how_often": "weekly", "starts": "07:00", "ends": "15:00"}
    answer = client.post(url, form)
    assert answer.status_code == 422
    assert "Choose the day of the week" in answer.content.decode()
    assert client.post(url, {**form, "weekday": "0"}).status_code == 302
    shown = client.get(url).content.decode()
    assert "Work: Café" in shown
    assert "Mondays, 7:00 AM–3:00 PM" in shown
    client.post(reverse("end_commitment", args=[ana.patient, Commitment.objects.get().uid]))
    assert Commitment.objects.get().ended_at == MORNING


def test_a_family_session_is_booked_with_others_who_were_found_a_guest_and_two_who_lead(cast, client, ana):
    ben = admit(cast, "Ben", "Ruiz")
    mother = RelatedPerson.objects.create(
        organization_id=cast.organization,
        recorded_at=MORNING,
        patient_id=ana.key,
        name="Rosa Ruiz",
        relationship="mother",
    )
    sign_in(client, cast.clinician)
    url = reverse("book_session", args=[ana.patient])
    assert "Nobody found for “Xu”" in client.get(url, {"q": "Xu"}).content.decode()
    shown = client.get(url, {"q": "Ben"}).content.decode()
    assert str(ben.patient) in shown and "Rosa Ruiz, mother" in shown
    form = {
        "kind": "family",
        "practitioner": str(cast.practitioner_uid(cast.clinician)),
        "beside": [str(cast.practitioner_uid(cast.director))],
        "others": [str(ben.patient)],
        "guests": [str(mother.uid)],
        "day": "2026-03-03",
        "starts": "14:00",
        "minutes": "60",
        "weeks": "1",
        "room": "",
    }
    assert client.post(f"{url}?q=Ben", form).status_code == 302
    session = Session.objects.get()
    assert session.appointments.count() == session.staff.count() == 2
    page = client.get(reverse("session", args=[session.uid])).content.decode()
    assert "with Rosa Ruiz, mother" in page
    assert client.post(url, {**form, "day": "2026-03-04"}).status_code == 302
    assert (
        Session.objects.order_by("pk").last().appointments.count() == 1
    )  # nobody else was found on this page


def test_a_session_is_booked_for_weeks_moved_and_canceled(cast, client, ana):
    sign_in(client, cast.clinician)
    carla = str(cast.practitioner_uid(cast.clinician))
    form = {
        "kind": "individual",
        "practitioner": carla,
        "day": "2026-03-03",
        "starts": "14:00",
        "minutes": "60",
        "weeks": "3",
        "room": str(cast.office),
    }
    answer = client.post(reverse("book_session", args=[ana.patient]), form)
    assert answer.url.endswith("?week=2026-03-03")
    first, second, third = Session.objects.order_by("starts_at")
    clash = client.post(reverse("book_session", args=[ana.patient]), {**form, "day": "2026-03-10"})
    assert clash.status_code == 422
    assert "Carla Reyes leads Individual therapy" in clash.content.decode()
    move = {"day": "2026-03-04", "starts": "09:00", "minutes": "45", "practitioner": carla, "room": ""}
    assert client.post(reverse("move_session", args=[first.uid]), move).status_code == 302
    assert Appointment.objects.filter(local_day=date(2026, 3, 4), planned_minutes=45).exists()
    answer = client.post(reverse("cancel_rest", args=[second.uid]), {"because": "Leave"})
    assert answer.status_code == 302
    third.refresh_from_db()
    assert third.cancelled_because == "Leave"


def test_one_seat_is_given_back_and_a_stint_ended(cast, client, ana):
    group = a_group(cast)
    stint = join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    sign_in(client, cast.case_manager)
    session = Session.objects.order_by("starts_at").first()
    url = reverse("release_seat", args=[ana.patient, session.uid])
    assert "Only this one time" in client.get(url).content.decode()
    assert client.post(url, {"because": "Flu"}).status_code == 302
    assert Appointment.objects.filter(released_at__isnull=True).count() == 3
    leave = reverse("leave_group", args=[ana.patient, stint])
    assert client.post(leave, {"until_date": "2026-03-09", "because": "Moving"}).status_code == 302
    assert Appointment.objects.filter(released_at__isnull=True).count() == 1


def test_the_board_shows_the_week_and_marks_what_is_missing_in_words(cast, client, ana):
    a_group(cast)
    a_group(cast, name="Nobody leads", kind="process", starts=time(14), led=False)
    extend_sessions(cast.organization, until=MONDAY, at=MORNING)
    client = sign_in(client, cast.facilitator)
    shown = page(client, "week_board")
    assert "No facilitator" in shown
    assert "Fewer than 2 people" in shown
    assert "0 of 12 seats" in shown
    assert "Felix Grant" in shown
    narrowed = page(client, "week_board", facilitator=str(cast.practitioner_uid(cast.facilitator)))
    assert "Nobody leads</a>" not in narrowed
    ahead = page(client, "week_board", week="2026-03-12")
    assert "Not in the book yet" in ahead
    assert "10:00–11:00 AM" in ahead  # after the clocks changed on 8 March, still ten
    assert page(client, "week_board", week="nonsense", site="x", track="y")


def test_the_board_costs_the_same_queries_however_many_sessions_there_are(
    cast, client, django_assert_max_num_queries
):
    sign_in(client, cast.director)
    for hour in range(9, 18):
        a_group(cast, name=f"At {hour}", starts=time(hour), led=False)
    extend_sessions(cast.organization, until=MONDAY, at=MORNING)
    with django_assert_max_num_queries(22):
        page(client, "week_board")


def test_no_name_of_a_person_in_care_is_on_the_board(cast, client, ana):
    group = a_group(cast)
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    shown = page(sign_in(client, cast.admin), "week_board")
    assert "1 of 12 seats" in shown
    assert "Ruiz" not in shown


@pytest.mark.parametrize("role", ["biller", "compliance", "admin", "nurse", "facilitator"])
def test_those_who_may_not_change_schedules_are_refused(cast, client, ana, role):
    group = a_group(cast)
    sign_in(client, getattr(cast, role))
    for url in (
        reverse("join_group", args=[ana.patient, group]),
        reverse("commitments", args=[ana.patient]),
        reverse("book_session", args=[ana.patient]),
    ):
        assert client.post(url, {}).status_code == 403


def test_another_clinics_people_are_not_found(cast, client, ana):
    from tests.cast import gather_cast

    other = gather_cast("Hilltop", mail_host="hilltop.test")
    sign_in(client, other.clinician)
    assert client.get(reverse("patient_week", args=[ana.patient])).status_code == 404


def test_someone_never_admitted_has_a_week_of_their_own(cast, client):
    from throughcare.pathway.people.people import PersonDetails, add_person

    person = add_person(PersonDetails("Ben", "Cole"), zone="America/New_York", by=cast.program, at=MORNING)
    add_commitment(person.uid, NewCommitment("work", weekday=0), by=cast.clinician, at=at(8, 30))
    shown = page(sign_in(client, cast.clinician), "patient_week", person.uid)
    assert "In no group yet" in shown


def test_finding_others_keeps_what_was_typed_and_leaves_no_name_in_the_address(cast, client, ana):
    ben = admit(cast, "Ben", "Cole")
    sign_in(client, cast.clinician)
    url = reverse("book_session", args=[ana.patient])
    carla = str(cast.practitioner_uid(cast.clinician))
    typed = {"kind": "family", "day": "2026-03-05", "starts": "16:30", "minutes": "50", "weeks": "2"}
    found = client.post(url, {**typed, "practitioner": carla, "looked_for": "Cole", "find": "yes"})
    assert found.status_code == 200 and not Session.objects.exists()
    shown = found.content.decode()
    for kept in ("2026-03-05", "16:30", 'value="50"', f'value="{carla}" selected', str(ben.patient)):
        assert kept in shown
    form = {**typed, "practitioner": carla, "q": "Cole", "others": str(ben.patient), "room": ""}
    assert client.post(url, form).status_code == 302
    assert Appointment.objects.filter(patient=ben.key).count() == 2


def test_before_canceling_the_page_says_who_is_told_and_afterwards_who_was(cast, client, ana):
    group = a_group(cast)
    join_group(group, ana.episode, from_date=MONDAY, by=cast.clinician, at=MORNING)
    extend_sessions(cast.organization, until=SUNDAY, at=MORNING)
    session = Session.objects.order_by("starts_at").first()
    sign_in(client, cast.clinician)
    url = reverse("cancel_session", args=[session.uid])
    shown = client.get(url).content.decode()
    for words in ("Only this one session is canceled", "Ana Ruiz", "By you: they have no account"):
        assert words in shown
    done = client.post(url, {"because": "No heat"}, follow=True).content.decode()
    for words in ("One session is canceled", "0 of 2 have been told", "to be told by you", "No heat"):
        assert words in done
    assert "Not told yet" in page(client, "patient_week", ana.patient)
    assert "Canceled: No heat" in page(client, "patient_week", ana.patient)
    assert client.post(url, {"because": "Again"}).status_code == 422
