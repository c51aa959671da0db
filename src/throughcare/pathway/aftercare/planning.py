"""The plan of aftercare: made when somebody leaves, ended when they are back, ask for it, or its time is over."""

from datetime import datetime

from throughcare.knowledge.aftercare.rhythm import NOT_FOLLOWED, SETTINGS, until_date
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.program_settings import numbers
from throughcare.records.aftercare import AftercareAsk, AftercareCall, AftercarePlan
from throughcare.records.discharges import Discharge


def plan_follow_up(discharge: Discharge, *, at: datetime) -> AftercarePlan | None:
    """Plan the aftercare of somebody who just left, in the transaction of the discharge; None of whom is not followed.

    A plan of a stay before it ends: there is one at a time.
    """
    episode = discharge.episode
    for before in AftercarePlan.objects.filter(patient=episode.patient_id, ended_at__isnull=True):
        end_plan(before, because="back_in_care", at=at)
    if discharge.reason in NOT_FOLLOWED:
        return None
    own = numbers(*SETTINGS, organization=discharge.organization_id, on=at.date())
    left = local_day(discharge.discharged_at, episode.site.time_zone)
    return AftercarePlan.objects.create(
        organization_id=discharge.organization_id,
        discharge=discharge,
        patient_id=episode.patient_id,
        from_date=left,
        until_date=until_date(left, own),
        recorded_by_id=discharge.recorded_by_id,
        recorded_at=at,
    )


def end_plan(plan: AftercarePlan, *, because: str, at: datetime) -> None:
    """End a plan with all that waits of it. For pathway modules past the desk."""
    AftercareAsk.objects.filter(plan=plan, closed_at__isnull=True).update(closed_at=at)
    AftercareCall.objects.filter(plan=plan, ended_at__isnull=True).update(ended_at=at)
    AftercarePlan.objects.filter(pk=plan.pk, ended_at__isnull=True).update(ended_at=at, ended_because=because)
