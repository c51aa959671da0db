"""What the server does for an operation: the calls of the pathway that the pages make, each form's key with them."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from bench.histories.clinic import SENTENCE
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.attendance.roster import session_room
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.crisis.answering import take_crisis
from throughcare.pathway.medication.changing import (
    MedicationWords,
    change_medication,
    start_medication,
    stop_medication,
)
from throughcare.pathway.medication.chart import history_of, medications_of
from throughcare.pathway.note.drafts import write_own
from throughcare.pathway.note.signing import sign_notes
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.disclosure import tell_now
from throughcare.pathway.privacy.telling import Item, Telling, To
from throughcare.pathway.safety_plan.reading import safety_plan_of
from throughcare.pathway.safety_plan.versions import plan_history, plan_version
from throughcare.pathway.safety_plan.writing import NewPlan, save_plan
from throughcare.pathway.submissions import finish_submission, landing_of, start_submission
from throughcare.records.attendance import Attendance
from throughcare.records.crises import CrisisTaking
from throughcare.records.disclosures import Disclosure
from throughcare.records.medications import Medication
from throughcare.records.notes import Note, NoteDraft

READS = ("read", "all")
DRUGS = {"a": ("Suboxone", "tongue"), "b": ("Xanax", "mouth")}
Asked = dict[str, Any]


def answer(asked: Asked) -> dict[str, Any]:
    """Do it: `{"result": …, "answer": …}`. A form that was kept before gets the answer it got then."""
    by, at = actor_for(asked["account"]), timezone.now()
    if by is None:
        raise LookupError("nobody with this account")
    verb = VERBS[asked["kind"], asked["verb"]]
    if asked["verb"] in READS:
        return {"result": "ok", "answer": verb(asked, by, at)}
    try:
        with transaction.atomic():
            if not start_submission(UUID(asked["key"]), by=by, at=at):
                return dict(json.loads(landing_of(UUID(asked["key"]))))
            told = {"result": "ok", "answer": verb(asked, by, at)}
            finish_submission(UUID(asked["key"]), location=json.dumps(told))
    except Cannot as refused:
        return {"result": "refused", "because": str(refused)}
    return told


def _save(asked: Asked, by: Actor, at: datetime) -> int:
    words = {"signs": [asked["value"]]}
    save_plan(asked["patient"], "safety", NewPlan(words, after=asked["saw"]), by=by, at=at)
    return int(asked["saw"]) + 1


def _read_plan(asked: Asked, by: Actor, at: datetime) -> tuple[int, str]:
    plan = safety_plan_of(asked["patient"], by=by, at=at)
    return (plan.number, _line(plan)) if plan else (0, "")


def _all_of_plan(asked: Asked, by: Actor, at: datetime) -> list[str]:
    rows = plan_history(asked["patient"], "safety", by=by, at=at)
    numbers = sorted(row.number for row in rows if row.is_version)
    return [_line(plan_version(asked["patient"], "safety", one, by=by, at=at)) for one in numbers]


def _line(plan: Any) -> str:
    return next(str(section.text) for section in plan.said)


def _change(asked: Asked, by: Actor, at: datetime) -> int:
    words = MedicationWords("Sertraline", asked["value"], "mouth", "daily", "bottle", prescriber="Dr. Vale")
    return change_medication(
        asked["thread"],
        words,
        version=asked["saw"],
        key=UUID(asked["key"]),
        because="As agreed.",
        by=by,
        at=at,
    )


def _all_of_dose(asked: Asked, by: Actor, at: datetime) -> list[str]:
    _, lines = history_of(asked["thread"], by=by, at=at)
    return [line.dose for line in reversed(lines)]


def _read_dose(asked: Asked, by: Actor, at: datetime) -> tuple[int, str]:
    doses = _all_of_dose(asked, by, at)
    return len(doses), doses[-1]


def _mark(asked: Asked, by: Actor, at: datetime) -> None:
    minutes = {"late_minutes": int(asked["value"])}
    record_attendance(asked["session"], asked["patient"], status="late", **minutes, by=by, at=at)


def _read_mark(asked: Asked, by: Actor, at: datetime) -> str:
    (row,) = session_room(asked["session"], by=by, at=at).roster
    return str(row.late_minutes) if row.status else ""


def _all_marks(asked: Asked, by: Actor, at: datetime) -> list[str]:
    """Along what each names as the one it corrects: one chain, from the first to the one that stands."""
    rows = list(Attendance.objects.filter(session__uid=asked["session"], organization_id=by.organization))
    following = {row.corrects_id: row for row in rows}
    chain, row = [], following.get(None)
    while row is not None:
        chain.append(str(row.late_minutes))
        row = following.get(row.pk)
    return chain if len(chain) == len(rows) else [f"{len(rows)} rows, no chain"]


def _write(asked: Asked, by: Actor, at: datetime) -> int:
    said = {"text": SENTENCE + asked["value"], "objective_thread": UUID(asked["objective"])}
    return write_own(
        asked["session"], UUID(asked["patient"]), **said, seen_version=asked["saw"], by=by, at=at
    )


def _sign(asked: Asked, by: Actor, at: datetime) -> str:
    (result,) = sign_notes(asked["session"], by=by, at=at)
    if result.note is None:
        raise Cannot("; ".join(lack.because for lack in result.lacks))
    return "new" if result.is_new else "already"


def _read_note(asked: Asked, by: Actor, at: datetime) -> tuple[int, str, bool]:
    """The draft first: a note that isn't there afterwards wasn't there before."""
    draft = NoteDraft.objects.filter(session__uid=asked["session"]).first()
    notes = list(Note.objects.filter(session__uid=asked["session"]))
    if len(notes) > 1:
        return 0, f"{len(notes)} notes", True
    if notes:
        return 0, notes[0].text.removeprefix(SENTENCE), True
    return (draft.version, draft.text.removeprefix(SENTENCE), False) if draft else (0, "", False)


def _tell(asked: Asked, by: Actor, at: datetime) -> None:
    items = (Item("attendance", f"Word {asked['value']}", local_day(at, "America/New_York")),)
    to = To("family", "Rosa Vance", related_person=UUID(asked["mother"]))
    telling = Telling(to, "family_involvement", "spoken", items)
    tell_now(asked["patient"], telling, by=by, at=at)


def _revoke(asked: Asked, by: Actor, at: datetime) -> None:
    revoke_consent(asked["consent"], how="oral", by=by, at=at)


def _read_told(asked: Asked, by: Actor, at: datetime) -> int:
    told = Disclosure.objects.filter(related_person__uid=asked["mother"], organization_id=by.organization)
    return told.filter(sent_at__isnull=False).count()


def _take(asked: Asked, by: Actor, at: datetime) -> None:
    take_crisis(asked["crisis"], by=by, at=at)


def _takings(asked: Asked, by: Actor, at: datetime) -> list[str]:
    rows = CrisisTaking.objects.filter(crisis__uid=asked["crisis"], organization_id=by.organization)
    return [str(account) for account in rows.order_by("number").values_list("account", flat=True)]


def _order(asked: Asked, by: Actor, at: datetime) -> None:
    name, route = DRUGS[asked["value"][0]]
    words = MedicationWords(name, asked["value"], route, "daily", "prescriber", prescribed_here=True)
    start_medication(asked["patient"], words, key=UUID(asked["key"]), by=by, at=at)


def _stop(asked: Asked, by: Actor, at: datetime) -> None:
    rows = Medication.objects.filter(patient__uid=asked["patient"]).order_by("pk")
    thread = next((row.thread for row in rows if row.dose == asked["value"]), None)
    if thread is None:
        raise Cannot("Nobody ordered it.")
    today = local_day(at, "America/New_York")
    stop_medication(
        thread, version=1, stopped=today, because="As agreed.", key=UUID(asked["key"]), by=by, at=at
    )


def _standing(asked: Asked, by: Actor, at: datetime) -> list[str]:
    chart = medications_of(asked["patient"], by=by, at=at)
    return sorted(line.dose for line in chart.lines)


VERBS: dict[tuple[str, str], Callable[[Asked, Actor, datetime], Any]] = {
    ("plan", "save"): _save,
    ("plan", "read"): _read_plan,
    ("plan", "all"): _all_of_plan,
    ("dose", "change"): _change,
    ("dose", "read"): _read_dose,
    ("dose", "all"): _all_of_dose,
    ("marks", "mark"): _mark,
    ("marks", "read"): _read_mark,
    ("marks", "all"): _all_marks,
    ("note", "write"): _write,
    ("note", "sign"): _sign,
    ("note", "read"): _read_note,
    ("consent", "tell"): _tell,
    ("consent", "revoke"): _revoke,
    ("consent", "read"): _read_told,
    ("crisis", "take"): _take,
    ("crisis", "read"): _takings,
    ("crisis", "all"): _takings,
    ("pair", "order"): _order,
    ("pair", "stop"): _stop,
    ("pair", "read"): _standing,
}
