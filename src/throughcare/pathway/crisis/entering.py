"""Coming to one crisis: through the privacy desk where we know whose it is, by role and site where we don't yet."""

from datetime import datetime
from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, CannotSee, require
from throughcare.pathway.crisis.crisis_rows import crises_of, find_crisis
from throughcare.pathway.crisis.hearing import KIND
from throughcare.pathway.privacy import at_sites, may_access, open_patient
from throughcare.records.crises import Crisis


def see_crisis(crisis: UUID, *, by: Actor, at: datetime) -> Crisis:
    """A crisis for reading. Raises `Absent` and `CannotSee`."""
    found = crises_of(by=by).filter(uid=crisis).first()
    if found is None:
        raise Absent("crisis")
    return _open(found, "see", by=by, at=at)


def change_crisis(crisis: UUID, *, by: Actor, at: datetime) -> Crisis:
    """A crisis to write to, held until the transaction ends; whoever writes has signed in. Raises as `see_crisis`."""
    if by.account is None and not by.holds("program"):
        raise CannotSee("Sign in first: what is done about a crisis has a name beside it.")
    return _open(find_crisis(crisis, by=by), "change", by=by, at=at)


def _open(found: Crisis, verb: str, *, by: Actor, at: datetime) -> Crisis:
    if found.patient is not None:
        if by.roles <= {"patient", "alumnus", "family"}:  # the desk's own page is for staff
            raise Absent("crisis")
        open_patient(found.patient, kind=KIND, verb=verb, by=by, at=at)
        return found
    require(may_access(KIND, by=by, verb=verb), CannotSee)
    if not at_sites(Crisis.objects.filter(pk=found.pk), KIND, by=by, verb=verb).exists():
        raise Absent("crisis")
    return found
