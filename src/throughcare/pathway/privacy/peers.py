"""What one person lets another see of theirs: written in the book of whom it is about, like every look."""

from collections.abc import Sequence
from datetime import datetime

from throughcare.pathway.actor import Actor, Asked
from throughcare.pathway.privacy.book import note

PEER, PURPOSE = "peer", "patient_request"


def show_to_peer(kind: str, patients: Sequence[int], *, by: Actor, at: datetime) -> None:
    """Write that `by` sees what these people (keys) asked to be shown. The caller shows nothing else of them."""
    others = tuple(key for key in patients if key != by.patient)
    if others and by.account is not None:
        note(Asked(by.account, "see", kind, PURPOSE, PEER, True, None, others, at), by=by)
