"""Suicide tiers with what they ask for, and how fast a crisis is answered.

Software never lowers a tier by itself: a clinician does, and a supervisor approves it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

TRIAGE = (
    "Columbia's posted triage; reassessment: SPiER dashboard specification; question 4 is high by our choice"
)
CRISIS = "Program default"


@dataclass(frozen=True)
class Tier:
    """One suicide tier; `color` names a color token, `reassess_setting` the number of days, None: as planned."""

    code: str
    word: str
    color: str
    screener: str
    actions: tuple[str, ...]
    reassess_setting: str | None
    source: str = TRIAGE


TIERS = (
    Tier("none", "None", "quiet", "All answers no.", ("Carry on as planned.",), None),
    Tier(
        code="low",
        word="Low",
        color="ok",
        screener="Question 1 or 2 only.",
        actions=("Write or review the safety plan in this visit.", "Tell the clinician."),
        reassess_setting="safety.reassess_days.low",
    ),
    Tier(
        code="moderate",
        word="Moderate",
        color="warn",
        screener="Question 3, or question 6 longer than three months ago.",
        actions=(
            "A clinician sees the person the same day.",
            "Make the safety plan and talk about means before the person leaves.",
        ),
        reassess_setting="safety.reassess_days.moderate",
    ),
    Tier(
        code="high",
        word="High",
        color="bad",
        screener="Question 4 or 5, or question 6 within three months.",
        actions=(
            "Do not leave the person alone.",
            "Arrange an emergency evaluation.",
            "Call the supervisor and the prescriber.",
        ),
        reassess_setting="safety.reassess_days.high",
    ),
)

TIER: dict[str, Tier] = {tier.code: tier for tier in TIERS}
RANK = {tier.code: rank for rank, tier in enumerate(TIERS)}


def reassess_days(tier: str, own: Mapping[str, Number] | None = None) -> int | None:
    """Within how many days someone of this tier is asked again; None: as the care plan says."""
    setting = TIER[tier].reassess_setting
    return None if setting is None else int(value_of(setting, own))


def is_at_least(tier: str, bound: str) -> bool:
    """Whether a tier is the bound or above it."""
    return RANK[tier] >= RANK[bound]


def may_change_tier(before: str, after: str, *, by_clinician: bool, approved_by_supervisor: bool) -> Verdict:
    """Whether a tier may change: raising it always, lowering it by a clinician with a supervisor's approval."""
    if RANK[after] >= RANK[before]:
        return Allowed()
    if not by_clinician:
        return Refused(
            because="Only a clinician lowers a suicide tier; new answers alone do not.", cite=TRIAGE
        )
    if not approved_by_supervisor:
        return Refused(
            because="Lowering a suicide tier needs a supervisor's approval. Ask for it.", cite=TRIAGE
        )
    return Allowed()


@dataclass(frozen=True)
class Wait:
    """How long, as the key of a program setting whose unit is in its name."""

    setting: str

    def number(self, own: Mapping[str, Number] | None = None) -> Number:
        """The program's own number, or its default."""
        return value_of(self.setting, own)


@dataclass(frozen=True)
class CrisisPriority:
    """How a crisis of this priority is answered.

    `unacknowledged` says who is called next and how long after the first page, `again` after how long everyone is
    called anew.
    """

    code: str
    word: str
    color: str
    covers: tuple[str, ...]
    acknowledge: Wait
    unacknowledged: tuple[tuple[str, Wait], ...]
    again: Wait
    contact: str
    contact_within: Wait | None
    done_when: tuple[str, ...]
    source: str = CRISIS


PRIORITIES = (
    CrisisPriority(
        code="P1",
        word="Emergency",
        color="bad",
        covers=("suicidal intent or plan", "overdose", "violence"),
        acknowledge=Wait("crisis.p1.ack_minutes"),
        unacknowledged=(
            ("backup", Wait("crisis.p1.backup_minutes")),
            ("director", Wait("crisis.p1.director_minutes")),
        ),
        again=Wait("crisis.p1.again_minutes"),
        contact="Reach the person now. Send 911 or mobile crisis when they can't be reached in time.",
        contact_within=Wait("crisis.p1.unreached_minutes"),
        done_when=("a disposition", "a handoff to someone named", "contact within a day"),
    ),
    CrisisPriority(
        code="P2",
        word="Urgent",
        color="warn",
        covers=("PHQ item 9 out of hours", "moderate suicide tier", "severe craving"),
        acknowledge=Wait("crisis.p2.ack_minutes"),
        unacknowledged=(
            ("backup", Wait("crisis.p2.backup_minutes")),
            ("director", Wait("crisis.p2.director_minutes")),
        ),
        again=Wait("crisis.p2.again_minutes"),
        contact="Reach the person within two hours.",
        contact_within=Wait("crisis.p2.contact_hours"),
        done_when=("the C-SSRS was asked", "the safety plan was checked"),
    ),
    CrisisPriority(
        code="P3",
        word="Same day",
        color="warn",
        covers=("two missed doses", "a no-show of someone at moderate suicide tier"),
        acknowledge=Wait("crisis.p3.ack_hours"),
        unacknowledged=(("backup", Wait("crisis.p3.ack_hours")),),
        again=Wait("crisis.p3.again_hours"),
        contact="Reach the person the same day.",
        contact_within=None,
        done_when=("the outcome of the outreach is recorded",),
    ),
    CrisisPriority(
        code="P4",
        word="Next business day",
        color="quiet",
        covers=("any other concern",),
        acknowledge=Wait("crisis.p4.ack_business_days"),
        unacknowledged=(("backup", Wait("crisis.p4.ack_business_days")),),
        again=Wait("crisis.p4.again_business_days"),
        contact="Answer on the next business day.",
        contact_within=None,
        done_when=("an answer is recorded",),
    ),
)

PRIORITY: dict[str, CrisisPriority] = {priority.code: priority for priority in PRIORITIES}
