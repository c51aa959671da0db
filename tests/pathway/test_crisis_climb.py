"""Nobody acknowledges: who is paged when, at each bound on both sides, and that it never stops."""

from datetime import timedelta

import pytest

from tests.cast import at, gather_cast
from tests.crisis_cast import climb_until, paged, put_on_call, the_crisis
from tests.referral_cast import patient_of, refer
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.crisis.answering import close_crisis, raise_priority, take_crisis
from throughcare.pathway.crisis.climbing import ClimbFailed, climb
from throughcare.pathway.crisis.log_entries import NewEntry, log_entry
from throughcare.pathway.crisis.raising import raise_about_someone, raise_crisis
from throughcare.pathway.program_settings import change_setting
from throughcare.records.crises import Crisis, CrisisDue
from throughcare.records.messages import Message
from throughcare.records.people import Account

pytestmark = pytest.mark.django_db

NIGHT = at(2, 10)
SECOND = timedelta(seconds=1)


@pytest.fixture
def maya(cast):
    return patient_of(refer(cast))


def raised(cast, patient, priority="P1", *, moment=NIGHT, **more):
    return raise_crisis(
        patient, priority=priority, source="text", words="I have pills", by=cast.program, at=moment, **more
    )


def after(**time):
    return NIGHT + timedelta(**time)


def test_an_emergency_climbs_from_primary_to_backup_to_director_at_its_bounds(cast, maya):
    put_on_call(cast)
    crisis = raised(cast, maya)
    assert paged(crisis) == [("Carla", "primary")]
    climb(at=after(minutes=10) - SECOND)
    assert len(paged(crisis)) == 1
    climb(at=after(minutes=10))
    assert paged(crisis)[1:] == [("Nia", "backup")]
    climb(at=after(minutes=20) - SECOND)
    assert len(paged(crisis)) == 2
    climb(at=after(minutes=20))
    assert paged(crisis)[2:] == [("Dana", "director")]


def test_the_climb_never_stops_while_nobody_acknowledges(cast, maya):
    put_on_call(cast)
    crisis = raised(cast, maya)
    climb_until(after(hours=1), since=NIGHT)
    everyone = [("Carla", "primary"), ("Nia", "backup"), ("Dana", "director")]
    # At 25, 30, … 60 minutes everyone again.
    assert paged(crisis) == everyone + everyone * 8
    assert the_crisis(crisis).next_page_at == after(minutes=65)
    # The same night without a worker: what was missed is made up at once, and it goes on.
    climb(at=after(hours=9))
    assert paged(crisis)[-3:] == everyone
    assert the_crisis(crisis).next_page_at > after(hours=9)


@pytest.mark.parametrize(
    ("priority", "bounds"),
    [
        ("P2", [({"minutes": 30}, [("Nia", "backup")]), ({"minutes": 60}, [("Dana", "director")])]),
        (
            "P3",
            [({"hours": 4}, [("Nia", "backup")]), ({"hours": 6}, [("Carla", "primary"), ("Nia", "backup")])],
        ),
        # The next business day at the same hour.
        ("P4", [({"hours": 24}, [("Nia", "backup")])]),
    ],
)
def test_lesser_priorities_climb_later(cast, maya, priority, bounds):
    put_on_call(cast)
    crisis = raised(cast, maya, priority)
    for wait, who in bounds:
        before = paged(crisis)
        climb(at=after(**wait) - SECOND)
        assert paged(crisis) == before
        climb(at=after(**wait))
        assert paged(crisis) == before + who


def test_the_programs_own_minutes_count(cast, maya):
    put_on_call(cast)
    change_setting("crisis.p1.backup_minutes", 5, effective_date=NIGHT.date(), by=cast.director, at=NIGHT)
    crisis = raised(cast, maya)
    climb(at=after(minutes=5))
    assert paged(crisis)[1:] == [("Nia", "backup")]


def test_acknowledging_stops_the_pages_and_a_second_tap_changes_nothing(cast, maya):
    put_on_call(cast)
    crisis = raised(cast, maya)
    take_crisis(crisis, by=cast.clinician, at=after(minutes=14))
    take_crisis(crisis, by=cast.clinician, at=after(minutes=15))
    climb(at=after(minutes=20))
    assert paged(crisis) == [("Carla", "primary")]
    assert the_crisis(crisis).takings.count() == 1
    assert Message.objects.get().settled_how == "not needed"


def test_whoever_has_it_is_paged_again_with_the_backup_when_the_person_was_not_reached(cast, maya):
    put_on_call(cast)
    crisis = raised(cast, maya)
    take_crisis(crisis, by=cast.clinician, at=after(minutes=5))
    climb(at=after(minutes=30) - SECOND)
    assert len(paged(crisis)) == 1
    climb(at=after(minutes=30))
    assert paged(crisis)[1:] == [("Carla", "holder"), ("Nia", "backup")]
    climb(at=after(minutes=35))
    assert len(paged(crisis)) == 5
    reached = NewEntry("reached", choice="person")
    log_entry(crisis, reached, by=cast.clinician, at=after(minutes=36))
    assert the_crisis(crisis).next_page_at is None


def test_sending_an_ambulance_ends_the_chase_as_reaching_does(cast, maya):
    put_on_call(cast)
    crisis = raised(cast, maya)
    take_crisis(crisis, by=cast.clinician, at=after(minutes=5))
    log_entry(crisis, NewEntry("ems", whom="City EMS"), by=cast.clinician, at=after(minutes=29))
    climb(at=after(minutes=30))
    assert len(paged(crisis)) == 1


