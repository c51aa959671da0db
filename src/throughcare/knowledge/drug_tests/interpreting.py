"""What a result means: expected against unexpected, given what the person takes and what they said before it.

Expected is the medication snapshot and what was disclosed; a positive inside the window of a disclosed use, or of a use
that an earlier test found, is carried over. For THC and norfentanyl outside the usual window the levels decide, each
divided by creatinine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from throughcare.knowledge.drug_tests.actions import in_order
from throughcare.knowledge.drug_tests.analytes import ALCOHOL_LATELY
from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.drug_tests.carry_over import Disclosure, Earlier, carried_over
from throughcare.knowledge.drug_tests.substances import Substance, find_substance
from throughcare.knowledge.drug_tests.validity import TAMPERED, UNUSABLE, Urine, Validity, weigh_urine
from throughcare.knowledge.program_settings import Number, value_of

CLASS_WORDS = {
    "expected-neg": "Negative, as expected",
    "expected-pos": "Positive, as expected",
    "unexpected-pos": "Positive, not expected",
    "unexpected-neg": "Negative, though prescribed",
    "carry-over": "Still showing from earlier use",
}
UNEXPECTED = frozenset({"unexpected-pos", "unexpected-neg"})
FENTANYL = frozenset({"fentanyl", "norfentanyl"})
# The drug, and what the body makes of it: the first without the second may have been put into the cup.
SPIKED = (("buprenorphine", "norbuprenorphine"), ("methadone", "eddp"))


@dataclass(frozen=True)
class Sample:
    """One specimen with its results (analyte → whether it was found) and all that they are read with.

    `levels` are in ng/mL. `prescribed` are names as the list has them.
    """

    collected_at: datetime
    results: Mapping[str, bool]
    matrix: str = "urine"
    urine: Urine = field(default_factory=Urine)
    definitive: bool = False
    prescribed: tuple[str, ...] = ()
    disclosed: tuple[Disclosure, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    levels: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Meaning:
    """What the specimen is, each analyte's class, what to do, and why."""

    validity: str
    classes: Mapping[str, str]
    actions: tuple[str, ...]
    because: tuple[str, ...]

    @property
    def unexpected(self) -> bool:
        """Whether anything was found, or missing, that nobody expected."""
        return not UNEXPECTED.isdisjoint(self.classes.values()) or self.validity in TAMPERED

    @property
    def high(self) -> bool:
        """Whether somebody must act today."""
        return "high" in self.actions

    def of_class(self, name: str) -> tuple[str, ...]:
        """The analytes of one class."""
        return tuple(code for code, found in self.classes.items() if found == name)


def interpret(sample: Sample, own: Mapping[str, Number] | None = None) -> Meaning:
    """The meaning of a result; order of analytes, drugs and earlier tests does not matter."""
    validity = weigh_urine(sample.urine, own) if sample.matrix == "urine" else Validity("valid")
    takes = tuple(found for name in sample.prescribed if (found := find_substance(name)))
    classes: dict[str, str] = {}
    because = list(validity.because)
    actions = _about_specimen(validity)
    for code, positive in sorted(sample.results.items()):
        if not positive and validity.mark in UNUSABLE:
            because.append(f"{ANALYTES[code].title}: a negative says nothing in this specimen.")
            continue
        kind, why, more = _positive(code, sample, takes, own) if positive else _negative(code, sample, takes)
        classes[code] = kind
        because += [f"{ANALYTES[code].title}: {why}"] if why else []
        actions |= more
    actions |= _about_findings(classes, sample.results)
    if any(one.code == "disulfiram" for one in takes) and any(
        sample.results.get(code) for code in ALCOHOL_LATELY
    ):
        actions |= {"high", "disulfiram_alcohol"}
    actions |= _about_history(validity, classes, sample, own)
    return Meaning(validity.mark, classes, in_order(actions), tuple(because))


