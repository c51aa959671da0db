"""Questions that show whether a consent was understood, and what to say again when it was not. [ours]"""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.knowledge.privacy.consent import ConsentFacts


@dataclass(frozen=True)
class Question:
    """One question with its choices; `again` is what is explained after a wrong answer."""

    key: str
    wording: str
    choices: tuple[tuple[str, str], ...]
    right: str
    again: str


_TAKE_BACK = Question(
    "take_back",
    "What if you change your mind later?",
    (
        ("wait", "I have to wait until it ends"),
        ("any_time", "I can take this back at any time"),
        ("ask", "I need a reason that the staff accepts"),
    ),
    "any_time",
    "You can take this back at any time and need no reason. What was sent before stays sent.",
)
_MUST_NOT = Question(
    "must_sign",
    "Do you have to sign this?",
    (("no", "No, I decide"), ("yes", "Yes, everyone must")),
    "no",
    "You decide. We still treat you if you don't sign.",
)
_IN_COURT = Question(
    "in_court",
    "May these records now be used against you in court?",
    (("yes", "Yes, because I signed this"), ("no", "No. That needs another consent or a court order")),
    "no",
    "This consent doesn't allow that. Using your records against you needs a consent of its own or a court order.",
)
_COULD_HURT = Question(
    "could_hurt",
    "Could what we share be used against you in the case?",
    (("yes", "Yes, it could"), ("no", "No, never")),
    "yes",
    "It could. With this consent the records may be used in the case, also against you. A lawyer can advise you.",
)
_NOTES_ONLY = Question(
    "notes_only",
    "What does this consent let us share?",
    (("notes", "Only the notes that are kept apart"), ("all", "My whole record")),
    "notes",
    "It is for the notes that are kept apart, and for nothing else in your record.",
)


def questions_for(consent: ConsentFacts) -> tuple[Question, ...]:
    """Two or three questions about this consent."""
    by_form = {
        "tpo": (_MUST_NOT, _TAKE_BACK, _IN_COURT),
        "counseling_notes": (_NOTES_ONLY, _MUST_NOT, _TAKE_BACK),
        "proceedings": (_COULD_HURT, _TAKE_BACK),
    }
    last = _no_way_back(consent) if consent.irrevocable else _TAKE_BACK
    return by_form.get(consent.form) or (_only_this(consent), last)


def wrong_answers(consent: ConsentFacts, answers: Mapping[str, str]) -> tuple[Question, ...]:
    """The questions that were answered wrongly or not at all."""
    return tuple(one for one in questions_for(consent) if answers.get(one.key) != one.right)


def _only_this(consent: ConsentFacts) -> Question:
    who = consent.recipient_name or "they"
    return Question(
        "only_this",
        f"What may {who} be told?",
        (("all", "Everything in my record"), ("listed", "Only what is listed here")),
        "listed",
        f"Only what is listed here. {who[:1].upper()}{who[1:]} may be told nothing else.",
    )


def _no_way_back(consent: ConsentFacts) -> Question:
    return Question(
        "no_way_back",
        "Can you take this back early?",
        (
            ("no", f"No, not until {consent.ends_when}"),
            ("yes", "Yes, at any time"),
        ),
        "no",
        f"You can't take this back until {consent.ends_when}. Sign only if you agree to that.",
    )
