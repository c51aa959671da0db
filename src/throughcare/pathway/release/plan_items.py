"""What the person wrote for the hard hours, and to whom they were referred, item by item."""

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.planning.own_plans import ALL as PLANS
from throughcare.knowledge.planning.own_plans import RELAPSE, SAFETY, in_lines
from throughcare.knowledge.referrals_out import ALL as STEPS
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.whose import Items, Whose, filled, say_date
from throughcare.pathway.safety_plan.newest import newest_plans
from throughcare.records.tasks import ReferralOut


def safety_plans(whose: Whose) -> Items:
    """The safety plan that stood at that moment."""
    return _plan(whose, SAFETY)


def relapse_plans(whose: Whose) -> Items:
    """The relapse-prevention plan that stood at that moment."""
    return _plan(whose, RELAPSE)


def _plan(whose: Whose, kind: str) -> Items:
    row = newest_plans([whose.patient.pk], at=whose.as_of).get(whose.patient.pk, {}).get(kind)
    if row is None:
        return
    yield Item(
        PLANS[kind].record,
        f"{PLANS[kind].title}, version {row.number}",
        row.local_day,
        in_lines(kind, row.words),
    )


def referrals_out(whose: Whose) -> Items:
    """Each referral to somebody else: what for, and what came of it."""
    rows = ReferralOut.objects.filter(patient=whose.patient, recorded_at__lte=whose.as_of)
    whole = rows.select_related("recipient").prefetch_related("known", "papers__disclosure")
    for row in whole.order_by("recorded_at", "pk"):
        known = sorted(row.known.all(), key=lambda one: (one.recorded_at, one.pk))
        sent = (one.disclosure.sent_at for one in row.papers.all() if one.disclosure.sent_at)
        lines = [
            f"Sent, {say_date(local_day(moment, whose.zone))}."
            for moment in sorted(sent)
            if moment <= whose.as_of
        ]
        lines += [
            f"{STEPS[one.step].word}, {say_date(one.on_date)}. {one.words}".strip()
            for one in known
            if one.recorded_at <= whose.as_of
        ]
        yield Item(
            "referral_out",
            f"Referred to {row.recipient.name}",
            local_day(row.recorded_at, whose.zone),
            (*filled(("Asked for", row.asks)), *lines),
        )
