"""A note written together: what its signature says about the person's reading it. [ours]"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """How far the person had read the draft when it was signed, as the note says it."""

    code: str
    said: str


ROWS = (
    Reading("read", "Written together: the person read this note before it was signed."),
    Reading("changed", "Written together: the person read an earlier draft; it was changed after that."),
    Reading("unread", "Shared as a draft: the person had not read it when it was signed."),
)
ALL: dict[str, Reading] = {row.code: row for row in ROWS}


def reading_of(*, read_version: int | None, version: int) -> str:
    """The code of how far a draft of this version was read.

    >>> reading_of(read_version=2, version=3)
    'changed'
    """
    if read_version is None:
        return "unread"
    return "read" if read_version == version else "changed"
