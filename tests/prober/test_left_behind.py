"""Gate G7 over a run: no marker of the fixture is left in its files, in the server's log or in mail."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.prober.conftest import AS, HOUSE, read

pytestmark = pytest.mark.prober
SECONDS_TO_START = 60


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def get(port, path, role):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Cookie": role["cookie"], **role["headers"]}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def wait_for(port):
    for _ in range(SECONDS_TO_START * 5):
        try:
            return get(port, "/welcome", {"cookie": "", "headers": {}})
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


def run(folder, visits, log):
    """A server of its own, at every loudness, visited and ended."""
    port = free_port()
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "throughcare.faces.cli.main", "serve"),
                *("--data", str(folder / "data"), "--port", str(port)),
            ],
            cwd=HOUSE,
            env={**AS, "LOG_LEVEL": "DEBUG", "THROUGHCARE_DATA": str(folder / "data")},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(port)
            answers = [get(port, path, role) for role, path in visits]
            files = {one: one.read_bytes() for one in (folder / "data").rglob("*") if one.is_file()}
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    return answers, files


def test_no_word_of_anyone_is_left_in_files_and_logs_of_a_run(folder, tmp_path):
    roles, ids = read(folder, "roles"), read(folder, "ids")
    patient, note = ids["patient"]["patient_a"][0], ids["note"]["patient_a"][0]
    visits = [
        (roles["clinician"], f"/patients/{patient}/"),
        (roles["clinician"], f"/notes/{note}"),
        (roles["clinician"], f"/search?q={ids['_markers']['patient_a'][0]}"),
        (roles["patient_a"], "/my/privacy"),
        (roles["family_a"], f"/family/{patient}"),
        (roles["other_org_clinician"], f"/patients/{patient}/"),
        (roles["suspended"], f"/patients/{patient}/"),
    ]
    log = tmp_path / "server.log"
    answers, files = run(folder, visits, log)
    assert [status for status, _ in answers] == [200, 200, 200, 200, 200, 404, 200]
    assert ids["_markers"]["patient_a"][0] in answers[0][1].lower(), "nobody was shown, so nothing is proven"
    assert "Sign in" in answers[6][1]
    words = {word for key, found in ids["_markers"].items() if is_persons(key, ids) for word in found}
    assert len(words) > 100
    files[log] = log.read_bytes()
    assert any(one.name.endswith("-wal") for one in files), (
        "the write-ahead log was not there to be looked through"
    )
    cookies = {row["cookie"].partition("=")[2] for row in roles.values() if row["cookie"]}
    # An account's e-mail address stands in clear: it is what one signs in with.
    in_clear = {word for key, found in ids["_markers"].items() if stands_in_clear(key) for word in found}
    found = {
        str(name.name): sorted(
            word
            for word in (words | cookies) - (set() if name == log else in_clear)
            if word.encode() in content.lower()
        )
        for name, content in files.items()
    }
    assert {name: left for name, left in found.items() if left} == {}


def is_persons(key, ids):
    owner = key.split(":")[0]
    return owner in ids["patient"] or " of " in owner


def stands_in_clear(key):
    kind = key.partition(":")[2]
    return kind == "account"
