"""The crisis desk in the middle of its work: who is on call, a crisis that somebody has, a call of each role's own."""

from datetime import datetime, timedelta
from uuid import UUID

from tests.cast import Cast
from tests.crisis_cast import put_on_call
from throughcare.knowledge.roles import STAFF
from throughcare.pathway.crisis.answering import take_crisis
from throughcare.pathway.crisis.raising import raise_about_someone, raise_crisis
from throughcare.pathway.on_call.handover import leave_handover


def who_is_in_a_crisis(cast: Cast, patient: UUID, *, now: datetime) -> dict[str, object]:
    """An urgent concern that Carla has since half an hour, raised by the person."""
    begun = now - timedelta(minutes=40)
    put_on_call(cast, at=begun)
    leave_handover(cast.site, "The sister may call tonight", by=cast.director, at=begun)
    crisis = raise_crisis(
        patient, priority="P2", source="button", words="I crave all day", by=cast.program, at=begun
    )
    take_crisis(crisis, by=cast.clinician, at=begun + timedelta(minutes=10))
    calls = {f"{role}.call": _call(cast, role, begun) for role in sorted(STAFF)}
    return {"crisis": crisis, "call": calls["director.call"], **calls}


def _call(cast: Cast, role: str, at: datetime) -> UUID:
    """A call that somebody of this role took; the reviewer was hired by the story before."""
    words = "A neighbor is worried"
    by = getattr(cast, role, None) or _rita()
    call = raise_about_someone("A neighbor", words=words, priority="P4", by=by, at=at)
    take_crisis(call, by=cast.clinician, at=at)
    return call


def _rita():
    from throughcare.pathway.accounts import actor_for
    from throughcare.records.people import Account

    return actor_for(Account.objects.get_by_natural_key("rita@harbor.test").pk)
