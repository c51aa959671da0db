"""The account behind a key, as Django's own functions want it."""

from typing import Any

from django.contrib.auth import get_user_model


def account_by_key(key: int) -> Any:
    """The account that may sign in with this key; None when it is gone or suspended."""
    account = get_user_model()._default_manager.filter(pk=key).first()
    return account if account is not None and account.is_active else None
