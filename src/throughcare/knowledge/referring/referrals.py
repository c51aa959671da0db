"""What is asked about a referral: where it comes from, what for, how the person is reached, why it ends.

Sources carry the TEDS `PSOURCE` code, concerns the diagnoses that point to them, outcomes of outreach the list that the
SPiER dashboard uses.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """Where a referral comes from; `teds` is the code of TEDS `PSOURCE`."""

    code: str
    title: str
    teds: int


@dataclass(frozen=True)
class Concern:
    """What a person may ask help for: `plain` for them, `title` for staff, and how diagnoses name it.

    What is for staff to name has no `plain` words.
    """

    code: str
    title: str
    plain: str
    icd_10_cm: tuple[str, ...] = ()
    snomed: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    urgent: bool = False

    @property
    def public(self) -> bool:
        """Whether the public form offers it: only what has words for a person in need."""
        return bool(self.plain)


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt to reach someone. `reached`: the person (or who may speak for them) was spoken with."""

    code: str
    title: str
    reached: bool = False


@dataclass(frozen=True)
class ClosureReason:
    """Why a referral ends without an admission; `text_needed` asks for a sentence."""

    code: str
    title: str
    text_needed: bool = False


SOURCES = {
    source.code: source
    for source in (
        Source("self", "The person", 1),
        Source("family", "Family or a friend", 1),
        Source("treatment", "Another treatment program", 2),
        Source("hospital", "Hospital or emergency department", 3),
        Source("health", "Doctor, therapist or clinic", 3),
        Source("crisis_line", "Crisis line or mobile crisis team", 3),
        Source("payer", "Health plan", 3),
        Source("school", "School", 4),
        Source("employer", "Employer or union", 5),
        Source("community", "Community or faith group, social services", 6),
        Source("court", "Court, probation or parole", 7),
    )
}

ASKED_FOR_BY = {
    "self": "The person",
    "family": "Family",
    "friend": "A friend",
    "provider": "A provider",
    "other": "Someone else",
}

CONCERNS = {
    concern.code: concern
    for concern in (
        Concern("alcohol", "Alcohol", "Drinking", ("F10",), ("7200002", "66590003"), ("alcohol",)),
        Concern(
            "opioids",
            "Opioids",
            "",
            ("F11",),
            ("5602001",),
            ("opioid", "heroin"),
        ),
        Concern("stimulants", "Stimulants", "", ("F14", "F15"), (), ("cocaine",)),
        Concern("cannabis", "Cannabis", "", ("F12",), (), ("cannabis", "marijuana")),
        Concern(
            "other_drugs",
            "Other or several drugs",
            "Drugs, or medicines taken another way than prescribed",
            ("F13", "F16", "F18", "F19", "T40"),
            ("6525002", "55680006", "361055000"),
            ("drug abuse", "drug overdose", "misuses drugs", "substance use"),
        ),
        Concern(
            "depression",
            "Depression",
            "Feeling down or hopeless",
            ("F32", "F33"),
            ("370143000",),
            ("depress",),
        ),
        Concern(
            "anxiety", "Anxiety", "Worry, fear or panic", ("F40", "F41"), ("21897009",), ("anxiety", "panic")
        ),
        Concern(
            "trauma",
            "Trauma",
            "Something that happened and won’t let go",
            ("F43",),
            ("47505003",),
            ("traumatic stress", "partner abuse", "trauma and stress"),
        ),
        Concern(
            "bipolar",
            "Mood swings or bipolar disorder",
            "Very high and very low moods",
            ("F31",),
            (),
            ("bipolar",),
        ),
        Concern(
            "psychosis",
            "Psychosis",
            "",
            ("F20", "F25", "F29"),
            (),
            ("schizo", "psychosis", "psychotic"),
        ),
        Concern(
            "eating", "Eating", "Food and eating", ("F50",), (), ("anorexia", "bulimia", "eating disorder")
        ),
        Concern(
            "suicide",
            "Suicide or self-harm",
            "Thoughts of suicide or of hurting myself",
            ("R45.851", "T14.91", "X71", "Z91.5"),
            ("6471006", "225337009", "267073005"),
            ("suicid", "self-harm"),
            urgent=True,
        ),
        Concern(
            "stepping_down",
            "Stepping down from hospital or residential care",
            "I am leaving a hospital or residential program",
        ),
        Concern("other", "Something else", "Something else"),
    )
}

CONTACT_MODES = {
    "call": "Phone call",
    "text": "Text message",
    "email": "E-mail",
    "letter": "Letter",
    "visit": "In person",
    "video": "Video call",
}

# Codes and their meaning: SPiER dashboard specification (outreach outcomes).
OUTCOMES = {
    outcome.code: outcome
    for outcome in (
        Outcome("reached", "Reached", reached=True),
        Outcome("reached_support_person", "Reached a support person"),
        Outcome("message_left", "Left a message"),
        Outcome("no_answer", "No answer"),
        Outcome("wrong_contact", "Wrong number or address"),
        Outcome("unable", "Not able to talk then"),
        Outcome("declined", "Reached; doesn’t want to go on", reached=True),
    )
}

VOICEMAIL_RULE = (
    "A voicemail never names a substance use program: say your first name and the number to call back."
)

CLOSURE_REASONS = {
    reason.code: reason
    for reason in (
        ClosureReason("declined", "Doesn’t want to come now"),
        ClosureReason("not_reached", "Could not be reached"),
        ClosureReason("elsewhere", "Went to another program"),
        ClosureReason("needs_more", "Needs more care than we give"),
        ClosureReason("needs_less", "Needs less care than we give"),
        ClosureReason("cost", "Cost or insurance"),
        ClosureReason("schedule", "Our hours don’t fit theirs"),
        ClosureReason("distance", "Too far, or no way to get here"),
        ClosureReason("moved", "Moved away"),
        ClosureReason("custody", "In custody"),
        ClosureReason("died", "Died"),
        ClosureReason("duplicate", "The same request came twice"),
        ClosureReason("other", "Another reason", text_needed=True),
    )
}


def concerns_of_diagnosis(codes: Iterable[str], words: str) -> list[str]:
    """The concerns that a diagnosis points to, by ICD-10-CM or SNOMED CT code, else by its words."""
    given = [code.strip().upper() for code in codes]
    by_code = [
        concern.code
        for concern in CONCERNS.values()
        if any(code.startswith(concern.icd_10_cm) for code in given if concern.icd_10_cm)
        or any(code in concern.snomed for code in given)
    ]
    said = words.casefold()
    return by_code or [
        concern.code for concern in CONCERNS.values() if any(word in said for word in concern.words)
    ]
