"""What a rule answers: `Allowed`, or `Refused` with a sentence that a person can act on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Allowed:
    """The rule has nothing against it."""

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True)
class Refused:
    """The rule says no. `because` is shown to the person as it stands; `cite` names the rule's source."""

    because: str
    cite: str = ""

    def __bool__(self) -> bool:
        return False


Verdict = Allowed | Refused


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first refusal among the verdicts, or `Allowed`."""
    for verdict in verdicts:
        if isinstance(verdict, Refused):
            return verdict
    return Allowed()
