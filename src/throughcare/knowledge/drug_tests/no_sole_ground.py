"""A test is never the only ground for a discharge."""

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

CITE = "Program default: a drug test is never the sole ground for discharge"
# Reasons by which the program ends a stay against the person's will.
AGAINST_WILL = frozenset({"administrative"})


def may_discharge_after_tests(*, reason: str, unexpected: int, other_ground: str) -> Verdict:
    """Whether a stay may end for this reason after so many unexpected, refused or missed tests."""
    if reason not in AGAINST_WILL or not unexpected or other_ground.strip():
        return Allowed()
    times = (
        "An unexpected or missed test is"
        if unexpected == 1
        else f"{unexpected} unexpected or missed tests are"
    )
    return Refused(
        because=f"{times} on record, and a test is never the only ground for a discharge. "
        "Write down the other ground, or offer more care instead.",
        cite=CITE,
    )
