"""The facts of a placement, gathered from an assessment: ratings, measures, checklist, the person's own answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from throughcare.knowledge.intake.domains import ALL as DOMAINS
from throughcare.knowledge.intake.fact_words import FactWords, fact_words
from throughcare.knowledge.intake.reading import facts_said
from throughcare.knowledge.intake.sections import SECTIONS
from throughcare.knowledge.placement import Facts
from throughcare.pathway.intake.intake_answers import SectionView
from throughcare.pathway.measure.measure_view import MeasureView
from throughcare.records.assessments import DomainRating

CSSRS = ("q1", "q2", "q3", "q4", "q5", "q6", "q6_within_3_months")


@dataclass(frozen=True)
class FactLine:
    """One fact with its value in words and where it comes from."""

    key: str
    words: FactWords
    value: str
    origin: str


@dataclass(frozen=True)
class GatheredFacts:
    """The facts for the table, as JSON and with the origin of each."""

    facts: Facts
    given: Mapping[str, Any]
    lines: tuple[FactLine, ...]

    def line(self, key: str) -> FactLine:
        """The line of a fact that a reason used."""
        found = next((line for line in self.lines if line.key == key), None)
        return found or FactLine(key, fact_words(key), "", "")


def gather_facts(
    ratings: Mapping[str, DomainRating],
    measures: Iterable[MeasureView],
    sections: Mapping[str, SectionView],
) -> GatheredFacts:
    """Put together what is known. What nobody said stays absent, which the table reads as not known."""
    given: dict[str, Any] = {}
    origins: dict[str, str] = {}
    _from_ratings(ratings, given, origins)
    _from_measures(measures, given, origins)
    _from_sections(sections, given, origins)
    return GatheredFacts(
        facts=Facts.from_json(given),
        given=given,
        lines=tuple(
            FactLine(key, fact_words(key), _say(_value(given, key)), origin)
            for key, origin in origins.items()
        ),
    )


def latest_by_code(measures: Iterable[MeasureView]) -> dict[str, MeasureView]:
    """The newest measure of each kind that was not corrected."""
    found: dict[str, MeasureView] = {}
    for measure in measures:
        newest = found.get(measure.code)
        if measure.retired_at is None and (newest is None or measure.taken_at > newest.taken_at):
            found[measure.code] = measure
    return found


def _from_ratings(
    ratings: Mapping[str, DomainRating], given: dict[str, Any], origins: dict[str, str]
) -> None:
    for code in DOMAINS:
        if code in ratings:
            rating = ratings[code]
            given.setdefault("domains", {})[code] = rating.rating
            who = rating.recorded_by.name if rating.recorded_by else "Throughcare"
            origins[f"domains.{code}"] = f"Rated by {who}"


def _from_measures(measures: Iterable[MeasureView], given: dict[str, Any], origins: dict[str, str]) -> None:
    latest = latest_by_code(measures)
    screen = latest.get("c-ssrs-screener")
    if screen:
        for key, value in zip(CSSRS, screen.answers, strict=False):
            if value is not None:
                given.setdefault("c_ssrs", {})[key] = value == 1
                origins[f"c_ssrs.{key}"] = _measured(screen)
    asq = latest.get("asq")
    if asq and asq.band:
        given["asq_acute"] = asq.band.startswith("acute")
        origins["asq_acute"] = _measured(asq)
    for code, key in (("ciwa-ar", "ciwa_ar"), ("cows", "cows")):
        scale = latest.get(code)
        if scale and scale.total is not None:
            given[key] = int(scale.total)
            origins[key] = _measured(scale)


def _from_sections(
    sections: Mapping[str, SectionView], given: dict[str, Any], origins: dict[str, str]
) -> None:
    """The person's own answers first, then the checklist, whose word counts where both speak."""
    for section in SECTIONS:
        view = sections.get(section.code)
        if view is None or view.version == 0:
            continue
        confirmed = "" if view.state == "done" else ", not confirmed yet"
        for key, value in facts_said(section, view.answers).items():
            given[key] = value
            who = (
                f"Checklist, {view.changed_by}"
                if section.code == "checklist"
                else f"“{section.title}”{confirmed}"
            )
            origins[key] = who


def _measured(measure: MeasureView) -> str:
    return f"{measure.short_title}, {measure.recorded_by or 'filled in by the person'}"


def _value(given: Mapping[str, Any], key: str) -> object:
    found: Any = given
    for part in key.split("."):
        found = found[part]
    return found


def _say(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value)
