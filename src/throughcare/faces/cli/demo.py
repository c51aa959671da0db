"""`throughcare demo`: a running clinic with a story in it. A second start keeps what was done meanwhile."""

import argparse
import gc
import json
import shutil
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from throughcare.faces.cli.exchange import WrongInput
from throughcare.faces.cli.installation import migrate, start_django, use_data_folder
from throughcare.faces.cli.serving import serve_until_stopped

PASSWORD = "riverbend demo"  # noqa: S105  # printed for everyone: nothing real is behind it
MAIL = "demo.riverbend.example"
BAR = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where the data is, which port, and whether to start over."""
    parser.add_argument("--data", help="data folder (default: throughcare-demo)", default="throughcare-demo")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--no-serve", action="store_true", help="make the clinic and stop")
    parser.add_argument(
        "--fresh", action="store_true", help="throw the demo away and tell its story anew (asks first)"
    )


def run(arguments: argparse.Namespace) -> int:
    """Make the demo clinic where there is none, print the sign-ins, serve."""
    folder = Path(arguments.data).resolve()
    if arguments.fresh and (folder / "throughcare.sqlite3").exists():
        clear(folder)
    data = use_data_folder(str(folder))
    start_django()
    migrate()
    from throughcare.pathway.installation import is_set_up

    if not is_set_up():
        tell(data)
    elif not (data / "demo").exists():
        raise WrongInput(f"{data} holds a real clinic; choose another folder with --data")
    print_sign_ins(data)
    if arguments.no_serve:
        return 0
    print(f"\nThe demo clinic is at http://127.0.0.1:{arguments.port}/  (Ctrl+C ends it)", flush=True)
    return serve_until_stopped(data, host="127.0.0.1", port=arguments.port, processes=1)


def clear(folder: Path) -> None:
    """Throw the demo's folder away, if the person says so; never a real clinic's."""
    if not (folder / "demo").exists():
        raise WrongInput(f"{folder} holds a real clinic, not a demo; --fresh leaves it alone")
    if not sys.stdin.isatty():
        answer = sys.stdin.readline()
    else:
        answer = input(f"Throw away the demo in {folder} and everything done in it? [y/N] ")
    if answer.strip().lower() not in ("y", "yes"):
        raise WrongInput("the demo was kept; answer y to start over")
    shutil.rmtree(folder)


def tell(data: Path) -> None:
    """Build the story with a bar that shows how far it is."""
    from throughcare.faces.cli.story.clinic import STAFF
    from throughcare.faces.cli.story.telling import tell_story
    from throughcare.knowledge.roles import ALL as ROLES
    from throughcare.pathway.signing_in.factors import enrol_known_app, new_app_secret

    # From its first moment the folder is known as a demo's: one that was broken off may be thrown away.
    (data / "demo").write_text("[]", encoding="utf-8")
    print("Telling the story of a made-up clinic (about a minute) …", flush=True)
    gc.set_threshold(100_000)  # tens of thousands of short queries: the collector finds little and costs much
    clinic = tell_story(now=datetime.now(UTC), mail=MAIL, password=PASSWORD, say=show_progress)
    print()
    now = datetime.now(UTC)
    sign_ins = [
        {
            "role": ", ".join(ROLES[role].title for role in staff.roles),
            "name": f"{staff.given_name} {staff.family_name}",
            "email": f"{staff.email}@{MAIL}",
            "password": PASSWORD,
            "secret": new_app_secret(),
        }
        for _, staff in STAFF.values()
    ]
    for one in sign_ins:
        enrol_known_app(one["email"], secret=one["secret"], at=now)
    sign_ins += [asdict(one) for one in clinic.people]
    (data / "demo").write_text(json.dumps(sign_ins, indent=1), encoding="utf-8")


def show_progress(what: str, share: float) -> None:
    """One line that fills up; on something that is no terminal, nothing until the end."""
    if sys.stdout.isatty():
        filled = round(BAR * share)
        print(f"\r[{'█' * filled}{' ' * (BAR - filled)}] {share:4.0%} {what:24}", end="", flush=True)


def print_sign_ins(data: Path) -> None:
    """Who may be tried out, one line for each role."""
    from throughcare.pathway.signing_in.factors import shown_code

    rows = json.loads((data / "demo").read_text(encoding="utf-8"))
    if not rows:
        raise WrongInput(f"the story in {data} was broken off at its end; start over with --fresh")
    print(f"\nSign in as (the password of all staff is “{PASSWORD}”; the code is that of now):")
    for row in rows:
        code = shown_code(row["email"], secret=row["secret"], at=datetime.now(UTC)) if "secret" in row else ""
        words = "" if row["password"] == PASSWORD else f" (password “{row['password']}”)"
        print(f"  {row['email']:34} {code:7} {row['name']:18} {row['role']}{words}")
    print("The sign-in page shows each code as it changes; an authenticator app takes these keys:")
    for row in rows:
        if "secret" in row:
            print(f"  {row['email']:34} {row['secret']}")
