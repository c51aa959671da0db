"""The intake as data: what is asked, how answers are read, and which tracks a week leaves open."""

from datetime import time

import pytest

from throughcare.knowledge.intake.domains import ALL as DOMAINS
from throughcare.knowledge.intake.patient_part import HISTORY, HOME, PATIENT_PART, REACH, WORK
from throughcare.knowledge.intake.reading import CannotRead, facts_said, read_section, say_answer
from throughcare.knowledge.intake.sections import BY_CODE, SECTIONS, page_title, patient_pages
from throughcare.knowledge.intake.weekly_hours import Span, open_tracks, say_hours, track_note, within_days
from throughcare.knowledge.placement.facts import KEYS
from throughcare.knowledge.questionnaires.library import find
from throughcare.knowledge.tracks import COMMITMENT_KINDS

SEVEN_TO_THREE = tuple(Span(day, time(7), time(15)) for day in range(5))


def test_every_question_has_a_code_of_its_own_in_its_section():
    for section in SECTIONS:
        codes = [question.code for question in section.questions]
        assert len(codes) == len(set(codes)), section.code


def test_a_question_that_waits_for_another_names_one_that_comes_before_it():
    for section in SECTIONS:
        seen = {}
        for question in section.questions:
            if question.when:
                offered = dict(seen[question.when.question].offered)
                assert set(question.when.answers) <= set(offered), question.code
            seen[question.code] = question


def test_what_an_answer_feeds_is_a_fact_or_a_commitment_that_exists():
    for section in SECTIONS:
        for question in section.questions:
            assert not question.fact or question.fact in KEYS
            assert not question.commitment or question.commitment in COMMITMENT_KINDS
            assert set(question.means) <= set(dict(question.offered))


def test_the_checklist_asks_every_fact_that_neither_a_questionnaire_nor_the_course_of_care_gives():
    given_elsewhere = {
        "asq_acute", "ciwa_ar", "cows",
        "current_level", "weeks_at_level", "attendance", "reliably_worse", "unexpected_positives",
    }  # fmt: skip
    assert {question.fact for question in BY_CODE["checklist"].questions} == set(KEYS) - given_elsewhere


def test_the_person_is_shown_only_wording_that_may_ship():
    pages = patient_pages()
    assert "dast-10" not in pages
    assert {"phq-9", "gad-7", "audit-c", "bam"} <= set(pages)
    assert all(find(code).licence.text_may_ship for code in pages if code not in BY_CODE)


def test_every_page_has_a_title_of_its_own():
    titles = [page_title(code) for code in patient_pages()]
    assert len(set(titles)) == len(titles)


def test_every_domain_says_what_each_rating_means_and_names_sections_that_exist():
    assert list(DOMAINS) == ["W", "P", "M", "U", "H", "E"]
    for domain in DOMAINS.values():
        assert len(set(domain.ratings)) == 5
        assert set(domain.sections) <= set(BY_CODE)
        assert all(find(code) for code in domain.measures)


def test_the_questions_of_the_person_use_short_sentences():
    for section in PATIENT_PART:
        for question in section.questions:
            assert len(question.wording.split()) <= 22, question.wording


def test_blanks_and_answers_that_were_not_asked_for_are_left_out():
    given = {"works": "no", "work_kind": "Baker", "work_hours": [[0, "07:00", "15:00"]], "other_times": "  "}
    assert read_section(WORK, given) == {"works": "no"}


def test_a_choice_that_is_not_offered_is_refused_and_named():
    with pytest.raises(CannotRead) as refusal:
        read_section(WORK, {"works": "perhaps"})
    assert refusal.value.question == "works"


def test_a_question_that_the_section_does_not_have_is_refused():
    with pytest.raises(CannotRead, match="has no question"):
        read_section(WORK, {"phone": "1"})


@pytest.mark.parametrize("value", ["x", -1, 1000, True, 1.5, [1]])
def test_a_count_is_a_whole_number_within_reason(value):
    with pytest.raises(CannotRead, match="whole number"):
        read_section(HISTORY, {"overdoses": value})


@pytest.mark.parametrize(
    "value", ["x", [[7, "07:00", "15:00"]], [[0, "7", "15:00"]], [[0, "07:00"]], [["0", "07:00", "15:00"]], 5]
)
def test_hours_are_rows_of_a_weekday_and_two_times(value):
    with pytest.raises(CannotRead, match="time from and a time to"):
        read_section(WORK, {"works": "yes", "work_hours": value})


def test_a_day_that_ends_when_it_starts_is_refused():
    with pytest.raises(CannotRead, match="both times are the same"):
        read_section(WORK, {"works": "yes", "work_hours": [[0, "07:00", "07:00"]]})


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗", "田中さん", "'; DROP TABLE patients;--", "‮tset"]
)
def test_words_are_kept_as_written(text):
    assert read_section(REACH, {"preferred_name": text}) == {"preferred_name": text}


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_a_character_that_no_database_keeps_is_refused(text):
    with pytest.raises(CannotRead, match="can’t be kept"):
        read_section(REACH, {"preferred_name": text})


def test_an_answer_gives_its_fact_and_an_unsure_one_gives_none():
    assert facts_said(HOME, {"home_safe": "no", "elsewhere": "yes"}) == {
        "home_unsafe": True,
        "safe_alternative": True,
    }
    assert facts_said(HOME, {"home_safe": "not_sure"}) == {}
    assert facts_said(HISTORY, {"overdoses": 0, "seizure": "never_used"}) == {
        "overdoses_90_days": 0,
        "past_withdrawal_seizure_or_dt": False,
    }


def test_hours_are_said_in_one_line():
    given = (*SEVEN_TO_THREE, Span(5, time(9), time(12, 30)))
    assert say_hours(given) == "Mon–Fri 7 AM–3 PM, Sat 9 AM–12:30 PM"
    assert say_hours([Span(0, time(9), time(12)), Span(2, time(9), time(12))]) == "Mon, Wed 9 AM–12 PM"


def test_answers_are_said_in_the_words_of_their_choices():
    assert say_answer(HOME.question("lives_with"), ["partner", "children"]) == "My partner, My children"
    assert say_answer(WORK.question("work_hours"), [[0, "07:00", "15:00"]]) == "Mon 7 AM–3 PM"
    assert say_answer(HISTORY.question("overdoses"), 0) == "0"


def test_a_night_shift_becomes_an_evening_and_a_morning():
    assert within_days([Span(6, time(22), time(6))]) == (
        Span(0, time(0), time(6)),
        Span(6, time(22), time(23, 59)),
    )


def test_work_from_seven_to_three_leaves_the_evening():
    assert track_note("works", SEVEN_TO_THREE) == "works 07-15: evening track"


def test_work_in_the_evening_leaves_the_day():
    assert track_note("works", tuple(Span(day, time(16), time(23, 30)) for day in range(5))) == (
        "works 16-23:30: day track"
    )


def test_work_from_morning_to_night_leaves_the_weekend():
    assert track_note("works", tuple(Span(day, time(8), time(20)) for day in range(5))) == (
        "works 08-20: weekend or telehealth"
    )


def test_two_days_of_work_leave_both_tracks_so_nothing_is_said():
    two = SEVEN_TO_THREE[:2]
    assert [track.code for track in open_tracks(two)] == ["day", "evening"]
    assert track_note("works", two) == ""
    assert track_note("works", ()) == ""
