"""Why someone asks for a record: the purpose that is written beside each access and each disclosure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Purpose:
    """One purpose; `act_code` is its code in HL7's v3 PurposeOfUse."""

    code: str
    words: str
    plain: str
    act_code: str


ROWS = (
    Purpose("treatment", "treatment", "to treat you", "TREAT"),
    Purpose("payment", "payment", "to get your care paid for", "HPAYMT"),
    Purpose("operations", "running the program", "to run the program", "HOPERAT"),
    Purpose("emergency", "a medical emergency", "to help you in a medical emergency", "ETREAT"),
    Purpose("break_glass", "opening a guarded record", "to open a guarded record for a stated reason", "BTG"),
    Purpose("patient_request", "the patient's own request", "because you asked for it", "PATRQT"),
    Purpose("family_involvement", "family involvement", "so that they can support you", "FAMRQT"),
    Purpose("legal_proceedings", "legal proceedings", "for a court case or a hearing", "HLEGAL"),
    Purpose(
        "justice_supervision",
        "supervision by a court, probation or parole",
        "to show that you take part in treatment",
        "HLEGAL",
    ),
    Purpose("audit", "audit and evaluation", "to check that the program keeps the rules", "HCOMPL"),
    Purpose("research", "research", "for research", "HRESCH"),
)

ALL: dict[str, Purpose] = {row.code: row for row in ROWS}

# 42 CFR 2.11 and 45 CFR 164.501: what a single consent may be given for.
TREATMENT_PAYMENT_OPERATIONS = frozenset({"treatment", "payment", "operations"})
