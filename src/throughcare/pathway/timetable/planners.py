"""Who may solve, change and publish a week."""

from uuid import UUID

from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, CannotSee
from throughcare.pathway.clinic.founding import find_site
from throughcare.pathway.privacy import may_access, sites_for
from throughcare.records.organizations import Site

# They know the people whose weeks change; an administrator, who opens no charts, sets up groups one by one.
PLANNERS = frozenset({"clinician", "director"})


def require_planner(by: Actor) -> None:
    """Raise `CannotSee` unless `by` may plan a site's week: it holds where people are and when."""
    if by.holds("program"):
        return
    if not by.holds(*PLANNERS) or not may_access("schedule", by=by, verb="change"):
        raise CannotSee("The week is planned by clinicians and the clinical director.")


def open_site(site: UUID, *, by: Actor) -> Site:
    """The site whose week `by` may plan. Raises `Absent` for another organization's or a site out of reach."""
    require_planner(by)
    found = find_site(site, by=by)
    reach = sites_for("schedule", by=by, verb="change")
    if reach is not None and found.pk not in reach:
        raise Absent("site")
    return found


def sites_to_plan(*, by: Actor) -> tuple[tuple[str, str], ...]:
    """The sites whose week `by` may plan: public id and name."""
    require_planner(by)
    rows = Site.objects.filter(organization_id=by.organization).order_by("name", "pk")
    reach = sites_for("schedule", by=by, verb="change")
    return tuple((str(row.uid), row.name) for row in rows if reach is None or row.pk in reach)
