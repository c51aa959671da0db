"""Gate G1: what tools can see without running the program. Known weaknesses of packages need the network: not here."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import get_resolver

from throughcare.keys import new_keyring
from throughcare.knowledge.roles import ALL as ROLES

HOUSE = Path(__file__).resolve().parents[2]
# What bandit may find, file by file, and why it is no weakness.
REVIEWED = {
    ("B104", "tries.py"): "an address that stands for none; nothing listens there",
    ("B308", "charts.py"): "ElementTree has escaped every text and attribute",
    ("B703", "charts.py"): "the same line",
    ("B703", "draw.py"): "Django's template has escaped the values",
    ("B608", "outcome_sums.py"): "constant texts put together; every value is a parameter",
    ("B608", "restoring.py"): "a number and two moments of a manifest whose seal was checked",
    ("B608", "sources.py"): "names of tables, from the database's own list",
    ("B311", "telling.py"): "dice of the demo's story",
    ("B311", "arranging.py"): "the same",
    ("B311", "medicines.py"): "the same",
    ("B311", "testing.py"): "the same",
    ("B310", "watchdog.py"): "the address is the operator's own, and only https",
    ("B406", "views.py"): "words are escaped into XML; none is read",
    ("B406", "phone_provider.py"): "the same",
    ("B301", "messages.py"): "read from a process that this one started; nobody else can write to the pipe",
    ("B403", "messages.py"): "the same",
    ("B311", "greedy.py"): "dice of the search for a week",
    ("B311", "ideas.py"): "the same",
    ("B311", "rebuild.py"): "the same",
    ("B311", "seeker.py"): "the same",
    ("B311", "part_of_week.py"): "the same",
}
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a key of a cloud": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a token of a code host": re.compile(r"\bgh[pousr]_[A-Za-z0-9]{30,}|\bglpat-[\w-]{20,}"),
    "a key that signs mail or messages": re.compile(r"\bSG\.[\w-]{20,}\.[\w-]{20,}|\bxox[bap]-[\w-]{20,}"),
    "a password in an address": re.compile(r"://[^/\s:@{}$]{2,}:[^/\s:@{}$]{6,}@(?!host|localhost|127)"),
    "a long key in hand": re.compile(
        r"(?i)\b(?:secret_key|field_keys|api_key|token|passwd)\s*=\s*[\"'][A-Za-z0-9+/_-]{32,}[\"']"
    ),
}


def tracked():
    found = subprocess.run(["git", "ls-files", "-z"], cwd=HOUSE, capture_output=True, check=False)
    names = found.stdout.decode().split("\0")
    return [HOUSE / name for name in names if name and (HOUSE / name).is_file()]


def secrets_in(text):
    return [what for what, pattern in SECRETS.items() if pattern.search(text)]


def test_django_has_no_warning_for_a_clinic_behind_tls(tmp_path):
    """`check --deploy` with the settings of a real installation."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "THROUGHCARE_DATA": str(tmp_path / "data"),
        "THROUGHCARE_TLS": "1",
        "ALLOWED_HOSTS": "clinic.example",
        "SECRET_KEY": new_keyring("k1").split(":")[-1].strip() * 2,
        "FIELD_KEYS": new_keyring("k1").strip(),
        "DJANGO_SETTINGS_MODULE": "throughcare.settings",
    }
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=HOUSE,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_bandit_finds_nothing_that_was_not_looked_at():
    done = subprocess.run(
        [sys.executable, "-m", "bandit", "-q", "-r", "src", "-c", "pyproject.toml", "-f", "json"],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    report = json.loads(done.stdout)
    assert report["errors"] == []
    found = {(one["test_id"], Path(one["filename"]).name) for one in report["results"]}
    assert found - set(REVIEWED) == set()
    assert set(REVIEWED) - found == set(), "no longer found: take them out of the list"


def test_no_secret_is_among_the_files_of_the_repository():
    wrong = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if path != Path(__file__):
            wrong += [f"{path.relative_to(HOUSE)}: {what}" for what in secrets_in(text)]
    assert wrong == []


@pytest.mark.parametrize(
    "line",
    [
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        "key = 'AKIA" + "A" * 16 + "'",
        "postgres://clinic:" + "hunter22@db.example/x",
        "SECRET_KEY = '" + "a1B2" * 10 + "'",
    ],
)
def test_the_search_for_secrets_can_find_them(line):
    assert secrets_in(line)


def test_every_address_says_who_may_use_it():
    """The route census: nothing is public by forgetting, and no role is one that nobody can hold."""
    for pattern in get_resolver().url_patterns:
        route = pattern.callback.route
        assert pattern.name, pattern
        assert route.public or route.roles, f"{pattern.name} names neither roles nor that it is public"
        assert not (route.public and route.roles), pattern.name
        assert set(route.roles) <= set(ROLES), pattern.name
