"""What a bundle tells of a person's history, in lines to read: diagnoses, scores, payer, who referred."""

from dataclasses import dataclass

from throughcare.pathway.referral.bundle import Bundle
from throughcare.pathway.referral.fhir_node import Node

# LOINC codes of total scores, as domain sheets and US Core give them.
SCORES = {
    "44261-6": "PHQ-9",
    "55758-7": "PHQ-2",
    "70274-6": "GAD-7",
    "75626-2": "AUDIT-C",
    "82667-7": "DAST-10",
}
SCORES_SHOWN = 3
DIAGNOSES_SHOWN = 25
# Findings that say how an export was made or how a person lives, not what is wrong.
PASSING = (
    "medication review due",
    "received higher education",
    "full-time employment",
    "part-time employment",
)
OVER = frozenset({"inactive", "remission", "resolved"})
NOT_SO = frozenset({"refuted", "entered-in-error"})


@dataclass(frozen=True)
class Diagnosis:
    """A condition that still holds: its codes and its words."""

    codes: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Referrer:
    """Who sent the person, and what they wrote on the order."""

    name: str = ""
    organization: str = ""
    phone: str = ""
    lines: tuple[str, ...] = ()


def conditions(bundle: Bundle) -> list[Diagnosis]:
    """The conditions that still hold, each once."""
    found: dict[str, Diagnosis] = {}
    for node in bundle.of("Condition"):
        clinical = {code for _, code, _ in node.codings("clinicalStatus")}
        verified = {code for _, code, _ in node.codings("verificationStatus")}
        words = node.words("code")
        if clinical & OVER or verified & NOT_SO or not words:
            continue
        codes = tuple(code for _, code, _ in node.codings("code") if code)
        found.setdefault(words, Diagnosis(codes, words))
    return list(found.values())


def history_lines(bundle: Bundle, diagnoses: list[Diagnosis]) -> list[str]:
    """Diagnoses, latest scores and payer, a line each."""
    names = [one.words for one in diagnoses if not one.words.casefold().startswith(PASSING)]
    shown = names[:DIAGNOSES_SHOWN]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    lines = [f"Active conditions: {'; '.join(shown)}{more}."] if shown else []
    for name, scores in _scores(bundle).items():
        said = ", ".join(f"{value:g} on {day}" if day else f"{value:g}" for day, value in scores)
        lines.append(f"{name} total as sent: {said}.")
    payer = _payer(bundle)
    return [*lines, f"Coverage: {payer}."] if payer else lines


def _scores(bundle: Bundle) -> dict[str, list[tuple[str, float]]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for node in bundle.of("Observation"):
        name = next((SCORES[code] for _, code, _ in node.codings("code") if code in SCORES), "")
        if not name or node.text("status") in ("entered-in-error", "cancelled"):
            continue
        quantity = node.node("valueQuantity")
        value = quantity.number("value") if quantity else node.number("valueInteger")
        if value is not None:
            found.setdefault(name, []).append((node.text("effectiveDateTime")[:10], value))
    return {name: sorted(scores, reverse=True)[:SCORES_SHOWN] for name, scores in sorted(found.items())}


def _payer(bundle: Bundle) -> str:
    """The payer of the coverage in force, else of the newest."""
    covers = sorted(
        bundle.of("Coverage"),
        key=lambda node: (node.text("status") == "active", _start(node)),
        reverse=True,
    )
    for cover in covers:
        for payor in cover.nodes("payor"):
            target = bundle.target(payor.text("reference"))
            if target is not None and target.kind == "Patient":
                return "pays themself"
            name = payor.text("display") or _name_of(bundle, payor.text("reference"))
            if name:
                return name if cover.text("status") == "active" else f"{name} (not in force in the export)"
    return ""


def _start(node: Node) -> str:
    period = node.node("period")
    return period.text("start") if period else ""


def referred_by(bundle: Bundle) -> Referrer:
    """The order's requester, reasons and notes; without an order, the organization that keeps the record."""
    for order in bundle.of("ServiceRequest"):
        if order.text("status") in ("revoked", "entered-in-error"):
            continue
        requester = order.node("requester")
        reference = requester.text("reference") if requester else ""
        display = requester.text("display") if requester else ""
        target = bundle.target(reference) if reference else None
        is_place = target is not None and target.kind == "Organization"
        name = display or _name_of(bundle, reference)
        reasons = [one.text("text") or _first_display(one) for one in order.nodes("reasonCode")]
        written = [one.text("text") for one in order.nodes("note")]
        lines = (
            f"Asked for: {order.words('code')}." if order.words("code") else "",
            f"Reason: {'; '.join(reason for reason in reasons if reason)}." if any(reasons) else "",
            *written,
        )
        return Referrer(
            "" if is_place else name, name if is_place else "", _phone_of(bundle, reference), lines
        )
    for patient in bundle.of("Patient"):
        keeper = patient.node("managingOrganization")
        if keeper:
            return Referrer(organization=keeper.text("display") or _name_of(bundle, keeper.text("reference")))
    return Referrer()


def _first_display(concept: Node) -> str:
    return next((display for one in concept.nodes("coding") if (display := one.text("display"))), "")


def _name_of(bundle: Bundle, reference: str) -> str:
    """The name of a practitioner, role or organization in the bundle."""
    target = bundle.target(reference) if reference else None
    if target is None:
        return ""
    node = target.node
    if target.kind == "Organization":
        return node.text("name")
    if target.kind == "PractitionerRole":
        person = node.node("practitioner")
        return person.text("display") if person else ""
    for name in node.nodes("name"):
        words = [*name.texts("prefix"), *name.texts("given"), name.text("family")]
        return name.text("text") or " ".join(word for word in words if word)
    return ""


def _phone_of(bundle: Bundle, reference: str) -> str:
    target = bundle.target(reference) if reference else None
    if target is None:
        return ""
    return next(
        (one.text("value") for one in target.node.nodes("telecom") if one.text("system") == "phone"), ""
    )[:40]
