"""A check-in or follow-up behind a link, without signing in. The page says nothing of what care it is about."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from throughcare.faces.web.aftercare.forms import AskForm
from throughcare.faces.web.once import once
from throughcare.faces.web.questionnaires.by_link import by_link
from throughcare.faces.web.week.answering import attempt
from throughcare.knowledge.aftercare.answers import CHECK_IN
from throughcare.pathway.aftercare.answering import answer_ask, open_link
from throughcare.pathway.measure.measure_links import make_link
from throughcare.pathway.measure.waiting import waiting_of


@by_link
@once
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questions; after the answer, what happens now."""
    at = timezone.now()
    visit = open_link(token, at=at)
    context: dict[str, Any] = {"visit": visit, "organization": visit.neutral_name}
    form = AskForm(request.POST or None, asked=visit.ask)
    if form.is_valid():
        kept: list[Any] = []
        if attempt(
            form,
            lambda: kept.append(answer_ask(visit.ask.uid, form.answer, way="link", by=visit.person, at=at)),
        ):
            context["weighed"] = kept[0]
            context["more"] = _more(visit, at=at)
            return render(request, "aftercare/thanks.html", context)
    context |= {"form": form, "is_follow_up": visit.ask.occasion != CHECK_IN}
    return render(request, "aftercare/by_link.html", context, status=422 if form.errors else 200)


def _more(visit: Any, *, at: Any) -> str:
    """The link to the questionnaires that wait after a follow-up; none where nothing waits."""
    if visit.ask.occasion == CHECK_IN or not waiting_of(visit.ask.patient, by=visit.person, at=at):
        return ""
    return make_link(visit.ask.patient, by=visit.person, at=at)
