"""The documents that a person signs at admission: what we say, in plain words, and who is asked for which. [ours]

The words are this project's own, meant for a reader in grade 8. They are a starting point: a program has its
lawyer read them against the law of its state before it uses them. A change of words is a new `version`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from throughcare.knowledge.privacy.minors import SERVICES, state_rule

Asked = Literal["all", "telehealth", "choice"]

ADULT_AT = 18
# No state lets majority wait longer: who is this old signs alone without anyone looking the state up.
OLDEST_MINOR = 21
READ_BEFORE_USE = "Own words; have them read against your state's law"


@dataclass(frozen=True)
class AgreementForm:
    """One document. `required_for`: everyone, those on a telehealth track, or nobody (`choice`: may be declined)."""

    kind: str
    title: str
    version: str
    required_for: Asked
    source: str

    def text(self, *, program: str) -> str:
        """The whole document with the program's name in it; paragraphs are parted by empty lines."""
        path = files("throughcare.knowledge").joinpath("data", "agreements", f"{self.kind}.txt")
        return path.read_text(encoding="utf-8").replace("{program}", program).strip()


ROWS = (
    AgreementForm(
        "treatment-consent", "Consent to treatment", "2026-1", "all", f"{READ_BEFORE_USE}; informed consent"
    ),
    AgreementForm(
        "program-rules",
        "Program rules and what stays in the group",
        "2026-1",
        "all",
        f"{READ_BEFORE_USE}; group confidentiality",
    ),
    AgreementForm(
        "privacy-notice",
        "How we keep your records private",
        "2026-1",
        "all",
        f"{READ_BEFORE_USE}; summary of the notice that 42 CFR 2.22 and 45 CFR 164.520 ask for",
    ),
    AgreementForm(
        "telehealth", "Care by video", "2026-1", "telehealth", f"{READ_BEFORE_USE}; telehealth consent"
    ),
    AgreementForm(
        "financial", "What you pay", "2026-1", "all", f"{READ_BEFORE_USE}; financial responsibility"
    ),
    AgreementForm(
        "emergency-contact",
        "Whom we may call in an emergency",
        "2026-1",
        "choice",
        f"{READ_BEFORE_USE}; the person may decline",
    ),
)

ALL: dict[str, AgreementForm] = {row.kind: row for row in ROWS}


def guardian_signs(age: int | None, *, services: Collection[str], state: str) -> bool:
    """Whether a parent or guardian signs beside the person, by the state's rule for each service they come for.

    One service that asks for a guardian is enough. Where the state lets a minor consent alone, asking for a parent's
    name would tell the parent (42 CFR 2.14(b)). An unknown age asks for the date of birth, not for a guardian.
    """
    return age is not None and any(state_rule(age, service, state).who == "both" for service in services)


def services_for(codes: Iterable[str]) -> frozenset[str]:
    """The services that diagnoses (ICD-10-CM codes) call for; both while none is known. F10 to F19 is substance use."""
    found = {"substance_use" if "F10" <= code[:3] <= "F19" else "mental_health" for code in codes}
    return frozenset(found) or frozenset(SERVICES)


def is_required(form: AgreementForm, *, remote: bool) -> bool:
    """Whether someone must sign this document; `remote` is true on a telehealth track."""
    return form.required_for == "all" or (form.required_for == "telehealth" and remote)


def is_offered(form: AgreementForm, *, remote: bool) -> bool:
    """Whether the document is put before the person at all."""
    return form.required_for != "telehealth" or remote
