"""Who is signed in, as the actor that pathway calls ask for."""

from django.http import HttpRequest

from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor


def actor_of(request: HttpRequest) -> Actor | None:
    """The signed-in person as an actor, looked up once per request; None when nobody is."""
    if not hasattr(request, "_actor"):
        user = request.user
        request._actor = actor_for(user.pk) if user.is_authenticated else None  # type: ignore[attr-defined]
    actor: Actor | None = request._actor  # type: ignore[attr-defined]
    return actor
