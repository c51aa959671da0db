"""The few ways a record may leave without the patient's consent, and what each needs. 42 CFR 2.12(c), 2.51-2.53."""

from collections.abc import Collection
from dataclasses import dataclass

from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, IN_EMERGENCY, MAY_LEAVE
from throughcare.knowledge.privacy.weighing import NOTES_APART, Weighed
from throughcare.knowledge.verdict import Allowed, Refused, Verdict


@dataclass(frozen=True)
class Path:
    """One way. `needs` are the facts that must be on record, each a code with its question on the form."""

    code: str
    words: str
    cite: str
    needs: tuple[tuple[str, str], ...]
    second_person: bool = False
    kinds: frozenset[str] = frozenset()


_WHO = ("recipient", "Who received it, and for whom do they work?")

ROWS = (
    Path(
        "emergency",
        "A medical emergency",
        "42 CFR 2.51",
        (
            ("recipient", "Who received it?"),
            ("affiliation", "For which hospital, ambulance or practice do they work?"),
            ("discloser", "Who told them?"),
            ("disclosed_at", "On which day and at what time?"),
            ("nature", "What was the emergency?"),
            ("no_consent", "Why could consent not be had?"),
        ),
    ),
    Path(
        "inside",
        "Someone in the program who needs it for their work",
        "42 CFR 2.12(c)(3)",
        (_WHO, ("need", "What do they need it for?")),
    ),
    Path(
        "contracted",
        "An organization that serves the program under contract",
        "42 CFR 2.11, 2.12(c)(4)",
        (_WHO, ("agreement", "Which agreement binds them to Part 2?"), ("need", "What do they need it for?")),
    ),
    Path(
        "crime_here",
        "A crime on the premises or against staff, or a threat of one",
        "42 CFR 2.12(c)(5)",
        (_WHO, ("incident", "What happened?")),
        second_person=True,
        kinds=frozenset({"identity", "episode"}),
    ),
    Path(
        "child_abuse",
        "A report of suspected child abuse or neglect",
        "42 CFR 2.12(c)(6)",
        (_WHO, ("law", "Which state law asks for the report?")),
        kinds=frozenset({"identity"}),
    ),
    Path(
        "audit",
        "An audit or evaluation",
        "42 CFR 2.53",
        (_WHO, ("promise", "Where is their written promise to keep Part 2?")),
        second_person=True,
    ),
    Path(
        "research",
        "Research",
        "42 CFR 2.52",
        (_WHO, ("approval", "Which board approved it, and when?")),
        second_person=True,
    ),
)

ALL: dict[str, Path] = {row.code: row for row in ROWS}


def may_leave_without_consent(path: str, kind: str) -> Weighed:
    """Whether this kind of record can go out this way at all, whatever facts are on record."""
    way = ALL.get(path)
    if way is None:
        because = "Without consent a record leaves only for one of the reasons that the law names."
        return Weighed(Refused(because, "42 CFR 2.13"))
    if kind in APART:
        return Weighed(Refused("Notes kept apart never go out without a consent of their own.", NOTES_APART))
    if kind not in MAY_LEAVE:
        return Weighed(Refused("This kind of record never leaves the program.", way.cite))
    if path == "emergency" and kind not in IN_EMERGENCY:
        return Weighed(Refused(f"An emergency doesn't open {KINDS[kind].words}.", way.cite))
    if way.kinds and kind not in way.kinds:
        because = "This reason opens names and the least besides, not this kind of record."
        return Weighed(Refused(because, way.cite))
    return Weighed(Allowed())


def may_disclose_without_consent(
    path: str, *, kind: str, known: Collection[str], second_person: bool = False
) -> Verdict:
    """Whether this kind of record may go out this way now; `known` are the codes of the facts on record."""
    leaves = may_leave_without_consent(path, kind)
    if not leaves:
        return leaves.verdict
    way = ALL[path]
    missing = [question for code, question in way.needs if code not in known]
    if missing:
        return Refused(f"Answer first: {missing[0]}", way.cite)
    if way.second_person and not second_person:
        return Refused("A second person must look at this first.", way.cite)
    return Allowed()
