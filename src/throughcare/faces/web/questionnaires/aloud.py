"""Reading a questionnaire aloud: large, one question at a time, answered with the keys 0 to 9."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.chart_tabs import chart
from throughcare.faces.web.fields import Select
from throughcare.faces.web.form import Form
from throughcare.faces.web.measures.told import tell_score
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.questionnaires.one_by_one import Place, first_page, question_page
from throughcare.faces.web.routing import StaffRequest
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.measure_schedule import OCCASIONS
from throughcare.knowledge.questionnaires.library import all_questionnaires
from throughcare.pathway.measure.asking import ask_now
from throughcare.pathway.measure.crisis_path import SCREENER
from throughcare.pathway.measure.measure_links import make_link, make_measure_code
from throughcare.pathway.measure.requests_view import requests_of
from throughcare.pathway.measure.sheets import ALOUD, HandedIn

COLUMNS = (
    Column("Questionnaire"),
    Column("Due"),
    Column("Why"),
    Column("Stands"),
    Column("Actions", unseen=True),
)


class AskForm(Form):
    """Which questionnaire to ask for."""

    code = Select(
        "Questionnaire",
        tuple((one.code, one.title) for one in all_questionnaires()),
        missing="Choose a questionnaire",
    )


def _place(request: StaffRequest, patient: UUID, code: str) -> Place:
    by = request.actor

    def done(handed: HandedIn) -> str:
        tell_score(request, handed.measure)
        if handed.opened is not None and handed.opened.asks_screener:
            return reverse("aloud", args=[patient, SCREENER])
        return reverse("measures", args=[patient])

    return Place(
        patient=patient,
        by=by,
        code=code,
        mode=ALOUD,
        question=lambda name: reverse("aloud_question", args=[patient, code, name]),
        stop=reverse("measures", args=[patient]),
        done=done,
        template="questionnaires/aloud.html",
        more={
            **chart(patient, current="progress", by=by, at=timezone.now()),
            "trail": [("Measures", reverse("measures", args=[patient]))],
        },
    )


def questionnaire(request: StaffRequest, patient: UUID, code: str) -> HttpResponse:
    """On to the question where the reading stopped."""
    return first_page(_place(request, patient, code))


@once
def question(request: StaffRequest, patient: UUID, code: str, name: str) -> HttpResponse:
    """One question, read aloud."""
    return question_page(request, _place(request, patient, code), name)


def asking(request: StaffRequest, patient: UUID) -> HttpResponse:
    """What the person is asked to answer, and the ways to get it answered."""
    return _asking(request, patient)


@once
def ask(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Ask the person for one more questionnaire, from today on."""
    form, by, at = AskForm(request.POST), request.actor, timezone.now()
    if form.is_valid() and attempt(form, lambda: ask_now(patient, form.cleaned_data["code"], by=by, at=at)):
        messages.success(request, "It waits for the person from now on.")
        return redirect("measure_requests", patient)
    return _asking(request, patient, form=form)


@once
def link(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Make a link to what waits. It is shown this once."""
    token = make_link(patient, by=request.actor, at=timezone.now())
    address = request.build_absolute_uri(reverse("questions", args=[token]))
    return _asking(request, patient, link=address)


@once
def kiosk_code(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Make a code that opens what waits at a kiosk. It is shown this once."""
    code = make_measure_code(
        patient,
        address=lambda token: reverse("questions", args=[token]),
        by=request.actor,
        at=timezone.now(),
    )
    return _asking(request, patient, code=code)


def _asking(
    request: StaffRequest, patient: UUID, *, form: AskForm | None = None, **more: str
) -> HttpResponse:
    by, at = request.actor, timezone.now()
    context = {
        **chart(patient, current="progress", by=by, at=at),
        "trail": [("Measures", reverse("measures", args=[patient]))],
        "rows": [(one, OCCASIONS.get(one.occasion, "")) for one in requests_of(patient, by=by, at=at)],
        "columns": COLUMNS,
        "form": form or AskForm(),
        **more,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "questionnaires/asking.html", context, status=status)