def _about_specimen(validity: Validity) -> set[str]:
    if validity.mark == "dilute":
        return {"recollect"}
    if validity.mark in TAMPERED:
        return {"recollect_observed", "treat_as_presumptive_positive", "talk_next_session", "not_sole_ground"}
    if validity.mark == "invalid":
        return {"recollect_observed"}
    return {"ask_laboratory"} if validity.odd else set()


Answer = tuple[str, str, set[str]]


def _positive(
    code: str, sample: Sample, takes: tuple[Substance, ...], own: Mapping[str, Number] | None
) -> Answer:
    explains = [one.code for one in takes if code in one.gives]
    if explains:
        return "expected-pos", f"explained by {explains[0]}, which is prescribed.", set()
    carried = carried_over(
        ANALYTES[code],
        at=sample.collected_at,
        matrix=sample.matrix,
        disclosed=sample.disclosed,
        earlier=sample.earlier,
        level=sample.levels.get(code),
        creatinine=sample.urine.creatinine,
        ratio=value_of("drug_test.new_use_ratio", own),
    )
    trend = {"normalize_trend"} if carried.needs_levels else set()
    if carried.holds:
        return "carry-over", carried.because, trend
    why, actions = carried.because or "neither prescribed nor disclosed.", {"talk_next_session"} | trend
    if not sample.definitive:
        mistaken = _mistaken_for(code, sample, takes)
        if mistaken:
            why = f"a screen may take {mistaken} for it, and it may be nothing."
        actions |= {"confirm_definitive"}
    return "unexpected-pos", why, actions


def _mistaken_for(code: str, sample: Sample, takes: tuple[Substance, ...]) -> str:
    said = tuple(found for one in sample.disclosed if (found := find_substance(one.substance)))
    return next((one.code for one in (*takes, *said) if code in one.may_read_as), "")


def _negative(code: str, sample: Sample, takes: tuple[Substance, ...]) -> Answer:
    missing = [one for one in takes if code in one.needs]
    if not missing:
        return "expected-neg", "", set()
    drug = missing[0].code
    if not sample.definitive and all(code in one.screen_misses for one in missing):
        why = f"{drug} is prescribed, and this screen may miss it; only the laboratory can tell."
        return "expected-neg", why, {"confirm_definitive"}
    actions = {"tell_prescriber", "talk_next_session"}
    return (
        "unexpected-neg",
        f"{drug} is prescribed and did not show.",
        actions if sample.definitive else actions | {"confirm_definitive"},
    )


def _about_findings(classes: Mapping[str, str], results: Mapping[str, bool]) -> set[str]:
    """What follows from the findings together."""
    actions: set[str] = set()
    new = {code for code, kind in classes.items() if kind == "unexpected-pos"}
    shown = {code for code, positive in results.items() if positive}
    groups, new_groups = {ANALYTES[code].group for code in shown}, {ANALYTES[code].group for code in new}
    if new & FENTANYL or (
        {"benzodiazepine", "opioid"} <= groups and new_groups & {"benzodiazepine", "opioid"}
    ):
        actions |= {"high"}
    carried = {code for code, kind in classes.items() if kind == "carry-over"}
    if new or {ANALYTES[code].group for code in carried} & {"opioid", "stimulant"}:
        actions |= {"naloxone"}
    if new or "unexpected-neg" in classes.values():
        actions |= {"not_sole_ground"}
    for drug, metabolite in SPIKED:
        if results.get(drug) and results.get(metabolite) is False:
            actions |= {"ask_about_spiking", "tell_prescriber"}
    return actions


def _about_history(
    validity: Validity,
    classes: Mapping[str, str],
    sample: Sample,
    own: Mapping[str, Number] | None,
) -> set[str]:
    """Whether unexpected tests come together in these days."""
    if UNEXPECTED.isdisjoint(classes.values()) and validity.mark not in TAMPERED:
        return set()
    since = sample.collected_at - timedelta(days=float(value_of("step_up.window_days", own)))
    before = sum(one.unexpected and since <= one.at < sample.collected_at for one in sample.earlier)
    return {"review_plan"} if before + 1 >= value_of("step_up.unexpected_tests", own) else set()
