"""What a text message that comes in asks for: how soon a human reads it. It never decides anything else.

Words in which a crisis may show are those of `crisis_words.py`. Here come those that people are told to send. [ours]
"""

from dataclasses import dataclass

from throughcare.knowledge.crisis_words import HARM, crisis_words, plain

HELP_WORDS = frozenset({"help", "help me", "help now", "crisis", "emergency", "sos", "911", "988", "ayuda"})
# At night and from a number we may not know, the answer must stand by itself. It names no clinic and no care.
ANSWER = "Your text came in. Nobody watches this number all the time. In danger, call 911. Call or text 988 any time."


@dataclass(frozen=True)
class Asked:
    """How soon: a priority of the crisis desk, and whether the words speak of danger."""

    priority: str
    in_danger: bool


def asked(words: str) -> Asked:
    """What the words ask for; anything that isn't danger is read on the next business day."""
    found = crisis_words(words)
    said = plain(words)
    if any(about != HARM for about in found) or said in HELP_WORDS or said.split(" ")[0] in HELP_WORDS:
        return Asked("P1", in_danger=True)
    if found:
        return Asked("P2", in_danger=True)
    return Asked("P4", in_danger=False)
