"""Invented samples for the gallery. `UNTAMED` is put wherever a person's words may stand."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar

from throughcare.knowledge.daily import Day, DayOfStrip, strip_of
from throughcare.knowledge.verdict import Allowed, Refused

from ..charts import Band, Line, Point, ScoreChart
from ..fields import (
    Agree,
    Date,
    Email,
    File,
    Hours,
    LongText,
    Moment,
    Number,
    Password,
    Phone,
    Pick,
    PickMany,
    Select,
    Text,
    Time,
    TypedDate,
)
from ..form import AskedWhen, Form
from ..strips import WeekOfAttendance, WeekOfHours
from .people import Banner, Flag
from .tables import Column
from .weeks import Block, WeekGrid, week_grid

UNTAMED = '<script>alert("x")</script> & "quoted" O’Brien'
MONDAY = date(2026, 11, 16)
SEEN_AT = datetime(2026, 11, 18, 17, 30, tzinfo=UTC)

TRACKS = (("day", "Day"), ("evening", "Evening"), ("weekend", "Weekend"), ("telehealth", "Telehealth"))

REFUSED = Refused(
    "Group 4 is full (12 of 12). Choose another group or ask its facilitator.", "Clinic setting"
)
ALLOWED = Allowed()


class SampleForm(Form):
    """One of each field."""

    name = Text("Full name", hint=f"As on the insurance card, not {UNTAMED}", missing="Enter the full name")
    born_on = TypedDate(missing="Enter the date of birth", autocomplete="bday")
    phone = Phone(hint="Where we may call you", missing="Enter a phone number")
    email = Email(optional=True)
    track = Select("Track", TRACKS, missing="Choose a track")
    first_day = Date("First day", missing="Choose the first day")
    starts = Time("Starts", missing="Enter when it starts")
    called_at = Moment("Called", optional=True)
    children = Number("Children at home", optional=True)
    hours = Hours("Hours a week", hint="Prescribed, like 9 or 10.5", missing="Enter the hours a week")
    outcome = Pick(
        "What came of the call?",
        (
            ("reached", "Reached, wants to start"),
            ("declined", "Reached, said no"),
            ("voicemail", "Voicemail left"),
        ),
        missing="Choose what came of the call",
    )
    reason = LongText("Why did they say no?", optional=True, max_length=500)
    barriers = PickMany(
        "What could get in the way?",
        (("ride", "No ride"), ("children", "Childcare"), ("work", "Work hours")),
        optional=True,
    )
    safe = Pick("Is it safe to leave a message?", missing="Choose yes or no")
    secret = Password(optional=True)
    letter = File("Referral letter", accept=".pdf,.json", optional=True)
    agrees = Agree("The person agrees that we call again", missing="Ask whether we may call again")

    asked_when: ClassVar = {"reason": AskedWhen("outcome", ("declined",), "Write down why they said no")}


class SampleQuestion(Form):
    """One question of a page of its own."""

    asks_one_question = True
    ride = Pick(
        "How would you get here?",
        (
            ("own", "My own car"),
            ("bus", "Bus or train"),
            ("ride", "Someone drives me"),
            ("none", "I don't know yet"),
        ),
        hint="You can change this later.",
        missing="Choose how you would get here",
    )


class SampleFilter(Form):
    """A bar of filters."""

    track = Select("Track", TRACKS, optional=True, empty="All tracks")
    name = Text("Name begins with", optional=True)
    due = PickMany("Only", (("overdue", "Overdue"), ("today", "Due today")), optional=True)


def banner() -> Banner:
    """A patient with everything a banner can show."""
    return Banner(
        name=f"Maya Okafor {UNTAMED}",
        url="#maya",
        identifiers=(("Born", "Mar 27, 1984 (42)"), ("Record", "TC-004211")),
        level="IOP 2.1, evening",
        pronouns="she/her",
        flags=(Flag("C-SSRS positive", "wrong"), Flag("Latex allergy"), Flag("Spanish interpreter", "calm")),
        tabs=(
            ("Story", "#story", True),
            ("Care plan", "#plan", False),
            ("Week", "#week", False),
            ("Measures", "#measures", False),
        ),
    )


def scores() -> ScoreChart:
    """Nine weeks of PHQ-9 totals with the published bands."""
    bands = (
        Band("Minimal", 0, 4, 0),
        Band("Mild", 5, 9, 1),
        Band("Moderate", 10, 14, 2),
        Band("Moderately severe", 15, 19, 3),
        Band("Severe", 20, 27, 4),
    )
    values = (19, 18, 20, 16, 14, 15, 11, 9, 8)
    points = [Point(MONDAY - timedelta(weeks=8 - week), value) for week, value in enumerate(values)]
    change = "11 points lower than at the start: reliable improvement (5 or more)."
    lines = (Line("Target", 9), Line("Baseline", 19, "baseline"))
    return ScoreChart(f"PHQ-9 {UNTAMED}", points, 0, 27, bands, lines, change, "phq9")


def no_scores() -> ScoreChart:
    """A measure that was never taken."""
    return ScoreChart("GAD-7", (), 0, 21, (), (), "", "gad7")


def weeks_of_attendance() -> list[WeekOfAttendance]:
    """Eight weeks of three sessions each."""
    told = ("ppp", "ppp", "plp", "ppn", "nep", "ppp", "ppp", "pp?")
    keys = {"p": "present", "l": "late", "n": "no_show", "e": "excused", "?": "expected"}
    first = MONDAY - timedelta(weeks=7)
    return [
        WeekOfAttendance(first + timedelta(weeks=number), [keys[letter] for letter in week])
        for number, week in enumerate(told)
    ]


def days_said() -> Sequence[DayOfStrip]:
    """Two weeks of daily check-ins: a day without a word, use, a strong craving."""
    told = {
        MONDAY - timedelta(days=ago): Day(craving=craving, mood=5, use="yes" if ago == 6 else "no")
        for ago, craving in ((9, 3), (8, 8), (6, 7), (5, None), (3, 2), (1, 1), (0, 2))
    }
    return strip_of(told, today=MONDAY)


def weeks_of_hours() -> list[WeekOfHours]:
    """Eight weeks against nine hours prescribed."""
    given = (9, 9, 8.5, 6, 3, 9, 9, 6)
    first = MONDAY - timedelta(weeks=7)
    return [WeekOfHours(first + timedelta(weeks=number), hours, 9) for number, hours in enumerate(given)]


def week_of_maya() -> WeekGrid:
    """A week with evening groups, work, a clash and a free day."""
    days = [MONDAY + timedelta(days=number) for number in range(7)]
    work = [
        Block(day, time(8), time(16, 30), "Work", "Warehouse", tone="plain", commitment=True)
        for day in days[:5]
    ]
    groups = [
        Block(days[number], time(17, 30), time(20, 30), "Evening group", "Room 2 · A. Reyes", "#group")
        for number in (0, 2, 3)
    ]
    others = [
        Block(days[1], time(17), time(17, 50), "Individual", f"D. Ito {UNTAMED}", "#individual", "good"),
        Block(
            days[3],
            time(16),
            time(17, 45),
            "Court",
            "Clashes with Evening group",
            tone="wrong",
            commitment=True,
        ),
        Block(days[5], time(10), time(10, 15), "Dosing", tone="plain", commitment=True),
    ]
    return week_grid(days, [*work, *groups, *others])


CENSUS_COLUMNS = (
    Column("Patient", key="name"),
    Column("Hours this week", key="hours"),
    Column("Last seen", key="seen"),
    Column("Attendance"),
    Column("PHQ-9", key="phq9", numbers=True),
    Column("Trend"),
    Column("Next review", key="review"),
    Column("Actions", unseen=True),
)

CENSUS = (
    {
        "strip": "strip-1",
        "spark": "spark-1",
        "name": "Maya Okafor",
        "given": 6,
        "review": "overdue",
        "score": 8,
        "trend": (19, 18, 20, 16, 14, 11, 8),
    },
    {
        "strip": "strip-2",
        "spark": "spark-2",
        "name": UNTAMED,
        "given": 9,
        "review": "due_today",
        "score": 12,
        "trend": (14, 13, 12, 12),
    },
    {
        "strip": "strip-3",
        "spark": "spark-3",
        "name": "محمد الحسن",
        "given": 3.5,
        "review": "waiting",
        "score": 21,
        "trend": (16, 18, 21),
    },
    {
        "strip": "strip-4",
        "spark": "spark-4",
        "name": "Thérèse-Anne Vandenberghe-Oyelaran",
        "given": 0,
        "review": "done",
        "score": 4,
        "trend": (4,),
    },
)

SESSION_COLUMNS = (Column("Session"), Column("Time"), Column("Room"), Column("Expected", numbers=True))
