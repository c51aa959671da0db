"""A week of hours in plain words, as the person themself reads it: what was had, what is to come, what is missing."""

from throughcare.knowledge.attendance import ALL as STATUSES
from throughcare.knowledge.hours import WeekLedger, number
from throughcare.knowledge.recording.hour_reasons import Line
from throughcare.knowledge.sentence import Sentence
from throughcare.knowledge.session_types import session_type

NOTHING_PLANNED = "Nothing is planned for you in this week."
ALL_OF_IT, WHOLE_WITH_THESE = "That is all of it.", "With these the week is whole."
NO_TREATMENT_HOUR = "This is no treatment hour, so it does not count."
NOT_WRITTEN, TO_COME = "We have not written down yet whether you came.", "Still to come."
WE_CANCELED = "We canceled it. It is not held against you."
EXCUSED = "You were excused. It is not held against you, and does not count."
NOT_THERE = "You were not there, so it does not count."
PLAIN = (NOTHING_PLANNED, ALL_OF_IT, WHOLE_WITH_THESE, NO_TREATMENT_HOUR, NOT_WRITTEN, TO_COME, WE_CANCELED)
SENTENCES = (*PLAIN, EXCUSED, NOT_THERE)


def plain_week(week: WeekLedger, *, is_under_way: bool) -> tuple[str, ...]:
    """The week's sentences, the sum first."""
    if not (week.prescribed or week.planned or week.delivered):
        return (NOTHING_PLANNED,)
    said = [_had(week, is_under_way=is_under_way)]
    if week.made_up:
        said.append(Sentence("{hours} of them made up for what you missed.", hours=_hours(week.made_up)))
    if week.to_come:
        words = "{hours} is still to come." if week.to_come == 1 else "{hours} are still to come."
        said.append(Sentence(words, hours=_hours(week.to_come)))
    if week.not_taken:
        words = "For {hours} we have not written down yet whether you came."
        said.append(Sentence(words, hours=_hours(week.not_taken)))
    if week.missed:
        said.append(Sentence("You missed {hours}.", hours=_hours(week.missed)))
    if week.excused:
        words = "You were excused from {hours}. They are not held against you, and don't count."
        said.append(Sentence(words, hours=_hours(week.excused)))
    if week.cancelled_by_program:
        said.append(Sentence("We canceled {hours}.", hours=_hours(week.cancelled_by_program)))
    return (*said, *_ending(week, is_under_way=is_under_way))


def _had(week: WeekLedger, *, is_under_way: bool) -> Sentence:
    if not week.prescribed:
        words = "You have had {hours} this week." if is_under_way else "You had {hours} that week."
        return Sentence(words, hours=_hours(week.delivered))
    so_far, over = (
        "You have had {given} of your {hours} this week.",
        "You had {given} of your {hours} that week.",
    )
    words = so_far if is_under_way else over
    return Sentence(words, given=number(week.delivered), hours=_hours(week.prescribed))


def _ending(week: WeekLedger, *, is_under_way: bool) -> tuple[str, ...]:
    if not week.prescribed:
        return ()
    if not is_under_way:
        words = "{hours} was missing." if week.lacks == 1 else "{hours} were missing."
        return (Sentence(words, hours=_hours(week.lacks)),) if week.lacks else ()
    if not week.lacks:
        return (ALL_OF_IT if not week.to_come else WHOLE_WITH_THESE,)
    one, many = "{hours} is missing for a whole week.", "{hours} are missing for a whole week."
    return (Sentence(one if week.lacks == 1 else many, hours=_hours(week.lacks)),)


def plain_sum(week: WeekLedger, *, minutes: int) -> str:
    """What one more session would bring the week to."""
    total = week.delivered + week.not_taken + week.to_come + minutes / 60
    if not week.prescribed:
        return Sentence("With it the week comes to {hours}.", hours=_hours(total))
    values = {"given": number(total), "hours": _hours(week.prescribed)}
    if total >= week.prescribed:
        return Sentence("With it your week is whole: {given} of {hours}.", **values)
    return Sentence("With it the week comes to {given} of {hours}.", **values)


def plain_why(line: Line) -> str:
    """Why one session's minutes count for the person, or don't."""
    entry = line.entry
    kind = session_type(entry.session_type)
    if not kind.counts_as_clinical_hours:
        return NO_TREATMENT_HOUR
    if entry.status is None:
        return NOT_WRITTEN if entry.is_over else TO_COME
    if entry.status == "cancelled_by_program":
        return WE_CANCELED
    if entry.status == "excused":
        return EXCUSED
    if not STATUSES[entry.status].minutes_count:
        return NOT_THERE
    return _came(line)


def _came(line: Line) -> str:
    minutes = line.entry.attended_minutes
    treatment = line.elapsed_minutes - line.break_minutes
    missed = treatment - minutes
    said = Sentence("You came: {minutes} minutes count.", minutes=minutes)
    if missed > 0:
        words = "You came and missed {missed} minutes: {minutes} count."
        said = Sentence(words, missed=missed, minutes=minutes)
    if line.break_minutes:
        said = Sentence("{before} Breaks don't count.", before=said)
    return (
        Sentence("{before} It makes up for what you missed.", before=said) if line.entry.is_make_up else said
    )


def _hours(value: float) -> str:
    return Sentence("{n} hour" if value == 1 else "{n} hours", n=number(value))
