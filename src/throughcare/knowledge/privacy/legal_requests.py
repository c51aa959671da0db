"""Papers from lawyers, courts and police: what each needs before anything may be answered. 42 CFR 2.61-2.67."""

from dataclasses import dataclass, field
from datetime import date

from throughcare.knowledge.privacy.weighing import CourtOrder
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

NO_COMPULSION = "42 CFR 2.61"


@dataclass(frozen=True)
class LegalPaper:
    """One kind of paper. `opens`: with what it needs it can open records; each need is a code and its sentence."""

    code: str
    words: str
    opens: bool
    cite: str
    needs: tuple[tuple[str, str], ...] = ()
    alone: str = ""


_READ = ("read_by_counsel", "Counsel must have read it.")
_HEARD = (
    "patient_heard",
    "Counsel must confirm that the patient was told and could answer, as the order says.",
)

ROWS = (
    LegalPaper(
        "subpoena",
        "A subpoena",
        False,
        NO_COMPULSION,
        alone="A subpoena alone opens nothing: it takes the patient's consent for proceedings or a court order.",
    ),
    LegalPaper(
        "court_order_2_64",
        "A court order for a case that isn't criminal",
        True,
        "42 CFR 2.64",
        (_READ, _HEARD, ("order_on_file", "Keep a copy of the order.")),
    ),
    LegalPaper(
        "court_order_2_65",
        "A court order to investigate or prosecute a patient",
        True,
        "42 CFR 2.65",
        (
            _READ,
            ("crime_is_grave", "Counsel must confirm that the order finds an extremely serious crime."),
            ("program_heard", "Counsel must confirm that the program could answer before the order."),
            ("order_on_file", "Keep a copy of the order."),
        ),
    ),
    LegalPaper(
        "search_warrant",
        "A search warrant",
        False,
        "42 CFR 2.61, 2.66",
        alone="A search warrant doesn't open these records by itself. Call counsel at once; don't stand in the way.",
    ),
    LegalPaper(
        "arrest_warrant",
        "An arrest warrant",
        False,
        "42 CFR 2.13(c)(2)",
        alone="A warrant for a person opens no records and no yes or no. Call counsel at once; don't stand in the way.",
    ),
    LegalPaper(
        "patient_consent",
        "The patient's own consent for proceedings",
        True,
        "42 CFR 2.31(d)",
        (
            (
                "consent_stands",
                "The consent for proceedings must be complete, in force and cover what is asked.",
            ),
        ),
    ),
    LegalPaper(
        "lawyer_letter",
        "A lawyer's letter",
        False,
        "42 CFR 2.31",
        alone="A letter opens nothing: it takes the patient's consent that names this lawyer, or a court order.",
    ),
)

ALL: dict[str, LegalPaper] = {row.code: row for row in ROWS}
ORDERS = frozenset({"court_order_2_64", "court_order_2_65"})


@dataclass(frozen=True)
class LegalRequest:
    """A paper as it was handled so far; `met` are the codes of the needs that someone confirmed."""

    paper: str
    kinds: frozenset[str]
    records_from: date | None = None
    records_until: date | None = None
    names_patient: bool = False
    order: CourtOrder | None = None
    met: frozenset[str] = field(default_factory=frozenset)
    second_person: bool = False


def may_answer(request: LegalRequest) -> Verdict:
    """Whether the program may hand over what is asked for; a refusal says what is missing."""
    paper = ALL.get(request.paper)
    if paper is None:
        return Refused("Say what kind of paper this is.", NO_COMPULSION)
    if not paper.opens:
        return Refused(paper.alone, paper.cite)
    if not request.names_patient:
        return Refused("It must name this patient.", paper.cite)
    missing = [sentence for code, sentence in paper.needs if code not in request.met]
    if missing:
        return Refused(missing[0], paper.cite)
    if paper.code in ORDERS:
        outside = _outside_order(request)
        if outside:
            return Refused(outside, paper.cite)
    if not request.second_person:
        return Refused("A second person must check it before anything is handed over.", paper.cite)
    return Allowed()


def _outside_order(request: LegalRequest) -> str:
    """Why what is asked for goes beyond the order; "" when it doesn't."""
    order = request.order
    if order is None:
        return "Enter what the court order names: kinds of record and days."
    if not request.kinds or not request.kinds <= order.kinds:
        return "The court order names other kinds of record. Hand over exactly what it names."
    since, until = request.records_from, request.records_until
    if since is None or until is None or since < order.records_from or until > order.records_until:
        return "The court order names another period. Hand over exactly what it names."
    return ""
