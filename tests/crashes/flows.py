"""Seven things done, the program killed at each step of them: `python -m tests.crashes.flows DATA [--statements]`.

One process makes the clinic and forks another for every death, so that each dies as a server does, by SIGKILL, with
nothing tidied up. Prints a line of JSON for each flow. `--statements` kills before each question that a flow puts to
the database as well, however many there are.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

os.environ.setdefault("SECRET_KEY", "for tests only; no data of anyone is behind it")

if TYPE_CHECKING:
    from django.test import Client

    from tests.crashes.stage import Sent

# Where a browser is signed in, and what is looked up again after a restart: written by no flow.
APART = {"django_session"}
MOST_STATEMENTS = 400


def main(folder: str, *words: str) -> None:
    """Kill every flow at its steps, and say what each left."""
    from throughcare.faces.cli.installation import migrate, start_django, use_data_folder

    use_data_folder(folder)
    start_django()
    from django.conf import settings

    # Nobody signs in by a password here, and hashing one is made to be slow.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    migrate()
    for told in deaths(statements="--statements" in words):
        print(json.dumps(told), flush=True)


def deaths(*, statements: bool) -> Iterator[dict[str, Any]]:
    """Each flow's story: what stood before, after each death, and after the form was sent again."""
    from tests import through_the_door  # noqa: F401  # lets the client in with both factors
    from tests.crashes.stage import FLOWS, Stage

    stage = Stage()
    for flow, (route, rows) in FLOWS.items():
        form = stage.next(flow)
        told = {"flow": flow, "rows": list(rows), **killed_at_marks(signed_in(form), form, route)}
        if statements:
            form = stage.next(flow)
            told |= swept(signed_in(form), form)
        yield told


def killed_at_marks(browser: "Client", form: "Sent", route: str) -> dict[str, Any]:
    """Killed before it is kept, then right after; then sent again by a browser that never got an answer."""
    from throughcare.pathway import crash_points

    def die_at(step: str) -> Callable[[], None]:
        return lambda: setattr(crash_points, "_DIE_AT", step)

    before = census()
    written = died(browser, form, die_at(f"{route}:written"))
    left = [written, list(counted(form)), changed(before, census())]
    kept = died(browser, form, die_at(f"{route}:kept"))
    stands = census()
    left += [kept, list(counted(form)), changed(before, stands)]
    answer = browser.post(form.url, form.fields)
    return {
        "written": left[:3],
        "kept": left[3:],
        "again": [answer.status_code, list(counted(form)), changed(stands, census())],
    }


def swept(browser: "Client", form: "Sent") -> dict[str, Any]:
    """Killed before its first question to the database, then its second, until one try ends by itself."""
    before, seen = census(), []
    for statement in range(1, MOST_STATEMENTS):
        code = died(browser, form, lambda number=statement: die_before(number))  # type: ignore[misc]
        left = changed(before, census())
        if left not in seen:
            seen.append(left)
        if code == 0:
            return {"statements": statement, "left": seen, "counted": list(counted(form))}
    raise RuntimeError(f"{form.flow} puts more than {MOST_STATEMENTS} questions")


def died(browser: "Client", form: "Sent", get_ready: Callable[[], None]) -> int:
    """Send a form in a process that is told how to die; the signal that killed it, or its own code."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            get_ready()
            code = 0 if browser.post(form.url, form.fields).status_code == 302 else 3
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def die_before(number: int) -> None:
    """From now on, die instead of putting this question to the database."""
    from django.db import connection

    asked = 0

    def count(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, parameters, many, context)

    connection.execute_wrappers.append(count)


def signed_in(form: "Sent") -> "Client":
    """The browser of whoever sends it."""
    from django.test import Client

    from tests.through_the_door import login_with_both_factors
    from throughcare.records.people import Account

    browser = Client(headers={"host": "localhost"})
    login_with_both_factors(browser, Account.objects.get(pk=form.account))
    return browser


def counted(form: "Sent") -> tuple[int, ...]:
    """How much of what the form writes is there."""
    from tests.crashes.stage import written_by

    return written_by(form.flow, form.about)


def census() -> dict[str, int]:
    """How many rows each table holds."""
    from django.apps import apps
    from django.db import connection

    tables = sorted({model._meta.db_table for model in apps.get_models() if model._meta.managed} - APART)
    one = " UNION ALL ".join(f"SELECT '{name}', COUNT(*) FROM {name}" for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(one)
        return dict(cursor.fetchall())


def changed(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """The tables that hold more rows now, or fewer, and by how many."""
    return {name: after[name] - before[name] for name in after if after[name] != before[name]}


if __name__ == "__main__":
    main(*sys.argv[1:])
