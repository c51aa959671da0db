"""Rows that change hands when two entries of one person become one, found from the models themselves."""

from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError, models, transaction

from throughcare.pathway.cannot import Cannot
from throughcare.records.people import Patient

# The book of accesses and what was decided about the two entries stay as they were written; whoever searches by the
# absorbed entry's name is led to the kept one.
# Who is looked at next is found anew for either.
STAY = frozenset({"accessedpatient", "patientmerge", "notthesameperson", "nextlook"})


def keys_to_patient() -> Iterator[tuple[type[models.Model], str]]:
    """Every model and column that points to a patient and moves with them."""
    for model in apps.get_app_config("records").get_models():
        if model._meta.model_name in STAY:
            continue
        for column in model._meta.concrete_fields:
            if column.is_relation and column.related_model is Patient:
                yield model, column.name


def move_rows(leaver: Patient, *, to: Patient) -> dict[str, list[int]]:
    """Point every row of `leaver` to the other patient; the keys moved, by model and column. Raises `Cannot`."""
    moved = {}
    for model, column in keys_to_patient():
        rows = model._default_manager.filter(**{column: leaver})
        keys = list(rows.values_list("pk", flat=True))
        if keys:
            _point(model, column, keys, to)
            moved[f"{model._meta.model_name}.{column}"] = keys
    return moved


def put_back(moved: dict[str, list[int]], leaver: Patient, *, taken_from: Patient) -> None:
    """Point moved rows back, unless they have gone on to someone else since."""
    for label, keys in moved.items():
        name, column = label.split(".")
        model = apps.get_model("records", name)
        rows = model._default_manager.filter(pk__in=keys, **{column: taken_from})
        _point(model, column, list(rows.values_list("pk", flat=True)), leaver)


def _point(model: type[models.Model], column: str, keys: list[int], patient: Patient) -> None:
    try:
        with transaction.atomic():
            model._default_manager.filter(pk__in=keys).update(**{column: patient})
    except IntegrityError as error:
        raise Cannot(
            f"Both have {model._meta.verbose_name_plural} that can't stand in one record (the same session, "
            "or something only one of which may be open). Correct one of them first."
        ) from error