def test_raised_twice_with_one_key_is_one_crisis(cast, maya):
    put_on_call(cast)
    assert raised(cast, maya, key="sms 1") == raised(cast, maya, key="sms 1", moment=after(minutes=1))
    assert Crisis.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_line_that_nobody_can_answer_falls_to_the_next_one_up(cast, maya):
    put_on_call(cast)
    Account.objects.filter(pk=cast.clinician.account).update(suspended_at=NIGHT)
    assert paged(raised(cast, maya)) == [("Nia", "backup")]
    Account.objects.filter(pk=cast.nurse.account).update(suspended_at=NIGHT)
    assert paged(raised(cast, maya)) == [("Dana", "director")]


def test_without_any_rota_the_director_is_paged(cast, maya):
    assert paged(raised(cast, maya)) == [("Dana", "director")]


def test_words_that_leave_the_house_say_nothing_about_anybody(cast, maya):
    put_on_call(cast)
    raised(cast, maya)
    page = Message.objects.get()
    for word in ("Maya", "Okafor", "pills", "Harbor", "crisis", "suicid", "patient"):
        assert word.lower() not in (page.subject + page.words).lower()
    assert page.words.startswith("Urgent page (P1)")


def test_one_crisis_that_fails_stops_no_other(cast, maya, monkeypatch):
    from throughcare.pathway.crisis import climbing

    put_on_call(cast)
    first, second = raised(cast, maya), raised(cast, maya)
    whole = climbing.climb_one
    poison = the_crisis(first).pk

    def poisoned(key, *, at):
        if key == poison:
            raise RuntimeError
        return whole(key, at=at)

    monkeypatch.setattr(climbing, "climb_one", poisoned)
    with pytest.raises(ClimbFailed):
        climb(at=after(minutes=10))
    assert (len(paged(first)), len(paged(second))) == (1, 2)


def test_a_day_with_nothing_due_is_one_query(cast, maya, django_assert_num_queries):
    put_on_call(cast)
    raised(cast, maya)
    with django_assert_num_queries(1):
        assert climb(at=after(minutes=1)) == "0 paged"


def test_a_call_about_somebody_unknown_pages_as_any_other(cast):
    put_on_call(cast)
    crisis = raise_about_someone(
        "Maya somebody", words="Her sister says she took pills", priority="P1", by=cast.front_desk, at=NIGHT
    )
    assert paged(crisis) == [("Carla", "primary")]
    assert the_crisis(crisis).patient is None
    with pytest.raises(Cannot):
        raise_about_someone("", words=" ", priority="P1", by=cast.front_desk, at=NIGHT)


def test_strangers_raise_nothing_and_learn_nothing(cast, maya):
    elsewhere = gather_cast("Far Shore", mail_host="far.test")
    with pytest.raises(Absent):
        raised(elsewhere, maya)
    with pytest.raises(CannotSee):
        raise_crisis(maya, priority="P1", source="staff", words="x", by=cast.biller, at=NIGHT)
    with pytest.raises(Cannot):
        raised(cast, maya, "P9")
    crisis = raised(cast, maya)
    with pytest.raises(Absent):
        take_crisis(crisis, by=elsewhere.clinician, at=NIGHT)
    with pytest.raises(CannotSee):
        take_crisis(crisis, by=cast.front_desk, at=NIGHT)


def test_a_priority_rises_and_brings_the_contact_nearer(cast, maya):
    put_on_call(cast)
    crisis = raised(cast, maya, "P2")
    with pytest.raises(Cannot, match="Take it first"):
        raise_priority(crisis, "P1", words="She took them", by=cast.clinician, at=NIGHT)
    take_crisis(crisis, by=cast.clinician, at=NIGHT)
    with pytest.raises(Cannot, match="only rises"):
        raise_priority(crisis, "P3", words="calmer", by=cast.clinician, at=NIGHT)
    raise_priority(crisis, "P1", words="She took them", by=cast.clinician, at=NIGHT)
    assert CrisisDue.objects.get(kind="contact").due_at == after(minutes=30)


def test_the_program_never_closes_a_crisis(cast, maya):
    put_on_call(cast)
    crisis = raised(cast, maya, "P4")
    take_crisis(crisis, by=cast.clinician, at=NIGHT)
    log_entry(crisis, NewEntry("answer", words="Called back"), by=cast.clinician, at=NIGHT)
    with pytest.raises(Cannot, match="never the program"):
        close_crisis(crisis, by=cast.program, at=NIGHT)
    close_crisis(crisis, by=cast.clinician, at=NIGHT)
    assert the_crisis(crisis).next_page_at is None


def test_after_the_clock_was_put_back_the_climb_goes_on_at_once_and_then_in_its_own_time(cast, maya):
    put_on_call(cast)
    crisis, hour = raised(cast, maya), timedelta(hours=1)
    climb(at=NIGHT - hour)
    assert paged(crisis)[1:] == [("Nia", "backup")]
    for seconds in range(0, 600, 30):
        climb(at=NIGHT - hour + timedelta(seconds=seconds))
    assert len(paged(crisis)) == 2
    climb(at=after(minutes=10) - hour)
    assert paged(crisis)[2:] == [("Dana", "director")]
    climb_until(after(minutes=40) - hour, since=after(minutes=10) - hour)
    everyone = [("Carla", "primary"), ("Nia", "backup"), ("Dana", "director")]
    assert paged(crisis)[3:] == everyone * 6
    # Two workers whose clocks lie some seconds apart page nobody early.
    other = raised(cast, maya, moment=after(hours=2))
    climb(at=after(hours=2) - timedelta(seconds=20))
    assert len(paged(other)) == 1
