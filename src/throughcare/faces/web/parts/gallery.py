"""`/parts/`: every part in every state, with invented samples."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ..status_words import STATUS_WORDS
from ..week_bar import BarOfWeek
from . import samples

FRAMES = {"": "gallery/desk.html", "public": "gallery/public.html", "print": "gallery/print.html"}

FLASHES = (
    ("success", "Attendance of 9 people was saved."),
    ("warning", "Two people have no note yet."),
    ("error", "The letter could not be sent; it will be tried again in 10 minutes."),
    ("info", "You are looking at a demonstration clinic."),
)


def gallery(request: HttpRequest, frame: str = "") -> HttpResponse:
    """The parts in the frame of staff pages, or of `public` or `print` pages."""
    return render(request, FRAMES[frame], sample_context())


def sample_context() -> dict[str, object]:
    """All that the gallery's templates show."""
    answers = {"name": samples.UNTAMED, "born_on": "13/32/1984", "outcome": "declined", "children": "two"}
    asked_again = samples.SampleForm(
        {f"again-{name}": value for name, value in answers.items()}, prefix="again"
    )
    return {
        "organization": "Riverbend Recovery",
        "site_name": "Downtown",
        "who": {"name": "Ana Reyes", "roles": "Therapist, Facilitator"},
        "nav": [
            ("Today", "#", False),
            ("Pipeline", "#", False),
            ("Census", "#", True),
            ("Week", "#", False),
            ("Measures", "#", False),
            ("Director", "#", False),
        ],
        "user_links": [("My notes to sign", "#")],
        "samples": samples,
        "untamed": samples.UNTAMED,
        "trail": [("Census", "#"), ("Maya Okafor", "#")],
        "tab_links": [("Open", "#", True, 12), ("Waiting", "#", False, 3), ("Closed", "#", False)],
        "messages": [{"level_tag": tag, "message": text} for tag, text in FLASHES],
        "status_keys": list(STATUS_WORDS),
        "form": samples.SampleForm(),
        "asked_again": asked_again,
        "question": samples.SampleQuestion(prefix="q"),
        "filter": samples.SampleFilter(prefix="f", use_required_attribute=False),
        "banner": samples.banner(),
        "grid": samples.week_of_maya(),
        "today": samples.MONDAY,
        "chart_scores": samples.scores(),
        "chart_empty": samples.no_scores(),
        "short_week": BarOfWeek(prescribed=9, planned=9, came=2.5, made_up=1, to_come=3, open=1.5),
        "attendance_weeks": samples.weeks_of_attendance(),
        "days_said": samples.days_said(),
        "hours_weeks": samples.weeks_of_hours(),
        "page": Paginator(range(63), 20).page(2),
    }
