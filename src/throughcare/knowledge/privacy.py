"""Which role may see and change which kind of record. What isn't stated here is refused.

The table is [ours]: least privilege by job. 45 CFR 164.502(b) (minimum necessary) is its reason, 42 CFR Part 2
its strictest case. Consent, relationship, purpose and state rules come on top of it.
"""

from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

# Making up for a missed session is a kind of its own: who leads a group may give a seat for once, not plan a week.
_MAKE_UP = frozenset({"make_up"})

# Kinds of record about a person, each with the words used in a refusal.
KINDS = {
    "identity": "names and contact details",
    "referral": "referrals",
    "assessment": "assessments",
    "intake": "the person's own part of the intake",
    "measure": "measures",
    "placement": "placement decisions",
    "episode": "episodes of care",
    "care_plan": "care plans",
    "diagnosis": "diagnoses",
    "schedule": "schedules",
    "attendance": "attendance",
    "make_up": "make-up sessions",
    "note": "clinical notes",
    "discharge": "discharge summaries",
    "kept_apart": "who must not meet whom",
    "census": "the census",
    "outcome": "the program's numbers",
}

_CHART = frozenset(
    {
        "identity",
        "referral",
        "assessment",
        "measure",
        "placement",
        "episode",
        "care_plan",
        "diagnosis",
        "schedule",
        "attendance",
        "note",
        "discharge",
        "census",
    }
)

MAY_SEE: dict[str, frozenset[str]] = {
    "admissions": frozenset({"identity", "referral", "placement", "episode", "schedule", "census"}),
    "clinician": _CHART | _MAKE_UP | {"kept_apart", "outcome"},
    "facilitator": (_CHART | _MAKE_UP) - {"referral"},
    "case_manager": _CHART | _MAKE_UP,
    "nurse": _CHART,
    "prescriber": _CHART,
    "reviewer": _CHART - {"referral"},
    "biller": frozenset({"identity", "episode", "diagnosis", "attendance", "schedule"}),
    "director": _CHART | _MAKE_UP | {"kept_apart", "outcome"},
    "compliance": frozenset(
        {"identity", "referral", "placement", "episode", "schedule", "attendance", "outcome"}
    ),
    "admin": frozenset(),
    "patient": frozenset({"intake"}),
    "family": frozenset(),
    "alumnus": frozenset(),
}

MAY_CHANGE: dict[str, frozenset[str]] = {
    "admissions": frozenset({"identity", "referral", "schedule", "episode"}),
    "clinician": _CHART | _MAKE_UP | {"kept_apart"},
    "facilitator": frozenset({"attendance", "make_up", "note", "measure"}),
    "case_manager": frozenset(
        {"identity", "referral", "schedule", "attendance", "make_up", "note", "measure", "discharge"}
    ),
    "nurse": frozenset({"assessment", "measure", "attendance", "note", "identity"}),
    "prescriber": _CHART - {"referral"},
    "reviewer": frozenset(),
    "biller": frozenset(),
    "director": _CHART | _MAKE_UP | {"kept_apart"},
    "compliance": frozenset(),
    "admin": frozenset(),
    "patient": frozenset({"intake"}),
    "family": frozenset(),
    "alumnus": frozenset(),
}


def may(verb: str, kind: str, *, roles: frozenset[str]) -> Verdict:
    """Whether someone with these roles may `see` or `change` records of this kind."""
    table = {"see": MAY_SEE, "change": MAY_CHANGE}[verb]
    if kind not in KINDS:
        return Refused(f"No rule is stated for records of the kind “{kind}”.", cite="deny by default")
    if any(kind in table.get(role, frozenset()) for role in roles):
        return Allowed()
    able = [ROLES[role].title.lower() for role in table if kind in table[role]]
    who = " or ".join(able) if len(able) < 3 else ", ".join(able[:-1]) + " or " + able[-1]
    return Refused(
        f"Your role may not {verb} {KINDS[kind]}. Ask someone who is {who}.", cite="roles and kinds of record"
    )
