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
    # exports of the whole clinic
    "export_asked": StatusWord("Waits for an answer", "watch"),
    "export_allowed": StatusWord("Allowed", "good"),
    "export_lapsed": StatusWord("Lapsed"),
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
    "series_ended": StatusWord("Series ended"),
    "group_ended": StatusWord("Group ended"),
    "not_this_time": StatusWord("Not this time", "calm"),
    "covered": StatusWord("Covered", "calm"),
    # groups and accounts
    "seats_free": StatusWord("Seats free", "good"),
    "full": StatusWord("Full", "watch"),
    "closed": StatusWord("Closed"),
    "suspended": StatusWord("Suspended", "watch"),
    # drug and alcohol tests, and the draw
    "test_ahead": StatusWord("Planned"),
    "test_due": StatusWord("Today", "watch"),
    "test_late": StatusWord("Day is over", "wrong"),
    "test_pending": StatusWord("Result pending", "calm"),
    "test_expected": StatusWord("As expected", "good"),
    "test_unexpected": StatusWord("Not as expected", "wrong"),
    "test_dilute": StatusWord("Dilute", "watch"),
    "test_invalid": StatusWord("Not valid", "watch"),
    "test_refused": StatusWord("Refused", "wrong"),
    "test_no_sample": StatusWord("No sample", "watch"),
    "test_missed": StatusWord("Missed", "wrong"),
    "test_excused": StatusWord("Excused", "calm"),
    "test_taken_back": StatusWord("Taken back"),
    "seed_shown": StatusWord("Shown", "good"),
    "seed_kept": StatusWord("Sealed until it is over", "calm"),
    # notes, plans and agreements
    "draft": StatusWord("Draft"),
    "proposed": StatusWord("Proposed", "watch"),
    "to_read": StatusWord("To read", "watch"),
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
    "due_soon": StatusWord("In the next days", "calm"),
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
    # homework
    "practiced_yes": StatusWord("Did it", "good"),
    "practiced_partly": StatusWord("Did a little", "calm"),
    "practiced_no": StatusWord("Not this time"),
    # doses
    "taken": StatusWord("Taken", "good"),
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
