"""From facts to a level of care: the first STOP wins, otherwise the most intense output. [ours]"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.placement.answers import Answer, Case
from throughcare.knowledge.placement.facts import Facts
from throughcare.knowledge.placement.table import ADDITIONS, LEVEL_RULES, STOPS, Rule
from throughcare.knowledge.program_settings import Number

RULE_VERSION = "throughcare-placement/1"


@dataclass(frozen=True)
class Reason:
    """A rule that holds: its code, its sentence and the facts that made it hold."""

    code: str
    because: str
    facts: tuple[str, ...]
    cite: str


@dataclass(frozen=True)
class Contraindication:
    """What speaks against intensive outpatient care: a hard one forbids it now, a soft one is to be eased."""

    code: str
    is_hard: bool
    because: str


@dataclass(frozen=True)
class Placement:
    """What the table says. It is advice: a licensed clinician confirms it, or places elsewhere and says why.

    `indicated` is None when no rule that gives a level holds. `held` says that withdrawal comes first. `reasons`
    begin with the one that decided. `missing_facts` could each change the answer.
    """

    indicated: str | None
    stop: bool
    held: bool
    reasons: tuple[Reason, ...]
    also: tuple[str, ...]
    missing_facts: tuple[str, ...]
    needs_clinician: bool
    contraindications: tuple[Contraindication, ...]
    alternatives: tuple[str, ...]
    rule_version: str = RULE_VERSION


@dataclass(frozen=True)
class Finding:
    """A rule with the answer to its question and the level that follows when it holds."""

    rule: Rule
    answer: Answer
    level: str | None

    @property
    def reason(self) -> Reason:
        """The rule that holds, as a reason."""
        return Reason(self.rule.code, self.rule.because, self.answer.facts, self.rule.cite)


def place(facts: Facts, *, own: Mapping[str, Number] | None = None) -> Placement:
    """The level of care that the facts indicate, with every reason; `own` are the program's settings."""
    case = Case(facts, own)
    stops, levels, additions = (look(rows, case) for rows in (STOPS, LEVEL_RULES, ADDITIONS))
    every = [*stops, *levels, *additions]
    stopping, giving, adding = held_of(stops), by_rank(held_of(levels)), held_of(additions)
    withdrawal = [finding for finding in giving if finding.rule.code == "wd_moderate"]
    deciding = stopping or giving
    indicated = deciding[0].level if deciding else None
    missing = missing_of(every)
    shown = [*stopping, *withdrawal] if stopping else [*giving, *adding]
    return Placement(
        indicated=indicated,
        stop=bool(stopping),
        held=bool(withdrawal),
        reasons=tuple(finding.reason for finding in shown),
        also=tuple(finding.rule.code for finding in adding),
        missing_facts=missing,
        needs_clinician=bool(missing or stopping or withdrawal) or is_doubtful(facts, indicated, giving),
        contraindications=contraindications(every),
        alternatives=alternatives(facts, indicated, stopping, giving, adding),
    )


def look(rows: Iterable[Rule], case: Case) -> list[Finding]:
    """Put each rule's question, in the table's order."""
    findings = []
    for rule in rows:
        answer = rule.asks(case)
        findings.append(Finding(rule, answer, rule.level(case) if answer.holds else None))
    return findings


def held_of(findings: Iterable[Finding]) -> list[Finding]:
    """The rules that hold."""
    return [finding for finding in findings if finding.answer.holds]


def by_rank(findings: Iterable[Finding]) -> list[Finding]:
    """The most intense level first; the table's order among equals."""
    return sorted(findings, key=lambda finding: -LEVELS[finding.level].rank if finding.level else 0)


def missing_of(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Every fact that a rule asked for in vain, once."""
    return tuple(dict.fromkeys(key for finding in findings for key in finding.answer.missing))


def is_doubtful(facts: Facts, indicated: str | None, giving: list[Finding]) -> bool:
    """Whether the table has no answer, no level further up, or leaves a domain at 3 without daily structure."""
    if indicated is None:
        return True
    if any(found.rule.code == "not_progressing" and found.level == facts.current_level for found in giving):
        return True
    domains = facts.domains
    grave = any(rating is not None and rating >= 3 for rating in (domains.W, domains.P))
    home = domains.H is not None and domains.H >= 3 and not facts.coping_at_home
    return (grave or home) and LEVELS[indicated].rank < LEVELS["php"].rank


def contraindications(findings: Iterable[Finding]) -> tuple[Contraindication, ...]:
    """What speaks against intensive outpatient care: STOP rules and withdrawal hard, home and support soft."""
    soft = {"home_unsafe", "add_support"}
    return tuple(
        Contraindication(finding.rule.code, finding.rule.is_hard, finding.rule.because)
        for finding in held_of(findings)
        if finding.rule.is_hard or finding.rule.code in soft
    )


def alternatives(
    facts: Facts,
    indicated: str | None,
    stopping: list[Finding],
    giving: list[Finding],
    adding: list[Finding],
) -> tuple[str, ...]:
    """Other levels for the clinician to weigh; none under a STOP."""
    if stopping:
        return ()
    found = [level for finding in giving for level in (*finding.rule.alternatives, finding.level) if level]
    if indicated == "iop" and any(finding.rule.code == "add_support" for finding in adding):
        found.append("iop+recovery-residence")
    if indicated is None and facts.domains.H is not None and facts.domains.H >= 3:
        found += ["iop+recovery-residence", "php"]
    return tuple(level for level in dict.fromkeys(found) if level != indicated)


def as_json(placement: Placement) -> dict[str, Any]:
    """The placement under the keys of `throughcare place`."""
    return {
        "indicated": placement.indicated,
        "stop": placement.stop,
        "held": placement.held,
        "reasons": [
            {"code": found.code, "because": found.because, "facts": list(found.facts)}
            for found in placement.reasons
        ],
        "also": list(placement.also),
        "missing_facts": list(placement.missing_facts),
        "needs_clinician": placement.needs_clinician,
        "contraindications": [
            {"code": found.code, "hard": found.is_hard, "because": found.because}
            for found in placement.contraindications
        ],
        "alternatives": list(placement.alternatives),
        "rule_version": placement.rule_version,
    }
