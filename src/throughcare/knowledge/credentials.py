"""Professional credentials and what a program lets each of them do. [ours]

Scope of practice is state law and payer contract. These rows are a cautious starting point of this project;
a program compares them with its own state's rules before it relies on them.
"""

from dataclasses import dataclass

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

SOURCE = "Program default; compare with the state's scope of practice"


@dataclass(frozen=True)
class Credential:
    """One credential. `may_prescribe` is about authority in general, not about one drug or one state."""

    code: str
    title: str
    may_confirm_placement: bool = False
    may_sign_clinical_note: bool = False
    needs_cosignature: bool = False
    may_prescribe: bool = False
    source: str = SOURCE


def independent(code: str, title: str, *, may_prescribe: bool = False) -> Credential:
    """A clinician licensed to practice alone: confirms placements and signs notes."""
    return Credential(
        code, title, may_confirm_placement=True, may_sign_clinical_note=True, may_prescribe=may_prescribe
    )


def supervised(code: str, title: str) -> Credential:
    """A clinician who works under supervision: signs notes that a licensed clinician signs too."""
    return Credential(code, title, may_sign_clinical_note=True, needs_cosignature=True)


ROWS = (
    independent("LCSW", "Licensed clinical social worker"),
    independent("LPC", "Licensed professional counselor"),
    independent("LMHC", "Licensed mental health counselor"),
    independent("LMFT", "Licensed marriage and family therapist"),
    independent("LADC", "Licensed alcohol and drug counselor"),
    independent("PhD", "Psychologist (PhD)"),
    independent("PsyD", "Psychologist (PsyD)"),
    independent("MD", "Physician (MD)", may_prescribe=True),
    independent("DO", "Physician (DO)", may_prescribe=True),
    independent("PMHNP", "Psychiatric mental health nurse practitioner", may_prescribe=True),
    independent("PA", "Physician assistant", may_prescribe=True),
    Credential("RN", "Registered nurse", may_sign_clinical_note=True),
    Credential("LPN", "Licensed practical nurse", may_sign_clinical_note=True, needs_cosignature=True),
    Credential("ATR-BC", "Board-certified art therapist", may_sign_clinical_note=True),
    supervised("CADC", "Certified alcohol and drug counselor"),
    supervised("LMSW", "Licensed master social worker, under supervision"),
    supervised("LPC-A", "Professional counselor associate, under supervision"),
    supervised("LMFT-A", "Marriage and family therapist associate, under supervision"),
    supervised("INTERN", "Clinical intern, under supervision"),
    supervised("CPSS", "Certified peer support specialist"),
    supervised("CM", "Case manager"),
)

ALL: dict[str, Credential] = {row.code: row for row in ROWS}


def credential(code: str) -> Credential | None:
    """The credential with this code, or None where the program knows none such."""
    return ALL.get(code)


def may_confirm_placement(code: str) -> Verdict:
    """Whether someone with this credential may confirm or override a placement."""
    row = ALL.get(code)
    if row is not None and row.may_confirm_placement:
        return Allowed()
    who = row.title if row is not None else "Someone without a recorded credential"
    return Refused(
        because=f"{who} can't confirm a placement. Ask a licensed clinician to decide.", cite=SOURCE
    )


def may_sign_clinical_note(code: str) -> Verdict:
    """Whether someone with this credential may sign a clinical note, with or without a second signature."""
    row = ALL.get(code)
    if row is not None and row.may_sign_clinical_note:
        return Allowed()
    return Refused(
        because="A clinical note is signed by someone with a recorded credential. Add it to the staff record.",
        cite=SOURCE,
    )


def may_cosign(code: str) -> Verdict:
    """Whether someone with this credential may add the second signature under a supervised clinician's note."""
    row = ALL.get(code)
    if row is not None and row.may_confirm_placement:
        return Allowed()
    return Refused(because="The second signature is a licensed clinician's.", cite=SOURCE)
