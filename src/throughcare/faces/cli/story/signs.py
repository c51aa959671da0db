"""What the watch has noticed, and what staff did about some of it, so that the watch list is alive."""

from datetime import datetime, timedelta

from throughcare.faces.cli.story.beginnings import clock
from throughcare.faces.cli.story.days import Cast
from throughcare.knowledge.warning_signs.acts import ANY_OUTCOME, ONLY_DONE
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
# About a no-show one calls, and most people answer.
CALLED = ("reached", "reached", "message_left", "reached", "no_answer")
LEFT = 8
# So many mornings the list was worked through before today; one sign in so many was left for later.
MORNINGS, LEFT_FOR_LATER = 8, 9


def tell_of_signs(cast: Cast) -> None:
    """The mornings of a week, and today: everyone was looked at an hour ago, and the end of the list is done."""
    for back in range(MORNINGS, 0, -1):
        day = cast.now.date() - timedelta(days=back)
        if day.weekday() < 5:
            watch_people(at=clock(day, 8))
            _work_through(cast, at=clock(day, 9))
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


def _work_through(cast: Cast, *, at: datetime) -> None:
    """The case manager's morning: calls about who did not come, a review or a booking about most of the rest."""
    by = cast.clinic.actors["case_manager"]
    people = (one for page in (1, 2, 3) for one in watch_list(whose=EVERYONE, page=page, by=by, at=at).people)
    signs = [sign for one in {one.patient: one for one in people}.values() for sign in one.signs]
    for place, sign in enumerate(signs, start=1):
        if sign.code in ONLY_DONE or place % LEFT_FOR_LATER == 0:
            continue
        done = DONE[place % len(DONE)]
        if sign.code in ANY_OUTCOME:
            done = {"act": "called", "outcome": CALLED[place % len(CALLED)]}
        act_on_sign(sign.sign, **done, by=by, at=at + timedelta(minutes=2 * place))
