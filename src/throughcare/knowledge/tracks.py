"""The tracks a program runs its groups on: the time of day and the place that a person's life leaves open. [ours]"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Track:
    """One track; `remote` ones meet by video and ask for the telehealth agreement."""

    code: str
    title: str
    about: str
    remote: bool = False


ROWS = (
    Track("day", "Day", "Groups between nine and three on weekdays."),
    Track("evening", "Evening", "Groups after work on weekdays, from half past five."),
    Track("weekend", "Weekend", "Groups on Saturday and Sunday."),
    Track("telehealth", "Telehealth", "Groups by video; the person joins from a private place.", remote=True),
)

ALL: dict[str, Track] = {row.code: row for row in ROWS}


def track_title(code: str) -> str:
    """The track's title; an empty or unknown code reads as it stands."""
    row = ALL.get(code)
    return row.title if row is not None else code
