"""Data of each earlier version becomes this version's: nothing lost, every sealed word still opens."""

import ast
from pathlib import Path

import pytest

import throughcare.records.migrations as migrations
from tests.upgrades.stored_data import FOLDER, count_stored, in_a_process, restore

STORED = sorted(FOLDER.glob("*.sql.gz"))
FIRST = {"0000_accounts.py", "0001_the_house.py", "0002_append_only.py"}
# What the code of the version before still asks for would be gone or refuse what it writes.
CONTRACTS = {
    "RemoveField",
    "DeleteModel",
    "RenameField",
    "RenameModel",
    "AlterField",
    "AddConstraint",
    "RunSQL",
}
SAYS = "CONTRACTS_AFTER"


@pytest.mark.parametrize("stored", STORED, ids=lambda path: path.name.removesuffix(".sql.gz"))
def test_stored_data_becomes_this_versions(stored, tmp_path):
    restore(stored, tmp_path)
    before = count_stored(tmp_path)
    assert before["records_patient"] and before["records_crisis"] and before["records_access"]
    told = in_a_process("upgrade()", tmp_path)
    assert told["differs"] == {}, "without a release yet: ./run python -m tests.upgrades.stored_data"
    after = told["rows"]
    lost = {table: rows for table, rows in before.items() if table in after and after[table] < rows}
    assert lost == {}


def test_there_is_stored_data():
    assert STORED


def contracting(source: str) -> set[str]:
    """The operations of a migration that take something away from the code before it."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {name for call in calls if (name := getattr(call, "attr", "")) in CONTRACTS}


def why_not(name: str, source: str) -> str:
    """Why a migration may not be released; empty when it may."""
    taken = contracting(source)
    if not taken or SAYS in source:
        return ""
    return (
        f"{name}: {', '.join(sorted(taken))}. Expand first; contract a release later and name it in {SAYS}."
    )


def test_a_migration_only_adds_until_a_release_later():
    folder = Path(migrations.__file__).parent
    later = [path for path in folder.glob("0*.py") if path.name not in FIRST]
    assert [why for path in later if (why := why_not(path.name, path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize("operation", sorted(CONTRACTS))
def test_the_rule_finds_what_takes_away(operation):
    head = "from django.db import migrations\nclass Migration(migrations.Migration):\n    operations = ["
    assert why_not("0003", f"{head}migrations.{operation}('one', 'two')]")
    assert not why_not("0003", f"{head}migrations.AddField('one', 'two')]")
    assert not why_not("0003", f'{SAYS} = "0.2"\n{head}migrations.{operation}("one", "two")]')
