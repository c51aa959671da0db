"""“Is this level right for me?”: a few questions in our own words, and whom to talk to. Never a diagnosis.

Nothing here decides about anyone. The rules err on the side of more help, and every way ends with people.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from throughcare.knowledge.public_pages.guide_questions import BY_CODE, QUESTIONS, Choice, Question

Answers = Mapping[str, str]


@dataclass(frozen=True)
class Direction:
    """Which way the answers point, in a sentence, and which kinds of care to ask about (levels of care)."""

    code: str
    title: str
    words: str
    levels: tuple[str, ...]
    doctor_first: bool = False


SAFETY = Direction(
    "safety",
    "Get help today",
    "Someone should look at this with you today, before anything else. Call or text 988 at any hour, or call 911 if "
    "a life is in danger. Our program can come after that, and we help you find the way.",
    ("psychiatric-inpatient", "hospital"),
)
DOCTOR = Direction(
    "doctor",
    "Talk to a doctor before you stop",
    "Stopping may make you very ill. A doctor can make it safe, often within a day or two. Don’t stop all at once "
    "on your own. Call us, your doctor or an urgent care today. With seizures, confusion or chest pain call 911.",
    ("withdrawal-management",),
    doctor_first=True,
)
MEDICAL = Direction(
    "medical",
    "Let a doctor look first",
    "You may need medical care close by. Talk to a doctor or call us, and we find the right place together. An "
    "intensive outpatient program can come after that.",
    ("hospital",),
    doctor_first=True,
)
SHELTER = Direction(
    "shelter",
    "A safe place to live comes first",
    "Care works better from a safe place. Live-in treatment, or sober living together with an intensive outpatient "
    "program, may fit. Call us: we know places here, and you can call 211 for shelter.",
    ("residential-3.5", "iop+recovery-residence"),
)
AROUND = Direction(
    "around-the-clock",
    "Ask about more than an intensive outpatient program",
    "It sounds as if home makes it very hard right now. Ask about live-in treatment, or sober living together with a "
    "program like ours.",
    ("residential-3.5", "iop+recovery-residence"),
)
BY_DAY = Direction(
    "by-day",
    "Ask about a day program",
    "You may need support on most days for now. A day program gives that, and you sleep at home. You can step down to "
    "an intensive outpatient program when days get easier.",
    ("php", "iop"),
)
THIS = Direction(
    "iop",
    "An intensive outpatient program may fit",
    "Weekly visits may not be enough right now, and home seems safe. That is what a program like ours is for. A person "
    "looks at it with you before anything is decided.",
    ("iop",),
)
WEEKLY = Direction(
    "weekly",
    "Weekly visits may be enough",
    "Your days are mostly steady. A therapist once a week may be a good start. If things get harder, you can always "
    "come back to more.",
    ("op", "iop"),
)


def in_danger(answers: Answers) -> bool:
    """A life may be in danger."""
    return answers.get("danger") in ("life", "hurt") or answers.get("thoughts") == "plan"


def severe_withdrawal(answers: Answers) -> bool:
    """Stopping may be dangerous."""
    return answers.get("stopping") in ("severe", "daily")


def needs_medicine_near(answers: Answers) -> bool:
    """A doctor or nurse has to be close by."""
    return answers.get("body") == "yes"


def has_no_safe_place(answers: Answers) -> bool:
    """Where the person lives is not safe."""
    return answers.get("home") == "unsafe"


def home_pulls_back(answers: Answers) -> bool:
    """Use on most days at a hard home, after a program like this one."""
    return (
        answers.get("home") == "hard" and answers.get("use") == "most" and answers.get("tried") == "program"
    )


def can_hardly_manage(answers: Answers) -> bool:
    """Most days are too hard, or the mind needs close support."""
    return answers.get("days") == "hardly" or answers.get("mind") == "yes"


def needs_more_than_weekly(answers: Answers) -> bool:
    """Something says that a visit a week may not be enough."""
    return (
        answers.get("tried") in ("weekly", "program", "stayed")
        or answers.get("days") == "some"
        or answers.get("use") == "most"
        or answers.get("home") == "hard"
        or answers.get("stopping") == "unwell"
        or answers.get("thoughts") == "thoughts"
    )


# The first rule that holds says the way.
RULES: tuple[tuple[Callable[[Answers], bool], Direction], ...] = (
    (in_danger, SAFETY),
    (severe_withdrawal, DOCTOR),
    (needs_medicine_near, MEDICAL),
    (has_no_safe_place, SHELTER),
    (home_pulls_back, AROUND),
    (can_hardly_manage, BY_DAY),
    (needs_more_than_weekly, THIS),
)

# What else is worth saying, whichever way the answers point.
NOTES: tuple[tuple[Callable[[Answers], bool], str], ...] = (
    (
        lambda answers: answers.get("thoughts") in ("thoughts", "plan"),
        "Tell whoever you talk to about your thoughts of hurting yourself. You can call or text 988 at any hour.",
    ),
    (
        lambda answers: answers.get("stopping") == "unwell",
        "If it is about opioids such as heroin, fentanyl or pain pills: there is medicine that helps, and it can "
        "start within a day or two. Keep naloxone (Narcan) at home.",
    ),
    (
        lambda answers: answers.get("body") == "unsure",
        "Tell us about your health when we call. If you feel very ill, see a doctor today.",
    ),
    (
        lambda answers: answers.get("time") == "video",
        "We hold groups by video. You need a private place and a phone or computer.",
    ),
    (
        lambda answers: answers.get("time") in ("unsure", "no"),
        "Time is the hardest part for many. Tell us what your week looks like, and we look for a way together.",
    ),
)


def next_question(answers: Answers) -> Question | None:
    """The first question without a known answer; None when all are answered."""
    return next((one for one in QUESTIONS if choice_of(one.code, answers) is None), None)


def choice_of(question: str, answers: Answers) -> Choice | None:
    """The answer that was given to a question, if it is one of its choices."""
    given = answers.get(question)
    return next((one for one in BY_CODE[question].choices if one.code == given), None)


def danger_in(question: str, answers: Answers) -> str:
    """The line to call at once because of one answer; empty when there is no need."""
    choice = choice_of(question, answers)
    return choice.danger if choice else ""


def direction(answers: Answers) -> Direction:
    """Which way the answers point."""
    return next((way for holds, way in RULES if holds(answers)), WEEKLY)


def notes(answers: Answers) -> tuple[str, ...]:
    """What else to say."""
    return tuple(words for holds, words in NOTES if holds(answers))
