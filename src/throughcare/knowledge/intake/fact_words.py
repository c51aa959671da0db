"""The facts of a placement in words, and where in an assessment each of them is entered."""

from dataclasses import dataclass
from typing import Literal

from throughcare.knowledge.intake.clinician_part import CHECKLIST
from throughcare.knowledge.intake.domains import ALL as DOMAINS

Where = Literal["domain", "measure", "checklist", ""]


@dataclass(frozen=True)
class FactWords:
    """A fact's title, and the page that enters it: a domain, a questionnaire (`which`), or the checklist."""

    key: str
    title: str
    where: Where
    which: str = ""


_MEASURED = {
    "ciwa_ar": ("CIWA-Ar score", "ciwa-ar"),
    "cows": ("COWS score", "cows"),
    "asq_acute": ("ASQ acute item", "asq"),
    "c_ssrs": ("C-SSRS screener", "c-ssrs-screener"),
    "c_ssrs.q6_within_3_months": ("C-SSRS: behavior within 3 months", "c-ssrs-screener"),
}
_COURSE = {
    "current_level": "Level of care now",
    "weeks_at_level": "Weeks at this level",
    "attendance": "Share of planned hours attended",
    "reliably_worse": "Reliably worse on a measure",
    "unexpected_positives": "Unexpected positive tests",
}


def fact_words(key: str) -> FactWords:
    """The words for a fact such as `domains.U`, `c_ssrs.q4` or `home_unsafe`; an unknown key stands for itself."""
    if key.startswith("domains."):
        domain = DOMAINS[key.removeprefix("domains.")]
        return FactWords(key, f"{domain.title} ({domain.code})", "domain", domain.code)
    if key in _MEASURED:
        title, code = _MEASURED[key]
        return FactWords(key, title, "measure", code)
    if key.startswith("c_ssrs.q"):
        return FactWords(key, f"C-SSRS question {key.removeprefix('c_ssrs.q')}", "measure", "c-ssrs-screener")
    titles = {question.fact: question.wording for question in CHECKLIST.questions}
    if key in titles:
        return FactWords(key, titles[key], "checklist")
    return FactWords(key, _COURSE.get(key, key), "")
