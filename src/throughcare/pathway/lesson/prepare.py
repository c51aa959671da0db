"""A session prepared: its topic, and what its facilitator should know of each person in the room."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from throughcare.knowledge.clinic_calendar import age_on
from throughcare.knowledge.curricula.library import ALL as CURRICULA
from throughcare.knowledge.daily import say_lately
from throughcare.knowledge.privacy.safe_ways import ALL as WAYS
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.pathway.daily_check_in.daily_views import strips_of
from throughcare.pathway.homework.homework import first_open_day
from throughcare.pathway.homework.homework_views import HomeworkLine, homework_lines
from throughcare.pathway.lesson.lessons import Lesson, lesson_of
from throughcare.pathway.lesson.prepare_facts import (
    Alert,
    been_here,
    birthday_in_week,
    leaving,
    newness,
    objectives_for,
    safety_alerts,
    shut_words,
)
from throughcare.pathway.lesson.session_homework import homework_to_give
from throughcare.pathway.lesson.topic_history import History, topic_histories
from throughcare.pathway.lesson.topics import may_choose_topic
from throughcare.pathway.privacy import may_access, open_list
from throughcare.pathway.privacy.guards import HIDDEN
from throughcare.pathway.privacy.reaching import ways_shut
from throughcare.pathway.program_settings import numbers
from throughcare.pathway.session.session_rows import (
    SessionHead,
    called,
    describe,
    find_session,
    open_seats,
    seated_at,
)
from throughcare.records.sessions import Appointment, Session

# What the page shows beside homework, each shown only to whom the desk lets see it.
BESIDE = ("identity", "attendance", "schedule", "care_plan", "measure", "consent", "daily")
SETTINGS = ("week_start", "prepare.leaves_soon_days", "prepare.missed_days")
WAY_WORDS = {code: way.words for code, way in WAYS.items()}
MOST_HOMEWORK = 2
MINOR, SPANISH = "adolescent", "spanish"


@dataclass(frozen=True)
class PreparedPerson:
    """One person in the room; of who is guarded from the reader there is only that a seat is taken.

    `had` and `missed` are the last days of this session's topic, `lacks` other topics missed lately; `homework` is what
    was given before this session and may still be asked about, this group's first. `birthday` is a day of this week.
    """

    patient: UUID
    name: str
    is_guarded: bool = False
    is_make_up: bool = False
    had: date | None = None
    missed: date | None = None
    lacks: tuple[tuple[str, date], ...] = ()
    homework: tuple[HomeworkLine, ...] = ()
    new: str = ""
    leaves: str = ""
    birthday: date | None = None
    alerts: tuple[Alert, ...] = ()
    lately: str = ""  # what the daily check-ins told
    objectives: tuple[str, ...] = ()

    @property
    def first_homework(self) -> tuple[HomeworkLine, ...]:
        """As much of it as a page shows at a glance."""
        return self.homework[:MOST_HOMEWORK]

    @property
    def more_homework(self) -> int:
        """How much more there is."""
        return len(self.homework[MOST_HOMEWORK:])

    @property
    def to_ask(self) -> tuple[HomeworkLine, ...]:
        """What they haven't told about."""
        return tuple(one for one in self.homework if one.told is None)


@dataclass(frozen=True)
class PreparedSession:
    """A session's topic and people. `to_give` counts who would get its homework with one button, `given` who has it.

    `free_minutes` is what the topic's outline leaves of the session; below zero it doesn't fit.
    """

    head: SessionHead
    lesson: Lesson
    curriculum: str
    variant_notes: tuple[str, ...]
    people: tuple[PreparedPerson, ...]
    free_minutes: int
    to_give: int
    given: int
    may_choose: Verdict

    @property
    def had_count(self) -> int:
        """How many of the people had this topic before."""
        return sum(one.had is not None for one in self.people)


def prepare_session(session: UUID, *, by: Actor, at: datetime) -> PreparedSession:
    """Everything on the page before a session, in a number of queries that neither people nor history change."""
    found = find_session(session, by=by)
    seats = seated_at(found)
    hidden = open_seats("homework", found, seats, by=by, at=at)
    shown = [seat for seat in seats if seat.patient_id not in hidden]
    known = _Known(found, shown, lesson_of(found), by=by, at=at)
    topic = known.lesson.topic
    head = describe(found, hidden)
    given = homework_to_give(found, shown, known.lesson.code) if topic else None
    return PreparedSession(
        head=head,
        lesson=known.lesson,
        curriculum=_curriculum_of(known.lesson.code),
        variant_notes=_variant_notes(found, shown, known.lesson.code),
        people=tuple(
            PreparedPerson(seat.patient.uid, HIDDEN, is_guarded=True)
            if seat.patient_id in hidden
            else known.person(seat)
            for seat in seats
        ),
        free_minutes=head.minutes - topic.minutes if topic else 0,
        to_give=len(given.missing) if given else 0,
        given=given.have if given else 0,
        may_choose=may_choose_topic(found, by=by),
    )


