"""Writes migration 0001 anew from the models: `./run python docs/draw_first_migration.py`.

Only while there is no release: afterwards a change of a model is a migration of its own (`makemigrations`).
"""

import inspect
import os
from collections.abc import Iterator
from pathlib import Path

FIRST = {"Organization": 0, "Account": 1}  # every record points to these
HOUSE = Path(__file__).resolve().parent.parent
FILE = HOUSE / "src/throughcare/records/migrations/0001_the_house.py"


def main() -> None:
    """One CreateModel for each model, subject by subject, made at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    from django.db import migrations
    from django.db.migrations.writer import MigrationWriter

    from throughcare.records.tables_at_once import TablesAtOnce

    made = sorted(tables(), key=lambda one: FIRST.get(one.name, len(FIRST)))
    content = {"initial": True, "dependencies": [], "operations": [TablesAtOnce(operations=made)]}
    migration = type("Migration", (migrations.Migration,), content)("0001_the_house", "records")
    FILE.write_text(MigrationWriter(migration, include_header=False).as_string(), encoding="utf-8")


def tables() -> Iterator:
    """What creates each model's table, in the order of the subjects."""
    from django.db import migrations
    from django.db.migrations.state import ModelState

    from throughcare.records import models

    for subject in models.SUBJECTS:
        for found in vars(subject).values():
            own = inspect.isclass(found) and found.__module__ == subject.__name__
            if not own or not hasattr(found, "_meta") or found._meta.abstract:
                continue
            state = ModelState.from_model(found)
            options = {
                key: value
                for key, value in state.options.items()
                if value or key not in ("indexes", "constraints")
            }
            yield migrations.CreateModel(
                state.name,
                list(state.fields.items()),
                options=options,
                bases=state.bases,
                managers=state.managers,
            )


if __name__ == "__main__":
    main()
