"""What is known of a referral out: that it was sent, as the disclosure book says, and what was heard since."""

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.referrals_out import SENT, Known
from throughcare.records.tasks import ReferralOut


def known_of(row: ReferralOut, *, zone: str) -> tuple[Known, ...]:
    """The steps in the order in which they became known; of rows with `known` and `papers__disclosure` at hand."""
    sent = [one.disclosure.sent_at for one in row.papers.all() if one.disclosure.sent_at]
    heard = [
        Known(one.step, one.on_date)
        for one in sorted(row.known.all(), key=lambda one: (one.recorded_at, one.pk))
    ]
    return (*(Known(SENT, local_day(moment, zone)) for moment in sorted(sent)[:1]), *heard)
