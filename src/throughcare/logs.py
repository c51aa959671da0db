"""Log lines without anyone's words: where something failed and what kind of failure it was, never what it was about."""

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WordlessFormatter(logging.Formatter):
    """Writes an exception as its kind and the places it passed. Its message may quote a name, so it is left out."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """One line, whatever stands in it: nobody writes a second entry into the log by a line end."""
        return "".join(one if one.isprintable() else "?" for one in super().formatMessage(record))

    def formatException(self, ei: ErrorInfo) -> str:
        """The chain of exceptions, the first cause on top."""
        error = ei[1]
        return "" if error is None else "\n".join(_told(error))


def _told(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _told(cause)
        yield "and then:"
    yield from (line.rstrip("\n") for line in traceback.format_tb(error.__traceback__))
    yield f"{type(error).__module__}.{type(error).__qualname__}"
