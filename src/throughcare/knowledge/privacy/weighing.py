"""The consent engine: may this kind of record go to this recipient for this purpose, and which consent says so.

Deny by default. `weigh` answers for one kind of record, `weigh_packet` for a packet of several. It knows no clock:
the request says when.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from throughcare.knowledge.privacy.consent import ConsentFacts, is_complete, why_not_standing
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE, OWN
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.recipients import ALL as RECIPIENTS
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

CONSENT = "42 CFR 2.31 and 2.33"
PROCEEDINGS = "42 CFR 2.12(d), 2.31(d), 2.64, 2.65"
NOTES_APART = "42 CFR 2.11 and 2.31(b); 45 CFR 164.508(a)(2)"
RESTRICTION = "42 CFR 2.26"
EMERGENCY = "42 CFR 2.51"
OWN_ACCESS = "42 CFR 2.23; 45 CFR 164.524"


@dataclass(frozen=True)
class CourtOrder:
    """An order under 2.64 or 2.65 that counsel has read: these kinds and these days of this patient, no more.

    `second_person`: someone else checked it against the request.
    """

    kinds: frozenset[str]
    records_from: date
    records_until: date
    second_person: bool = False


@dataclass(frozen=True)
class Request:
    """What would leave: one kind of record, to whom, for what, when; the days that the records are from, if known.

    `recipient` is an id, or "" when only the class is known. `in_proceedings`: it is asked for in, or for use in,
    civil, criminal, administrative or legislative proceedings.
    """

    recipient: str
    recipient_class: str
    purpose: str
    kind: str
    at: datetime
    in_proceedings: bool = False
    court_order: CourtOrder | None = None
    records_from: date | None = None
    records_until: date | None = None

    @property
    def is_in_court(self) -> bool:
        """Whether the record would serve in proceedings."""
        return self.in_proceedings or self.purpose == "legal_proceedings"


@dataclass(frozen=True)
class Restriction:
    """What the program agreed not to give out. 2.26. An empty set, or "" as recipient, stands for any."""

    key: str
    agreed_at: datetime
    ended_at: datetime | None = None
    kinds: frozenset[str] = frozenset()
    recipient: str = ""
    recipient_classes: frozenset[str] = frozenset()
    purposes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Weighed:
    """The verdict, the consent that allows it (its key), and the statement that must go along (`part2_statements`)."""

    verdict: Verdict
    consent: str = ""
    statement: str = ""

    def __bool__(self) -> bool:
        return bool(self.verdict)

    @property
    def because(self) -> str:
        """The refusal's sentence, or ""."""
        return self.verdict.because if isinstance(self.verdict, Refused) else ""


@dataclass(frozen=True)
class Packet:
    """A packet of several kinds: it may leave whole only when every kind in it may."""

    items: dict[str, Weighed] = field(default_factory=dict)

    @property
    def verdict(self) -> Verdict:
        """Allowed, or the first refusal in the order of the kinds."""
        if not self.items:
            return Refused("Choose what is to be sent.", CONSENT)
        return next((one.verdict for one in self.items.values() if not one), Allowed())

    @property
    def consents(self) -> frozenset[str]:
        """The keys of the consents that it would leave under."""
        return frozenset(one.consent for one in self.items.values() if one and one.consent)


def weigh(
    request: Request, consents: Collection[ConsentFacts], restrictions: Iterable[Restriction] = ()
) -> Weighed:
    """Whether the record may go out, and under which consent."""
    unknown = _not_understood(request)
    if unknown is not None:
        return Weighed(unknown)
    if request.recipient_class == "patient":
        return Weighed(_own_access(request))
    if request.court_order is not None and request.is_in_court:
        return _weigh_order(request, request.court_order)
    if any(_restricts(one, request) for one in restrictions):
        return Weighed(
            Refused("The program agreed with the patient not to give this out to them.", RESTRICTION)
        )
    if request.purpose in ("emergency", "break_glass"):
        return Weighed(
            Refused(
                "An emergency needs no consent but a record of its own: open it as an emergency.", EMERGENCY
            )
        )
    return _weigh_consents(request, consents)


def weigh_packet(
    request: Request,
    kinds: Iterable[str],
    consents: Collection[ConsentFacts],
    restrictions: Collection[Restriction] = (),
) -> Packet:
    """The same request for each of several kinds, item by item: what the lens shows."""
    return Packet({kind: weigh(replace(request, kind=kind), consents, restrictions) for kind in kinds})


def _not_understood(request: Request) -> Refused | None:
    """A refusal for what no rule is stated for."""
    if request.kind not in KINDS:
        return Refused(f"No rule is stated for records of the kind “{request.kind}”.", "deny by default")
    if request.purpose not in PURPOSES:
        return Refused("Say what the records are for.", "deny by default")
    if request.recipient_class not in RECIPIENTS:
        return Refused("Say who would receive the records.", "deny by default")
    if request.recipient_class != "patient" and request.kind not in MAY_LEAVE:
        return Refused(f"Nobody outside is given {KINDS[request.kind].words}.", "deny by default")
    return None


