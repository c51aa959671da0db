"""Writes the first migrations anew from the models: `./run python docs/draw_first_migration.py`.

Only while there is no release: afterwards a change of a model is a migration of its own (`makemigrations`).
"""

import inspect
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

FIRST = ("Organization", "Account")  # every record points to these
HOUSE = Path(__file__).resolve().parent.parent
FOLDER = HOUSE / "src/throughcare/records/migrations"
# What came along with Django. Its many small steps run while these two tables are all there is to draw anew after each:
# behind the whole house they would take four times as long as the house.
CAME_ALONG = ("contenttypes", "auth", "axes", "account", "mfa")


def main() -> None:
    """Accounts, then one CreateModel for each other model, subject by subject, made at once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughcare.settings")
    import django

    django.setup()
    made = {one.name: one for one in tables()}
    accounts = [made.pop(name) for name in FIRST]
    write("0000_accounts", accounts, [], initial=True)
    write("0001_the_house", list(made.values()), [("records", "0000_accounts"), *last_steps()])


def last_steps() -> Iterator[tuple[str, str]]:
    """The newest migration of everything that came along."""
    from django.db.migrations.loader import MigrationLoader

    graph = MigrationLoader(None).graph
    for app in CAME_ALONG:
        yield from graph.leaf_nodes(app)


def write(
    name: str, operations: Sequence, dependencies: list[tuple[str, str]], *, initial: bool = False
) -> None:
    """One migration as a file, formatted."""
    from django.db import migrations
    from django.db.migrations.writer import MigrationWriter

    from throughcare.records.tables_at_once import TablesAtOnce

    content = {"dependencies": dependencies, "operations": [TablesAtOnce(operations=operations)]}
    if initial:
        content["initial"] = True
    migration = type("Migration", (migrations.Migration,), content)(name, "records")
    file = FOLDER / f"{name}.py"
    file.write_text(MigrationWriter(migration, include_header=False).as_string(), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(file)], check=True)


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
