"""The roles that the pages of medications are for, read from the table of the privacy desk."""

from throughcare.faces.web.sessions.who import who_may
from throughcare.knowledge.privacy import MAY_CHANGE, MAY_SEE
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.medication.board import WORKS_ON_IT
from throughcare.pathway.medication.versions import KIND

SEE = who_may(MAY_SEE, KIND) & STAFF
CHANGE = who_may(MAY_CHANGE, KIND) & STAFF
GIVE = ("nurse", "prescriber")
WORK = WORKS_ON_IT
OWN = ("patient", "alumnus")
