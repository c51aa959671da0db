"""Who could take a session whose leader is away: each candidate with what stands against it, the best first. [ours]"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from throughcare.knowledge.credentials import credential
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

SOURCE = "program default; compare with the state's scope of practice"


@dataclass(frozen=True)
class SessionToCover:
    """What a session asks of who leads it. `gender` and `language` are empty where it doesn't matter.

    `ratio` is how many patients one staff member may lead; `staying` how many of its leaders are there anyway.
    """

    title: str
    skill: str
    hours: float
    patients: int
    ratio: int
    staying: int = 0
    language: str = ""
    gender: str = ""
    takes_prescriber: bool = False

    @property
    def leaders_short(self) -> int:
        """How many more people it takes to lead it."""
        return max(0, math.ceil(max(self.patients, 1) / self.ratio) - self.staying)


@dataclass(frozen=True)
class Candidate:
    """A staff member as they are in that week; `busy_with` says in words what they have at that time, if anything.

    `off_shift` is the sentence of the shift when they don't work then; `never_with_someone`: one of those expected
    must not be in a session with them.
    """

    uid: str
    name: str
    skills: Collection[str]
    credential: str
    languages: Collection[str]
    gender: str
    hours: float
    most_hours: float
    has_supervisor: bool = False
    busy_with: str = ""
    away_because: str = ""
    off_shift: str = ""
    knows_group: bool = False
    never_with_someone: bool = False


@dataclass(frozen=True)
class Cover:
    """One candidate with everything that stands against it; nothing: they could take the session."""

    candidate: Candidate
    against: tuple[Refused, ...]
    because: str

    @property
    def could(self) -> bool:
        """Whether they could take it."""
        return not self.against


def who_could_cover(session: SessionToCover, candidates: Iterable[Candidate]) -> tuple[Cover, ...]:
    """Every candidate, those who could first: who knows the group, then who has the most hours to spare."""
    covers = (cover_by(session, one) for one in candidates)
    return tuple(sorted(covers, key=lambda cover: _order(session, cover)))


def cover_by(session: SessionToCover, one: Candidate) -> Cover:
    """Everything that stands against this person's taking the session, and what speaks for it."""
    verdicts = (
        check_there(one),
        check_works_then(one),
        check_free(one),
        check_skill(session, one),
        check_licence(session, one),
        check_language(session, one),
        check_gender(session, one),
        check_may_meet(one),
        check_hours(session, one),
    )
    against = tuple(verdict for verdict in verdicts if isinstance(verdict, Refused))
    return Cover(one, against, "" if against else _because(one))


def check_there(one: Candidate) -> Verdict:
    """Whether they are at work that day."""
    return Refused(f"{one.name} is away: {one.away_because}.") if one.away_because else Allowed()


def check_works_then(one: Candidate) -> Verdict:
    """Whether the session lies in their shift."""
    return Refused(one.off_shift) if one.off_shift else Allowed()


def check_may_meet(one: Candidate) -> Verdict:
    """Whether nobody is expected who must not be in a session with them; who that is, is not said."""
    if not one.never_with_someone:
        return Allowed()
    return Refused(f"Someone who is expected must not be in a session with {one.name}.")


def check_free(one: Candidate) -> Verdict:
    """Whether they have nothing else at that time."""
    return Refused(f"{one.name} has {one.busy_with} at that time.") if one.busy_with else Allowed()


def check_skill(session: SessionToCover, one: Candidate) -> Verdict:
    """Whether they lead this kind of session."""
    if session.skill in one.skills:
        return Allowed()
    return Refused(f"{one.name} isn't down as leading {session.title}.")


def check_licence(session: SessionToCover, one: Candidate) -> Verdict:
    """Whether their credential lets them lead it and sign its notes, with a supervisor where it takes one."""
    row = credential(one.credential)
    if row is None or not row.may_sign_clinical_note:
        return Refused(f"{one.name} has no credential on record that signs clinical notes.", cite=SOURCE)
    if session.takes_prescriber and not row.may_prescribe:
        return Refused(f"{session.title} takes a prescriber; {one.name} is a {row.title}.", cite=SOURCE)
    if row.needs_cosignature and not one.has_supervisor:
        return Refused(f"{one.name} works under supervision and has no supervisor on record.", cite=SOURCE)
    return Allowed()


def check_language(session: SessionToCover, one: Candidate) -> Verdict:
    """Whether they speak the group's language."""
    if not session.language or session.language in one.languages:
        return Allowed()
    return Refused(f"{session.title} is held in “{session.language}”; {one.name} isn't down as speaking it.")


def check_gender(session: SessionToCover, one: Candidate) -> Verdict:
    """Whether the group asks for somebody of a gender, and they are."""
    if not session.gender or session.gender == one.gender:
        return Allowed()
    return Refused(
        f"This group was promised a leader of one gender ({session.gender}). Ask its members first."
    )


def check_hours(session: SessionToCover, one: Candidate) -> Verdict:
    """Whether it stays within the most hours of groups that they lead in a week."""
    total = one.hours + session.hours
    if total <= one.most_hours:
        return Allowed()
    return Refused(f"{one.name} would lead {total:g} hours this week; at most {one.most_hours:g} are agreed.")


def check_enough(session: SessionToCover, chosen: int) -> Verdict:
    """Whether so many covers are enough for the people expected."""
    short = session.leaders_short - chosen
    if short <= 0:
        return Allowed()
    people = "one more leader" if short == 1 else f"{short} more leaders"
    return Refused(
        f"{session.patients} people are expected and one leader may have {session.ratio}: it takes {people}."
    )


def _because(one: Candidate) -> str:
    left = f"{one.most_hours - one.hours:g} hours to spare this week"
    return f"Knows the group; {left}." if one.knows_group else f"{left[:1].upper()}{left[1:]}."


def _order(session: SessionToCover, cover: Cover) -> tuple[int, bool, float, str, str]:
    one = cover.candidate
    spare = one.most_hours - one.hours - session.hours
    return len(cover.against), not one.knows_group, -spare, one.name.casefold(), one.uid
