"""The roles that the pages of tests and rewards are for, read from the table of the privacy desk."""

from throughcare.faces.web.sessions.who import who_may
from throughcare.knowledge.privacy import MAY_CHANGE, MAY_SEE
from throughcare.knowledge.roles import STAFF

SEE = who_may(MAY_SEE, "drug_test") & STAFF
CHANGE = who_may(MAY_CHANGE, "drug_test") & STAFF
# A list of everyone's tests is for those who work with it.
WORK = SEE - {"reviewer"}
SEE_REWARDS = who_may(MAY_SEE, "reward") & STAFF
CHANGE_REWARDS = who_may(MAY_CHANGE, "reward") & STAFF
LEDGER = frozenset({"nurse", "director"})
OWN = ("patient", "alumnus")
