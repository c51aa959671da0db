"""Corrections that people ask for: by when they are answered, and on which grounds one is refused. 45 CFR 164.526."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, OWN
from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

CITE = "45 CFR 164.526"
LONGEST_WORDS = 2_000
CORRECTED, IN_PART, REFUSED = "corrected", "in_part", "refused"
ANSWERS: Mapping[str, str] = {
    CORRECTED: "Corrected",
    IN_PART: "Corrected in part",
    REFUSED: "Not corrected",
}


@dataclass(frozen=True)
class Ground:
    """A ground on which a correction may be refused: in words for staff and for the person."""

    code: str
    words: str
    plain: str


ROWS = (
    Ground(
        "accurate", "It is accurate and complete", "We looked, and what stands there is right and complete."
    ),
    Ground(
        "not_ours",
        "Somebody else wrote it and can still change it",
        "Somebody else wrote it. Ask them to change it.",
    ),
    Ground("not_in_record", "It is not part of the record", "It is not part of your record here."),
    Ground("not_open", "It is not open to the person by law", "The law does not open this part to you."),
)
GROUNDS: Mapping[str, Ground] = {row.code: row for row in ROWS}
# What a person can ask to have corrected: all that is theirs to read.
ABOUT: Mapping[str, str] = {code: KINDS[code].plain for code in KINDS if code in OWN - APART}


def due_date(asked: date, own: Mapping[str, Number] | None = None) -> date:
    """The day by which a request is answered."""
    return asked + timedelta(days=int(value_of("correction.answer_days", own)))


def later_date(due: date, own: Mapping[str, Number] | None = None) -> date:
    """The day after more time was taken, which is taken once."""
    return due + timedelta(days=int(value_of("correction.more_days", own)))


def check_request(kind: str, wrong: str, right: str) -> Verdict:
    """Whether a request says what it must."""
    if kind not in ABOUT:
        return Refused("Choose what it is about.", cite=CITE)
    if not wrong.strip() or not right.strip():
        return Refused("Say what is wrong and what it should say.", cite=CITE)
    return _short(wrong, right)


def check_answer(answer: str, ground: str, words: str) -> Verdict:
    """Whether an answer says what it must: a refusal names its ground, and every answer is in words."""
    if answer not in ANSWERS:
        return Refused("Choose what became of it.", cite=CITE)
    if answer != CORRECTED and ground not in GROUNDS:
        return Refused("Choose on which ground it isn't corrected, or not all of it.", cite=CITE)
    if not words.strip():
        return Refused("Tell the person in a few plain sentences what was done, or why not.", cite=CITE)
    return _short(words)


def _short(*words: str) -> Verdict:
    if any(len(one) > LONGEST_WORDS for one in words):
        return Refused(f"Shorten this to {LONGEST_WORDS} characters.")
    return Allowed()
