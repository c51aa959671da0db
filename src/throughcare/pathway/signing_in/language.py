"""The language in which a person reads their own pages."""

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot
from throughcare.records.people import Account


def choose_language(language: str, *, by: Actor) -> None:
    """Keep the language, such as `es`, for the account that is signed in."""
    if by.account is None:
        raise Cannot("Sign in to keep a language.")
    Account.objects.filter(pk=by.account, organization_id=by.organization).update(language=language)
