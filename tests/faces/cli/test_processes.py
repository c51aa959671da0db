"""The program as people start it: real processes on a spare port."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

LONGEST_START = 90
POLL = 0.1


@pytest.fixture
def spare_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def throughcare(*words, **more):
    told = {name: value for name, value in os.environ.items() if name not in {"SECRET_KEY", "DATABASE_URL"}}
    command = [sys.executable, "-m", "throughcare.faces.cli.main", *words]
    return subprocess.Popen(
        command, env=told, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **more
    )


def first_answer(address, server):
    """The status of the first answer that comes."""
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code
        except OSError:
            time.sleep(POLL)
    return None


def test_serve_answers_check_says_so_and_a_plain_kill_ends_both(tmp_path, spare_port):
    data = str(tmp_path / "clinic")
    server = throughcare("serve", "--data", data, "--port", str(spare_port))
    try:
        assert first_answer(f"http://127.0.0.1:{spare_port}/", server) == 200
        check = throughcare("check", "--data", data)
        said, _ = check.communicate(timeout=LONGEST_START)
        assert "well  database" in said
        assert "well  migrations" in said
    finally:
        server.terminate()
        server.wait(timeout=30)
    with socket.socket() as caller:
        assert caller.connect_ex(("127.0.0.1", spare_port)) != 0
