"""Every topic has what a facilitator needs, and its minutes fill the session."""

from collections import Counter
from importlib.resources import files

import pytest

from throughcare.knowledge.curricula.curriculum import PARTS
from throughcare.knowledge.curricula.library import ALL, TOPICS, curricula_for, read_curriculum
from throughcare.knowledge.session_types import ALL as SESSION_TYPES

EVERY = [pytest.param(one, id=one.code) for one in ALL.values()]
COUNTS = {
    "early-recovery": 8,
    "relapse-prevention": 32,
    "matrix-family": 12,
    "social-support": 36,
    "anger-management": 12,
    "illness-management": 10,
}


def test_the_public_manuals_have_their_number_of_sessions():
    assert {code: len(ALL[code].topics) for code in COUNTS} == COUNTS


@pytest.mark.parametrize("one", EVERY)
def test_every_topic_has_everything(one):
    for topic in one.topics:
        said = [topic.title, topic.aim, topic.skill, topic.homework, topic.watch, topic.licence]
        assert all(words.strip() for words in said), topic.code
        assert all(words.endswith((".", "?", "!")) for words in (topic.aim, topic.homework, topic.watch)), (
            topic.code
        )
        assert tuple(part.part for part in topic.outline) == PARTS
        assert all(len(part.text.split()) >= 3 for part in topic.outline), topic.code


@pytest.mark.parametrize("one", EVERY)
def test_the_minutes_of_each_topic_are_those_of_its_kind_of_session(one):
    minutes = SESSION_TYPES[one.session_type].minutes
    assert {topic.minutes for topic in one.topics} == {minutes}
    assert all(part.minutes > 0 for topic in one.topics for part in topic.outline)


@pytest.mark.parametrize("one", EVERY)
def test_a_curriculum_says_where_it_comes_from_and_what_was_not_checked(one):
    assert one.source and one.licence and one.effective_date
    assert "verified" in one.verified or "to be read by" in one.verified
    assert set(one.variants) == {"adolescent", "spanish"}
    assert all(variant.note for variant in one.variants.values())


def test_codes_and_titles_stand_once():
    codes = Counter(topic.code for one in ALL.values() for topic in one.topics)
    assert codes.total() == len(codes) == len(TOPICS)
    for one in ALL.values():
        titles = [topic.title for topic in one.topics]
        assert len(set(titles)) == len(titles)


def test_no_two_topics_share_their_words():
    aims = [topic.aim for topic in TOPICS.values()]
    cores = [topic.outline[1].text for topic in TOPICS.values()]
    assert len(set(aims)) == len(aims)
    assert len(set(cores)) == len(cores)


def test_a_topic_may_be_left_out_of_a_variant():
    sex = next(topic for topic in ALL["relapse-prevention"].topics if topic.title == "Sex and recovery")
    assert "adolescent" not in sex.variants
    assert "adolescent" in TOPICS["rp-01"].variants
    assert "spanish" not in TOPICS["rp-01"].variants


def test_the_next_topic_is_the_first_that_was_missed():
    one = ALL["early-recovery"]
    assert one.after(set()).code == "ers-01"
    assert one.after({"ers-01", "ers-03"}).code == "ers-02"
    assert one.after({topic.code for topic in one.topics}) is None


def test_a_kind_of_session_knows_its_curricula():
    assert {one.code for one in curricula_for("process")} >= {"social-support", "grief", "process-group"}
    assert curricula_for("prescriber") == ()


def test_a_file_that_lacks_something_is_not_read():
    text = files("throughcare.knowledge").joinpath("curricula", "sleep.toml").read_text(encoding="utf-8")
    assert read_curriculum(text).code == "sleep"
    with pytest.raises(KeyError):
        read_curriculum(text.replace("watch = ", "watched = ", 1))
    with pytest.raises(ValueError, match="zip"):
        read_curriculum(text.replace("minutes = [10, 20, 20, 10]", "minutes = [10, 50]"))
