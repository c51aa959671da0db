"""Every kind of record the program keeps: its words, how sensitive it is, and whether it may ever leave the house.

Labels are codes of HL7's v3 ActCode. Everything about a person says that they are in treatment, so all of it
carries the label of 42 CFR Part 2; what is worked out from it inherits the label.
"""

from dataclasses import dataclass

PART_2 = ("42CFRPart2", "SUD")
NO_REDISCLOSURE = "NORDSCLCD"


@dataclass(frozen=True)
class Kind:
    """One kind of record. `plain` is its name for a patient; `confidentiality` is N, R or V.

    `own`: the person may read it themselves. `may_leave`: a consent can name it. `apart`: kept in a store of its
    own, needs a consent of its own and never opens in an emergency.
    """

    code: str
    words: str
    plain: str
    confidentiality: str = "R"
    labels: tuple[str, ...] = PART_2
    own: bool = True
    may_leave: bool = True
    apart: bool = False
    in_emergency: bool = True

    @property
    def is_part_2(self) -> bool:
        """Whether the label of 42 CFR Part 2 goes wherever this record goes."""
        return "42CFRPart2" in self.labels

    @property
    def security(self) -> tuple[str, ...]:
        """The codes that accompany the record out of the house."""
        return (self.confidentiality, *self.labels, *((NO_REDISCLOSURE,) if self.is_part_2 else ()))


_MIND = (*PART_2, "PSY")

_CHART = (
    Kind("identity", "names and contact details", "your name, address and phone number"),
    Kind("referral", "referrals", "how you came to the program and who asked for it", in_emergency=False),
    Kind("assessment", "assessments", "your assessment", labels=_MIND),
    Kind(
        "intake",
        "the person's own part of the intake",
        "what you told us yourself before your first visit",
        labels=_MIND,
        in_emergency=False,
    ),
    Kind("measure", "measures", "your questionnaires and their scores", labels=_MIND),
    Kind("placement", "placement decisions", "which level of care was chosen, and why", labels=_MIND),
    Kind("episode", "episodes of care", "that you are or were in the program, from when to when"),
    Kind("care_plan", "care plans", "your care plan", labels=_MIND),
    Kind("safety_plan", "safety plans", "your safety plan", "V", labels=_MIND),
    Kind("relapse_plan", "relapse-prevention plans", "your relapse-prevention plan", "V", labels=_MIND),
    Kind(
        "referral_out",
        "referrals to others",
        "to whom we referred you, and what came of it",
        in_emergency=False,
    ),
    Kind("drug_test", "drug and alcohol tests", "your drug and alcohol tests", "V"),
    Kind("diagnosis", "diagnoses", "your diagnoses", labels=_MIND),
    Kind("medication", "medications", "your medications and allergies", labels=_MIND),
    Kind("schedule", "schedules", "when you are expected", in_emergency=False),
    Kind("attendance", "attendance", "whether you came"),
    Kind("make_up", "make-up sessions", "sessions that replace a missed one", in_emergency=False),
    Kind("note", "clinical notes", "what was written about your sessions", "V", labels=_MIND),
    Kind("discharge", "discharge summaries", "the summary of your stay", labels=_MIND),
)

_APART = (
    Kind(
        "counseling_note",
        "counseling notes kept apart",
        "your counselor's own notes about what was said in counseling",
        "V",
        (*PART_2, "ETH"),
        own=False,
        apart=True,
        in_emergency=False,
    ),
    Kind(
        "psychotherapy_note",
        "psychotherapy notes kept apart",
        "your therapist's own notes about what was said in therapy",
        "V",
        (*PART_2, "PSYTHPN"),
        own=False,
        apart=True,
        in_emergency=False,
    ),
)


def _inside(
    code: str, words: str, confidentiality: str = "V", labels: tuple[str, ...] = PART_2, plain: str = ""
) -> Kind:
    """A kind that stays in the house; the person reads it themselves when it has plain words."""
    return Kind(
        code, words, plain, confidentiality, labels, own=bool(plain), may_leave=False, in_emergency=False
    )


_STAYS = (
    _inside("check_in", "check-ins and check-outs", "R", _MIND, "what you told us before and after sessions"),
    _inside("crisis", "crises", "V", _MIND, "when you called for help, and what was done"),
    _inside("daily", "daily check-ins", "R", _MIND, "what you told us from day to day"),
    _inside("climate", "the climate of sessions", "R", plain="how sessions were for you, without your name"),
    _inside("note_words", "what people add to their notes", "V", _MIND, "what you add to a note about you"),
    _inside("kept_apart", "who must not meet whom"),
    _inside("homework", "homework and skills", labels=_MIND, plain="your homework and how it went"),
    _inside("practice", "practice of skills", labels=_MIND, plain="what you practiced, and when"),
    _inside("own_goal", "goals people set themselves", "R", _MIND, "your own goals and next steps"),
    _inside("conversation", "messages with the care team", "V", _MIND, "your messages with your care team"),
    _inside("worry", "worries that others told us", "V", _MIND),
    _inside(
        "own_week",
        "what people say of their own week",
        plain="what you told us about your own times, and when you could not come",
    ),
    _inside("warning_sign", "warning signs", labels=_MIND),
    _inside("reward", "rewards and receipts", plain="your rewards and receipts"),
    _inside("task", "tasks of case managers"),
    _inside("census", "the census"),
    _inside("slip_risk", "the slip-risk list", labels=_MIND),
    _inside("contact_call", "calls from people asking about someone"),
    _inside("legal_request", "subpoenas, court orders and warrants"),
    _inside(
        "community",
        "community names, replies and milestones",
        plain="events you said you come to, and your milestones",
    ),
    _inside("mentoring", "mentors and whom they meet", plain="your mentor, or whom you mentor"),
    _inside(
        "aftercare", "aftercare check-ins and calls", "R", _MIND, "how you told us you are since you left"
    ),
    _inside("correction", "corrections asked for", "R", plain="corrections that you asked for"),
    _inside("own_copy", "copies of the whole record", "R", plain="copies of your record that you asked for"),
    _inside("outcome", "the program's numbers", "N", ()),
    _inside("account", "accounts and sign-ins", "N", ()),
    _inside("consent", "consents", "R", plain="what you have allowed"),
    _inside("disclosure", "the disclosure book", "R", plain="what was sent to whom"),
    _inside("access_log", "the book of who opened what", "R", plain="who looked at your records"),
    _inside(
        "emergency",
        "records opened in an emergency",
        "R",
        plain="when your records were opened in an emergency",
    ),
)

ROWS: tuple[Kind, ...] = (*_CHART, *_APART, *_STAYS)
ALL: dict[str, Kind] = {row.code: row for row in ROWS}

APART = frozenset(row.code for row in ROWS if row.apart)
MAY_LEAVE = frozenset(row.code for row in ROWS if row.may_leave)
OWN = frozenset(row.code for row in ROWS if row.own)
IN_EMERGENCY = frozenset(row.code for row in ROWS if row.in_emergency)
BOOKS = frozenset({"consent", "disclosure", "access_log", "emergency", "legal_request", "contact_call"})
