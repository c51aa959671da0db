"""What the watch has noticed, and what staff did about some of it, so that the watch list is alive."""

from datetime import timedelta

from throughcare.faces.cli.story.days import Cast
from throughcare.pathway.warning_sign.acting import act_on_sign
from throughcare.pathway.warning_sign.due_looks import watch_people
from throughcare.pathway.warning_sign.life_events import record_life_event
from throughcare.pathway.warning_sign.watch_list import EVERYONE, watch_list

# What the staff of the story did, one after another, about the signs at the end of the list.
DONE: tuple[dict[str, str], ...] = (
    {"act": "called", "outcome": "reached", "words": "Will come tomorrow; the sitter was ill."},
    {"act": "reviewed", "words": "Talked after group. The plan stays as it is."},
    {"act": "called", "outcome": "no_answer"},
    {"act": "dismissed", "reason": "known"},
    {"act": "booked", "words": "One-to-one on Thursday at noon."},
)
LEFT = 8


def tell_of_signs(cast: Cast) -> None:
    """Everyone was looked at an hour ago; since then the case manager has worked on the end of the list."""
    at = cast.now - timedelta(hours=1)
    watch_people(at=at)
    by = cast.clinic.actors["case_manager"]
    people = [one for one in watch_list(whose=EVERYONE, by=by, at=at).people if one.patient]
    first = people[0].patient if people else None
    if first:
        record_life_event(first, kind="housing", words="The lease ends this month.", by=by, at=at)
    signs = [sign.sign for one in people[LEFT:] for sign in one.signs]
    for place, (sign, done) in enumerate(zip(signs, DONE * 2, strict=False)):
        act_on_sign(sign, **done, by=by, at=at + timedelta(minutes=5 * place))
    watch_people(at=cast.now)
