"""“Is this level right for me?”: one question a page, all answers in the forms themselves. Nothing is kept anywhere."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.fields import Pick
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.languages import said
from throughcare.faces.web.public_pages.frame import public_frame
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.public_pages.guide_questions import BY_CODE, QUESTIONS, Question
from throughcare.knowledge.public_pages.level_guide import (
    choice_of,
    danger_in,
    direction,
    next_question,
    notes,
)

MISSING = _("Choose the answer that fits best")


class GuideForm(Form):
    """One question."""

    asks_one_question = True

    def __init__(self, question: Question, *args: object) -> None:
        super().__init__(*args)
        choices = [(one.code, said(one.words)) for one in question.choices]
        self.fields[question.code] = Pick(
            said(question.words), choices, hint=said(question.hint), missing=MISSING
        )


def level_guide(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """The first page; or, posted, the question that comes next, the danger page, or the way the answers point."""
    frame = public_frame(request, organization, at=timezone.now())
    if request.method != "POST":
        return _show(request, "guide_start", frame)
    answers = _answers(request)
    asked = BY_CODE.get(request.POST.get("asked", ""))
    step = request.POST.get("step", "")
    if step == "back" and answers:
        answers.pop(list(answers)[-1])
    elif step == "next" and asked is not None:
        if choice_of(asked.code, answers) is None:
            return _ask(request, frame, asked, answers, form=GuideForm(asked, request.POST), status=422)
        if danger_in(asked.code, answers):
            line = danger_in(asked.code, answers)
            return _show(request, "guide_danger", frame, answers=answers, line=line)
    question = next_question(answers)
    if question is None:
        return _result(request, frame, answers)
    return _ask(request, frame, question, answers, form=GuideForm(question))


def _answers(request: HttpRequest) -> dict[str, str]:
    """The answers that the form carries, in the order of the questions, up to the first one that is missing."""
    given: dict[str, str] = {}
    for question in QUESTIONS:
        posted = {question.code: request.POST.get(question.code, "")}
        choice = choice_of(question.code, posted)
        if choice is None:
            break
        given[question.code] = choice.code
    return given


def _show(
    request: HttpRequest, template: str, frame: dict[str, object], *, status: int = 200, **more: object
) -> HttpResponse:
    context = {**frame, "of": len(QUESTIONS), **more}
    return render(request, f"public_pages/{template}.html", context, status=status)


def _ask(
    request: HttpRequest,
    frame: dict[str, object],
    question: Question,
    answers: dict[str, str],
    *,
    form: GuideForm,
    status: int = 200,
) -> HttpResponse:
    number = QUESTIONS.index(question) + 1
    return _show(
        request,
        "guide_question",
        frame,
        status=status,
        form=form,
        question=question,
        answers=answers,
        number=number,
    )


def _result(request: HttpRequest, frame: dict[str, object], answers: dict[str, str]) -> HttpResponse:
    way = direction(answers)
    levels = [LEVELS[code] for code in way.levels]
    return _show(request, "guide_result", frame, way=way, levels=levels, notes=notes(answers))