def _own_access(request: Request) -> Verdict:
    if request.kind in OWN:
        return Allowed()
    because = f"Patients don't read {KINDS[request.kind].words} themselves. Ask the privacy officer."
    return Refused(because, OWN_ACCESS)


def _weigh_order(request: Request, order: CourtOrder) -> Weighed:
    """A court order opens exactly what it names."""
    if not order.second_person:
        return Weighed(Refused("A second person must check the court order first.", PROCEEDINGS))
    if request.kind not in order.kinds:
        return Weighed(Refused(f"The court order doesn't name {KINDS[request.kind].words}.", PROCEEDINGS))
    if not _within(request, order.records_from, order.records_until):
        return Weighed(Refused("The court order names another period.", PROCEEDINGS))
    return Weighed(Allowed(), statement="court_order")


def _restricts(restriction: Restriction, request: Request) -> bool:
    """Whether what was agreed speaks against the request."""
    return (
        restriction.agreed_at <= request.at
        and (restriction.ended_at is None or request.at < restriction.ended_at)
        and (not restriction.kinds or request.kind in restriction.kinds)
        and (not restriction.recipient or restriction.recipient == request.recipient)
        and (not restriction.recipient_classes or request.recipient_class in restriction.recipient_classes)
        and (not restriction.purposes or request.purpose in restriction.purposes)
    )


def _weigh_consents(request: Request, consents: Collection[ConsentFacts]) -> Weighed:
    fitting = [one for one in consents if _covers(one, request)]
    standing = [
        one
        for one in fitting
        if not why_not_standing(one, request.at) and not is_replaced(one, consents, request.at)
    ]
    if standing:
        # The narrowest form first, so that the book names the consent that was meant for this recipient.
        best = min(standing, key=lambda one: (one.form == "tpo", one.key))
        return Weighed(Allowed(), best.key, "tpo" if best.form == "tpo" else "consent")
    return Weighed(_why_refused(request, fitting, consents))


def _covers(consent: ConsentFacts, request: Request) -> bool:
    """Whether the consent speaks of this recipient, purpose, kind and time of records."""
    return (
        _is_for_occasion(consent, request)
        and request.kind in consent.kinds
        and request.purpose in consent.purposes
        and request.recipient_class in consent.recipient_classes
        and (not consent.recipient or consent.recipient == request.recipient)
        and _within(request, consent.records_from, consent.records_until)
    )


def _is_for_occasion(consent: ConsentFacts, request: Request) -> bool:
    """Proceedings and notes kept apart each have a form of their own, which serves nothing else."""
    return (consent.form == "proceedings") == request.is_in_court and (
        consent.form == "counseling_notes"
    ) == (request.kind in APART)


def _within(request: Request, since: date | None, until: date | None) -> bool:
    """Whether all the records asked for lie in the period; without their dates only a period without bounds holds."""
    starts = since is None or (request.records_from is not None and request.records_from >= since)
    ends = until is None or (request.records_until is not None and request.records_until <= until)
    return starts and ends


def is_replaced(consent: ConsentFacts, consents: Iterable[ConsentFacts], at: datetime) -> bool:
    """Whether a later consent of this form, for this recipient and purpose, took its place, ended or not. [ours]

    Who signs anew for their mother means what they signed last; taking that back brings nothing earlier to life.
    """
    given = consent.given_at
    return given is not None and any(
        (one.form, one.recipient) == (consent.form, consent.recipient)
        and not one.purposes.isdisjoint(consent.purposes)
        and (one.form != "counseling_notes" or one.kinds == consent.kinds)
        and one.given_at is not None
        and given < one.given_at <= at
        and is_complete(one)
        for one in consents
    )


def _why_refused(
    request: Request, fitting: Collection[ConsentFacts], consents: Iterable[ConsentFacts]
) -> Refused:
    """The sentence that helps most: what stands in the way of the consent that comes nearest."""
    words = KINDS[request.kind].words
    if request.is_in_court:
        cite = PROCEEDINGS
        default = (
            "A subpoena alone isn't enough: it takes the patient's consent for proceedings or a court order."
        )
    elif request.kind in APART:
        cite, default = NOTES_APART, f"No consent names {words}. They need a consent of their own."
    else:
        cite, default = CONSENT, f"No consent lets this recipient have {words} for this purpose."
    # The latest signed tells most; by their words where the moment is the same, so that order plays no part.
    reasons = sorted(
        (one.given_at.timestamp() if one.given_at else 0.0, why_not_standing(one, request.at))
        for one in fitting
    )
    if any(not reason for _, reason in reasons):
        return Refused("A later consent for this recipient took the place of this one.", cite)
    return Refused(f"{reasons[-1][1]} {default}" if reasons else default, cite)
