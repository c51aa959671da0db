"""Why a session's minutes count toward the week, or don't, in a sentence."""

from dataclasses import dataclass

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.hours import HourEntry
from throughcare.knowledge.session_types import session_type


@dataclass(frozen=True)
class Line:
    """One entry of the ledger with the session's real length."""

    entry: HourEntry
    elapsed_minutes: int
    break_minutes: int


def why(line: Line) -> str:
    """The reason for the minutes that this session adds to the week."""
    entry = line.entry
    kind = session_type(entry.session_type)
    if not kind.counts_as_clinical_hours:
        return f"{kind.title} is no treatment hour: {lower_first(kind.source)}."
    if entry.status is None:
        return "Attendance was not taken." if entry.is_over else "Still to come."
    if entry.status == "cancelled_by_program":
        return "The program canceled it: no longer planned."
    if not STATUSES[entry.status].minutes_count:
        return f"{STATUSES[entry.status].word}: absences don't count."
    return counted(line)


def counted(line: Line) -> str:
    """How the minutes of someone who came add up."""
    treatment = line.elapsed_minutes - line.break_minutes
    missed = treatment - line.entry.attended_minutes
    parts = [f"{line.elapsed_minutes} minutes"]
    if line.break_minutes:
        parts.append(f"{line.break_minutes} of break")
    if missed > 0:
        parts.append(f"{missed} missed")
    sentence = parts[0] if len(parts) == 1 else f"{parts[0]} less {' and '.join(parts[1:])}"
    if len(parts) > 1:
        sentence += f": {line.entry.attended_minutes} count"
    makes_up = "; makes up for a missed session" if line.entry.is_make_up else ""
    return f"{sentence}{makes_up}."


def lower_first(text: str) -> str:
    """The text as the second half of a sentence."""
    first, rest = text[:1], text[1:]
    return first.lower() + rest if rest[:1].islower() or rest[:1] == " " else text
