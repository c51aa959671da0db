"""The roles that the pages of sessions are for, read from the table of the privacy desk."""

from collections.abc import Mapping

from throughcare.knowledge.privacy import MAY_CHANGE, MAY_SEE


def who_may(table: Mapping[str, frozenset[str]], kind: str) -> frozenset[str]:
    """The roles that the table lets do it with records of this kind."""
    return frozenset(role for role, kinds in table.items() if kind in kinds)


SEE_DAY = who_may(MAY_SEE, "schedule") - {"biller", "compliance"}
SEE_ATTENDANCE, TAKE_ATTENDANCE = who_may(MAY_SEE, "attendance"), who_may(MAY_CHANGE, "attendance")
MAKE_UP = who_may(MAY_CHANGE, "make_up")
SEE_NOTES, WRITE_NOTES = who_may(MAY_SEE, "note"), who_may(MAY_CHANGE, "note")
