"""Words of somebody who worries about another person: what `crisis_words.py` finds, said of a third person. [ours]

The list is for finding, not for judging: a human reads every worry. What is found here is read within half an hour.
"""

import re

from throughcare.knowledge.crisis_words import DEATH, HARM, OVERDOSE, VIOLENCE, crisis_words, plain

LONGEST_WORDS, LONGEST_NAME, LONGEST_CALLBACK = 3000, 200, 120
OUTCOMES = {
    "looked_into": "Looked into it with the person",
    "told_team": "Told the care team",
    "called_back": "Called whoever told us; nothing was said about anyone",
    "nobody": "Nobody here could find out whom it means",
    "nothing": "Nothing to do",
}

# As somebody speaks of another → as they would say it of themself.
_AS_OF_ONESELF = (
    (re.compile(r"\b(himself|herself|themself|themselves|him self|her self)\b"), "myself"),
    (re.compile(r"\b(his|her|their) (own )?(life|wrists?|arms?|legs?)\b"), r"my \3"),
    (re.compile(r"\b(wants|wanted|hopes|wishes) to die\b"), "want to die"),
    (
        re.compile(r"\b(does not|doesnt|do not|dont) want to (live|wake up|be alive|exist)\b"),
        r"dont want to \2",
    ),
)
_MORE = (
    (re.compile(r"\b(not|isnt|stopped|barely) breathing\b|\bcan ?not breathe\b|\bcant breathe\b"), OVERDOSE),
    (re.compile(r"\b(unconscious|passed out|blue lips|lips are blue|turned blue)\b"), OVERDOSE),
    (re.compile(r"\b(wont|will not|doesnt|cant|not) (wake|waking)( up)?\b"), OVERDOSE),
    (
        re.compile(
            r"\b(has|got|bought|with|took out) (a |the |his |her |their )?(gun|pistol|rifle|rope|noose)\b"
        ),
        DEATH,
    ),
    (re.compile(r"\b(cuts|cutting|burns|hurts|hurting|harms|harming) myself\b"), HARM),
    (re.compile(r"\b(no se despierta|no respira|inconsciente)\b"), OVERDOSE),
    (re.compile(r"\b(quiere (morir\w*|matarse)|suicidarse)\b"), DEATH),
    (re.compile(r"\b(threatened|threatens|going|wants) to (kill|shoot|stab)\b"), VIOLENCE),
)


def danger_in(words: str) -> tuple[str, ...]:
    """What the words may speak of, each once; empty when no danger was found."""
    said = plain(words)
    for pattern, own in _AS_OF_ONESELF:
        said = pattern.sub(own, said)
    found = [*crisis_words(words), *crisis_words(said), *(about for one, about in _MORE if one.search(said))]
    return tuple(dict.fromkeys(found))
