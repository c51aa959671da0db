"""What a test is for the rewards: a mark of `earning.MARKS`, by the analytes that the plan is about."""

from collections.abc import Collection, Mapping

from throughcare.knowledge.drug_tests.validity import TAMPERED


def mark_of_result(validity: str, classes: Mapping[str, str], targets: Collection[str]) -> str:
    """The mark of a result. Tampered counts as positive; what still shows from before, and an unread one, waits."""
    if validity in TAMPERED:
        return "P"
    kinds = {kind for code, kind in classes.items() if not targets or code in targets}
    if "unexpected-pos" in kinds:
        return "P"
    if validity in ("dilute", "invalid"):
        return "dilute"
    return "excused" if "carry-over" in kinds else "N"


def mark_without_specimen(kind: str) -> str:
    """The mark where nothing was collected: refused and missed are lapses, the rest waits."""
    return "unexcused" if kind in ("refused", "missed") else "excused"
