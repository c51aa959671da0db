"""What stands in a copy of somebody's own record: every kind that is theirs to read, and why a few are left out.

45 CFR 164.524 and 42 CFR 2.23: a person may have a copy of what is kept about them.
"""

from collections.abc import Mapping

from throughcare.knowledge.privacy.kinds import ALL, APART, OWN

PDF, FHIR = "pdf", "fhir"
FILES: Mapping[str, str] = {PDF: "To read and print (PDF)", FHIR: "For another program (FHIR R4)"}

# Kinds that are the person's own but of which the copy holds nothing, and why.
LEFT_OUT: Mapping[str, str] = {
    "climate": "How sessions were for you is kept without your name. Nobody can find which answer was yours.",
    "own_copy": "The copies that you asked for are not put into a copy again.",
}
# Why the rest is not in it. In words for the person.
NOT_THEIRS: Mapping[str, str] = {
    "counseling_note": "Your counselor's own notes, kept apart from the record. You can ask your counselor about them.",
    "psychotherapy_note": "Your therapist's own notes, kept apart from the record. The law lets them be kept apart.",
    "kept_apart": "Whom you must not meet in groups: it speaks of other people.",
    "worry": "What others told us in confidence.",
    "contact_call": "Who called and asked about people: it speaks of other people.",
    "legal_request": "Papers of courts and lawyers. Ask us, and we tell you what there is.",
    "warning_sign": "Lists that our staff work with. They are worked out from what is in your record.",
    "slip_risk": "A number that helps our staff see who needs a call. It is worked out from what is in your record.",
    "task": "What our staff arrange for you. Ask your case manager.",
    "census": "Lists of everyone in the program.",
    "outcome": "Numbers of the whole program, without names.",
    "account": "How people sign in.",
}
IN_A_COPY = tuple(code for code in ALL if code in OWN - APART and code not in LEFT_OUT)


def left_out(seen: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """What isn't in a copy and why: the kind in words, and the reason. `seen` are the kinds gathered."""
    found = []
    for code, kind in ALL.items():
        if code in seen:
            continue
        why = LEFT_OUT.get(code) or NOT_THEIRS.get(code) or "This is not open to you here. Ask us for it."
        found.append((kind.plain.capitalize() if kind.plain else kind.words.capitalize(), why))
    return tuple(found)
