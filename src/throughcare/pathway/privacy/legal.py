"""Papers from courts, lawyers and police: entered, read, decided by two people. A subpoena alone opens nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from throughcare.knowledge.privacy.kinds import MAY_LEAVE
from throughcare.knowledge.privacy.legal_requests import ALL as PAPERS
from throughcare.knowledge.privacy.legal_requests import ORDERS
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor, Asked
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, require
from throughcare.pathway.privacy.book import note
from throughcare.pathway.privacy.desk import may_access, open_patient
from throughcare.pathway.privacy.legal_views import LegalView, may_release, view_of
from throughcare.pathway.privacy.notices import OFFICERS, give_notice
from throughcare.records.legal_requests import LegalDecision, LegalDocument, LegalRequest
from throughcare.records.people import Patient

KIND = "legal_request"
ANSWERS = {"release": "Release exactly what it names", "refuse": "Refuse"}


@dataclass(frozen=True)
class NewLegalRequest:
    """A paper as it came. `number` is the patient's, once an officer knows whom it is about; `kinds` what it names."""

    kind: str
    from_whom: str
    about_whom: str
    asks_for: str
    kinds: Collection[str] = ()
    records_from: date | None = None
    records_until: date | None = None
    answer_due_date: date | None = None
    number: int | None = None


@dataclass(frozen=True)
class NewDocument:
    """A paper, or counsel's word, that someone had before them; `kind` is a need's code or "paper"."""

    kind: str
    described: str
    dated: date | None = None


@transaction.atomic
def hand_over_paper(new: NewLegalRequest, *, by: Actor, at: datetime) -> UUID:
    """Whoever takes a paper at the desk passes it on; nobody is looked up, and the officers are told."""
    require(may_access("contact_call", by=by, verb="change"), CannotSee)
    return _enter(new, None, by=by, at=at).uid


@transaction.atomic
def enter_legal_request(new: NewLegalRequest, *, by: Actor, at: datetime) -> UUID:
    """An officer enters a paper, with the patient whom it is about if there is one."""
    _require_officer(by)
    patient = _patient(new.number, by=by, at=at)
    _check_scope(new.kind, new.kinds, new.records_from, new.records_until, patient)
    return _enter(new, patient, by=by, at=at).uid


def _enter(new: NewLegalRequest, patient: Patient | None, *, by: Actor, at: datetime) -> LegalRequest:
    if new.kind not in PAPERS:
        raise Cannot("Say what kind of paper this is.", field="kind")
    for name, sentence in (
        ("from_whom", "Write whom it comes from."),
        ("asks_for", "Write what it asks for."),
    ):
        if not getattr(new, name).strip():
            raise Cannot(sentence, field=name)
    row = LegalRequest.objects.create(
        organization_id=by.organization,
        kind=new.kind,
        from_whom=new.from_whom.strip(),
        about_whom=new.about_whom.strip(),
        patient=patient,
        asks_for=new.asks_for.strip(),
        kinds=sorted(set(new.kinds) & MAY_LEAVE),
        records_from=new.records_from,
        records_until=new.records_until,
        received_at=at,
        answer_due_date=new.answer_due_date,
        recorded_by_id=by.account,
        recorded_at=at,
    )
    give_notice(
        "paper_came",
        f"{PAPERS[new.kind].words} came in from {new.from_whom.strip()}. Read it with counsel, and answer in time.",
        organization=by.organization,
        patient=patient.pk if patient else None,
        at=at,
    )
    return row


