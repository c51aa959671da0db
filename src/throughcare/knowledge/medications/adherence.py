"""How a medication is taken, in the shape of US Core's extension for adherence: code, day, informant."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

CITE = "US Core medication adherence extension; SNOMED CT starter set"


@dataclass(frozen=True)
class AdherenceCode:
    """One way in which a medication is taken, with its SNOMED CT concept (empty: HL7 null flavor UNK)."""

    code: str
    words: str
    snomed: str


CODES = {
    row.code: row
    for row in (
        AdherenceCode("as_directed", "Takes it as prescribed", "1156699004"),
        AdherenceCode("not_as_directed", "Takes it, but not as prescribed", "702565001"),
        AdherenceCode("not_taking", "Doesn't take it", "715036001"),
        AdherenceCode("unknown", "Not known", ""),
    )
}
INFORMANTS = {
    "patient": "the person",
    "family": "family",
    "staff": "staff",
    "pharmacy": "pharmacy",
    "prescriber": "a prescriber elsewhere",
}
STATUSES = {"taken": "Taken", "missed": "Missed", "refused": "Refused", "held": "Held by the prescriber"}
REASONS = {
    "forgot": "Forgot",
    "ran_out": "Ran out",
    "side_effects": "Side effects",
    "felt_well": "Felt well without it",
    "did_not_want": "Didn't want it",
    "could_not_get": "Couldn't get it",
    "told_not_to": "Was told not to take it",
    "other": "Another reason",
}
BODY_SITES = {
    "abdomen_left": "Abdomen, left",
    "abdomen_right": "Abdomen, right",
    "buttock_left": "Buttock, left",
    "buttock_right": "Buttock, right",
    "arm_left": "Upper arm, left",
    "arm_right": "Upper arm, right",
    "thigh_left": "Thigh, left",
    "thigh_right": "Thigh, right",
}
# Who is believed when two tell different things of one day: what a nurse saw before what the person said.
BELIEVED = ("staff", "patient", "family", "pharmacy", "prescriber")


def believed(said: Mapping[str, str]) -> str:
    """The status of a day out of what each informant said of it; unknown when nobody said anything."""
    return next((said[one] for one in BELIEVED if one in said), "unknown")


def share_taken(statuses: Collection[str]) -> float | None:
    """The share of days taken among those told, without the held ones; None when nothing was told."""
    told = [one for one in statuses if one in ("taken", "missed", "refused")]
    return sum(one == "taken" for one in told) / len(told) if told else None
