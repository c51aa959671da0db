"""Placing a person: what a clinician may decide beside what is indicated, and what a STOP asks for. [ours]"""

from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.placement.decide import Placement
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

CITE = "Throughcare: indicated and placed both stay, with the reason for the gap"

GAP_REASONS = {
    "waitlist": "No place is free",
    "payer_denial": "The payer denied it",
    "patient_choice": "The person chose otherwise",
    "distance": "Too far away",
    "legal": "A court or the law asks for it",
    "caregiver": "Someone depends on the person at home",
    "other": "Another reason",
}

# Where a person may be sent while a STOP rule holds.
UNDER_A_STOP = ("emergency", "hospital", "psychiatric-inpatient")
# What can't start while withdrawal has to be treated first.
HELD_BACK = ("op", "iop", "iop+recovery-residence", "php")

WHAT_TO_DO: dict[str, tuple[str, ...]] = {
    "imminent_risk": (
        "Stay with the person, or have someone stay. Remove what could be used for harm.",
        "Call 911 or the mobile crisis team, or go with them to the emergency department.",
        "Tell the supervisor and the prescriber now.",
        "Call ahead, hand over to a named person, and write down who it was.",
    ),
    "wd_severe": (
        "Stay with the person; withdrawal can turn within minutes.",
        "Call 911, and say “alcohol or drug withdrawal” or “overdose”. Give naloxone if opioids may be involved.",
        "Send the list of medicines and the withdrawal score along.",
    ),
    "medical_unstable": (
        "Call 911 for chest pain, trouble breathing, or signs you do not like.",
        "Otherwise have a physician see the person today; the program starts after clearance.",
        "If pregnant, call obstetric care as well.",
    ),
    "psych_inpatient": (
        "Keep the person company in a quiet room.",
        "Arrange a psychiatric inpatient evaluation today; call the mobile crisis team if they would not go.",
        "Tell the supervisor and the prescriber.",
    ),
}


def check_placing(placement: Placement, placed: str, *, code: str = "", text: str = "") -> Verdict:
    """Whether a clinician may place the person here, given what is indicated."""
    if placed not in LEVELS:
        return Refused("Choose the level of care where the person is placed.", CITE)
    title = LEVELS[placed].title.lower()
    if placement.stop and placed not in UNDER_A_STOP:
        return Refused(
            f"A STOP rule holds, so nobody is placed into {title} now. {placement.reasons[0].because}",
            placement.reasons[0].cite,
        )
    if placement.held and placed in HELD_BACK:
        return Refused(
            f"Withdrawal is treated first, so {title} can’t start yet. Weigh the placement again when the "
            "withdrawal score is down.",
            CITE,
        )
    if placed == placement.indicated:
        return Allowed()
    return _check_gap(placement, code=code, text=text)


def field_of_refusal(placement: Placement, placed: str, *, code: str) -> str:
    """The input that a refused placing is about: where, the code of the gap, or the words for it."""
    if placed not in LEVELS or _is_barred(placement, placed):
        return "placed"
    return "override_text" if code in GAP_REASONS else "override_code"


def _is_barred(placement: Placement, placed: str) -> bool:
    return (placement.stop and placed not in UNDER_A_STOP) or (placement.held and placed in HELD_BACK)


def _check_gap(placement: Placement, *, code: str, text: str) -> Verdict:
    other = (
        f"The facts indicate {LEVELS[placement.indicated].title.lower()}"
        if placement.indicated
        else "The facts known so far indicate no level"
    )
    if code not in GAP_REASONS:
        return Refused(f"{other}. Choose why the person is placed elsewhere.", CITE)
    if not text.strip():
        return Refused(f"{other}. Say in your own words why the person is placed elsewhere.", CITE)
    return Allowed()
