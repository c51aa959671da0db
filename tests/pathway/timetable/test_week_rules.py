"""What the week must respect, said and recorded; and what it does to the picture."""

from datetime import date, time, timedelta

import pytest

from tests.cast import MONDAY, MORNING, gather_cast
from tests.week_cast import a_group, admit, prescribe
from throughcare.knowledge.program_settings import ALL as SETTINGS
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.group.group import join_group
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.timetable.person.wishes import Wishes, wish_week, wishes_of
from throughcare.pathway.timetable.picture.week import picture_of
from throughcare.pathway.timetable.picture.wish_words import ONLY_IF_NEEDED, RATHER_NOT
from throughcare.pathway.timetable.rules.group_offers import (
    NewOffer,
    close_to_newcomers,
    end_offer,
    offer_group,
    open_to_newcomers,
)
from throughcare.pathway.timetable.rules.never_with import keep_from_staff, kept_from_staff
from throughcare.pathway.timetable.rules.staff_limits import be_away, end_absence, limit_group_hours
from throughcare.pathway.timetable.rules.view import ALSO, week_rules
from throughcare.pathway.week.commitments import NewCommitment, add_commitment, add_roster, commitments_of
from throughcare.records.timetables import Commitment

pytestmark = pytest.mark.django_db
NEXT = MONDAY + timedelta(weeks=1)
TUESDAY_EVENING = NewOffer("cbt", "evening", 8, 1, time(17, 30), 180)


@pytest.fixture
def cast():
    return gather_cast()


@pytest.fixture
def ana(cast):
    person = admit(cast, "Ana", "Silva", sex="female")
    prescribe(person)
    return person


def problem(cast, monday=NEXT):
    return picture_of(cast.site, monday=monday, by=cast.director, at=MORNING).problem


def test_every_number_of_the_timetable_has_its_sentence_and_its_source(cast):
    shown = week_rules(cast.site, by=cast.director, at=MORNING).settings
    assert {line.setting.key for line in shown} >= {
        *ALSO,
        *(key for key in SETTINGS if key.startswith("timetable.")),
    }
    for line in shown:
        assert line.setting.about.endswith(".") and len(line.setting.about) > 30, line.setting.key
        assert line.setting.source and line.setting.unit, line.setting.key
        assert line.setting.low <= line.setting.value <= line.setting.high


def test_the_weights_of_a_plan_are_numbers_of_the_program(cast, ana):
    change_setting("timetable.cost.change", 20.0, effective_date=MONDAY, by=cast.director, at=MORNING)
    assert problem(cast).weights.change == 20


def test_wishes_become_likings_and_a_therapist(cast, ana):
    prescribe_one_to_one(ana)
    felix = cast.practitioner_uid(cast.facilitator)
    wishes = Wishes(
        {(0, "morning"): RATHER_NOT, (5, "evening"): ONLY_IF_NEEDED}, therapist=felix, travel_minutes=30
    )
    wish_week(ana.patient, wishes, by=cast.clinician, at=MORNING)
    person = problem(cast).people[str(ana.patient)]
    assert person.liking == {(0, "morning"): 4, (5, "evening"): 12}
    assert [one.staff for one in person.ones] == [str(felix)]
    assert wishes_of(ana.patient, by=cast.clinician, at=MORNING).therapist_name == "Felix Grant"


def prescribe_one_to_one(person):
    from throughcare.records.care_plans import PlanVersion, PrescriptionLine

    plan = PlanVersion.objects.get(episode__uid=person.episode)
    PrescriptionLine.objects.create(
        organization_id=plan.organization_id,
        version=plan,
        session_type="individual",
        per_week=1,
        minutes=60,
        recorded_at=MORNING,
    )


def test_the_way_is_kept_free_beside_work(cast, ana):
    work = NewCommitment(kind="work", weekday=0, starts=time(9), ends=time(15))
    add_commitment(ana.patient, work, by=cast.clinician, at=MORNING)
    before = problem(cast).people[str(ana.patient)].free[0]
    wish_week(ana.patient, Wishes(travel_minutes=30), by=cast.clinician, at=MORNING)
    after = problem(cast).people[str(ana.patient)].free[0]
    assert len(before) - len(after) == 4


@pytest.mark.parametrize(("wished", "mixed", "women"), [("", 0, 0), ("women", 4, 0), ("men", 4, 4)])
def test_which_groups_someone_wishes_costs_and_never_forbids(cast, ana, wished, mixed, women):
    a_group(cast)
    wish_week(ana.patient, Wishes(group_for=wished), by=cast.clinician, at=MORNING)
    assert problem(cast).people[str(ana.patient)].variants["cbt"] == {"mix": mixed, "women": women}


