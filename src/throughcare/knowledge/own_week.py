"""A person's own week: why they can't come, which changes of their own times wait for the team, what a calendar says.

All of it is this program's own. [ours]
"""

from collections.abc import Collection

from throughcare.knowledge.verdict import Allowed, Refused, Verdict

CITE = "program default"

# Why a person can't come, in the order in which people say it.
REASONS = {
    "sick": "I am sick",
    "work": "I have to work",
    "school": "School or training",
    "childcare": "I care for a child or someone else",
    "ride": "I have no ride",
    "court": "Court, probation or another office",
    "rest": "I don't feel up to it",
    "other": "Something else",
}
# What a member of staff reads for each.
REASONS_SAID = {
    "sick": "sick",
    "work": "work",
    "school": "school or training",
    "childcare": "care for a child or someone else",
    "ride": "no ride",
    "court": "court, probation or another office",
    "rest": "doesn't feel up to it",
    "other": "something else",
}

# Times that somebody outside set: the team hears of it before they end.
SET_BY_OTHERS = frozenset({"court", "dosing"})

AGREED, DECLINED, TAKEN_BACK = "agreed", "declined", "taken_back"

# What a calendar shows in place of what it is. Whoever holds the phone may read it.
TITLES = ("Appointment", "Class", "Busy", "Meeting")
LONGEST_TITLE = 40
LONG_TITLE = "Shorten this to 40 characters."
GIVES_AWAY_TITLE = "Others may see your calendar. Choose a title that says less."
# Words that a calendar on a phone doesn't show, in whatever case: the person may still be seen with it.
GIVES_AWAY = (
    "addict",
    "alcohol",
    "clinic",
    "detox",
    "drug",
    "iop",
    "mental",
    "outpatient",
    "recovery",
    "rehab",
    "relapse",
    "sober",
    "sobriety",
    "therapy",
    "treatment",
)


def may_add_at_once(clashes: int) -> Verdict:
    """Whether a new time of a person's own holds at once: it does unless it lies over sessions they are expected at."""
    if not clashes:
        return Allowed()
    return Refused(
        "It lies over sessions that you are expected at. Your team looks for other times first, so that your "
        "hours stay whole.",
        CITE,
    )


def may_end_at_once(kind: str) -> Verdict:
    """Whether a time of a person's own ends at once: it does unless somebody outside set it."""
    if kind not in SET_BY_OTHERS:
        return Allowed()
    return Refused("A court or a dosing place set this time. Your team checks with you before it ends.", CITE)


def check_title(title: str, *, names: Collection[str] = ()) -> Verdict:
    """Whether a title may stand in a calendar that others may see; `names` are the clinic's."""
    said = title.casefold()
    if not title.strip():
        return Refused("Choose what your calendar shows.")
    if len(title) > LONGEST_TITLE:
        return Refused(LONG_TITLE)
    words = [
        word for word in (*GIVES_AWAY, *(name.casefold() for name in names if name.strip())) if word in said
    ]
    if words:
        return Refused(GIVES_AWAY_TITLE, CITE)
    return Allowed()