@transaction.atomic
def name_patient(
    request: UUID,
    *,
    number: int,
    kinds: Collection[str],
    records_from: date | None,
    records_until: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """An officer enters exactly what a paper names: the patient, the kinds of record, the days. Before any decision."""
    row = _found(request, by)
    if row.decisions.exists():
        raise Cannot("Someone decided on this paper as it stands. Enter it anew if it names something else.")
    patient = _patient(number, by=by, at=at)
    if patient is None:
        raise Cannot("Enter the number of the patient whom it names.", field="number")
    _check_scope(row.kind, kinds, records_from, records_until, patient)
    row.patient, row.kinds = patient, sorted(set(kinds) & MAY_LEAVE)
    row.records_from, row.records_until = records_from, records_until
    row.save(update_fields=["patient", "kinds", "records_from", "records_until"])


@transaction.atomic
def keep_document(request: UUID, new: NewDocument, *, by: Actor, at: datetime) -> None:
    """Write down a paper that came with a request, or that counsel confirmed a need."""
    row = _found(request, by)
    _open(row, by=by, at=at)
    if not new.described.strip():
        raise Cannot("Write what you had before you, and from whom.", field="described")
    LegalDocument.objects.create(
        organization_id=by.organization,
        request=row,
        kind=new.kind[:40],
        described=new.described.strip(),
        dated=new.dated,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def decide(request: UUID, *, answer: str, because: str, by: Actor, at: datetime) -> None:
    """One officer's yes or no. Records may go with two yeses by two people and no no; a refusal is written down.

    Raises `Cannot` with what is missing; the attempt to release on a paper that opens nothing stands in the book.
    """
    row = _found(request, by)
    _open(row, by=by, at=at)
    if by.account is None or answer not in ANSWERS:
        raise Cannot("Choose whether to release or to refuse.", field="answer")
    if not because.strip():
        raise Cannot("Write why.", field="because")
    if row.decisions.filter(account=by.account).exists():
        raise Cannot("You decided on this already. A second person must look at it.", field="answer")
    if answer == "release":
        verdict = may_release(row, second_person=True)
        if isinstance(verdict, Refused):
            _note_refusal(row, by=by, at=at)
            raise Cannot(verdict.because, cite=verdict.cite, field="answer")
    LegalDecision.objects.create(
        organization_id=by.organization,
        request=row,
        account_id=by.account,
        answer=answer,
        because=because.strip(),
        decided_at=at,
        recorded_by_id=by.account,
        recorded_at=at,
    )


def legal_requests(*, by: Actor, at: datetime) -> tuple[LegalView, ...]:
    """The organization's papers, the newest first; those not decided before the others."""
    _require_officer(by)
    rows = list(_rows(by).order_by("-received_at", "-pk")[:200])
    for row in rows:
        _open(row, by=by, at=at)
    views = (view_of(row, by=by, at=at) for row in rows)
    return tuple(sorted(views, key=lambda one: one.standing != "undecided"))


def legal_request(request: UUID, *, by: Actor, at: datetime) -> LegalView:
    """One paper with its documents, needs and decisions."""
    row = _found(request, by)
    _open(row, by=by, at=at)
    return view_of(row, by=by, at=at)


def _rows(by: Actor) -> QuerySet[LegalRequest]:
    return LegalRequest.objects.select_related("patient").filter(organization_id=by.organization)


def _found(request: UUID, by: Actor) -> LegalRequest:
    _require_officer(by)
    row = _rows(by).filter(uid=request).first()
    if row is None:
        raise Absent("legal request")
    return row


def _open(row: LegalRequest, *, by: Actor, at: datetime) -> None:
    if row.patient is not None:
        open_patient(row.patient, kind=KIND, purpose="audit", by=by, at=at)


def _patient(number: int | None, *, by: Actor, at: datetime) -> Patient | None:
    if number is None:
        return None
    found = Patient.objects.filter(organization_id=by.organization, number=number).first()
    if found is None:
        raise Cannot("Nobody here has this number.", field="number")
    return open_patient(found.absorbed_by or found, kind=KIND, purpose="audit", by=by, at=at)


def _check_scope(
    kind: str, kinds: Collection[str], since: date | None, until: date | None, patient: Patient | None
) -> None:
    if since and until and since > until:
        raise Cannot("The first day lies after the last.", field="records_until")
    if kind in ORDERS and patient is not None and not (kinds and since and until):
        field = "kinds" if not kinds else "records_from" if not since else "records_until"
        raise Cannot("Enter what the court order names: kinds of record and days.", field=field)


def _note_refusal(row: LegalRequest, *, by: Actor, at: datetime) -> None:
    keys = (row.patient_id,) if row.patient_id else ()
    asked = Asked(by.account, "change", KIND, "legal_proceedings", "same_site", False, None, keys, at)
    note(asked, by=by)


def _require_officer(by: Actor) -> None:
    if not by.holds(*OFFICERS):
        raise CannotSee("Legal requests are answered by the compliance officer and the clinical director.")
