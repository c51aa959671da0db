"""What somebody does about a sign: called, messaged, booked, reviewed, or dismissed with a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.warning_signs.acts import ACTS, MODES, check_act, settles
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.episode.contact_attempts import record_contact_attempt
from throughcare.pathway.privacy import open_patient
from throughcare.records.episodes import ContactAttempt
from throughcare.records.signs import SignAct, WarningSign


@transaction.atomic
def act_on_sign(
    sign: UUID,
    *,
    act: str,
    outcome: str = "",
    reason: str = "",
    words: str = "",
    by: Actor,
    at: datetime,
) -> bool:
    """Record what was done about a sign (its thread); whether that settles it. Outreach is a contact attempt too.

    Raises `Cannot` when too little is said, or somebody else has settled it.
    """
    row = standing_sign(sign, by=by, at=at)
    require(check_act(act, outcome=outcome, reason=reason, words=words), Cannot)
    ends = settles(row.code, act, outcome)
    SignAct.objects.create(
        organization_id=by.organization,
        sign=row,
        act=act,
        outcome=outcome if ACTS[act].is_outreach else "",
        reason=reason if act == "dismissed" else "",
        words=words.strip(),
        attempt=_attempt(row, act, outcome, words, by=by, at=at) if ACTS[act].is_outreach else None,
        ends=ends,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    if ends:
        row.ended_at, row.ended_how = at, "dismissed" if act == "dismissed" else "acted"
        row.save(update_fields=["ended_at", "ended_how"])
    return ends


def standing_sign(sign: UUID, *, by: Actor, at: datetime) -> WarningSign:
    """The row that stands for a sign (its thread), held for a change. Raises `Absent`; `Cannot` once it is settled."""
    rows = WarningSign.objects.filter(organization_id=by.organization, thread=sign)
    newest = rows.select_for_update(of=("self",)).select_related("patient", "episode").order_by("-pk").first()
    if newest is None:
        raise Absent("sign")
    open_patient(newest.patient, kind="warning_sign", by=by, at=at, verb="change")
    if newest.ended_at is not None:
        raise Cannot("This sign is settled or withdrawn already. Open the watch list again.")
    return newest


def _attempt(
    row: WarningSign, act: str, outcome: str, words: str, *, by: Actor, at: datetime
) -> ContactAttempt:
    uid = record_contact_attempt(row.episode.uid, mode=MODES[act], outcome=outcome, note=words, by=by, at=at)
    return ContactAttempt.objects.get(uid=uid)
