"""Saying at once what a questionnaire came to."""

from django.contrib import messages
from django.http import HttpRequest

from throughcare.pathway.measure.measure_view import MeasureView


def tell_score(request: HttpRequest, taken: MeasureView) -> None:
    """Tell the score on the next page, and as a warning what must be seen."""
    messages.success(request, f"{taken.short_title}: {taken.said}.")
    for item, because in taken.critical:
        messages.error(request, f"{taken.short_title}, item {item}: {because}")
    for note in taken.notes:
        messages.warning(request, note)
