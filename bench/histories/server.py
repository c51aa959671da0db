"""The server that is killed: `python -m bench.histories.server SOCKET`. One JSON line in, one out, a thread a person.

A parent loads the program and forks whoever serves; when that one is killed it forks the next, so that a restart takes
moments and a run can hold many. What dies is the whole process with its connections, in the midst of whatever it did.
"""

import json
import os
import signal
import socket
import sys
import threading
from typing import Any


def main(address: str) -> None:
    """Serve until the parent is told to end; start anew whenever the child was killed."""
    import django

    django.setup()
    from bench.histories import planted, verbs

    if os.environ.get("HISTORIES_PLANT"):
        planted.plant(os.environ["HISTORIES_PLANT"])
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen(32)
    child = 0

    def end(*_: Any) -> None:
        if child:
            os.kill(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, end)
    while True:
        child = os.fork()
        if not child:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            serve(listening, verbs.answer)
        os.waitpid(child, 0)


def serve(listening: socket.socket, answer: Any) -> None:
    """Take connections for ever."""
    while True:
        connection, _ = listening.accept()
        threading.Thread(target=converse, args=(connection, answer), daemon=True).start()


def converse(connection: socket.socket, answer: Any) -> None:
    """Answer line by line. `{"verb": "who"}` is answered with the process to kill."""
    from django.db import connection as database

    with connection.makefile("rwb") as lines:
        for line in lines:
            asked = json.loads(line)
            try:
                told = {"pid": os.getpid()} if asked["verb"] == "who" else answer(asked)
            except Exception as error:
                # Nobody can say whether it was kept: the client writes down that it doesn't know.
                told = {"result": "unknown", "because": f"{type(error).__name__}: {error}"[:200]}
            lines.write(json.dumps(told).encode() + b"\n")
            lines.flush()
    database.close()


if __name__ == "__main__":
    main(sys.argv[1])
