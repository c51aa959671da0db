"""The questionnaires that wait for me, signed in."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from throughcare.faces.web.once import once
from throughcare.faces.web.questionnaires.one_by_one import Place, first_page, question_page
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.after_answers import after_answers
from throughcare.pathway.measure.sheets import own_request, path_after
from throughcare.pathway.measure.waiting import waiting_of
from throughcare.pathway.privacy.own_record import own_patient


def _place(request: StaffRequest, asked: UUID) -> Place:
    by = request.actor
    patient = own_patient(by=by)
    return Place(
        patient=patient,
        by=by,
        code=own_request(patient, asked, by=by, at=timezone.now()),
        mode="self",
        request=asked,
        question=lambda name: reverse("my_question", args=[asked, name]),
        stop=reverse("my_daily"),
        done=lambda _: reverse("my_questionnaire_done", args=[asked]),
    )


def questionnaire(request: StaffRequest, asked: UUID) -> HttpResponse:
    """On to the question where I stopped."""
    return first_page(_place(request, asked))


@once
def question(request: StaffRequest, asked: UUID, name: str) -> HttpResponse:
    """One question."""
    return question_page(request, _place(request, asked), name)


def done(request: StaffRequest, asked: UUID) -> HttpResponse:
    """Thanks, or what happens now; and what else waits."""
    by, at = request.actor, timezone.now()
    patient = own_patient(by=by)
    waiting = waiting_of(patient, by=by, at=at)
    context = {
        "after": after_answers(path_after(patient, asked, by=by, at=at)),
        "waiting": [(one, reverse("my_questionnaire", args=[one.request])) for one in waiting],
        "home": reverse("my_daily"),
    }
    return render(request, "questionnaires/done.html", context)
