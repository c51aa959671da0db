"""My tests: whether one is asked today, how it was, and how I can check that chance decided."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from throughcare.faces.web.languages import lazy as _
from throughcare.faces.web.once import once
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.drug_tests.interpreting import CLASS_WORDS
from throughcare.pathway.cannot import Cannot, CannotSee
from throughcare.pathway.drug_test.drawing import choose_own_word
from throughcare.pathway.drug_test.fairness import my_draw
from throughcare.pathway.drug_test.own import my_tests
from throughcare.pathway.reward.views import my_rewards


def tests(request: StaffRequest) -> HttpResponse:
    """Today first, then what was."""
    by, now = request.actor, timezone.now()
    context = {
        "mine": my_tests(by=by, at=now),
        "draw": my_draw(by=by, at=now),
        "rewards": my_rewards(by=by, at=now),
        "class_words": CLASS_WORDS,
        "may_add": by.holds("patient"),
    }
    return render(request, "drug_tests/mine.html", context)


@once
def word(request: StaffRequest) -> HttpResponse:
    """Mix a word of mine into the chance."""
    try:
        choose_own_word(request.POST.get("word", "")[:100], by=request.actor, at=timezone.now())
        messages.success(
            request, _("Your word counts from the next draw on. Keep it: we only have its fingerprint.")
        )
    except CannotSee:
        raise
    except Cannot as cannot:
        messages.error(request, cannot.because)
    return redirect("my_tests")
