"""What the one who asks is to the person whose record it is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Relationship:
    """One relationship; `near` when it opens a guarded record, `staff` when it is one of the program's staff."""

    code: str
    words: str
    near: bool = False
    staff: bool = True


ROWS = (
    Relationship("self", "the person themselves", staff=False),
    Relationship("family", "family or a friend whom the patient lets in", staff=False),
    Relationship("peer", "someone in the community, as the person asked", staff=False),
    Relationship("author", "who wrote it", near=True),
    Relationship("care_team", "on the care team", near=True),
    Relationship("on_panel", "has the person in their own sessions", near=True),
    Relationship("same_site", "works where the person is treated"),
    Relationship("other_site", "works at another site only"),
    Relationship("off_panel", "treats others, not this person"),
    Relationship("emergency", "helps in an emergency that was recorded", near=True),
)

ALL: dict[str, Relationship] = {row.code: row for row in ROWS}
