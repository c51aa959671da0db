"""A measure as pages show it: its score as computed that day, what must be seen, and the change since the last."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from throughcare.knowledge.questionnaires.change import Change, reliable_change
from throughcare.knowledge.questionnaires.library import find
from throughcare.knowledge.questionnaires.questionnaire import Number, Questionnaire
from throughcare.records.measures import MeasureResponse


@dataclass(frozen=True)
class MeasureView:
    """One answered questionnaire. `critical` pairs item numbers with why they must be seen."""

    uid: UUID
    patient: UUID
    code: str
    title: str
    short_title: str
    taken_at: datetime
    mode: str
    recorded_by: str
    answers: tuple[int | None, ...]
    context: Mapping[str, Any]
    total: Number | None
    highest: Number | None
    subscales: Mapping[str, Number | None]
    band: str
    missing: int
    prorated: bool
    positive: bool | None
    critical: tuple[tuple[int, str], ...]
    flags: tuple[str, ...]
    may_be: str
    notes: tuple[str, ...]
    change: Change
    retired_at: datetime | None
    corrects: UUID | None

    @property
    def said(self) -> str:
        """The score in one line: “17 of 27, moderately severe”."""
        parts = []
        if self.total is not None:
            parts.append(f"{self.total} of {self.highest}" if self.highest is not None else f"{self.total}")
        scored = [f"{name} {value}" for name, value in self.subscales.items() if value is not None]
        parts += scored if self.total is None else []
        if self.band:
            parts.append(f"tier {self.band}" if self.code == "c-ssrs-screener" else self.band)
        if not parts:
            parts.append("no score")
        if self.may_be:
            parts.append(f"could be {self.may_be}")
        if self.missing:
            filled = ", filled up from the rest" if self.prorated else ""
            parts.append(f"{self.missing} not answered{filled}")
        return ", ".join(parts)


def view_measures(rows: Iterable[MeasureResponse]) -> tuple[MeasureView, ...]:
    """The rows as views, in their order. Newest first lets each find the one before it."""
    ordered = list(rows)
    current = [row for row in ordered if row.retired_at is None]
    views = []
    for row in ordered:
        earlier = next(
            (
                one
                for one in current
                if one.code == row.code and (one.taken_at, one.pk) < (row.taken_at, row.pk)
            ),
            None,
        )
        views.append(_view(row, earlier))
    return tuple(views)


def _view(row: MeasureResponse, earlier: MeasureResponse | None) -> MeasureView:
    questionnaire = find(row.code)
    reasons = {critical.item: critical.because for critical in questionnaire.critical}
    total = number(row.total)
    return MeasureView(
        uid=row.uid,
        patient=row.patient.uid,
        code=row.code,
        title=questionnaire.title,
        short_title=short_title(questionnaire),
        taken_at=row.taken_at,
        mode=row.mode,
        recorded_by=row.recorded_by.name if row.recorded_by else "",
        answers=tuple(row.answers),
        context=row.context,
        total=total,
        highest=questionnaire.total_range[1] if questionnaire.total_range else None,
        subscales=row.subscales,
        band=row.band,
        missing=row.missing,
        prorated=row.prorated,
        positive=row.positive,
        critical=tuple((item, reasons.get(item, "")) for item in row.critical),
        flags=tuple(row.flags),
        may_be=row.may_be,
        notes=tuple(row.notes),
        change=reliable_change(questionnaire, number(earlier.total) if earlier else None, total),
        retired_at=row.retired_at,
        corrects=row.corrects.uid if row.corrects else None,
    )


# What staff call the instruments whose title does not carry the short name in brackets.
SHORT = {"audit-c": "AUDIT-C", "c-ssrs-screener": "C-SSRS screener", "brief-resilience": "Brief Resilience"}


def short_title(questionnaire: Questionnaire) -> str:
    """The short name that staff use: what the title has in brackets, else a known one, else the title."""
    bracketed = re.search(r"\(([^)]+)\)", questionnaire.title)
    return bracketed[1] if bracketed else SHORT.get(questionnaire.code, questionnaire.title)


def number(value: Decimal | Number | None) -> Number | None:
    """A stored total as a plain number, whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
