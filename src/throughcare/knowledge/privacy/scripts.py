"""What to say when someone asks about a person: neither confirm nor deny, kindly, in our own words. 42 CFR 2.13(c)."""

from dataclasses import dataclass

NEITHER = "I can't say whether anyone is or was a patient here. That is the same answer for every name."
DENIAL = "42 CFR 2.13(c)(2)"


@dataclass(frozen=True)
class Script:
    """A situation at the desk: what to say, what to do, and what never to do."""

    code: str
    title: str
    say: tuple[str, ...]
    do: tuple[str, ...]
    never: tuple[str, ...]
    cite: str = DENIAL


_NEVER_A_YES = (
    "Don't look the name up while they wait.",
    "Don't say “we have no such patient”, even when it is true: then silence about the next name says yes.",
    "Don't take a message “for” someone in a way that shows that they come here.",
)

ROWS = (
    Script(
        "call",
        "A caller asks about someone",
        (
            NEITHER,
            "If you leave your name and number, I keep it. Whether anybody passes it on, I can't tell you.",
            "If you fear for someone's life, hang up and call 911, or call or text 988.",
        ),
        ("Write down who called and what they asked.", "Tell the person's clinician only by that record."),
        _NEVER_A_YES,
    ),
    Script(
        "family",
        "Family or a friend asks, worried",
        (
            "I hear how worried you are.",
            NEITHER,
            "You may tell me what worries you; I can listen even though I can't answer.",
            "People close to someone who uses can get help themselves. I can tell you where.",
        ),
        (
            "Write down what they told: listening breaks no rule.",
            "If they speak of danger to life, call the crisis clinician on duty at once.",
        ),
        (*_NEVER_A_YES, "A parent, a spouse or who pays the bill gets the same answer."),
        "42 CFR 2.13(c)(2), 2.14",
    ),
    Script(
        "employer",
        "An employer or a school asks",
        (NEITHER, "A letter about anyone is given to that person, who may hand it on."),
        ("Write down the call.",),
        (*_NEVER_A_YES, "Don't confirm a letter or a signature: that says who comes here."),
    ),
    Script(
        "letter",
        "A letter or an e-mail asks for records",
        (
            "We answer requests for records only with a consent that names us, you, the records and the purpose.",
        ),
        (
            "Send the neutral letter, the same for every name.",
            "Enter the letter as a legal request if it comes from a lawyer, a court or an authority.",
        ),
        (
            "Don't answer “not a patient”.",
            "A general release of medical information isn't enough for our records.",
        ),
        "42 CFR 2.13(c)(2), 2.31",
    ),
    Script(
        "subpoena",
        "A subpoena is handed over",
        (
            "I take this paper and pass it on. That says nothing about whether anyone is a patient here.",
            "A subpoena alone doesn't open records of this kind: it takes a court order or the person's consent.",
        ),
        (
            "Note who brought it, when, and the day by which an answer is due.",
            "Enter it as a legal request: the privacy officer and counsel answer, in time.",
        ),
        (
            "Don't ignore it.",
            "Don't hand over or confirm anything.",
            "Don't sign that you are the right person.",
        ),
        "42 CFR 2.13(c)(2), 2.61",
    ),
    Script(
        "police",
        "Police stand at reception",
        (
            "I want to help, and federal law forbids me to say who is or was here. 42 CFR Part 2.",
            "Please give me your name, badge number and the paper you have; I call the one who may speak with you.",
            "If someone is in danger now, say so, and we act on it.",
        ),
        (
            "Call the privacy officer, then the director.",
            "Lead officers to a room without patients; don't stand in the way of officers who go on by force.",
            "With a warrant: copy it, call counsel at once, write down who, when and what was taken.",
        ),
        (
            *_NEVER_A_YES[:2],
            "Don't call anyone out of a group.",
            "Don't warn the person by name over the house phone.",
        ),
        "42 CFR 2.13, 2.61-2.67",
    ),
    Script(
        "media",
        "The press asks",
        ("We never speak about whether anyone comes here. Please write to our director.",),
        ("Write down name, paper and number.", "Keep cameras away from doors that patients use."),
        _NEVER_A_YES,
    ),
    Script(
        "visit",
        "Someone at the door wants to visit or pick someone up",
        (
            NEITHER,
            "Nobody can be visited or called out here. Whoever you look for can call you themselves.",
            "If someone is in danger now, say so, and we act on it.",
        ),
        (
            "Keep them in the entrance, where no group passes.",
            "Write down who came and what they wanted.",
        ),
        (*_NEVER_A_YES, "Don't call anyone out of a group.", "Don't let them wait for someone."),
    ),
)

ALL: dict[str, Script] = {row.code: row for row in ROWS}
