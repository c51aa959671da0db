"""Plans in the person's words, a task with steps, a referral out, and who may have a letter."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.cast import Cast
from tests.pathway.privacy.consent_cast import signed
from throughcare.pathway.privacy.consent import NewConsent
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.pathway.task.referrals_out import NewReferralOut, write_referral_out
from throughcare.pathway.task.task_views import task_line
from throughcare.pathway.task.tasks import NewTask, write_task
from throughcare.records.people import Patient

DARK = {"signs": ["I stop answering"], "people": ["My mother 212-555-0119"], "alone": ["The dog"]}
SOBER = {"early_signs": ["I skip dinner"], "lapse": ["Call Pat", "Come anyway"]}


def what_is_arranged(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """Both plans, a task, a referral to a physician, and an employer whom a consent names."""
    by, then = cast.clinician, now - timedelta(hours=2)
    save_plan(patient, "safety", NewPlan(DARK), by=by, at=then)
    save_plan(patient, "relapse", NewPlan(SOBER), by=by, at=then)
    new = NewTask("transport", "Bus pass for March", now.date(), steps=("Ask the county", "Pick it up"))
    task = write_task(patient, new, by=by, at=then)
    osei = enter_recipient(NewRecipient("treating_provider", "Dr. Osei", "Elm Street"), by=by, at=then)
    referral = write_referral_out(patient, NewReferralOut(osei, "other", "A check-up"), by=by, at=then)
    park = enter_recipient(NewRecipient("employer", "Ms. Park", "Park Bakery"), by=by, at=then)
    consent = NewConsent(
        "specific",
        kinds=frozenset({"attendance"}),
        purposes=frozenset({"patient_request"}),
        recipient=park,
        expires_at=now + timedelta(days=30),
    )
    signed(cast, Patient.objects.get(uid=patient), consent, at=then)
    kinds = ("write_own_plan", "read_own_plan", "print_own_plan", "own_plan_version", "write_my_plan")
    referrals = ("referral_out", "prepare_referral_out", "referral_out_step")
    return {
        "task": task,
        "finish_task_step.step": task_line(patient, task, by=by, at=now).steps[0].uid,
        **{f"{route}.referral": referral for route in referrals},
        **{f"{route}.kind": "safety" for route in (*kinds, "read_my_plan", "print_my_plan")},
        "own_plan_version.number": 1,
    }
