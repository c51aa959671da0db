"""Papers from courts, lawyers and police as pages show them: what each needs, who decided what."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.legal_requests import ALL as PAPERS
from throughcare.knowledge.privacy.legal_requests import LegalRequest as Paper
from throughcare.knowledge.privacy.legal_requests import may_answer
from throughcare.knowledge.privacy.weighing import CourtOrder
from throughcare.knowledge.verdict import Verdict
from throughcare.pathway.actor import Actor
from throughcare.records.legal_requests import LegalRequest


@dataclass(frozen=True)
class Need:
    """Something the paper needs before anything is answered."""

    code: str
    sentence: str
    met: bool


@dataclass(frozen=True)
class DocumentLine:
    """A paper that someone had before them."""

    title: str
    described: str
    dated: date | None
    by: str
    seen_at: datetime


@dataclass(frozen=True)
class DecisionLine:
    """One officer's answer."""

    who: str
    answer: str
    because: str
    decided_at: datetime
    is_own: bool


@dataclass(frozen=True)
class LegalView:
    """One paper. `standing` is undecided, refused or released; `verdict` says what is missing before a release."""

    uid: UUID
    paper: str
    cite: str
    opens: bool
    alone: str
    from_whom: str
    about_whom: str
    patient: UUID | None
    patient_name: str
    number: int | None
    asks_for: str
    kinds: tuple[str, ...]
    kind_codes: tuple[str, ...]
    records_from: date | None
    records_until: date | None
    received_at: datetime
    answer_due: date | None
    is_late: bool
    documents: tuple[DocumentLine, ...]
    needs: tuple[Need, ...]
    decisions: tuple[DecisionLine, ...]
    standing: str
    verdict: Verdict


def may_release(row: LegalRequest, *, second_person: bool) -> Verdict:
    """Whether the paper lets records go, as far as it was read. For this package."""
    order = None
    if row.records_from and row.records_until and row.kinds:
        order = CourtOrder(frozenset(row.kinds), row.records_from, row.records_until, second_person)
    return may_answer(
        Paper(
            paper=row.kind,
            kinds=frozenset(row.kinds),
            records_from=row.records_from,
            records_until=row.records_until,
            names_patient=row.patient_id is not None,
            order=order,
            met=frozenset(one.kind for one in row.documents.all()),
            second_person=second_person,
        )
    )


def view_of(row: LegalRequest, *, by: Actor, at: datetime) -> LegalView:
    """A row in words. For this package."""
    paper = PAPERS[row.kind]
    decisions = [
        DecisionLine(one.account.name, one.answer, one.because, one.decided_at, one.account_id == by.account)
        for one in row.decisions.select_related("account").order_by("decided_at", "pk")
    ]
    standing = _standing([one.answer for one in decisions])
    met = {one.kind for one in row.documents.all()}
    return LegalView(
        uid=row.uid,
        paper=paper.words,
        cite=paper.cite,
        opens=paper.opens,
        alone=paper.alone,
        from_whom=row.from_whom,
        about_whom=row.about_whom,
        patient=row.patient.uid if row.patient else None,
        patient_name=row.patient.called if row.patient else "",
        number=row.patient.number if row.patient else None,
        asks_for=row.asks_for,
        kinds=tuple(KINDS[kind].words for kind in row.kinds if kind in KINDS),
        kind_codes=tuple(row.kinds),
        records_from=row.records_from,
        records_until=row.records_until,
        received_at=row.received_at,
        answer_due=row.answer_due_date,
        is_late=standing == "undecided"
        and row.answer_due_date is not None
        and local_day(at, by.time_zone) > row.answer_due_date,
        documents=tuple(_documents(row)),
        needs=tuple(Need(code, sentence, code in met) for code, sentence in paper.needs),
        decisions=tuple(decisions),
        standing=standing,
        verdict=may_release(row, second_person=True),
    )


def _documents(row: LegalRequest) -> list[DocumentLine]:
    needs = dict(PAPERS[row.kind].needs)
    rows = row.documents.select_related("recorded_by").order_by("recorded_at", "pk")
    return [
        DocumentLine(
            title=needs.get(one.kind, "A paper that came with it"),
            described=one.described,
            dated=one.dated,
            by=one.recorded_by.name if one.recorded_by else "",
            seen_at=one.recorded_at,
        )
        for one in rows
    ]


def _standing(answers: list[str]) -> str:
    if "refuse" in answers:
        return "refused"
    return "released" if answers.count("release") >= 2 else "undecided"
