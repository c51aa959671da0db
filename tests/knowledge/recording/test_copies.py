"""Words that were written before, told over many texts without laying each beside each."""

import random

from throughcare.knowledge.recording.copies import (
    Bounds,
    Earlier,
    cut,
    likeness,
    longest_passage,
    look_alikes,
)
from throughcare.knowledge.recording.phrases import PHRASES

BOUNDS = Bounds(0.9, passage=40)


def made_up(words: int, *, seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(
        f"{chance.choice('bdfgklmnprst')}{chance.choice('aeiou')}{chance.randrange(300)}"
        for _ in range(words)
    )


def copies(text, *earlier):
    return list(Earlier(earlier).copies_in(cut(text), BOUNDS))


def test_copied_paragraphs_are_noticed_and_empty_ones_are_not():
    texts = ["Took part and named two triggers.", "", "Took part and named two triggers!", "Slept badly.", ""]
    assert look_alikes(texts, BOUNDS) == ((0, 2),)


def test_a_word_changed_here_and_there_hides_no_copy():
    text = "He named two triggers at home, and he made a plan with his wife for each of them."
    assert copies(text.replace("two", "four"), text) == [0]
    assert copies(text.upper(), text) == [0]


def test_an_answer_of_their_own_is_no_copy():
    assert (
        copies("He named one trigger at work and will ask his brother.", "He named two triggers and a plan.")
        == []
    )


def test_a_long_passage_is_a_copy_whatever_stands_around_it():
    passage, around = made_up(45, seed=1), made_up(200, seed=2)
    assert copies(f"{around} {passage}", f"{passage} {made_up(90, seed=3)}") == [0]
    assert copies(f"{around} {passage}", f"{' '.join(passage.split()[:30])} {made_up(90, seed=3)}") == []


def test_phrases_of_one_tap_are_everybodys_words():
    taps = " ".join(PHRASES[:5])
    assert copies(f"{taps} He cried.", f"{taps} She left.") == []
    assert copies(taps, taps) == []


def test_words_without_spaces_are_compared_sign_by_sign():
    assert copies("她今天说出了两个触发因素并且做了计划", "她今天说出了三个触发因素并且做了计划") == [0]


def test_likeness_weighs_long_words_more():
    alike = likeness(cut("a considerable improvement"), cut("the considerable improvement"))
    assert alike.share > 0.9
    assert likeness(cut(""), cut("")).share == 1.0


def test_a_clinics_notes_are_sifted_before_any_two_are_laid_side_by_side():
    notes = [made_up(300, seed=seed) for seed in range(120)]
    earlier = Earlier(notes)
    for seed in range(500, 512):
        assert list(earlier.copies_in(cut(made_up(300, seed=seed)), BOUNDS)) == []
    assert earlier.looked_at_whole == 0
    assert list(earlier.copies_in(cut(notes[7]), BOUNDS)) == [7]
    assert earlier.looked_at_whole == 1


def test_the_longest_passage_is_what_looking_at_every_place_finds():
    for seed in range(200):
        chance = random.Random(seed)
        one, other = (cut(" ".join(chance.choice("abc") for _ in range(60))) for _ in range(2))
        same = "".join("x" if run in other.run_set else " " for run in one.runs)
        most = max(map(len, same.split()), default=0)
        for least in (3, 5, 9, 20):
            found = longest_passage(one, other, least=least)
            assert found == (most + 2 if most and most + 2 >= least else 0), (seed, least)
