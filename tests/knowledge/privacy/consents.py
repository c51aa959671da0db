"""Consents and requests for the tests: a complete one of each form, in the words of Kim's story."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from throughcare.knowledge.privacy.consent import ConsentFacts, Signature
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.recipients import SINGLE_CONSENT_CLASSES
from throughcare.knowledge.privacy.weighing import Request

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
SIGNED = Signature("patient", NOON, proof="reauthenticated")
WHOLE_CHART = MAY_LEAVE - APART

TPO = ConsentFacts(
    key="tpo",
    form="tpo",
    patient_name="Kim Vance",
    discloser="Harbor House",
    kinds=WHOLE_CHART,
    purposes=frozenset({"treatment", "payment", "operations"}),
    recipient_classes=SINGLE_CONSENT_CLASSES,
    given_at=NOON,
    never_ends=True,
    told_how_to_revoke=True,
    told_redisclosure=True,
    told_refusal=True,
    signatures=(SIGNED,),
)
SPECIFIC = replace(
    TPO,
    key="specific",
    form="specific",
    kinds=frozenset({"attendance", "episode"}),
    purposes=frozenset({"patient_request"}),
    recipient_classes=frozenset({"employer"}),
    recipient="works",
    recipient_name="The Works",
    never_ends=False,
    expires_at=NOON + timedelta(days=90),
)
MOTHER = replace(
    SPECIFIC,
    key="mother",
    form="family",
    kinds=frozenset({"attendance"}),
    purposes=frozenset({"family_involvement"}),
    recipient_classes=frozenset({"family"}),
    recipient="mother",
    recipient_name="Rosa Vance",
)
COUNSELING = replace(
    SPECIFIC,
    key="counseling",
    form="counseling_notes",
    kinds=frozenset({"counseling_note"}),
    purposes=frozenset({"treatment"}),
    recipient_classes=frozenset({"treating_provider"}),
    recipient="next",
    recipient_name="Dr. Next",
)
PROCEEDINGS = replace(
    SPECIFIC,
    key="proceedings",
    form="proceedings",
    purposes=frozenset({"legal_proceedings"}),
    recipient_classes=frozenset({"court"}),
    recipient="court",
    recipient_name="Family Court",
)
PROBATION = replace(
    SPECIFIC,
    key="probation",
    form="justice",
    purposes=frozenset({"justice_supervision"}),
    recipient_classes=frozenset({"justice"}),
    recipient="officer",
    recipient_name="Officer Hill",
    expires_at=None,
    ends_when="supervision ends",
    irrevocable=True,
)
ONE_OF_EACH = (TPO, SPECIFIC, MOTHER, COUNSELING, PROCEEDINGS, PROBATION)


def request_like(consent: ConsentFacts, *, days: float = 1, **changes: object) -> Request:
    """A request that this consent was written for, some days after it was signed."""
    asked = Request(
        recipient=consent.recipient or "plan",
        recipient_class=min(consent.recipient_classes),
        purpose=min(consent.purposes),
        kind=min(consent.kinds),
        at=NOON + timedelta(days=days),
        in_proceedings=consent.form == "proceedings",
    )
    return replace(asked, **changes)
