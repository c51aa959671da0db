"""Words of a message that anyone may read over a shoulder: none that say what kind of care someone has.

Threat A7: a lock screen shows no clinic and no diagnosis. Beginnings of words, so that "depress" stops "depressed".
"""

import re

STANDS_IN = "Something waits for you. Sign in to read it."
STANDS_IN_URGENTLY = "Something urgent waits for you. Sign in now."

_WORDS = """
    12-step addict alcohol anxi assess autis behavioral benzo bipolar
    buprenorphine cannabis care clinic cocaine counsel craving crisis dbt
    depress detox diagnos discharge disorder doctor dose drink drug
    eating fentanyl gambl group health heroin hospital injection inpatient
    intake intoxicat iop marijuana medic mental meth naloxone naltrexone
    narcan nurse opioid outpatient overdos panic patient php phq pills
    plan prescri program psych ptsd recover rehab relaps schizo screen
    self-harm session sober sobriety sponsor suboxone substance suicid
    symptom therap trauma treatment urine vivitrol withdrawal
"""
_SPANISH = """
    abstinencia adicc alcohól ansied antojo clínica clinica cocaína consej consum depresi desintox droga enferm
    estupefac grupo heroína inyecc marihuana medicamento médic pacient pastill psicol psiqu receta recaíd recuperaci
    rehabilit salud sobri sobredosis terap tratamiento trastorno
"""
TELLING = (*_WORDS.split(), *_SPANISH.split())
# Letters of a link are nobody's words.
_ADDRESS = re.compile(r"https?://\S+")
_TELLING = re.compile(r"\b(?:" + "|".join(map(re.escape, TELLING)) + ")", re.IGNORECASE)


def tells_too_much(words: str) -> str:
    """The first word that would tell what kind of care it is about; empty when none does."""
    found = _TELLING.search(_ADDRESS.sub("", words))
    return found.group(0) if found else ""


def outward(words: str, *, urgent: bool) -> str:
    """The words as they may leave: themselves, or in their place words that only ask to sign in."""
    if tells_too_much(words):
        return STANDS_IN_URGENTLY if urgent else STANDS_IN
    return words
