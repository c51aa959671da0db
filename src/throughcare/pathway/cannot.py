"""What a pathway call raises when it will not do a thing."""

from uuid import UUID

from throughcare.knowledge.verdict import Refused, Verdict


class Cannot(Exception):
    """The thing is refused. `because` is the sentence to show; `field` names the input it is about, if one is."""

    def __init__(self, because: str, *, cite: str = "", field: str = "") -> None:
        super().__init__(because)
        self.because = because
        self.cite = cite
        self.field = field


class CannotSee(Cannot):
    """The privacy desk refuses."""


class BehindGlass(CannotSee):
    """The record is guarded; who treats patients may open it in an emergency, with a reason."""

    def __init__(self, because: str, *, patient: UUID, cite: str = "") -> None:
        super().__init__(because, cite=cite)
        self.patient = patient


class Absent(Exception):
    """No such record here. The same answer whether it never was or belongs to another organization."""


class ChangedMeanwhile(Cannot):
    """Someone else changed the same words. `theirs` is what is stored now, `version` its number; nothing is lost."""

    def __init__(self, because: str, *, theirs: str, version: int, changed_by: str) -> None:
        super().__init__(because)
        self.theirs = theirs
        self.version = version
        self.changed_by = changed_by


def require(verdict: Verdict, error: type[Cannot] = Cannot) -> None:
    """Raise `error` with the verdict's sentence if it refuses."""
    if isinstance(verdict, Refused):
        raise error(verdict.because, cite=verdict.cite)
