"""`python -m bench.pooler`: the program behind PgBouncer in transaction mode, as docs/operate.md writes it.

A role with the manual's settings, the manual's pgbouncer.ini, two servers and two workers behind it, a crowd at their
pages, a backup and a drill past the pooler meanwhile, and the server frozen for a while. Needs `pgbouncer`.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
from tests.postgres import a_postgres, binary, run_as_postgres, spare_port

from bench.downtime import Broken, a_phone, ask, call, crises, entries
from bench.frozen_database import TOLD_WITHIN_SECONDS, Browser, form_of, frozen_processes, home_of
from bench.installation import an_installation
from bench.killed_server import Server

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "operate.md"
CROWD, CROWD_SECONDS, BACK_WITHIN_SECONDS = 12, 10.0, 20.0
PAGES = ("/my/help", "/my/privacy", "/my/week", "/my/safety-plan")
WORD = "of-the-bench-alone"


def main() -> int:
    """All of it; 1 when a promise was broken."""
    with ExitStack() as until_done:
        owner = until_done.enter_context(a_postgres())
        direct, home = a_role(owner), home_of(owner)
        os.environ["DATABASE_URL"] = until_done.enter_context(a_pooler(direct))
        os.environ["DATABASE_DIRECT_URL"] = direct
        os.environ["THROUGHCARE_PG_BIN"] = binary("psql").rpartition("/")[0]
        folder = until_done.enter_context(an_installation(postgres=False))
        try:
            phone = a_phone()
            cookies = {name: one.value for name, one in phone.cookies.items()}
            with Server(folder) as one, Server(folder) as other, workers(2):
                browsers = [Browser(each.port, dict(cookies)) for each in (one, other)]
                print(f"pooler: {crowded(browsers, folder)}")
                print(f"pooler: {frozen(browsers, home)}")
        except Broken as broken:
            print(f"BROKEN: {broken}")
            return 1
    return 0


def crowded(browsers: list[Browser], folder: Path) -> str:
    """Pages without an error while a backup is taken and put back."""
    until = time.monotonic() + CROWD_SECONDS
    with ThreadPoolExecutor(CROWD) as crowd, tempfile.TemporaryDirectory() as place:
        people = [crowd.submit(_go_on, browsers[n % 2], until) for n in range(CROWD)]
        backup = _command("backup", "--data", str(folder), "--to", place)
        drill = _command("drill", "--data", str(folder), "--from", place)
        answers = [answer for person in people for answer in person.result()]
    wrong = sorted({status for status, _ in answers} - {200})
    ask(not wrong, f"pages were answered {wrong}")
    ask("Backup 1" in backup and "WELL" in drill, f"{backup} {drill}")
    slowest = max(seconds for _, seconds in answers)
    said = drill.strip().splitlines()[-1]
    return f"{len(answers)} pages by two servers, 0 errors, slowest {slowest:.2f} s; meanwhile {said}"


def frozen(browsers: list[Browser], home: Path) -> str:
    """The pooler takes every connection while the server behind it stands still."""
    forms = [form_of(browser) for browser in browsers]
    ask(browsers[0].ask(*call(forms[0]))[0] == 302, "a call for help is not taken")
    with frozen_processes(home):
        told = [
            browser.ask(*call(form)) for browser, form in zip(browsers, forms, strict=True) for _ in range(2)
        ]
    ask(all("Nobody has been paged yet" in text for _, text, _ in told), "a call is lost while it is frozen")
    longest = max(seconds for *_, seconds in told)
    ask(longest < TOLD_WITHIN_SECONDS, f"a call was told after {longest:.1f} s")
    wait_for(lambda: (crises(), entries()) == (1, len(told)), "the kept calls are not raised")
    return f"{len(told)} calls while the server was frozen told within {longest:.1f} s, kept, and raised"


def a_role(owner: str) -> str:
    """The manual's role, to whom the database belongs; the address of both."""
    with psycopg.connect(owner, autocommit=True) as server:
        # The drill makes a database of its own.
        server.execute(f"CREATE ROLE throughcare LOGIN CREATEDB PASSWORD '{WORD}'")
        for sentence in _block("sql").split(";"):
            server.execute(sentence.strip() or "SELECT 1")
        server.execute("ALTER DATABASE throughcare OWNER TO throughcare")
    return owner.replace("postgres@", f"throughcare:{WORD}@")


@contextmanager
def a_pooler(direct: str) -> Iterator[str]:
    """PgBouncer with the manual's lines; the address of the same database through it."""
    server, port, folder = direct.rpartition(":")[2].partition("/")[0], spare_port(), Path(tempfile.mkdtemp())
    lines = _block("ini").replace("port=5432", f"port={server}").replace("6432", str(port))
    lines = re.sub(r"auth_file = .*", f"auth_file = {folder}/users", lines)
    (folder / "bouncer.ini").write_text(
        f"{lines}\nunix_socket_dir =\npidfile = {folder}/pid\nlogfile = {folder}/log\n"
    )
    (folder / "users").write_text(f'"throughcare" "{WORD}"\n')
    if os.geteuid() == 0:
        for one in (folder, *folder.iterdir()):
            shutil.chown(one, "postgres", "postgres")
    try:
        run_as_postgres([shutil.which("pgbouncer") or "/usr/sbin/pgbouncer", "-d", f"{folder}/bouncer.ini"])
        yield direct.replace(f":{server}/", f":{port}/")
    finally:
        os.kill(int((folder / "pid").read_text()), signal.SIGTERM)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def workers(many: int) -> Iterator[None]:
    """So many workers beside the servers."""
    command = [sys.executable, "-m", "throughcare.faces.worker"]
    running = [subprocess.Popen(command, stderr=subprocess.DEVNULL) for _ in range(many)]
    try:
        yield
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait()


def wait_for(holds: Callable[[], bool], words: str) -> None:
    """Look until it holds, for so long."""
    until = time.monotonic() + BACK_WITHIN_SECONDS
    while not holds():
        ask(time.monotonic() < until, words)
        time.sleep(0.2)


def _go_on(browser: Browser, until: float) -> list[tuple[int, float]]:
    found = []
    while time.monotonic() < until:
        for page in PAGES:
            status, _, seconds = browser.ask(page)
            found.append((status, seconds))
    return found


def _command(*words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "throughcare.faces.cli.main", *words], capture_output=True, text=True
    )
    return done.stdout + done.stderr


def _block(language: str) -> str:
    """What the manual says to type in."""
    found = re.search(rf"```{language}\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    if found is None:
        raise Broken(f"the manual has no lines of {language}")
    return found.group(1)


if __name__ == "__main__":
    sys.exit(main())
