"""What a person reads right after they answered: thanks, or what happens now, as the program does it. [ours]"""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.sentence import Sentence
from throughcare.knowledge.suicide_tier import PathOpened


@dataclass(frozen=True)
class AfterAnswers:
    """Title and sentences; `in_crisis` puts the crisis lines above everything else."""

    title: str
    lines: tuple[str, ...]
    in_crisis: bool = False


THANKS = AfterAnswers(Sentence("Thank you"), (Sentence("Your care team sees your answers."),))
NOT_LIVE = Sentence("Nobody watches this page live. If you can't wait: call or text 988, or call 911.")


def after_answers(opened: PathOpened | None, own: Mapping[str, Number] | None = None) -> AfterAnswers:
    """What happens now, after what these answers opened."""
    if opened is None:
        return THANKS
    return AfterAnswers(
        Sentence("Thank you for telling us"), (*_lines(opened, own), NOT_LIVE), in_crisis=True
    )


def _lines(opened: PathOpened, own: Mapping[str, Number] | None) -> tuple[str, ...]:
    if opened.priority == "P1":
        return (
            Sentence(
                "We are calling the person on call right now. They will call you. Keep your phone near you."
            ),
            Sentence(
                "Until then stay with someone, if you can, and away from anything you could use to hurt yourself."
            ),
        )
    if opened.priority:
        hours = int(value_of("crisis.p2.contact_hours", own))
        one = "We have told the person on call. Someone reaches you within an hour."
        many = "We have told the person on call. Someone reaches you within {hours} hours."
        return (
            Sentence(one if hours == 1 else many, hours=hours),
            Sentence("They will make a plan for staying safe with you. You don't have to do this alone."),
        )
    if opened.asks_screener:
        return (Sentence("A few more questions come right now. They help us see how to help you."),)
    return (
        Sentence("Your clinician sees this. At your next visit you make a plan for staying safe together."),
    )
