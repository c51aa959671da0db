"""Every status that a page may show: its word and its tone, in one table."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["plain", "calm", "good", "watch", "wrong"]


@dataclass(frozen=True)
class StatusWord:
    """The word comes first; the tone only repeats it in colour."""

    word: str
    tone: Tone = "plain"


STATUS_WORDS: dict[str, StatusWord] = {
    # attendance
    "expected": StatusWord("Expected"),
    "present": StatusWord("Present", "good"),
    "late": StatusWord("Late", "watch"),
    "left_early": StatusWord("Left early", "watch"),
    "late_and_left_early": StatusWord("Late and left early", "watch"),
    "cancelled_by_program": StatusWord("Canceled by the program"),
    "not_taken": StatusWord("Not taken", "watch"),
    "excused": StatusWord("Excused", "calm"),
    "no_show": StatusWord("No-show", "wrong"),
    # sessions and appointments
    "planned": StatusWord("Planned"),
    "booked": StatusWord("Booked", "calm"),
    "running": StatusWord("Running", "calm"),
    "held": StatusWord("Held", "good"),
    "kept": StatusWord("Kept", "good"),
    "missed": StatusWord("Missed", "wrong"),
    "canceled": StatusWord("Canceled"),
    "moved": StatusWord("Moved", "watch"),
    # groups and accounts
    "seats_free": StatusWord("Seats free", "good"),
    "full": StatusWord("Full", "watch"),
    "closed": StatusWord("Closed"),
    "suspended": StatusWord("Suspended", "watch"),
    # notes, plans and agreements
    "draft": StatusWord("Draft"),
    "proposed": StatusWord("Proposed", "watch"),
    "signed": StatusWord("Signed", "good"),
    "locked": StatusWord("Locked", "calm"),
    "amended": StatusWord("Amended", "calm"),
    "superseded": StatusWord("Replaced"),
    "to_cosign": StatusWord("Waits for a second signature", "watch"),
    "cosigned": StatusWord("Co-signed", "good"),
    "returned": StatusWord("Given back", "watch"),
    "unsigned": StatusWord("Not signed", "watch"),
    "in_force": StatusWord("In force", "good"),
    "set_aside": StatusWord("Put aside"),
    # consents
    "taken_back": StatusWord("Taken back", "watch"),
    "ended": StatusWord("Ended"),
    "replaced": StatusWord("Replaced"),
    "withdrawn": StatusWord("Put aside"),
    # runs of the timetable
    "solving": StatusWord("Solving", "calm"),
    "stopping": StatusWord("Stopping", "watch"),
    "finished": StatusWord("Finished", "good"),
    "stopped": StatusWord("Stopped"),
    "interrupted": StatusWord("Interrupted", "wrong"),
    "failed": StatusWord("Failed", "wrong"),
    # tasks and due work
    "not_started": StatusWord("Not started"),
    "in_progress": StatusWord("In progress", "calm"),
    "waiting": StatusWord("Waiting", "watch"),
    "done": StatusWord("Done", "good"),
    "due": StatusWord("Due", "watch"),
    "due_today": StatusWord("Due today", "watch"),
    "overdue": StatusWord("Overdue", "wrong"),
    "not_needed": StatusWord("Not needed"),
    "cannot_start": StatusWord("Cannot start yet"),
    # notices and legal requests
    "read": StatusWord("Read", "calm"),
    "settled": StatusWord("Settled", "good"),
    "undecided": StatusWord("Not decided", "watch"),
    "refused": StatusWord("Refused"),
    "released": StatusWord("May be released", "good"),
    # disclosures
    "told": StatusWord("Left the house", "calm"),
    "withheld": StatusWord("Withheld"),
    "waits": StatusWord("Waits", "watch"),
    # answers of an intake
    "missing": StatusWord("Missing", "watch"),
    "to_confirm": StatusWord("To confirm", "watch"),
    "confirmed": StatusWord("Confirmed", "good"),
    # referrals
    "new": StatusWord("New", "calm"),
    "contacted": StatusWord("Contacted", "calm"),
    "scheduled": StatusWord("Scheduled", "calm"),
    "assessed": StatusWord("Assessed", "good"),
    "accepted": StatusWord("Accepted", "good"),
    "declined": StatusWord("Said no"),
    "referred_on": StatusWord("Referred on"),
    "duplicate": StatusWord("Duplicate"),
    # episodes
    "active": StatusWord("In the program", "good"),
    "on_hold": StatusWord("On hold", "watch"),
    "discharged": StatusWord("Discharged"),
    "entered_in_error": StatusWord("Entered in error", "wrong"),
    # hours and measures
    "on_track": StatusWord("On track", "good"),
    "short": StatusWord("Short", "watch"),
    "far_short": StatusWord("Far short", "wrong"),
    "improved": StatusWord("Reliably better", "good"),
    "unchanged": StatusWord("No reliable change"),
    "worsened": StatusWord("Reliably worse", "wrong"),
    # criteria, objectives and goals
    "met": StatusWord("Met", "good"),
    "unmet": StatusWord("Not met", "watch"),
    "reached": StatusWord("Reached", "good"),
    "partly": StatusWord("Partly reached", "calm"),
    "not_met": StatusWord("Not reached yet", "watch"),
    "not_known": StatusWord("Not known"),
    # aftercare visits
    "ask": StatusWord("Ask now", "watch"),
    "not_kept": StatusWord("Not kept", "wrong"),
    # risk and severity
    "none": StatusWord("None"),
    "low": StatusWord("Low", "calm"),
    "moderate": StatusWord("Moderate", "watch"),
    "high": StatusWord("High", "wrong"),
    "urgent": StatusWord("Urgent", "wrong"),
}


def status_word(key: str) -> StatusWord:
    """The word and tone of a status; an unknown key is a programming error and raises `KeyError`."""
    return STATUS_WORDS[key]
