"""What a form carries that was sent later: when it was written, and by whom."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from throughcare.faces.web.later.sealed_box import mark_of_owner
from throughcare.faces.web.signed_in import actor_of

AGE = "later_age"  # seconds since it was written, by the phone's own clock: a wrong clock tells no wrong hour
WHOSE = "later_whose"  # the writer as their phone knows them; another may have signed in a moment ago
LONGEST = timedelta(days=7)
NOT_YOURS = "This waited for somebody else on this phone. Nothing was sent."


def said_at(request: HttpRequest, *, at: datetime) -> datetime:
    """The moment at which a form was written: now, or as long ago as the phone kept it, a week at most."""
    try:
        age = timedelta(seconds=int(request.POST.get(AGE, "0")))
    except (ValueError, OverflowError):
        return at
    return at - min(max(age, timedelta()), LONGEST)


def is_the_writers(request: HttpRequest) -> bool:
    """Whether a form that waited is sent by who wrote it; true for one that didn't wait."""
    whose = request.POST.get(WHOSE, "")
    actor = actor_of(request) if whose else None
    return not whose or (
        actor is not None and actor.account_uid is not None and whose == mark_of_owner(actor.account_uid)
    )
