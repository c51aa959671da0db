"""What stands only where somebody looked at it: ways to the network, SQL by hand, programs run, markup by script."""

import re
from functools import cache
from pathlib import Path

import pytest

import throughcare

SOURCE = Path(throughcare.__file__).parent
SCRIPTS = SOURCE / "faces/web/static/throughcare/js"
REACHES_OUT = {
    "urllib.request",
    "http.client",
    "smtplib",
    "socket",
    "ftplib",
    "telnetlib",
    "requests",
    "httpx",
    "ssl",
    "obstore",
}
# Each way out of the program, and where it leads: nobody who uses the program names one of these places.
WAYS_OUT = {
    "faces/worker/watchdog.py": "the address that the operator names in HEARTBEAT_URL, https only",
    "faces/worker/channels/phone_provider.py": "the provider of texts and calls that the operator names in SMS_URL",
    "pathway/backup/buckets.py": "the store that the operator names in BACKUP_TO, https unless on this machine",
    "faces/worker/channels/mail.py": "the mail server that the operator names in MAIL_HOST, by STARTTLS",
}
RUNS_PROGRAMS = {
    "faces/supervising.py": "this program's own server and worker",
    "faces/worker/own_copies.py": "this program itself, to draw one person's record",
    "faces/worker/packets.py": "this program itself, to draw the packet for a day without it",
    "faces/cli/drill.py": "this program itself, to restore into an empty place",
    "faces/cli/export_clinic.py": "this program itself, to write the files of an export",
    "faces/worker/solving_rounds.py": "this program itself, to solve one week",
    "timetable/search/crew.py": "this program itself, to search beside",
    "pathway/backup/sources.py": "pg_dump, with words that nobody types in",
    "pathway/backup/restoring.py": "pg_restore, the same",
}
SQL_BY_HAND = {
    "pathway/prepared.py": "what Django compiled, with its arguments apart",
    "pathway/vital_signs.py": "constant questions about the database itself",
    "pathway/boards/outcome_sums.py": "constant texts; every value is a parameter",
    "pathway/privacy/late_book.py": "how long to wait for a lock, a constant",
    "pathway/privacy/prepared.py": "what Django compiled, with its arguments apart",
    "faces/cli/check.py": "constant questions about the database itself",
    "pathway/backup/sources.py": "copying the database as it stands; names of tables are the program's own",
    "pathway/clinic_export/snapshot.py": "constant words that make a transaction read only",
    "pathway/clinic_export/reading_in.py": "the names of sequences are Django's",
    "pathway/backup/restoring.py": "the same, into an empty place",
}
# A page's own words put back where they stood: nothing from outside.
MARKUP_BY_SCRIPT = {"still_lets.js"}
TEMPLATES = [*(SOURCE / "faces/web/templates").rglob("*.html")]


@cache
def sources():
    return {
        str(path.relative_to(SOURCE)): path.read_text(encoding="utf-8")
        for path in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in path.parts
    }


def who_imports(*modules):
    """The files that import one of these, or a part of it."""
    names = "|".join(re.escape(one) for one in modules)
    wanted = re.compile(rf"^\s*(?:import|from) (?:{names})\b|^from urllib import .*request", re.MULTILINE)
    return {path for path, text in sources().items() if wanted.search(text)}


def who_calls(pattern):
    wanted = re.compile(pattern)
    return {path for path, text in sources().items() if wanted.search(text)}


def test_each_way_out_to_the_network_is_known():
    """No address that somebody types in is ever asked by the program: there is nothing that could ask it."""
    assert who_imports(*REACHES_OUT) == set(WAYS_OUT)


def test_each_program_that_is_run_is_known():
    assert who_imports("subprocess") == set(RUNS_PROGRAMS)
    assert who_calls(r"(?<![\w.])(?:eval|exec)\(|os\.(?:system|popen|spawn)") == set()


def test_each_place_with_sql_by_hand_is_known():
    assert who_calls(r"\.(?:raw|extra|cursor)\(|RawSQL\(") == set(SQL_BY_HAND)


def test_nothing_from_outside_is_turned_into_objects():
    """No pickle but between a process and its own child, no YAML, no reader of XML."""
    assert who_imports("pickle", "marshal", "shelve", "dill", "yaml", "lxml") == {
        "timetable/search/messages.py"
    }
    assert (
        who_calls(r"fromstring\(|iterparse|XMLParser|make_parser|minidom|expat|ElementTree\.parse") == set()
    )


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.js")), ids=lambda path: path.name)
def test_our_scripts_make_no_markup_of_words_and_run_none(path):
    if path.name == "htmx.min.js":
        return
    words = path.read_text(encoding="utf-8")
    makes = r"\binsertAdjacentHTML\b|document\.write|outerHTML|\.innerHTML\s*[+]?="
    assert bool(re.search(makes, words)) == (path.name in MARKUP_BY_SCRIPT)
    assert not re.search(r"\beval\(|new Function|\bpostMessage\b", words)


def test_no_page_loads_anything_from_elsewhere():
    loads = re.compile(
        r"<(?:script|link|img|iframe|source|video|audio|object|embed)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//"
    )
    assert len(TEMPLATES) > 200
    assert [path.name for path in TEMPLATES if loads.search(path.read_text(encoding="utf-8"))] == []


def test_no_page_plays_sound_or_pictures():
    """Whoever adds some owes captions, transcripts and a way to stop (WCAG 1.2, 1.4.2)."""
    plays = re.compile(r"<(?:audio|video|embed|object|iframe|marquee)\b")
    assert [path.name for path in TEMPLATES if plays.search(path.read_text(encoding="utf-8"))] == []
