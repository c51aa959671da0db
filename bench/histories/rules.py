"""How each kind of thing behaves when one person acts at a time: state and operation in, new state and answer out.

Written from what the pages promise, not from the program: these few lines are what the program is held against.
"""

from collections.abc import Callable, Hashable
from typing import Any

from bench.histories.history import OK, REFUSED, Operation

# (new state, result, answer); an answer of None can't be compared.
Step = tuple[Hashable, str, Hashable]


def versions(state: Any, op: Operation) -> Step:
    """A plan, or the dose of a medication: each change is the next version, made by somebody who saw the last."""
    if op.verb == "read":
        return state, OK, (len(state), state[-1] if state else "")
    if op.verb == "all":
        return state, OK, state
    if op.saw != len(state):
        return state, REFUSED, None
    return (*state, op.value), OK, len(state) + 1


def marks(state: Any, op: Operation) -> Step:
    """Attendance: the last mark stands, and every mark stays readable in its order."""
    if op.verb == "read":
        return state, OK, state[-1] if state else ""
    if op.verb == "all":
        return state, OK, state
    return (*state, op.value), OK, None


def note(state: Any, op: Operation) -> Step:
    """A note: drafts by versions until it is signed, once, with the words of the last draft."""
    number, words, signed = state
    if op.verb == "read":
        return state, OK, (0 if signed else number, words, signed)
    if op.verb == "sign":
        return (number, words, True), OK, "already" if signed else "new"
    if signed or op.saw != number:
        return state, REFUSED, None
    return (number + 1, op.value, False), OK, number + 1


def consent(state: Any, op: Operation) -> Step:
    """A consent: something is told under it as long as nobody took it back; what was told stays in the book."""
    in_force, told = state
    if op.verb == "read":
        return state, OK, told
    if not in_force:
        return state, REFUSED, None
    return ((False, told) if op.verb == "revoke" else (True, told + 1)), OK, None


def crisis(state: Any, op: Operation) -> Step:
    """A crisis: whoever takes it has it until another person does; taking it twice is taking it once."""
    if op.verb in ("read", "all"):
        return state, OK, state
    return (state if state and state[-1] == op.value else (*state, op.value)), OK, None


def pair(state: Any, op: Operation) -> Step:
    """Two medications that don't go together: each may be ordered as long as the other is not on the list."""
    if op.verb == "read":
        return state, OK, tuple(sorted(state))
    drug = op.value.partition(":")[0]
    if op.verb == "order":
        other = any(not one.startswith(f"{drug}:") for one in state)
        return (state, REFUSED, None) if other else (state | {op.value}, OK, None)
    return (state - {op.value}, OK, None) if op.value in state else (state, REFUSED, None)


RULES: dict[str, Callable[[Any, Operation], Step]] = {
    "plan": versions,
    "dose": versions,
    "marks": marks,
    "note": note,
    "consent": consent,
    "crisis": crisis,
    "pair": pair,
}
