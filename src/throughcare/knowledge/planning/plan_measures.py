"""How an objective may be measured: a questionnaire of the library, or a count of the program's own. [ours]

Each row proposes words and a target, so that writing a measurable objective is one tap and an edit.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.questionnaires.library import all_questionnaires


@dataclass(frozen=True)
class PlanMeasure:
    """One way to measure an objective. `lower_is_better` tells on which side of the target it is met."""

    code: str
    title: str
    unit: str
    lower_is_better: bool
    is_questionnaire: bool = True

    def is_met(self, value: float, target: float) -> bool:
        """Whether this value reaches the target."""
        return value <= target if self.lower_is_better else value >= target


@dataclass(frozen=True)
class ObjectiveIdea:
    """Proposed words of an objective with its measure, its target, and weeks until its date."""

    code: str
    measure_code: str
    target: float
    weeks: int
    words: str

    def text(self, by: date) -> str:
        """The words with the date in them."""
        return self.words.format(target=f"{self.target:g}", date=f"{by:%B} {by.day}, {by.year}")


OWN_MEASURES = (
    PlanMeasure("attendance", "Share of planned hours attended", "%", False, is_questionnaire=False),
    PlanMeasure("use-days", "Days of use in the past 30 days", "days", True, is_questionnaire=False),
    PlanMeasure("own-count", "A count named in the objective", "times", False, is_questionnaire=False),
)

ALL: dict[str, PlanMeasure] = {
    **{
        found.code: PlanMeasure(found.code, found.title, "points", found.higher_is == "worse")
        for found in all_questionnaires()
        if found.total_range is not None
    },
    **{row.code: row for row in OWN_MEASURES},
}

IDEAS = (
    ObjectiveIdea(
        "attend", "attendance", 80, 4, "I come to at least {target} % of my planned hours until {date}."
    ),
    ObjectiveIdea("no-use", "use-days", 0, 8, "I do not drink or use in the 30 days before {date}."),
    ObjectiveIdea(
        "less-use", "use-days", 4, 4, "I drink or use on no more than {target} days in the month to {date}."
    ),
    ObjectiveIdea("low-mood", "phq-9", 9, 6, "My mood lifts: my PHQ-9 score is {target} or lower by {date}."),
    ObjectiveIdea("worry", "gad-7", 9, 6, "I worry less: my GAD-7 score is {target} or lower by {date}."),
    ObjectiveIdea(
        "trauma", "pcl-5", 30, 8, "Memories trouble me less: my PCL-5 score is {target} or lower by {date}."
    ),
    ObjectiveIdea(
        "daily-life", "wsas", 19, 8, "Daily life works better: my WSAS score is {target} or lower by {date}."
    ),
    ObjectiveIdea(
        "skills", "own-count", 5, 4, "I use a coping skill at least {target} times a week by {date}."
    ),
    ObjectiveIdea(
        "support", "own-count", 2, 4, "I talk with a sober support at least {target} times a week by {date}."
    ),
    ObjectiveIdea("family", "own-count", 2, 8, "My family and I attend {target} family sessions by {date}."),
)


def idea(code: str) -> ObjectiveIdea | None:
    """The proposed objective with this code."""
    return next((row for row in IDEAS if row.code == code), None)


def date_of(found: ObjectiveIdea, on: date) -> date:
    """The date that a proposal made on this day aims for."""
    return on + timedelta(weeks=found.weeks)


def measure_words(code: str, target: float | None) -> str:
    """Measure and target in words, such as `PHQ-9, 9 points or lower`; empty without a known measure."""
    row = ALL.get(code)
    if row is None:
        return ""
    if target is None:
        return row.title
    return f"{row.title}: {target:g} {row.unit} or {'lower' if row.lower_is_better else 'more'}"
