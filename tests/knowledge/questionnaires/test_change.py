"""Reliable change and caseness."""

import pytest

from throughcare.knowledge.questionnaires.change import is_case, reliable_change
from throughcare.knowledge.questionnaires.library import find


@pytest.mark.parametrize(
    ("code", "earlier", "later", "change"),
    [
        ("phq-9", 17, 11, "better"),
        ("phq-9", 17, 12, "same"),
        ("phq-9", 11, 17, "worse"),
        ("phq-9", 12, 17, "same"),
        ("gad-7", 11, 7, "better"),
        ("gad-7", 11, 8, "same"),
        ("gad-7", 7, 11, "worse"),
        ("pcl-5", 50, 40, "better"),
        ("pcl-5", 50, 41, "same"),
        ("phq-9", None, 17, "na"),
        ("phq-9", 17, None, "na"),
        ("audit", 30, 2, "na"),
        ("brief-resilience", 2.0, 5.0, "na"),
    ],
)
def test_change_is_reliable_from_the_instruments_own_value(
    code: str, earlier: float | None, later: float | None, change: str
) -> None:
    assert reliable_change(find(code), earlier, later) == change


@pytest.mark.parametrize(
    ("code", "total", "case"),
    [
        ("phq-9", 10, True),
        ("phq-9", 9, False),
        ("gad-7", 8, True),
        ("gad-7", 7, False),
        ("phq-9", None, None),
        ("audit", 30, None),
    ],
)
def test_a_case_starts_at_its_threshold(code: str, total: float | None, case: bool | None) -> None:
    assert is_case(find(code), total) is case
