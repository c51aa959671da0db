"""Words in which a crisis may show: whatever somebody wrote freely and that holds one is read by a human at once.

The list is for finding, not for judging. A denial is found too: “I'm not suicidal, but …” is how many begin. What is
left out are turns of phrase that mean something else (“dead tired”, “killing time”). [ours]
"""

import re
import unicodedata
from dataclasses import dataclass

SOURCE = "program default; §4.4 portal_language: a human reads within 30 minutes"


@dataclass(frozen=True)
class Phrase:
    """One turn of phrase as a pattern over plain lower-case words, and what it speaks of."""

    pattern: str
    about: str


DEATH, HARM, OVERDOSE, VIOLENCE = "death or suicide", "self-harm", "overdose", "violence"

PHRASES = (
    Phrase(r"suicid\w*", DEATH),
    Phrase(r"un ?aliv\w+", DEATH),
    Phrase(r"kms", DEATH),
    Phrase(r"kill(ing|ed)? (myself|my self|me)(?! laughing)", DEATH),
    Phrase(r"(end|ending|take|taking) my (own )?life", DEATH),
    Phrase(r"(end|ending) it all", DEATH),
    Phrase(
        r"(want|wanna|wanted|wish|wished|hope|ready|going|plan|planning) (to |i could |i would )?(just )?die",
        DEATH,
    ),
    Phrase(r"wish(ed)? (that )?i (was|were|had been) (dead|never born)", DEATH),
    Phrase(r"better off (dead|without me|if i (was|were) (dead|gone|not here))", DEATH),
    Phrase(
        r"(do not|dont|did not|didnt) (want|wanna) (to )?"
        r"(live|wake up|be alive|exist|be here (any ?more|any longer))",
        DEATH,
    ),
    Phrase(r"(no|any) (reason|point) (to|in) (live|living|go on|going on)", DEATH),
    Phrase(r"(can ?not|cant) (go|carry) on", DEATH),
    Phrase(r"(not|isnt|is not) worth (living|it to live)", DEATH),
    Phrase(r"life (isnt|is not) worth", DEATH),
    Phrase(r"tired of (living|being alive)", DEATH),
    Phrase(r"(hang|shoot|drown) (myself|my self)", DEATH),
    Phrase(r"jump(ing)? (off|from) (the |a )?(bridge|roof|building|balcony)", DEATH),
    Phrase(r"this is goodbye|(last|final) goodbye|goodbye (forever|world|(to )?every(one|body))", DEATH),
    Phrase(
        r"(hurt|hurting|harm|harming|burn|burning) (myself|my self)(?! (at|in) (work|the gym|practice))", HARM
    ),
    Phrase(r"cut(ting)? (myself|my self|my (wrists?|arms?|legs?))(?! (while )?(shaving|cooking))", HARM),
    Phrase(r"self ?harm\w*", HARM),
    Phrase(r"overdos\w*", OVERDOSE),
    Phrase(
        r"(took|take|taking|swallow(ed)?) (all( of)?|the whole|a bunch of|too many( of)?) ((my|the) )?"
        r"(pills|meds|medication|tablets|bottle)",
        OVERDOSE,
    ),
    Phrase(r"(od ?d|oding|od ing|going to od|gonna od)", OVERDOSE),
    Phrase(
        r"(going to|gonna|want to|wanna) (kill|shoot|stab|hurt) (him|her|them|someone|somebody|my \w+|you)",
        VIOLENCE,
    ),
    Phrase(r"(he|she|they)( is| are|s|re)? (going to|gonna) (kill|shoot|stab|hurt) me", VIOLENCE),
    Phrase(r"(quiero|quisiera) (morir\w*|matar\w*)", DEATH),
    Phrase(r"no quiero (vivir|seguir viviendo|estar aqui mas)", DEATH),
    Phrase(r"(matarme|quitarme la vida)", DEATH),
    Phrase(r"(hacerme dano|lastimarme|cortarme)", HARM),
    Phrase(r"sobredosis", OVERDOSE),
)
_FOUND = tuple((re.compile(rf"(?<!\w)(?:{one.pattern})(?!\w)"), one) for one in PHRASES)


def crisis_words(text: str) -> tuple[str, ...]:
    """What the words may speak of, each once, in the order of the list; empty when nothing was found."""
    words = plain(text)
    return tuple(dict.fromkeys(phrase.about for found, phrase in _FOUND if found.search(words)))


def plain(text: str) -> str:
    """Lower-case words without accents, apostrophes or punctuation, one space apart."""
    bare = "".join(
        one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one)
    )
    return " ".join(re.sub(r"[^\w]+", " ", bare.replace("'", "").replace("’", "")).replace("_", " ").split())
