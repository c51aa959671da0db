"""Tells the whole story: the clinic, the lives, day by day until this moment."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from throughcare.faces.cli.story.aftercare import tell_of_aftercare
from throughcare.faces.cli.story.around_sessions import (
    TALKING,
    follow_curricula_from,
    say_what_it_is_about,
    talk,
    tell_of_practice,
)
from throughcare.faces.cli.story.arranging import arrange
from throughcare.faces.cli.story.before import WEEKS_WITH_SESSIONS, has_sessions, is_last_week, live_last_week
from throughcare.faces.cli.story.beginnings import admit, assess, call, carry_over, clock, plan
from throughcare.faces.cli.story.clinic import ZONE, Clinic, open_clinic
from throughcare.faces.cli.story.community import come_together
from throughcare.faces.cli.story.consents import consent, let_sign_in
from throughcare.faces.cli.story.conversations import write_messages
from throughcare.faces.cli.story.crises import tell_of_crises
from throughcare.faces.cli.story.day_to_day import say_from_day_to_day
from throughcare.faces.cli.story.days import Cast, live_through, measure, measure_everyone
from throughcare.faces.cli.story.endings import hear_of_visits, leave, review, step_down
from throughcare.faces.cli.story.levels import hold_seats
from throughcare.faces.cli.story.lives import WEEKS_TOLD, Life, imagine_lives
from throughcare.faces.cli.story.medicines import write_down_medications
from throughcare.faces.cli.story.messages import leave_numbers
from throughcare.faces.cli.story.own_plan import plan_for_themselves
from throughcare.faces.cli.story.own_weeks import live_their_weeks
from throughcare.faces.cli.story.pipeline import fill_pipeline
from throughcare.faces.cli.story.placing import place
from throughcare.faces.cli.story.public_pages import say_it_to_strangers
from throughcare.faces.cli.story.signs import tell_of_signs
from throughcare.faces.cli.story.testing import take_tests
from throughcare.faces.cli.story.wishes import say_what_counts
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.actor import Page
from throughcare.pathway.privacy.book import write_page
from throughcare.pathway.week.schedule import extend_sessions

SEED = 20260302
AHEAD = timedelta(weeks=4)
Say = Callable[[str, float], None]


@transaction.atomic
def tell_story(*, now: datetime, mail: str, password: str, say: Say) -> Clinic:
    """Build the demo clinic as of `now`. `say` gets what is being told and how much of the whole is done (0 to 1)."""
    dice = random.Random(SEED)  # noqa: S311  # a story, not a secret
    now = now.astimezone(ZoneInfo(ZONE))  # in the evening it is tomorrow already where times are kept
    today = local_day(now, ZONE)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS_TOLD)
    lives = imagine_lives(dice, today)
    opened = min(life.admitted for life in lives) - timedelta(days=30)
    say("The clinic opens", 0.0)
    clinic = open_clinic(opened=opened, at=clock(opened, 8), mail=mail, password=password)
    extend_sessions(clinic.organization, until=today + AHEAD, at=clock(first - WEEKS_WITH_SESSIONS, 1))
    cast = Cast(clinic, dice, now)
    days = [opened + timedelta(days=n) for n in range((today - opened).days + 1)]
    diary = Diary(lives, first=first, talking=today - TALKING)
    for done, day in enumerate(days):
        say(f"{day:%B %Y}", done / len(days))
        with one_page(clinic):
            diary.live(cast, day, told=day >= first)
    with one_page(clinic):
        hear_of_visits(cast)
        tell_of_practice(cast)
        arrange(cast)
        write_down_medications(cast)
        say_from_day_to_day(cast)
        leave_numbers(cast)
        take_tests(cast)
        tell_of_crises(cast)
        write_messages(cast)
        plan_for_themselves(cast)
        say_what_counts(cast, today=today, at=now)
        live_their_weeks(cast)
        clinic.people = let_sign_in(cast, mail=mail)
        clinic.people += come_together(cast, mail=mail)
        clinic.people += tell_of_aftercare(cast, mail=mail)
        tell_of_signs(cast)
        hold_seats(cast)
        say_it_to_strangers(clinic, since=first, at=now)
        fill_pipeline(clinic, dice, today, hour=now.astimezone(clock(today, 0).tzinfo).hour)
    say("Done", 1.0)
    return clinic


@contextmanager
def one_page(clinic: Clinic) -> Iterator[None]:
    """What is done in here stands in the book of accesses as one page of everyone who acts."""
    page = Page(surface="story", route="demo")
    clinic.actors = {code: actor.on(page) for code, actor in clinic.actors.items()}
    yield
    write_page(page, organization=clinic.organization)


class Diary:
    """What is due on which day for whom."""

    def __init__(self, lives: list[Life], *, first: date, talking: date) -> None:
        self.first, self.talking = first, talking
        self.arriving: dict[date, list[Life]] = defaultdict(list)
        self.leaving: dict[date, list[Life]] = defaultdict(list)
        for life in lives:
            self.arriving[life.admitted].append(life)
            if life.leaves:
                self.leaving[life.leaves].append(life)
        self.here: list[Life] = []

    def live(self, cast: Cast, day: date, *, told: bool) -> None:
        """One day: arrivals, sessions (in the weeks that are told), measures, reviews, steps, farewells."""
        for life in self.arriving[day]:
            begin(cast, life)
            self.here.append(life)
        if told:
            self.follow(cast, day)
        elif has_sessions(day, first=self.first):
            leaving = [life for life in self.here if is_last_week(life, day) and has_a_plan(life)]
            live_last_week(cast, leaving, day)
        for life in self.leaving[day]:
            if life.left_before and has_a_plan(life):
                measure(cast, life, day, hour=14)
            leave(cast, life, day)
            self.here.remove(life)
            cast.forget(life)

    def follow(self, cast: Cast, day: date) -> None:
        """A day in the weeks that are told."""
        for life in self.here:
            if life.number not in cast.placed:
                place(cast, life, day)
                cast.placed.add(life.number)
        if day == self.talking:
            follow_curricula_from(cast, day)
        if day >= self.talking:
            say_what_it_is_about(cast, day)
        live_through(cast, day)
        if day >= self.talking:
            talk(cast, day)
        answering = [life for life in self.here if life.days(day) and life.days(day) % 7 == 0]
        measure_everyone(cast, answering, day)
        for life in self.here:
            follow(cast, life, day)


def begin(cast: Cast, life: Life) -> None:
    """From the call to the first plan; of those who left before the story, what was carried over."""
    whole = not life.left_before
    called = life.admitted - timedelta(days=2 + life.number % 3)
    referral = call(cast.clinic, life, cast.dice, called)
    intake_day = life.admitted - timedelta(days=1)
    if whole:
        assessment, patient = assess(cast.clinic, life, cast.dice, referral, intake_day)
    else:
        assessment, patient = carry_over(cast.clinic, referral, intake_day)
    episode = admit(cast.clinic, life, assessment, patient, whole=whole)
    cast.lives[patient] = life
    cast.patients[life.number], cast.episodes[life.number] = patient, episode
    if has_a_plan(life):
        plan(cast.clinic, life, episode, life.admitted)
    if whole:
        consent(cast.clinic, life, patient)
    elif has_a_plan(life):
        measure(cast, life, life.admitted, hour=10)


def has_a_plan(life: Life) -> bool:
    """Everyone of the weeks that are told; of those who left before, one in six: the story must fit in a minute."""
    return not life.left_before or life.number % 6 == 0


def follow(cast: Cast, life: Life, day: date) -> None:
    """What is due for one person on a day, counted from their admission."""
    since = life.days(day)
    if since and since % 28 == 0:
        review(cast, life, day)
    if life.leaves == day + timedelta(days=14) and life.arc in ("steady", "moves") and since > 28:
        step_down(cast, life, day)
