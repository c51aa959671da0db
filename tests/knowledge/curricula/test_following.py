"""Which topic comes next: in order to the end, or in rounds."""

from throughcare.knowledge.curricula.following import Following, fresh_for, next_topic
from throughcare.knowledge.curricula.library import ALL, TOPICS

ANGER = [topic.code for topic in ALL["anger-management"].topics]
SLEEP = [topic.code for topic in ALL["sleep"].topics]
IN_ORDER = Following(("anger-management",), in_rounds=False)
IN_ROUNDS = Following(("anger-management",), in_rounds=True)


def test_a_group_begins_with_the_first_topic_and_goes_on_in_order():
    assert next_topic(IN_ORDER, []).code == ANGER[0]
    assert next_topic(IN_ORDER, ANGER[:3]).code == ANGER[3]


def test_a_topic_taken_before_its_turn_is_not_taken_again_and_none_is_left_out():
    assert next_topic(IN_ORDER, [ANGER[0], ANGER[4]]).code == ANGER[1]
    assert next_topic(IN_ORDER, [ANGER[4], *ANGER[:4]]).code == ANGER[5]


def test_after_the_last_topic_of_one_curriculum_comes_the_first_of_the_next():
    both = Following(("anger-management", "sleep"), in_rounds=False)
    assert next_topic(both, ANGER).code == SLEEP[0]
    assert next_topic(both, [*ANGER, *SLEEP]) is None


def test_in_rounds_the_first_topic_comes_again_after_the_last():
    assert next_topic(IN_ROUNDS, ANGER).code == ANGER[0]
    assert next_topic(IN_ROUNDS, [ANGER[7]]).code == ANGER[8]


def test_words_of_ones_own_and_topics_from_elsewhere_move_nothing_on():
    assert next_topic(IN_ROUNDS, [ANGER[2], "", SLEEP[0]]).code == ANGER[3]
    assert next_topic(IN_ORDER, ["", SLEEP[0]]).code == ANGER[0]


def test_a_group_may_begin_in_the_middle():
    later = Following(("anger-management",), in_rounds=False, first_topic=ANGER[5])
    assert next_topic(later, []).code == ANGER[5]
    assert next_topic(later, ANGER[5:]) is None
    assert (
        next_topic(Following(("anger-management",), in_rounds=True, first_topic=ANGER[5]), []).code
        == ANGER[5]
    )


def test_who_follows_nothing_has_no_next_topic():
    assert next_topic(Following((), in_rounds=True), []) is None
    assert next_topic(Following(("gone",), in_rounds=False), []) is None


def test_for_how_many_of_a_room_a_topic_would_be_new():
    topics = [TOPICS[ANGER[0]], TOPICS[ANGER[1]]]
    assert fresh_for(topics, [{ANGER[0]}, set(), {ANGER[0], ANGER[1]}]) == {ANGER[0]: 1, ANGER[1]: 2}
