"""Whether this is a restored copy that sends nothing yet, for a banner on every page: looked at beside the requests."""

from throughcare.pathway.holding import Held

_held: Held | None = None


def take_note_of_hold(found: Held | None) -> None:
    """Remember what was found."""
    global _held
    _held = found


def restored() -> Held | None:
    """What the banner tells; None in a house that sends."""
    return _held
