"""Mentors: alumni who were trained and stand beside someone for a while. What a match needs, and what bounds it. [ours]

Peer support helps most when it is bounded: both choose it, both know its hours and its end, and either can stop.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

BOUNDS = "mentors of the program"

# What one may let the other know, besides the community name. Each says it themselves; nothing comes from the chart.
SHARES: dict[str, str] = {
    "reach": "How to reach you",
    "words": "What you write about yourself",
    "milestones": "Your milestones",
}

# What both read before they say yes.
AGREED = (
    "You are there to listen and to go along. You are not a therapist, and you don't lend money or give rides alone.",
    "What you tell each other stays between you. If somebody may be in danger, tell the team at once.",
    "Keep to the hours. In an emergency call 911, in a crisis call 988, not each other.",
    "Either of you can end it at any time. You don't have to say why.",
)


@dataclass(frozen=True)
class MentorFacts:
    """What is known of somebody who is to mentor; `left_on` is the day of their last discharge."""

    left_on: date | None
    trained_on: date | None
    is_in_care: bool = False
    matches: int = 0
    at_most: int = 1


def may_mentor(facts: MentorFacts, *, on: date, months: int) -> Verdict:
    """Whether somebody may be a mentor: trained, out of the program for so many months, and not back in care."""
    if facts.is_in_care or facts.left_on is None:
        return Refused("A mentor is an alumnus: somebody who has left the program.", cite=BOUNDS)
    if facts.left_on > on - timedelta(days=round(months * 30.4)):
        return Refused(f"A mentor left the program at least {months} months ago.", cite=BOUNDS)
    if facts.trained_on is None or facts.trained_on > on:
        return Refused("Write down when they finished their training first.", cite=BOUNDS)
    return Allowed()


def may_match(facts: MentorFacts, *, on: date, months: int) -> Verdict:
    """Whether a mentor may take on one more."""
    fit = may_mentor(facts, on=on, months=months)
    if not fit:
        return fit
    if facts.matches >= facts.at_most:
        return Refused("This mentor has as many people as they take on. Choose another.", cite=BOUNDS)
    return Allowed()


@dataclass(frozen=True)
class Match:
    """The bounds of a match: hours a week, from when to when."""

    hours_week: int
    from_date: date
    until_date: date


def check_match(match: Match, *, on: date, most_hours: int, most_weeks: int) -> Verdict:
    """Whether a match keeps to the program's bounds."""
    if not 1 <= match.hours_week <= most_hours:
        return Refused(f"Choose 1 to {most_hours} hours a week.", cite=BOUNDS)
    if match.from_date < on:
        return Refused("It begins today or later.", cite=BOUNDS)
    if match.until_date < match.from_date:
        return Refused("It ends after it begins.", cite=BOUNDS)
    if match.until_date > match.from_date + timedelta(weeks=most_weeks):
        return Refused(
            f"Choose an end within {most_weeks} weeks. You can match them again then.", cite=BOUNDS
        )
    return Allowed()
