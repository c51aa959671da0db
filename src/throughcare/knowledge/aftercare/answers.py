"""What people who left are asked, and how they stand by what they answer: steady, shaky or slipping. [ours]"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from throughcare.knowledge.between_sessions import TOP, Item
from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

Standing = Literal["steady", "shaky", "slipping"]
STANDINGS: Mapping[str, str] = {
    "steady": "Doing well",
    "shaky": "Not so easy just now",
    "slipping": "Needs a call",
}
CHECK_IN = "check_in"
LONGEST_WORDS = 500
NO_YES = (("no", "No"), ("yes", "Yes"))
CALLS = (("no", "No, thanks"), ("soon", "In the next days"), ("today", "Today"))
USES = (("no", "No"), ("some", "Once or twice"), ("more", "More than that"))

CHECK_IN_ITEMS = (
    Item("mood", "scale", "How is your mood these days?", "Very low", "Very good"),
    Item("craving", "scale", "Strongest craving this week?", "None", "The strongest", higher_is_better=False),
    Item("use", "choice", "Did you drink or use since the last time?", answers=USES),
    Item("support", "choice", "Did you talk with someone who helps you stay well?", answers=NO_YES),
    Item("risky", "choice", "Were you with people or in places that make it harder?", answers=NO_YES),
    Item("call", "choice", "Do you want one of us to call you?", answers=CALLS),
    Item("words", "words", "Anything you want to say?"),
)
FOLLOW_UP_ITEMS = (
    Item(
        "use_days",
        "choice",
        "On how many of the last 30 days did you drink or use?",
        answers=(("none", "None"), ("few", "1 to 3"), ("some", "4 to 12"), ("most", "13 or more")),
    ),
    Item(
        "work",
        "choice",
        "Do you work, study or look after someone?",
        answers=(("yes", "Yes"), ("partly", "A little"), ("no", "No")),
    ),
    Item("home", "choice", "Do you have a safe place to live?", answers=(("yes", "Yes"), ("no", "No"))),
    Item("law", "choice", "Any trouble with the law in the last 30 days?", answers=NO_YES),
    Item(
        "hospital",
        "choice",
        "Were you in an emergency room or hospital for drinking, drugs or your mood in the last 30 days?",
        answers=NO_YES,
    ),
    Item("support", "choice", "Is there someone who helps you stay well?", answers=NO_YES),
    Item(
        "helped",
        "choice",
        "Did your time here help you?",
        answers=(("lot", "A lot"), ("some", "Some"), ("little", "A little"), ("no", "No")),
    ),
    Item("call", "choice", "Do you want one of us to call you?", answers=CALLS),
    Item("words", "words", "Anything you want to say?"),
)


def follow_up(days: int) -> str:
    """The occasion of a follow-up so many days after discharge."""
    return f"day_{days}"


def say_occasion(occasion: str) -> str:
    """An occasion in words for staff."""
    return "Check-in" if occasion == CHECK_IN else f"Follow-up at {occasion.removeprefix('day_')} days"


def items_of(occasion: str) -> tuple[Item, ...]:
    """What is asked on an occasion."""
    return CHECK_IN_ITEMS if occasion == CHECK_IN else FOLLOW_UP_ITEMS


@dataclass(frozen=True)
class Answer:
    """What somebody answered; whatever they left out is None or empty."""

    mood: int | None = None
    craving: int | None = None
    use: str = ""
    use_days: str = ""
    support: str = ""
    risky: str = ""
    work: str = ""
    home: str = ""
    law: str = ""
    hospital: str = ""
    helped: str = ""
    call: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was answered."""
        return self == Answer(words=self.words) and not self.words.strip()


def check_answer(answer: Answer, occasion: str) -> Verdict:
    """Whether this can be kept as the answer on an occasion."""
    if answer.is_empty:
        return Refused("Answer at least one question. One is enough.")
    asked = {item.code: item for item in items_of(occasion)}
    for code in Answer.__dataclass_fields__:
        said = getattr(answer, code)
        if said in (None, ""):
            continue
        if code not in asked:
            return Refused("That question isn't asked this time.")
        item = asked[code]
        if item.kind == "scale" and not 0 <= said <= TOP:
            return Refused(f"Choose a number from 0 to {TOP}.")
        if item.kind == "choice" and said not in dict(item.answers):
            return Refused("Choose one of the answers.")
    if len(answer.words) > LONGEST_WORDS:
        return Refused(f"Shorten this to {LONGEST_WORDS} characters.")
    return Allowed()


@dataclass(frozen=True)
class Weighed:
    """How somebody stands, and why, as sentences for staff: what matters most first."""

    standing: Standing
    because: tuple[str, ...] = ()


def weigh_answer(
    now: Answer, earlier: Answer | None = None, own: Mapping[str, Number] | None = None
) -> Weighed:
    """How somebody stands by what they answered, beside what they answered the time before."""
    strong, low = value_of("aftercare.high_craving", own), value_of("aftercare.low_mood", own)
    is_strong = now.craving is not None and now.craving >= strong
    is_low = now.mood is not None and now.mood <= low
    slipping = [
        words
        for holds, words in (
            (now.call == "today", "Asks to be called today."),
            (now.use == "more", "Drank or used more than once or twice."),
            (now.use_days in ("some", "most"), "Drank or used on four days or more of the last 30."),
            (now.use == "some" and is_strong, "Drank or used, with strong craving."),
            (is_low, f"Very low mood: {now.mood} of {TOP}. Ask about safety."),
            (now.home == "no", "Has no safe place to live."),
            (now.hospital == "yes", "Was in a hospital or an emergency room."),
        )
        if holds
    ]
    change = value_of("aftercare.sudden_change", own)
    shaky = [
        words
        for holds, words in (
            (now.call == "soon", "Wants a call in the next days."),
            (now.use == "some" and not is_strong, "Drank or used once or twice."),
            (now.use_days == "few", "Drank or used on one to three days of the last 30."),
            (is_strong and now.use != "some", f"Strong craving: {now.craving} of {TOP}."),
            (
                now.risky == "yes" and now.support == "no",
                "In risky places, and talked with nobody who helps.",
            ),
            (_rise(now, earlier, "craving") >= change, "Craving rose since the last time."),
            (-_rise(now, earlier, "mood") >= change, "Mood fell since the last time."),
            (now.law == "yes", "Had trouble with the law."),
        )
        if holds
    ]
    standing: Standing = "slipping" if slipping else "shaky" if shaky else "steady"
    return Weighed(standing, (*slipping, *shaky))


def _rise(now: Answer, earlier: Answer | None, code: str) -> int:
    before = getattr(earlier, code) if earlier else None
    value = getattr(now, code)
    return 0 if before is None or value is None else int(value - before)


def wants_call(weighed: Weighed, answer: Answer) -> bool:
    """Whether a person calls after this answer."""
    return weighed.standing == "slipping" or answer.call in ("soon", "today")
