"""One question on a page, its answers as large buttons: a tap keeps the answer and leads on."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.week.answering import attempt
from throughcare.pathway.actor import Actor
from throughcare.pathway.measure.sheets import HandedIn, Sheet, answer_step, hand_in, open_sheet

SKIP = "skip"
# Scales with more answers than this stand in rows.
MOST_BELOW_EACH_OTHER = 6


class QuestionForm(Form):
    """One tapped answer."""

    answer = forms.CharField(required=False, max_length=8)

    def clean_answer(self) -> int | None:
        """The value; None for a question that is skipped."""
        said = str(self.cleaned_data["answer"])
        if said == SKIP:
            return None
        if not said.lstrip("-").isdigit():
            raise forms.ValidationError(_("Choose one of the answers, or skip the question."))
        return int(said)


@dataclass(frozen=True)
class Place:
    """Where the questions are asked: of whom, by whom, how, and the addresses of the pages around them."""

    patient: UUID
    by: Actor
    code: str
    mode: str
    question: Callable[[str], str]
    stop: str
    done: Callable[[HandedIn], str]
    request: UUID | None = None
    template: str = "questionnaires/question.html"
    more: dict[str, Any] = field(default_factory=dict)


def first_page(place: Place) -> HttpResponse:
    """On to the first question that is open."""
    sheet = open_sheet(place.patient, place.code, mode=place.mode, by=place.by, at=timezone.now())
    return redirect(place.question((sheet.next or sheet.steps[-1]).name))


def question_page(request: HttpRequest, place: Place, name: str) -> HttpResponse:
    """Show one question, or keep its answer and lead on; after the last one everything is handed in."""
    by, at = place.by, timezone.now()
    sheet = open_sheet(place.patient, place.code, mode=place.mode, by=by, at=at)
    sheet.step(name)
    form = QuestionForm(request.POST if request.method == "POST" else None)
    kept: list[Sheet] = []
    if form.is_valid() and attempt(
        form,
        lambda: kept.append(
            answer_step(
                place.patient, place.code, name, form.cleaned_data["answer"], mode=place.mode, by=by, at=at
            )
        ),
    ):
        following = kept[0].next
        if following is not None:
            return redirect(place.question(following.name))
        done: list[HandedIn] = []
        if attempt(form, lambda: done.append(_hand_in(place))):
            return redirect(place.done(done[0]))
    return render(
        request, place.template, _context(place, sheet, name, form), status=422 if form.errors else 200
    )


def _hand_in(place: Place) -> HandedIn:
    return hand_in(
        place.patient, place.code, mode=place.mode, request=place.request, by=place.by, at=timezone.now()
    )


def _context(place: Place, sheet: Sheet, name: str, form: QuestionForm) -> dict[str, Any]:
    step = sheet.step(name)
    before = sheet.before(name)
    return {
        "form": form,
        "sheet": sheet,
        "step": step,
        "number": sheet.place(name),
        "of": len(sheet.steps),
        "chosen": sheet.given.get(name),
        "was_skipped": name in sheet.given and sheet.given[name] is None,
        "back": place.question(before) if before else "",
        "stop": place.stop,
        "in_rows": len(step.answers) > MOST_BELOW_EACH_OTHER,
        **place.more,
    }
