"""Pages about a crisis: who is paged is written down in the transaction that puts the message into the outbox."""

from datetime import datetime

from throughcare.knowledge.crisis.climb import Step
from throughcare.knowledge.safety import PRIORITY
from throughcare.pathway.message.outbox import put_message, stop_messages, to_account
from throughcare.pathway.on_call.rotas import whom_to_page
from throughcare.records.crises import Crisis, CrisisPage
from throughcare.records.messages import Message

# Whoever looks over a shoulder learns nothing: no name, no place, no kind of care.
SUBJECT = "You are paged: sign in now"
WORDS = "Urgent page ({priority}). Somebody needs you now. Sign in and take it: the page stays with you until you do."
CALM = "You are told of something that waits"
CALM_WORDS = "Something waits for you on the next business day ({priority}). Sign in to take it."


def page_step(crisis: Crisis, priority: str, step: Step, *, at: datetime) -> int:
    """Page everyone whom a step calls; how many. The same step pages nobody twice."""
    people = whom_to_page(crisis.site, step.whom, at=at)
    for account, line in people.items():
        page_person(crisis, priority, account, line, step=step.number, at=at)
    return len(people)


def page_person(crisis: Crisis, priority: str, account: int, line: str, *, step: int, at: datetime) -> None:
    """Page one person (key), by every way in turn when it can't wait."""
    if CrisisPage.objects.filter(crisis=crisis, step=step, account=account).exists():
        return
    is_urgent = PRIORITY[priority].acknowledge.setting != "crisis.p4.ack_business_days"
    subject, words = (SUBJECT, WORDS) if is_urgent else (CALM, CALM_WORDS)
    message = put_message(
        to_account(account),
        subject=subject,
        words=words.format(priority=priority),
        key=key_of(crisis, step, account),
        urgent=is_urgent,
        organization=crisis.organization_id,
        at=at,
    )
    CrisisPage.objects.create(
        organization_id=crisis.organization_id,
        crisis=crisis,
        account_id=account,
        step=step,
        line=line,
        message=Message.objects.get(uid=message),
        recorded_at=at,
    )


def key_of(crisis: Crisis, step: int, account: int) -> str:
    """The key under which a page is one message."""
    return f"crisis {crisis.uid} {step} {account}"


def stop_pages(crisis: Crisis, *, at: datetime) -> int:
    """Send no more of the pages that are still on their way: somebody has it."""
    pages = CrisisPage.objects.filter(crisis=crisis).values_list("step", "account")
    keys = [key_of(crisis, step, account) for step, account in pages]
    return stop_messages(keys, organization=crisis.organization_id, at=at)
