"""How hard a text is to read: the Flesch–Kincaid grade, from words a sentence and syllables a word."""

import re

# 0.39 × words a sentence + 11.8 × syllables a word - 15.59: Kincaid et al. 1975, Navy Research Branch Report 8-75.
SENTENCE = re.compile(r"[.!?:;]+(?:\s|$)|\n")
WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
VOWELS = re.compile(r"[aeiouy]+")
LOUD_ENDING = re.compile(r"(?:[^aeiou]le|[sxz]es|[td]ed)$")


def grade(text: str) -> float:
    """The grade of school in which the text is read; 0 for a text without words."""
    sentences = [part for part in SENTENCE.split(text) if WORD.search(part)]
    words = WORD.findall(text)
    if not words:
        return 0.0
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """How many syllables a word has, by its groups of vowels; a silent ending is none."""
    bare = word.lower().partition("'")[0].partition("’")[0]
    count = len(VOWELS.findall(bare))
    if count > 1 and bare.endswith(("e", "es", "ed")) and not LOUD_ENDING.search(bare):
        count -= 1
    return max(count, 1)
