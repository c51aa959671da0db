"""What stands in a note beside its paragraph: what was observed, quotes of the person's own words, a format."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MORNING, at
from tests.sessions_cast import AFTER, admit, hold, open_group, plan
from throughcare.knowledge.recording.quoting import Quote
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.note.group_note import note_room, sign_notes, write_shared
from throughcare.pathway.note.own_part import FREE, More
from throughcare.pathway.note.page import open_note
from throughcare.pathway.note.parts import OwnPart, write_parts
from throughcare.records.care_plans import Goal, Intervention, Objective, PlanVersion
from throughcare.records.check_ins import CheckIn, CheckOut
from throughcare.records.homework import Homework, HomeworkReport
from throughcare.records.notes import Note, NoteDraft
from throughcare.records.sessions import Session

DURING = at(18)
RESPONSE = "Named two triggers and a plan for each of them."
SECTIONS = {
    "data": "Spoke of the weekend.",
    "assessment": "Fewer urges than last week.",
    "plan": "Call on Friday.",
}


@pytest.fixture
def ana(cast):
    return admit(cast, "Ana", "Silva")


@pytest.fixture
def lee(cast):
    return admit(cast, "Lee", "Park")


@pytest.fixture
def group(cast, ana, lee):
    """Ana and Lee came to a group whose shared part is written."""
    session = hold(cast, ana, lee, group=open_group(cast))
    for person in (ana, lee):
        record_attendance(session, person.uid, status="present", by=cast.facilitator, at=DURING)
    write_shared(session, text="We practiced.", topic="Urges", seen_version=0, by=cast.facilitator, at=DURING)
    return session


@pytest.fixture
def alone(cast, ana):
    """Ana came to a one-to-one session."""
    session = hold(cast, ana, kind="individual", title="Individual therapy")
    record_attendance(session, ana.uid, status="present", by=cast.facilitator, at=DURING)
    return session


def write(cast, session, person, *, text=RESPONSE, thread=None, seen=0, **more):
    part = OwnPart(person.uid, text, thread, seen, more=More(**more))
    return write_parts(session, [part], by=cast.facilitator, at=DURING)[person.uid]


def sign(cast, session):
    return sign_notes(session, by=cast.facilitator, at=AFTER)


def part_of(cast, session, person):
    parts = note_room(session, by=cast.facilitator, at=AFTER).parts
    return next(part for part in parts if part.patient == person.uid)


def another_objective(cast, person, text):
    """A second objective in the plan of this person."""
    goal = Goal.objects.get(problem__version__episode=person.episode)
    fact = {"organization_id": cast.organization, "recorded_at": MORNING}
    return Objective.objects.create(**fact, goal=goal, order=2, text=text)


def check_in(cast, session, person, words):
    fact = {"organization_id": cast.organization, "recorded_at": at(17, 25)}
    answers = {"mood": 4, "craving": 7, "words": words}
    found = Session.objects.get(uid=session)
    CheckIn.objects.create(**fact, session=found, patient_id=person.key, way="page", answers=answers)
    CheckOut.objects.create(
        **fact, session=found, patient_id=person.key, way="page", words="I will call my sister."
    )


def test_a_tap_becomes_a_sentence_of_the_signed_note(cast, group, ana):
    write(cast, group, ana, thread=ana.thread, observed={ana.thread: "practiced"})
    sign(cast, group)
    note = Note.objects.get(patient_id=ana.key)
    assert (
        note.observed_text == f"Toward “Names three triggers ({ana.episode})”: practiced it in the session."
    )
    assert note.observed == {str(ana.thread): "practiced"}
    note.observed_text = "Toward everything: led."
    note.save(update_fields=["observed_text"])
    assert not open_note(note.uid, by=cast.facilitator, at=AFTER).is_intact


def test_the_tap_ties_the_note_to_its_objective(cast, group, ana):
    write(cast, group, ana, observed={ana.thread: "took_part"})
    assert [result.note is not None for result in sign(cast, group) if result.patient == ana.uid] == [True]
    assert Note.objects.get(patient_id=ana.key).objective.thread == ana.thread


def test_what_was_not_seen_says_nothing_and_ties_to_nothing(cast, group, ana):
    write(cast, group, ana, observed={ana.thread: "not_observed"})
    lacks = [one.because for result in sign(cast, group) for one in result.lacks if result.patient == ana.uid]
    assert lacks == ["Choose the objective of the care plan that this was about."]


def test_the_grid_has_the_objectives_that_the_plan_gives_to_this_kind_of_session(cast, group, ana):
    second = another_objective(cast, ana, "Sleeps six hours")
    assert len(part_of(cast, group, ana).served) == 2
    Intervention.objects.create(
        organization_id=cast.organization,
        recorded_at=MORNING,
        objective=second,
        order=1,
        session_type="process",
        per_week=3,
    )
    part = part_of(cast, group, ana)
    assert [choice.thread for choice in part.served] == [second.thread]
    assert part.objective_thread == second.thread, "the only one is chosen until somebody chooses another"


def test_the_objective_of_the_last_note_is_proposed_until_another_is_chosen(cast, ana, lee):
    another_objective(cast, ana, "Sleeps six hours")
    meeting = open_group(cast)
    for days in (7, 0):
        session = hold(cast, ana, lee, group=meeting, day=MORNING.date() - timedelta(days=days))
        record_attendance(session, ana.uid, status="present", by=cast.facilitator, at=AFTER)
        if days:
            assert part_of(cast, session, ana).objective_thread is None
            write_shared(
                session, text="We practiced.", topic="", seen_version=0, by=cast.facilitator, at=AFTER
            )
            write(cast, session, ana, thread=ana.thread)
            sign(cast, session)
    assert part_of(cast, session, ana).objective_thread == ana.thread
    write(cast, session, ana)
    assert part_of(cast, session, ana).objective_thread is None, "what is written is not chosen for anybody"


def test_levels_are_of_the_persons_own_objectives_and_of_the_scale(cast, group, ana, lee):
    with pytest.raises(Cannot, match="own objectives"):
        write(cast, group, ana, observed={lee.thread: "led"})
    with pytest.raises(Cannot, match="levels"):
        write(cast, group, ana, observed={ana.thread: "shone"})


def test_a_level_of_an_objective_that_left_the_plan_is_no_longer_shown(cast, group, ana):
    write(cast, group, ana, observed={ana.thread: "led"})
    version = PlanVersion.objects.get(episode=ana.episode)
    plan(cast, version.episode, hours=9, in_force_at=at(18, 30))
    assert part_of(cast, group, ana).observed == {}


def test_what_people_said_is_offered_and_quoted_with_its_source(cast, group, ana, lee):
    check_in(cast, group, ana, "I nearly used on Sunday.")
    home = Homework.objects.create(
        organization_id=cast.organization,
        recorded_at=MORNING,
        patient_id=ana.key,
        text="Write down three urges",
        local_day=MORNING.date(),
    )
    HomeworkReport.objects.create(
        organization_id=cast.organization,
        recorded_at=MORNING,
        homework=home,
        practiced="yes",
        helped=6,
        words="The breathing worked twice.",
        told_by="patient",
        local_day=MORNING.date(),
    )
    said = part_of(cast, group, ana).said
    assert said.answers == ("Mood 4 of 10", "Craving 7 of 10")
    assert [one.quote.text for one in said.quotable] == [
        "I nearly used on Sunday.",
        "I will call my sister.",
        "The breathing worked twice.",
    ]
    assert not part_of(cast, group, lee).said.quotable
    write(cast, group, ana, thread=ana.thread, quotes=[said.quotable[0].quote, said.quotable[2].quote])
    assert [one.is_quoted for one in part_of(cast, group, ana).said.quotable] == [True, False, True]
    sign(cast, group)
    assert Note.objects.get(patient_id=ana.key).quoted_text == (
        "“I nearly used on Sunday.” (check-in, 5:25 PM: Mood 4 of 10, Craving 7 of 10)\n"
        "“The breathing worked twice.” (homework, Mon, Mar 2, helped 6 of 10)"
    )


def test_a_quote_stays_when_its_words_are_given_anew(cast, group, ana):
    write(cast, group, ana, quotes=[Quote("I was scared.", "check-in, 5:20 PM")])
    (one,) = part_of(cast, group, ana).said.quotable
    assert (one.quote.text, one.is_quoted) == ("I was scared.", True)


def test_a_quote_that_names_another_member_is_not_signed(cast, group, ana):
    write(cast, group, ana, thread=ana.thread, quotes=[Quote("Lee helped me a lot.", "check-out")])
    lacks = [one.because for result in sign(cast, group) for one in result.lacks if result.patient == ana.uid]
    assert "“Lee” names another member" in lacks[0]


def test_a_note_in_a_format_says_which_section_is_missing(cast, alone, ana):
    version = write(
        cast, alone, ana, text="", thread=ana.thread, form="dap", sections=SECTIONS | {"plan": " "}
    )
    (result,) = sign(cast, alone)
    assert [one.because for one in result.lacks] == [
        "Fill in “Plan”. What happens next: by whom, until when?"
    ]
    write(cast, alone, ana, text="", thread=ana.thread, form="dap", sections=SECTIONS, seen=version)
    assert sign(cast, alone)[0].is_new
    note = Note.objects.get()
    assert note.form == "dap"
    assert note.text.splitlines()[:2] == ["Data", "Spoke of the weekend."]
    page = open_note(note.uid, by=cast.facilitator, at=AFTER)
    assert (page.beside.form, page.is_intact) == ("DAP", True)


def test_turning_to_another_format_and_back_loses_no_section(cast, alone, ana):
    version = write(cast, alone, ana, text="", form="dap", sections=SECTIONS)
    version = write(cast, alone, ana, text="", form="soap", sections=SECTIONS, seen=version)
    assert part_of(cast, alone, ana).sections == SECTIONS
    write(cast, alone, ana, text=RESPONSE, thread=ana.thread, form=FREE, sections=SECTIONS, seen=version)
    assert sign(cast, alone)[0].is_new
    assert Note.objects.get().text == RESPONSE


def test_a_format_fits_its_kind_of_session(cast, alone, ana):
    with pytest.raises(Cannot, match="fits this kind"):
        write(cast, alone, ana, form="family")


def test_what_is_kept_in_a_draft_is_sealed(cast, alone, ana):
    write(cast, alone, ana, form="dap", sections=SECTIONS, quotes=[Quote("I was scared.", "check-in")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT sections, quotes FROM records_notedraft")
        assert not [words for words in cursor.fetchone() if "weekend" in words or "scared" in words]
    assert replace(More(), form="dap").form == NoteDraft.objects.get().form


def test_two_who_tap_at_the_same_time_see_each_other(cast, group, ana):
    write(cast, group, ana, observed={ana.thread: "led"})
    with pytest.raises(Cannot) as caught:
        write(cast, group, ana, observed={ana.thread: "passive"})
    assert "Observed: Led" in caught.value.theirs


def test_signing_costs_no_more_queries_after_a_long_history(cast, ana, lee):
    group, counts = open_group(cast), []
    for days in (12, 9, 6, 3, 0):
        session = hold(cast, ana, lee, group=group, day=MORNING.date() - timedelta(days=days))
        for person in (ana, lee):
            record_attendance(session, person.uid, status="present", by=cast.facilitator, at=AFTER)
        write_shared(
            session, text=f"Day {days}.", topic="Urges", seen_version=0, by=cast.facilitator, at=AFTER
        )
        parts = [
            OwnPart(one.uid, " ".join(f"{name}{days}of{word}" for word in range(20 + days)), one.thread)
            for name, one in (("ana", ana), ("lee", lee))
        ]
        with CaptureQueriesContext(connection) as asked:
            write_parts(session, parts, by=cast.facilitator, at=AFTER)
            assert all(result.is_new for result in sign_notes(session, by=cast.facilitator, at=AFTER))
        counts.append(len(asked))
    # The first session has no earlier words to compare with.
    assert len(set(counts[1:])) == 1, counts
