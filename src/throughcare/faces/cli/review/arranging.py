"""Both plans in the person's words, a task with a step, and a referral to somebody else."""

from datetime import datetime, timedelta

from throughcare.faces.cli.review.lives import Life
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.pathway.task.referrals_out import NewReferralOut, write_referral_out
from throughcare.pathway.task.tasks import NewTask, write_task


def arrange(life: Life, *, now: datetime) -> None:
    """What is written for one person; each word of it is a marker."""
    by, word = life.place.actors[life.therapist], life.word
    for kind, section, record in (
        ("safety", "signs", "safety_plan"),
        ("relapse", "early_signs", "relapse_plan"),
    ):
        save_plan(life.patient, kind, NewPlan({section: [word(record, section)]}), by=by, at=now)
    title, step, more = word("task", "title"), word("task", "step"), word("task", "words")
    new = NewTask("housing", title, now.date() + timedelta(days=20), more, (step,))
    write_task(life.patient, new, by=by, at=now)
    to = enter_recipient(NewRecipient("treating_provider", "Dr. Grey"), by=by, at=now)
    asks = NewReferralOut(to, "other", word("referral_out", "asks"))
    write_referral_out(life.patient, asks, by=by, at=now)
