"""What the worker does for slip risk: fits that are due, and once a week what the model says is kept."""

from datetime import datetime

from throughcare.pathway.slip_risk.fits import fit_due_models, model_in_force
from throughcare.pathway.slip_risk.kept import keep_predictions
from throughcare.pathway.slip_risk.switch import is_switched_on
from throughcare.records.organizations import Organization


def keep_slip_risk(*, at: datetime) -> str:
    """Fit what is due, then keep what the models in force say; in words."""
    told, kept = fit_due_models(at=at), 0
    for organization in Organization.objects.order_by("pk").values_list("pk", flat=True):
        found = model_in_force(organization) if is_switched_on(organization) else None
        if found is not None:
            kept += keep_predictions(organization, *found, at=at)
    return f"{told}; {kept} predictions kept"
