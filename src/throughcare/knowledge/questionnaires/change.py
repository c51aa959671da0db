"""Change between two totals, beyond the measure's own noise or not; and whether a total is in the clinical range."""

from typing import Literal

from throughcare.knowledge.questionnaires.questionnaire import Number, Questionnaire

Change = Literal["better", "same", "worse", "na"]


def reliable_change(
    questionnaire: Questionnaire, earlier_total: Number | None, later_total: Number | None
) -> Change:
    """How the person changed, by the instrument's reliable change value; `na` without that value or a total."""
    value = questionnaire.reliable_change
    if value is None or earlier_total is None or later_total is None:
        return "na"
    rise = later_total - earlier_total
    if abs(rise) < value:
        return "same"
    return "worse" if (rise > 0) == (questionnaire.higher_is == "worse") else "better"


def is_case(questionnaire: Questionnaire, total: Number | None) -> bool | None:
    """Whether `total` is in the clinical range; None when the range or the total is not known."""
    if questionnaire.case_from is None or total is None:
        return None
    return total >= questionnaire.case_from
