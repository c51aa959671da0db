"""One message and the lane that sends it: `python -m tests.crashes.message_flow DATA prepare|send SECONDS`.

`send` does what the crisis lane does, so many seconds after the message was put, and prints what arrived so far: for
each copy whether it says that it is one.
"""

import os
import sys
from datetime import UTC, datetime, timedelta

os.environ.setdefault("SECRET_KEY", "for tests only; no data of anyone is behind it")
PUT_AT = datetime(2026, 3, 2, 13, 0, tzinfo=UTC)


def main(folder: str, action: str, seconds: str = "0") -> None:
    """Do one step on a data folder."""
    from throughcare.faces.cli.installation import migrate, start_django, use_data_folder

    use_data_folder(folder)
    start_django()
    if action == "prepare":
        migrate()
        prepare()
    else:
        send(PUT_AT + timedelta(seconds=int(seconds)))


def prepare() -> None:
    """One urgent message to somebody's phone."""
    from throughcare.pathway.clinic.founding import found_organization
    from throughcare.pathway.message.outbox import Recipient, put_message

    put_message(
        Recipient(phone="+12125550101"),
        subject="Paged",
        words="Sign in now.",
        key="one",
        urgent=True,
        ways=("text",),
        organization=found_organization("Harbor House", neutral_name="Harbor", phone="", at=PUT_AT),
        at=PUT_AT,
    )


def send(at: datetime) -> None:
    """One turn, and the writing down of what it sent."""
    from django.conf import settings

    from throughcare.faces.worker.channels.files import Files
    from throughcare.faces.worker.lane import Lane

    lane = Lane({"text": Files("text")}, urgent=True, places=1)
    lane.turn(at)
    lane.end(10, at)
    for file in sorted((settings.DATA / "messages").glob("*"), key=lambda one: one.stat().st_mtime_ns):
        print("again" if "Sent again" in file.read_text(encoding="utf-8") else "first")


if __name__ == "__main__":
    main(*sys.argv[1:])
