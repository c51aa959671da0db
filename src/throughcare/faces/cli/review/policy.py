"""Who may see whose words, role by role, by the table of roles and kinds of record; and where a role never gets in.

The table is asked here, not the program: an answer that shows more than the table says is a leak.
"""

from collections.abc import Iterable
from typing import Any

from throughcare.faces.cli.review.clinics import ELSEWHERE, STAFF
from throughcare.faces.cli.review.doors import DEAD, Door
from throughcare.knowledge.privacy import desk_rule
from throughcare.knowledge.privacy.table import USUAL_PURPOSE

PEOPLE = ("patient_a", "patient_b", "alumnus_a", "newcomer", "caller")
OWN = frozenset({"patient_a", "patient_b", "alumnus_a", "other_org_patient"})
# What a person reads of their own so far: who they are, and what they allowed. The rest is in the table, not on a page.
FAMILY = {"family_a": "family of patient_a", "family_revoked": "former of patient_a"}
ADMINISTERS = frozenset({"admin", "director", "compliance"})


def policy(doors: dict[str, Door], markers: Iterable[str], routes: list[dict[str, Any]]) -> dict[str, Any]:
    """`policy.json`: every role has its row, an empty one when it may see nothing."""
    every = sorted(markers)
    return {
        "may_see": {role: [owner for owner in every if may_see(role, owner)] for role in doors},
        "deny_prefix": {role: denied(role, doors[role], routes) for role in doors},
        "family_consented": {"family_a": ["attendance", "schedule"], "family_revoked": []},
    }


def may_see(role: str, key: str) -> bool:
    """Whether a marker of this key (`owner` or `owner:kind`) may stand in an answer to the role."""
    owner, _, kind = key.partition(":")
    if kind == "site":  # where the clinic is stands on its public pages
        return owner == "clinic" or role in ELSEWHERE or role == "other_org_patient"
    if role == "anonymous" or role in DEAD:
        return False
    if owner == role and kind in ("", "account"):
        return True
    if role == "without_factor":
        return key == "clinic"
    if role in FAMILY:
        return key == FAMILY[role] or (key == "patient_a" and role == "family_a")
    _, _, near = owner.partition(" of ")
    if near:  # someone close to a patient is in what is known of the patient
        owner, kind = near, "identity"
    if role in OWN:
        if owner in ("clinic", "other_clinic"):  # who treats them, in which group, whom they allow to be told
            return (owner == "other_clinic") == (role == "other_org_patient")
        return owner == role and _table_gives("alumnus" if role == "alumnus_a" else "patient", "self", kind)
    elsewhere = role in ELSEWHERE
    if owner in (*PEOPLE, "other_org_patient"):
        if elsewhere != (owner == "other_org_patient") or (
            role == "other_site_clinician" and owner != "patient_b"
        ):
            return False
        return any(_table_gives(one, "same_site", kind) for one in (STAFF | ELSEWHERE)[role][0])
    if owner in ("clinic", "other_clinic"):
        is_ours = elsewhere == (owner == "other_clinic")
        return is_ours and not (kind and role == "front_desk")
    # The address with which someone signs in: for those who administer accounts.
    if role == "other_org_director":
        return owner in ELSEWHERE or owner == "other_org_patient"
    return role in ADMINISTERS and owner not in ELSEWHERE and owner != "other_org_patient"


def _table_gives(role: str, relationship: str, kind: str) -> bool:
    """Whether the table opens this kind to the role; a name stands on every page about its person."""
    kinds = (kind,) if kind else ("identity", "schedule", "consent")
    return any(
        desk_rule("see", one, roles=frozenset({role}), relationship=relationship, purpose=USUAL_PURPOSE[role])
        for one in kinds
    )


def denied(role: str, door: Door, routes: list[dict[str, Any]]) -> list[str]:
    """The beginnings of paths under which no page is for this role."""
    roles = frozenset() if door.actor is None or role in DEAD else door.actor.roles
    open_to: dict[str, bool] = {}
    for route in routes:
        first = "/" + route["url"].split("/")[1]
        gets_in = route["public"] or bool(roles & set(route["roles"]))
        open_to[first] = open_to.get(first, False) or gets_in
    return sorted(first for first, gets_in in open_to.items() if not gets_in)
