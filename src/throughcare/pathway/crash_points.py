"""Places where the program can be made to die on purpose, so that what is left behind can be looked at.

`THROUGHCARE_DIE_AT=step` kills the process (SIGKILL: nothing is tidied up) when it reaches that step. Every form
that a browser can repeat has two: `<route>:written`, all of it written and not yet kept; `<route>:kept`, kept and
not yet answered. Unset, which is how everyone runs it, a step costs one comparison.
"""

import os
import signal

_DIE_AT = os.environ.get("THROUGHCARE_DIE_AT", "")


def reached(step: str) -> None:
    """Say that the program got as far as this step."""
    if _DIE_AT and step == _DIE_AT:
        os.kill(os.getpid(), signal.SIGKILL)
