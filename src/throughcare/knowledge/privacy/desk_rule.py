"""The one rule that the privacy desk asks: role, relationship, purpose and kind of record. Deny by default."""

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import BOOKS, IN_EMERGENCY
from throughcare.knowledge.privacy.purposes import ALL as PURPOSES
from throughcare.knowledge.privacy.relationships import ALL as RELATIONSHIPS
from throughcare.knowledge.privacy.table import CELLS, MAY_CHANGE, MAY_SEE, PURPOSES_OF, roles_that
from throughcare.knowledge.roles import ALL as ROLES
from throughcare.knowledge.roles import TREATING
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

UNSTATED = "deny by default"
TABLE = "roles and kinds of record"
EMERGENCY = "42 CFR 2.51"
GUARDED = "guarded records"
# What an emergency makes one write: who was told, for the book.
WRITTEN_IN_EMERGENCY = frozenset({"disclosure", "emergency"})

# What must hold besides the role, and the relationship that makes it hold. A consent is weighed by the desk itself.
_CONDITION_HOLDS = {"self": "self", "consent": "family", "author": "author"}


def may(verb: str, kind: str, *, roles: frozenset[str]) -> Verdict:
    """Whether someone with these roles may `see` or `change` records of this kind by their roles alone."""
    table = {"see": MAY_SEE, "change": MAY_CHANGE}[verb]
    if kind not in KINDS:
        return Refused(f"No rule is stated for records of the kind “{kind}”.", cite=UNSTATED)
    if any(kind in table.get(role, frozenset()) for role in roles):
        return Allowed()
    return _ask_someone_else(verb, kind)


def desk_rule(
    verb: str, kind: str, *, roles: frozenset[str], relationship: str, purpose: str, guarded: bool = False
) -> Verdict:
    """Whether someone may see (or change) this kind of record of this person, for this purpose.

    `guarded`: the person is a colleague, or the record is marked for extra privacy. For family the desk weighs the
    patient's consent besides.
    """
    if verb not in ("see", "change") or kind not in KINDS:
        return Refused(f"No rule is stated for records of the kind “{kind}”.", cite=UNSTATED)
    if relationship not in RELATIONSHIPS or purpose not in PURPOSES:
        return Refused("No rule is stated for this relationship or purpose.", cite=UNSTATED)
    if relationship == "other_site":
        return Refused("This person is treated at a site where you don't work.", cite="sites")
    if relationship == "emergency":
        return _in_emergency(verb, kind, roles=roles, purpose=purpose)
    granted = {role for role in roles if _is_granted(role, verb, kind, relationship)}
    if not granted:
        return _why_not_granted(verb, kind, roles=roles, relationship=relationship)
    if not any(purpose in PURPOSES_OF[role] for role in granted):
        return Refused(f"Your role doesn't open records for {PURPOSES[purpose].words}.", cite=TABLE)
    return _behind_guard(kind, relationship=relationship, purpose=purpose, guarded=guarded)


def _is_granted(role: str, verb: str, kind: str, relationship: str) -> bool:
    """Whether the role's cell gives it to someone in this relationship."""
    if role not in ROLES or not CELLS[role, kind].gives(verb):
        return False
    condition = CELLS[role, kind].condition
    if condition:
        return _CONDITION_HOLDS[condition] == relationship
    return ROLES[role].staff == RELATIONSHIPS[relationship].staff


def _behind_guard(kind: str, *, relationship: str, purpose: str, guarded: bool) -> Verdict:
    """A guarded record opens to those near to the person, and its books to whoever audits them."""
    is_audit = purpose == "audit" and kind in BOOKS
    is_persons_own = not RELATIONSHIPS[relationship].staff
    if not guarded or is_audit or is_persons_own or RELATIONSHIPS[relationship].near:
        return Allowed()
    return Refused(
        "This record is guarded: it opens to the care team. In an emergency, open it with a reason.",
        cite=GUARDED,
    )


def _in_emergency(verb: str, kind: str, *, roles: frozenset[str], purpose: str) -> Verdict:
    """With an emergency on record those who treat may see what helps, and write down whom they told."""
    if purpose not in ("emergency", "break_glass"):
        return Refused("An emergency opens records for the emergency and for nothing else.", cite=EMERGENCY)
    if roles.isdisjoint(TREATING):
        return Refused("In an emergency ask someone who treats patients.", cite=EMERGENCY)
    if kind in WRITTEN_IN_EMERGENCY:
        return may(verb, kind, roles=roles)
    if verb != "see":
        return Refused("An emergency opens records for reading only.", cite=EMERGENCY)
    if kind not in IN_EMERGENCY:
        return Refused(f"An emergency doesn't open {KINDS[kind].words}.", cite=EMERGENCY)
    return Allowed()


def _why_not_granted(verb: str, kind: str, *, roles: frozenset[str], relationship: str) -> Refused:
    conditions = {CELLS[role, kind].condition for role in roles & set(ROLES) if CELLS[role, kind].gives(verb)}
    if "author" in conditions:
        return Refused(f"Only who wrote them may {verb} {KINDS[kind].words}.", cite="42 CFR 2.11")
    if relationship == "self" and any(ROLES[role].staff for role in roles & set(ROLES)):
        return Refused("Read your own record as a patient does, not as staff.", cite=TABLE)
    if not RELATIONSHIPS[relationship].staff:
        return Refused(f"{KINDS[kind].words.capitalize()} can't be read here. Ask the program.", cite=TABLE)
    return _ask_someone_else(verb, kind)


def _ask_someone_else(verb: str, kind: str) -> Refused:
    """A refusal that says whom to ask."""
    table = {"see": MAY_SEE, "change": MAY_CHANGE}[verb]
    able = [role for role in ROLES if kind in table[role]]
    if not able:
        authors = any(CELLS[role, kind].condition == "author" for role in roles_that(verb, kind))
        who = "who wrote them" if authors else "the person themselves"
        return Refused(f"Your role may not {verb} {KINDS[kind].words}; only {who} may.", cite=TABLE)
    titles = [ROLES[role].title.lower() for role in able]
    who = " or ".join(titles) if len(titles) < 3 else ", ".join(titles[:-1]) + " or " + titles[-1]
    return Refused(f"Your role may not {verb} {KINDS[kind].words}. Ask someone who is {who}.", cite=TABLE)
