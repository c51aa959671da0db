"""The roles that the pages of sessions are for, read from the table of the privacy desk."""

from collections.abc import Mapping

from throughcare.knowledge.privacy import MAY_CHANGE, MAY_SEE
from throughcare.knowledge.roles import STAFF


def who_may(table: Mapping[str, frozenset[str]], kind: str) -> frozenset[str]:
    """The roles that the table lets do it with records of this kind."""
    return frozenset(role for role, kinds in table.items() if kind in kinds)


SEE_DAY = who_may(MAY_SEE, "schedule") - {"biller", "compliance"}
SEE_ATTENDANCE, TAKE_ATTENDANCE = who_may(MAY_SEE, "attendance"), who_may(MAY_CHANGE, "attendance")
# The patient takes a seat on a page of their own.
MAKE_UP = who_may(MAY_CHANGE, "make_up") & STAFF
SEE_NOTES, WRITE_NOTES = who_may(MAY_SEE, "note"), who_may(MAY_CHANGE, "note")
PREPARE = who_may(MAY_CHANGE, "homework") - {"patient", "alumnus"}
OWN = ("patient", "alumnus")
