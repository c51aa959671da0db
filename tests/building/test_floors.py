"""The house stands as it was drawn: keys, sizes, migrations, routes."""

import ast
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.urls import get_resolver

from throughcare.knowledge.roles import ALL as ROLES
from throughcare.records.models import SUBJECTS

SOURCE = Path(__file__).resolve().parents[2] / "src" / "throughcare"
PYTHON_FILES = [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def test_a_key_points_only_to_an_earlier_subject():
    order = {subject.__name__: place for place, subject in enumerate(SUBJECTS)}
    backwards = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_app_config("records").get_models()
        for field in model._meta.concrete_fields
        if field.is_relation
        and order[field.related_model.__module__] > order[model.__module__]
        and field.name not in {"organization", "recorded_by"}
    ]
    assert backwards == []


def test_every_model_is_among_the_subjects():
    names = {subject.__name__ for subject in SUBJECTS}
    assert {model.__module__ for model in apps.get_app_config("records").get_models()} <= names


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_and_functions_stay_small(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) < LONGEST_FILE, f"{len(lines)} lines"
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(ast.parse("\n".join(lines)))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_file_and_public_function_says_what_it_does(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [] if ast.get_docstring(tree) or not tree.body else ["the file"]
    silent += [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_no_file_has_a_name_that_says_nothing():
    empty_words = {
        "utils",
        "util",
        "helpers",
        "helper",
        "manager",
        "service",
        "services",
        "common",
        "base",
        "misc",
    }
    # Django finds a database's backend under this name alone.
    named_by_django = "throughcare/postgres/base.py"
    found = [str(path) for path in PYTHON_FILES if path.stem in empty_words]
    assert [path for path in found if not path.endswith(named_by_django)] == []


@pytest.mark.django_db
def test_the_migrations_hold_every_model():
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_every_address_states_who_may_use_it():
    patterns = get_resolver().url_patterns
    names = [pattern.name for pattern in patterns]
    assert len(names) == len(set(names))
    for pattern in patterns:
        route = pattern.callback.route
        assert route.public or route.roles, f"{pattern.name} is for nobody"
        assert set(route.roles) <= set(ROLES)


def test_no_template_marks_text_as_safe():
    loud = [str(path) for path in SOURCE.rglob("*.html") if "|safe" in path.read_text(encoding="utf-8")]
    assert loud == []