class _Known:
    """What is looked up once for everyone in the room."""

    def __init__(
        self, session: Session, shown: list[Appointment], lesson: Lesson, *, by: Actor, at: datetime
    ) -> None:
        people = [seat.patient_id for seat in shown]
        organization, day = session.organization_id, session.local_day
        self.session, self.lesson, self.sees = session, lesson, _seen(people, by=by, at=at)
        self.own = numbers(*SETTINGS, organization=organization, on=day)
        self.histories: dict[int, History] = {}
        self.been: Collection[int] = people
        if "attendance" in self.sees:
            self.histories = topic_histories(people, organization=organization, before=session.starts_at)
            self.been = been_here(session, people)
        self.leaves: dict[int, str] = {}
        self.objectives: dict[int, tuple[str, ...]] = {}
        if "care_plan" in self.sees:
            self.leaves = leaving(session, shown, within=self.own["prepare.leaves_soon_days"])
            episodes = [seat.episode_id for seat in shown if seat.episode_id]
            self.objectives = objectives_for(session, episodes, at=at)
        self.safety: dict[int, Alert] = {}
        if "measure" in self.sees:
            zone = session.site.time_zone
            self.safety = safety_alerts(people, organization=organization, zone=zone, at=at)
        self.strips = strips_of(people, today=day) if "daily" in self.sees else {}
        self.shut = ways_shut(people) if "consent" in self.sees else {}
        since = first_open_day(day, organization=organization)
        given = homework_lines(people, organization=organization, since=since, until=day)
        self.homework = {key: tuple(self._before(lines)) for key, lines in given.items()}

    def _before(self, lines: Collection[HomeworkLine]) -> list[HomeworkLine]:
        """What was given before this day: this group's own first."""
        before = [one for one in lines if one.day < self.session.local_day]
        return sorted(before, key=lambda one: not one.group or one.group != self.session.group_id)

    def person(self, seat: Appointment) -> PreparedPerson:
        """One line of the room."""
        key, day = seat.patient_id, self.session.local_day
        history = self.histories.get(key, History())
        since = day - timedelta(days=self.own["prepare.missed_days"])
        alerts = (self.safety.get(key), shut_words(self.shut, key, WAY_WORDS))
        lacks = [(topic.title, on) for topic, on in history.lacks(since) if topic.code != self.lesson.code]
        return PreparedPerson(
            patient=seat.patient.uid,
            name=called(seat.patient),
            is_make_up=seat.is_make_up,
            lately=say_lately(self.strips[key].days) if key in self.strips else "",
            had=history.had.get(self.lesson.code),
            missed=history.missed.get(self.lesson.code),
            lacks=tuple(lacks),
            homework=self.homework.get(key, ()),
            new=newness(self.session, seat, self.been),
            leaves=self.leaves.get(key, ""),
            birthday=birthday_in_week(seat.patient.birth_date, day, starts_on=self.own["week_start"])
            if "identity" in self.sees
            else None,
            alerts=tuple(one for one in alerts if one),
            objectives=self.objectives.get(seat.episode_id or 0, ()),
        )


def _seen(people: list[int], *, by: Actor, at: datetime) -> frozenset[str]:
    """The kinds that the reader's roles open; each goes into the book with the people it is shown of."""
    seen = frozenset(kind for kind in BESIDE if may_access(kind, by=by))
    for kind in BESIDE:
        if kind in seen:
            open_list(kind, people, by=by, at=at)
    return seen


def _curriculum_of(code: str) -> str:
    """The title of the curriculum that a topic comes from."""
    return next(
        (one.title for one in CURRICULA.values() if any(topic.code == code for topic in one.topics)), ""
    )


def _variant_notes(session: Session, shown: list[Appointment], code: str) -> tuple[str, ...]:
    """What changes in the topic for the young, or in Spanish, where the room asks for it."""
    own = next((one for one in CURRICULA.values() if any(topic.code == code for topic in one.topics)), None)
    if own is None:
        return ()
    born = [seat.patient.birth_date for seat in shown if seat.patient.birth_date]
    wanted = []
    if any(age_on(session.local_day, day) < 18 for day in born):
        wanted.append(MINOR)
    if session.group is not None and session.group.variant == "es":
        wanted.append(SPANISH)
    return tuple(own.variants[one].note for one in wanted if one in own.variants)
