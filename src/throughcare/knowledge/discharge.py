"""Why people leave a program, when absence is a reason, and when a program is completed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from throughcare.knowledge.credentials import ALL as CREDENTIALS
from throughcare.knowledge.credentials import SOURCE as SCOPE
from throughcare.knowledge.program_settings import Number, value_of
from throughcare.knowledge.verdict import Allowed, Refused, Verdict, first_refusal

OWN_RULE = "Program default: absence discharge after 14 days, 3 attempts and a letter, safety checked first"

# The public-use codes of TEDS REASON; a state's submission codes differ and need a map of their own.
TEDS_REASON = {
    1: "Completed",
    2: "Dropped out",
    3: "Terminated by the facility",
    4: "Transferred",
    5: "Incarcerated",
    6: "Death",
    7: "Other",
}

Tier = Literal["none", "low", "moderate", "high"]


@dataclass(frozen=True)
class DischargeReason:
    """One reason; `teds` is its code in the public-use TEDS variable REASON."""

    code: str
    word: str
    about: str
    teds: int


ROWS = (
    DischargeReason("completed", "Completed", "The person finished what the care plan set out to do.", 1),
    DischargeReason("transfer_up", "Moved to more intensive care", "A more intensive level takes over.", 4),
    DischargeReason("transfer_down", "Moved to less intensive care", "A less intensive level takes over.", 4),
    DischargeReason("lost_contact", "Lost contact", "The person stayed away and could not be reached.", 2),
    DischargeReason("left_informed", "Left by choice", "The person decided to stop and said so.", 2),
    DischargeReason(
        "administrative", "Ended by the program", "The program ended the stay under its rules.", 3
    ),
    DischargeReason("incarcerated", "Incarcerated", "The person is in jail or prison.", 5),
    DischargeReason("deceased", "Died", "The person died.", 6),
    DischargeReason("moved", "Moved away", "The person moved out of reach of the program.", 7),
    DischargeReason("payer", "Coverage ended", "The payer stopped paying and no other way was found.", 7),
    DischargeReason("other", "Other", "Another reason, in words.", 7),
)

ALL: dict[str, DischargeReason] = {row.code: row for row in ROWS}


def may_discharge_by_absence(
    *,
    days_without_contact: int,
    attempts: int,
    letter_sent: bool,
    tier: Tier | None,
    tier_checked: bool,
    welfare_check_made: bool = False,
    own: Mapping[str, Number] | None = None,
) -> Verdict:
    """Whether a person may be discharged for staying away.

    `tier` is the last known suicide tier (None: never asked), `tier_checked` that a clinician looked at it for this
    decision. A tier of moderate or high, or none known, asks for a welfare check before a discharge.
    """
    days, tries = value_of("discharge.absence_days", own), value_of("discharge.absence_attempts", own)
    return first_refusal(
        need(tier_checked, "A clinician first checks the person's suicide risk for this decision."),
        need(
            tier in {"none", "low"} or welfare_check_made,
            "The last known suicide risk is moderate, high or was never asked. Ask for a welfare check first.",
        ),
        need(
            days_without_contact >= days,
            f"The last contact was {days_without_contact} days ago. Wait until it is {days} days, and keep trying.",
        ),
        need(
            attempts >= tries,
            f"{attempts} of {tries} attempts to reach the person are recorded. Make the rest.",
        ),
        need(letter_sent, "Send a letter that says how to come back, and record it."),
    )


def may_complete(
    *,
    sessions_attended: int,
    sessions_planned: int,
    goals_met: int,
    goals: int,
    has_discharge_plan: bool,
    own: Mapping[str, Number] | None = None,
) -> Verdict:
    """Whether the stay counts as completed: enough sessions, enough goals, and a discharge plan."""
    sessions_share = value_of("discharge.completed_sessions", own)
    goals_share = value_of("discharge.completed_goals", own)
    return first_refusal(
        need(
            sessions_planned > 0 and at_least(sessions_attended, sessions_planned, sessions_share),
            f"{sessions_attended} of {sessions_planned} planned sessions were attended; "
            f"completion asks for {sessions_share:.0%}.",
        ),
        need(
            goals > 0 and at_least(goals_met, goals, goals_share),
            f"{goals_met} of {goals} goals are met; completion asks for {goals_share:.0%}.",
        ),
        need(has_discharge_plan, "Write the discharge plan first."),
    )


def at_least(part: int, whole: int, share: Number) -> bool:
    """Whether `part` of `whole` reaches the share, without a rounding error at the bound."""
    return part * 1000 >= round(share * 1000) * whole


def need(holds: bool, because: str) -> Verdict:
    """Allowed when the condition holds, else refused with what to do."""
    return Allowed() if holds else Refused(because=because, cite=OWN_RULE)


def may_sign_discharge(code: str) -> Verdict:
    """Whether someone with this credential may end an episode of care and sign its summary."""
    row = CREDENTIALS.get(code)
    if row is not None and row.may_confirm_placement:
        return Allowed()
    who = row.title if row is not None else "Someone without a recorded credential"
    return Refused(f"{who} can't sign a discharge. Ask a licensed clinician.", cite=SCOPE)
