"""`python -m bench.kills`: a clinic at work whose server is killed over and over (trust.md 5.2, gate G8).

Browsers send the forms of seven flows without a pause: a note signed, a consent signed, a consent taken back, a
medication changed, somebody marked as there, a crisis raised, a week published. After a random 40 to 400 ms with
requests in flight the whole process group gets SIGKILL and the server is started again. Who got no answer sends the
same form again, under its key. Of every form there must be exactly what it writes, once; the book of accesses must
hold, and the database be whole. `--what immediate` and `--what postmaster` kill PostgreSQL instead of the server.
"""

import argparse
import os
import random
import sys
import time
from collections import Counter

from bench.installation import an_installation
from bench.killed_database import Database
from bench.killed_migrations import kill_migrations
from bench.killed_server import Server
from bench.sending_again import Browsers

FIRST, LAST = 0.040, 0.400
RESTARTS_WITHIN = 5.0


def main() -> int:
    """Kill, print the figures; 1 when anything was lost, doubled, half or corrupt, or a restart took too long."""
    parser = argparse.ArgumentParser(prog="bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--short", action="store_true", help="20 kills")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--what", choices=("server", "immediate", "postmaster"), default="server")
    parser.add_argument("--migrations", action="store_true", help="kill starts that migrate; 5 when short")
    options = parser.parse_args()
    if options.migrations:
        kills = 5 if options.short else min(options.kills, 100)
        return kill_migrations(kills, postgres=options.postgres, seed=options.seed)
    if options.what != "server" and not options.postgres:
        parser.error("there is a database to kill with --postgres only")
    os.environ.setdefault("SECRET_KEY", "for a bench only; no data of anyone is behind it")
    kills = 20 if options.short else options.kills
    with an_installation(postgres=options.postgres) as folder:
        from tests.crashes.stage import Stage

        database = Database(options.what)
        with Server(folder) as server, Browsers(Stage(), server.port) as browsers:
            restarts = _kill(kills, random.Random(options.seed), server, database, browsers)
            browsers.finish()
        return _report(browsers, restarts, database)


def _kill(
    kills: int, dice: random.Random, server: Server, database: Database, browsers: Browsers
) -> list[float]:
    restarts: list[float] = []
    for number in range(kills):
        browsers.prepare()
        browsers.go()
        # A server that was just started takes its time for its first answer: two of three kills meet one at work.
        if number % 3:
            browsers.wait_for_answer()
        time.sleep(dice.uniform(FIRST, LAST))
        browsers.wait_for_flight()
        if database.what == "server":
            server.kill()
        else:
            database.kill()
        browsers.pause()
        began = time.monotonic()
        if database.what == "server":
            server.start()
        else:
            database.start()
        server.wait()
        restarts.append(time.monotonic() - began)
        if number % 50 == 49:
            print(f"{number + 1} kills, {browsers.answered} answered", flush=True)
    return restarts


def _report(browsers: Browsers, restarts: list[float], database: Database) -> int:
    from tests.crashes.stage import FLOWS, written_by

    wrong: Counter[str] = Counter()
    for form in browsers.sent:
        rows = FLOWS[form.flow][1]
        found = written_by(form.flow, form.about)
        if found == rows:
            continue
        wrong["lost" if not any(found) else "doubled" if max(found) > max(rows) else "half"] += 1
        print(form.flow, form.about, found)
    restarts.sort()
    flows = Counter(form.flow for form in browsers.sent)
    print(
        f"kills {len(restarts)}, requests cut off {browsers.cut_off}, kills of an idle server {browsers.idle_kills}"
    )
    print("forms " + ", ".join(f"{flow} {flows[flow]}" for flow in FLOWS))
    print(
        f"cut off and yet kept {browsers.kept_unanswered}; errors answered {browsers.errors}; "
        f"refused {browsers.refused or 'none'}"
    )
    for word in ("lost", "doubled", "half"):
        print(f"{word}: {wrong[word]} of {len(browsers.sent)}")
    corrupt = database.what_is_corrupt()
    print(f"corrupt: {corrupt or 'nothing'}")
    print(f"restart: p50 {restarts[len(restarts) // 2]:.1f} s, longest {restarts[-1]:.1f} s")
    print(
        f"with none of {len(browsers.sent)} forms wrong, fewer than {3 / len(browsers.sent):.1e} are (95 %)"
    )
    is_slow = restarts[-1] > RESTARTS_WITHIN
    return 1 if wrong or corrupt or browsers.refused or is_slow else 0


if __name__ == "__main__":
    sys.exit(main())
