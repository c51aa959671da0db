"""Somebody asks whether someone is a patient: what they asked is kept, nobody is looked up, nothing is answered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.privacy.scripts import ALL as SCRIPTS
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Cannot, CannotSee, require
from throughcare.pathway.privacy.desk import may_access
from throughcare.pathway.privacy.notices import OFFICERS
from throughcare.records.legal_requests import InquiryCall

HOW = {"phone": "By phone", "in_person": "At the desk", "letter": "By letter or fax", "email": "By e-mail"}
SHOWN = 200


@dataclass(frozen=True)
class NewInquiry:
    """What was asked. `situation` is the code of the script that was read."""

    situation: str
    how: str
    asked_by: str = ""
    about_whom: str = ""
    asked_for: str = ""


@dataclass(frozen=True)
class InquiryView:
    """One inquiry, for those who answer for privacy."""

    uid: UUID
    situation: str
    how: str
    asked_by: str
    about_whom: str
    asked_for: str
    taken_by: str
    asked_at: datetime


def record_inquiry(new: NewInquiry, *, by: Actor, at: datetime) -> UUID:
    """Keep what someone asked, sealed. The name they gave is compared with nobody's."""
    require(may_access("contact_call", by=by, verb="change"), CannotSee)
    if new.situation not in SCRIPTS:
        raise Cannot("Choose who asks.", field="situation")
    if new.how not in HOW:
        raise Cannot("Choose how they asked.", field="how")
    row = InquiryCall.objects.create(
        organization_id=by.organization,
        asked_by=new.asked_by.strip(),
        says_they_are=new.situation,
        about_whom=new.about_whom.strip(),
        asked_for=new.asked_for.strip(),
        how=new.how,
        script=new.situation,
        asked_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    return row.uid


def inquiries(*, by: Actor) -> tuple[InquiryView, ...]:
    """The newest inquiries. Whether anyone they name is a patient is not said here either."""
    if not by.holds(*OFFICERS):
        raise CannotSee("Inquiries are read by the compliance officer and the clinical director.")
    require(may_access("contact_call", by=by), CannotSee)
    rows = InquiryCall.objects.select_related("recorded_by").filter(organization_id=by.organization)
    return tuple(
        InquiryView(
            uid=row.uid,
            situation=SCRIPTS[row.script].title if row.script in SCRIPTS else row.script,
            how=HOW.get(row.how, row.how),
            asked_by=row.asked_by,
            about_whom=row.about_whom,
            asked_for=row.asked_for,
            taken_by=row.recorded_by.name if row.recorded_by else "",
            asked_at=row.asked_at,
        )
        for row in rows.order_by("-asked_at", "-pk")[:SHOWN]
    )
