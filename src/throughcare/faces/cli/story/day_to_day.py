"""Daily check-ins and questionnaires that wait: what people say from day to day, told of the last two weeks."""

from datetime import timedelta

from throughcare.faces.cli.story.around_sessions import between
from throughcare.faces.cli.story.beginnings import clock
from throughcare.faces.cli.story.consents import SHOWN
from throughcare.faces.cli.story.days import Cast
from throughcare.faces.cli.story.lives import Life
from throughcare.knowledge.daily import Day
from throughcare.pathway.daily_check_in.daily_check_in import choose_daily, say_day
from throughcare.pathway.measure.asking import ask_now

TALKERS = 8
DAYS = 14
CHOSEN = ("mood", "craving", "sleep", "use", "skills", "words")
WORDS = ("Long day at work.", "My sister called.", "I went for a walk instead.")


def say_from_day_to_day(cast: Cast) -> None:
    """Some people check in daily, each in their own rhythm; two sets of questions wait for the first of them."""
    program = cast.clinic.program
    here = [patient for patient in cast.patients.values() if cast.lives[patient].leaves is None]
    # The person whom a visitor can be comes first.
    here.sort(key=lambda patient: cast.lives[patient].number != SHOWN)
    here = here[:TALKERS]
    for place, patient in enumerate(here):
        choose_daily(patient, CHOSEN, by=program, at=cast.now - timedelta(days=DAYS))
        for ago in range(DAYS, 0, -1):
            if cast.dice.random() < 0.25 + 0.09 * place:
                continue
            at = clock((cast.now - timedelta(days=ago)).date(), 20, 5 + place)
            say_day(patient, _day(cast, cast.lives[patient], ago), way="page", by=program, at=at)
    for patient in here[:1]:
        for code in ("phq-9", "use-and-craving"):
            ask_now(patient, code, by=cast.clinic.actors["director"], at=cast.now)


def _day(cast: Cast, life: Life, ago: int) -> Day:
    dice, day = cast.dice, (cast.now - timedelta(days=ago)).date()
    low = life.mood_score(day) / 27
    used = life.focus in ("alcohol", "opioids") and dice.random() < 0.12 * low * 2
    substance = {"alcohol": "alcohol", "opioids": "fentanyl"}.get(life.focus, "other")
    return Day(
        mood=between(dice, 9 - 8 * low),
        craving=between(dice, 8 * low),
        sleep=between(dice, 8 - 6 * low),
        use="yes" if used else "no",
        used=(substance,) if used else (),
        skills=dice.choice(("yes", "partly", "no")),
        asked=CHOSEN,
        words=dice.choice(WORDS) if dice.random() < 0.15 else "",
    )
