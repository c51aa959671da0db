"""The keys and the database together: whether they belong to each other, and sealing anew under a newer key."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.functions import Substr
from django.db.models.lookups import Exact

from throughcare import keys
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.signing_in.sealed_factors import PLACE
from throughcare.records.key_witness import KeyWitness
from throughcare.records.people import Patient
from throughcare.records.sealed import SEALED, PrivateBytes

WORDS = "These words open."
BATCH = 500


def refuse_weak_keys() -> None:
    """Raise `Cannot` when a secret is a default, an example, too short or missing. A demo guards nothing."""
    why = "" if settings.DEMO else keys.why_weak(settings.SECRET_KEY, settings.FIELD_KEYS)
    if why:
        raise Cannot(why)


def refuse_foreign_keys(*, at: datetime) -> None:
    """Raise `Cannot` when this keyring doesn't open this database. The first time, leave a witness to tell by."""
    row = KeyWitness.objects.defer("words").first()
    try:
        if row is None:
            Patient.objects.first()  # opens a name, where there is one
            KeyWitness.objects.get_or_create(
                defaults={"words": WORDS, "fingerprint": _fingerprint(), "made_at": at}
            )
        elif KeyWitness.objects.values_list("words", flat=True).get() != WORDS:
            raise keys.CannotOpen
    except keys.CannotOpen:
        raise Cannot(
            "The keys don't open this database: they belong to another one, or a line of the keyring is missing. "
            "Put the keyring back that was in use when the database was last written."
        ) from None
    if row is not None and row.fingerprint != _fingerprint():
        raise Cannot(
            f"The keyring's line “{keys.INDEX}” is not the one this database was written with: people would not be "
            "found, and the book of accesses could not be verified. Put the old line back."
        )


def _fingerprint() -> str:
    return keys.mac(WORDS.encode(), use="witness").hex()


def keys_in_use() -> set[str]:
    """The names of the keys, other than the newest, under which something in the database is still sealed."""
    ring = keys.keyring()
    older = [name for name in ring.words if name != ring.newest]
    return _under_factors(older) | {
        name
        for name in older
        if any(_rows(model, _under(fields, name)).exists() for model, fields in _sealed())
    }


def seal_anew(say: Callable[[str, int], None]) -> int:
    """Seal everything under the newest key, batch by batch; the rows written. Safe to interrupt and to repeat.

    `say` gets each table and the rows written so far in all.
    """
    newest, written = keys.keyring().newest, 0
    for model, fields in _sealed():
        last = 0
        while True:
            stale = _rows(model, _older_than(fields, newest)).filter(pk__gt=last).order_by("pk")
            batch = list(stale.values_list("pk", flat=True)[:BATCH])
            if not batch:
                break
            written += _seal_batch(model, fields, batch)
            last = batch[-1]
            say(model._meta.db_table, written)
    return written + _seal_factors(newest)


def _under_factors(names: list[str]) -> set[str]:
    """Which of these keys seal the secret of a second factor."""
    held = {_key_of(words) for one in Authenticator.objects.all() for words in one.data.values()}
    return held & set(names)


def _seal_factors(newest: str) -> int:
    """The secrets of second factors, which allauth keeps in columns of its own, under the newest key."""
    written = 0
    for pk in list(Authenticator.objects.values_list("pk", flat=True)):
        with transaction.atomic():
            one = Authenticator.objects.select_for_update().filter(pk=pk).first()
            stale = (
                {} if one is None else {k: v for k, v in one.data.items() if _key_of(v) not in ("", newest)}
            )
            if one is not None and stale:
                one.data |= {k: keys.seal(keys.unseal(v, place=PLACE), place=PLACE) for k, v in stale.items()}
                one.save(update_fields=["data"])
                written += 1
    return written


def _key_of(words: Any) -> str:
    """The key that these words are sealed under; empty when they are not."""
    name = words.partition(".")[0] if isinstance(words, str) else ""
    return name if name in keys.keyring().words else ""


def _sealed() -> Iterator[tuple[type[models.Model], list[Any]]]:
    """Every model with sealed columns, and those columns."""
    for model in apps.get_app_config("records").get_models():
        fields = [one for one in model._meta.concrete_fields if isinstance(one, SEALED)]
        if fields:
            yield model, fields


def _rows(model: type[models.Model], condition: Q) -> models.QuerySet[Any]:
    return model._base_manager.filter(condition)


def _under(fields: list[Any], name: str) -> Q:
    """Rows of which a column is sealed under this key."""
    return reduce(or_, (Q(_begins(one, f"{name}.")) for one in fields))


def _older_than(fields: list[Any], newest: str) -> Q:
    """Rows of which a column is sealed, and not under the newest key."""
    return reduce(or_, (~Q(_begins(one, "")) & ~Q(_begins(one, f"{newest}.")) for one in fields))


def _begins(field: Any, start: str) -> Any:
    """Whether a column, as the database holds it, begins so; with nothing: whether it is empty."""
    binary = isinstance(field, PrivateBytes)
    plain: Any = models.BinaryField() if binary else models.TextField()
    head = Substr(ExpressionWrapper(F(field.attname), plain), 1, len(start) or 1, output_field=plain)
    return Exact(head, Value(start.encode() if binary else start, plain))


def _seal_batch(model: type[models.Model], fields: list[Any], batch: list[int]) -> int:
    names = [one.attname for one in fields]
    with transaction.atomic():
        locked = model._base_manager.select_for_update().filter(pk__in=batch).order_by("pk")
        for pk, *plain in locked.values_list("pk", *names):
            words = {
                name: value for name, value in zip(names, plain, strict=True) if value not in (None, "", b"")
            }
            model._base_manager.filter(pk=pk).update(**words)
    return len(batch)