def test_only_in_person_forbids_groups_by_video(cast, ana):
    video = NewOffer("process", "telehealth", 8, 1, time(17), 60, telehealth_url="https://video.test/1")
    offer_group(cast.site, video, by=cast.director, at=MORNING)
    assert problem(cast).people[str(ana.patient)].variants["process"]
    wish_week(ana.patient, Wishes(way="in_person_only"), by=cast.clinician, at=MORNING)
    assert "process" not in problem(cast).people[str(ana.patient)].variants


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes({(0, "night"): RATHER_NOT}),
        Wishes({(0, "morning"): "never"}),
        Wishes(group_for="cats"),
        Wishes(way="by horse"),
        Wishes(travel_minutes=900),
    ],
)
def test_wishes_that_make_no_sense_are_refused(cast, ana, wishes):
    with pytest.raises(Cannot):
        wish_week(ana.patient, wishes, by=cast.clinician, at=MORNING)


def test_a_group_that_may_open_is_a_slot_nobody_is_in(cast, ana):
    offer = offer_group(
        cast.site, NewOffer("cbt", "day", 8, 1, time(10), 60, room=cast.group_room), by=cast.admin, at=MORNING
    )
    picture = picture_of(cast.site, monday=NEXT, by=cast.director, at=MORNING)
    ((key, found),) = picture.offers.items()
    assert found == offer
    assert picture.problem.slots[key].most == 8
    assert key not in picture.problem.previous.groups
    end_offer(cast.site, offer, by=cast.admin, at=MORNING)
    assert problem(cast).slots == {}
    with pytest.raises(Absent):
        end_offer(cast.site, offer, by=cast.admin, at=MORNING)


def test_an_offer_needs_a_place_and_the_right_to_make_it(cast):
    with pytest.raises(Cannot, match="Choose a room"):
        offer_group(cast.site, TUESDAY_EVENING, by=cast.admin, at=MORNING)
    with pytest.raises(Cannot, match="administrator"):
        offer_group(cast.site, TUESDAY_EVENING, by=cast.clinician, at=MORNING)


def test_a_closed_group_keeps_its_people_and_takes_nobody_new(cast, ana):
    group = a_group(cast)
    join_group(group, ana.episode, from_date=MONDAY, by=cast.program, at=MORNING)
    close_to_newcomers(group, by=cast.director, at=MORNING)
    (slot,) = problem(cast).slots.values()
    assert slot.closed_to == {str(ana.patient)}
    open_to_newcomers(group, by=cast.director, at=MORNING)
    (slot,) = problem(cast).slots.values()
    assert slot.closed_to is None


def test_staff_are_planned_within_their_hours_and_not_while_away(cast):
    felix = cast.practitioner_uid(cast.facilitator)
    limit_group_hours(felix, most=12, meant=9, by=cast.admin, at=MORNING)
    absence = be_away(felix, first_day=NEXT, last_day=NEXT + timedelta(days=1), by=cast.admin, at=MORNING)
    found = problem(cast).staff[str(felix)]
    assert (found.most_group_hours, found.target_group_hours) == (12, 9)
    assert [bool(day) for day in found.free] == [False, False, True, True, True, True, True]
    end_absence(felix, absence, by=cast.admin, at=MORNING)
    assert problem(cast).staff[str(felix)].free[0]


@pytest.mark.parametrize(
    ("first", "last"), [(date(2026, 3, 9), date(2026, 3, 8)), (date(2026, 1, 1), date(2026, 1, 2))]
)
def test_an_absence_lies_ahead_and_ends_after_it_begins(cast, first, last):
    with pytest.raises(Cannot):
        be_away(
            cast.practitioner_uid(cast.facilitator), first_day=first, last_day=last, by=cast.admin, at=MORNING
        )


def test_never_with_is_in_the_picture_and_its_reason_for_few(cast, ana):
    felix = cast.practitioner_uid(cast.facilitator)
    keep_from_staff(ana.patient, felix, reason="He is her neighbor.", by=cast.clinician, at=MORNING)
    assert problem(cast).never_with == {(str(ana.patient), str(felix))}
    with pytest.raises(CannotSee):
        kept_from_staff(ana.patient, by=cast.nurse, at=MORNING)


def test_a_roster_is_entered_whole_or_not_at_all(cast, ana):
    night = NewCommitment(kind="work", starts=time(22), ends=time(6))
    days = [NEXT, NEXT + timedelta(days=3)]
    add_roster(ana.patient, night, days, by=cast.clinician, at=MORNING)
    assert [one.day for one in commitments_of(ana.patient, by=cast.clinician, at=MORNING)] == days
    with pytest.raises(Cannot):
        add_roster(ana.patient, NewCommitment(kind="nap"), days, by=cast.clinician, at=MORNING)
    assert Commitment.objects.count() == 2
