"""What a note must hold before it may be signed."""

from datetime import UTC, datetime, timedelta

import pytest

from throughcare.knowledge.recording.names_in_notes import RosterName, named_peers
from throughcare.knowledge.recording.notes import (
    Paragraph,
    check_paragraph,
    check_peers,
    check_shared,
    check_signer,
    check_times,
    late_entry,
    words_to_confirm,
)
from throughcare.knowledge.recording.phrases import PHRASES
from throughcare.knowledge.verdict import Allowed, Refused

ANA = RosterName("Ana", "Silva")
LEE = RosterName("Lee", "Park")
HOPE = RosterName("Hope", "Winters")


def paragraph(text="Named two triggers and a plan for each.", **more) -> Paragraph:
    known = {"status": "present", "has_objective": True, "has_objectives": True, **more}
    return Paragraph(own=ANA, text=text, **known)


def sentences(*refused) -> str:
    return " ".join(one.because for one in refused)


def test_a_whole_paragraph_lacks_nothing():
    assert check_paragraph(paragraph(), peers=[LEE]) == ()


def test_an_empty_paragraph_without_objective_lacks_both():
    found = sentences(*check_paragraph(paragraph("", has_objective=False), peers=[]))
    assert "how this person took part" in found
    assert "objective" in found


def test_phrases_of_one_tap_are_not_a_response():
    found = check_paragraph(paragraph(" ".join(PHRASES[:3])), peers=[])
    assert "sentence of your own" in sentences(*found)


def test_a_response_in_a_script_without_spaces_is_a_response():
    assert check_paragraph(paragraph("她说出了两个触发因素"), peers=[]) == ()


@pytest.mark.parametrize("status", ["no_show", "excused", "cancelled_by_program"])
def test_an_absence_has_no_note_and_that_is_all_that_is_said(status):
    found = check_paragraph(paragraph("", status=status), peers=[])
    assert len(found) == 1
    assert "no note" in found[0].because


def test_without_attendance_the_first_thing_is_attendance():
    assert [one.because for one in check_paragraph(paragraph("", status=None), peers=[])] == [
        "Take attendance first."
    ]


def test_without_a_plan_in_force_no_objective_is_asked():
    assert check_paragraph(paragraph(has_objective=False, has_objectives=False), peers=[]) == ()


@pytest.mark.parametrize(
    "text",
    ["Lee said so.", "agreed with LEE", "(lee)", "Lee’s example helped", "with Mr. Park", "Lee\nleft"],
)
def test_a_peer_is_found_however_the_name_is_written(text):
    assert named_peers(text, [LEE], own=ANA)


@pytest.mark.parametrize("text", ["Took the fleet out", "at Leeds", "parking", "sleep", ""])
def test_a_name_inside_a_longer_word_is_no_name(text):
    assert named_peers(text, [LEE], own=ANA) == []


@pytest.mark.parametrize(
    ("peer", "text"),
    [
        (RosterName("José", "Núñez"), "worked with Jose"),
        (RosterName("Jose", "Nunez"), "worked with José"),
        (RosterName("Anne-Marie", "Strauß"), "and Marie helped"),
        (RosterName("Ann", "Strauß"), "Mr. Strauss helped"),
        (RosterName("Robert", "Ng", "Bobby"), "Bobby said"),
        (RosterName("Li", "O'Neil"), "as O’Neil put it"),
        (RosterName("小明", "王"), "今天小明说了很多"),
        (RosterName("Дмитрий", "Орлов"), "Спорил с ОРЛОВ"),
        (RosterName("مريم", "حداد"), "تحدثت مريم عن"),
        (RosterName("Mary Ann", "Stone"), "with Mary  Ann"),
        (RosterName("Ludwig", "van den Berg"), "and Berg"),
        (RosterName("Van", "Tran"), "asked Van"),
    ],
)
def test_names_of_every_script_are_found(peer, text):
    assert named_peers(text, [peer])


def test_particles_of_names_are_not_names():
    assert named_peers("el grupo de la noche", [RosterName("Juan", "de la Cruz")]) == []


def test_one_may_name_the_person_the_note_is_about():
    assert check_peers("Ana said no.", [LEE], own=ANA) == Allowed()


def test_two_of_the_same_name_do_not_block_each_other():
    assert check_peers("Ana said no.", [RosterName("Ana", "Ortiz")], own=ANA) == Allowed()


def test_a_name_that_is_a_word_is_only_a_name_with_a_capital():
    assert named_peers("There is hope.", [HOPE]) == []
    assert named_peers("Hope spoke.", [HOPE])[0].may_be_a_word


def test_a_word_may_be_confirmed_and_a_name_may_not():
    text = "Hope asked for more time. Lee agreed."
    assert [one.words for one in words_to_confirm([text], [HOPE, LEE])] == ["Hope"]
    assert check_peers("Hope is a plan.", [HOPE], meant_as_words=["hope"]) == Allowed()
    refused = check_peers(text, [HOPE, LEE], meant_as_words=["Hope", "Lee"])
    assert isinstance(refused, Refused)
    assert "Lee" in refused.because
    assert "Hope" not in refused.because


def test_the_shared_part_names_no_member_and_is_not_empty():
    assert "empty" in sentences(*check_shared(" ", [ANA]))
    assert "Ana" in sentences(*check_shared("Ana led the round.", [ANA, LEE]))
    assert check_shared("We practiced urge surfing.", [ANA, LEE]) == ()


def test_a_note_is_signed_after_the_session_by_someone_with_a_credential():
    ends = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)
    assert not check_times(ends_at=ends, at=ends - timedelta(minutes=1), ends_word="8:30 PM")
    assert check_times(ends_at=ends, at=ends, ends_word="8:30 PM")
    assert check_signer("LCSW", is_practitioner=True)
    assert not check_signer("", is_practitioner=False)
    assert not check_signer("", is_practitioner=True)


def test_late_entries_are_marked_after_two_days_and_reviewed_after_seven():
    ends = datetime(2026, 3, 3, tzinfo=UTC)

    def entry(hours):
        return late_entry(
            ends_at=ends, signed_at=ends + timedelta(hours=hours), late_hours=48, supervisor_days=7
        )

    assert entry(48) == ""
    assert entry(49).startswith("Late entry, 2 days")
    assert "supervisor" in entry(7 * 24 + 1)
