"""The seal of a signed note: a digest of exactly the words, times and names that were signed."""

import hashlib
import json
from datetime import UTC, datetime

from throughcare.records.notes import Note


def digest_of(note: Note) -> str:
    """SHA-256 (hexadecimal) of the note's content as one line of JSON with sorted keys."""
    content = {
        "patient": note.patient_id,
        "session": note.session_id,
        "session_type": note.session_type,
        "title": note.title,
        "place": note.place,
        "day": note.local_day.isoformat(),
        "starts_at": _moment(note.starts_at),
        "ends_at": _moment(note.ends_at),
        "minutes": note.minutes,
        "attendance": note.attendance_status,
        "topic": note.topic,
        "shared": note.shared_text,
        "own": note.text,
        "objective": note.objective_id,
        "objective_text": note.objective_text,
        "practitioner": note.practitioner_id,
        "credential": note.credential,
        "signed_at": _moment(note.signed_at),
    }
    beside = {
        "next_step": note.next_step,
        "form": note.form,
        "observed": note.observed_text,
        "quoted": note.quoted_text,
        "added": note.added_text,
        "read_by_patient": note.read_by_patient,
    }
    content |= {name: words for name, words in beside.items() if words}
    line = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
