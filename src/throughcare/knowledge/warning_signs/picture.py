"""The frozen picture of one person that every warning sign looks at. Facts only: nothing here is a judgment.

All moments are aware datetimes. A sign looks at no fact that is later than the picture's `at`, except planned
sessions. The order of the facts says nothing; a correction stands instead of what it corrects, never beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from throughcare.knowledge.program_settings import Number


@dataclass(frozen=True)
class SessionFact:
    """A seat in a session and what came of it; `status` is a code of knowledge.attendance, None: not taken (yet).

    `cancelled_at`: when the person called it off. `planned_minutes` are without breaks and also stand on a make-up,
    which `is_make_up` keeps out of what was planned. `counts`: whether its minutes are hours of treatment.
    """

    key: str
    starts_at: datetime
    ends_at: datetime
    status: str | None = None
    planned_minutes: int = 180
    attended_minutes: int = 0
    late_minutes: int = 0
    is_make_up: bool = False
    counts: bool = True
    title: str = ""
    cancelled_at: datetime | None = None


@dataclass(frozen=True)
class ContactFact:
    """An attempt to reach the person, or their own message; codes of knowledge.referring.referrals.

    A caring contact asks nothing and is no outreach. `inbound`: the person wrote or called.
    """

    at: datetime
    mode: str
    outcome: str = "reached"
    caring: bool = False
    inbound: bool = False
    by: str = ""


@dataclass(frozen=True)
class ScoreFact:
    """An answered questionnaire as it was scored that day; `critical` are item numbers from 1."""

    code: str
    at: datetime
    total: float | None = None
    band: str = ""
    critical: tuple[int, ...] = ()
    key: str = ""
    by: str = ""


@dataclass(frozen=True)
class TierFact:
    """A suicide tier that a clinician set, approved where it was lowered; screeners are scores."""

    at: datetime
    tier: str


@dataclass(frozen=True)
class TestFact:
    """A drug or alcohol test: collected or missed `at`, its result known at `known_at` (None: pending).

    `avoided` is empty, refused, missed or tampered. The analytes are those found or missing *unexpectedly*, by the
    codes of `throughcare interpret-test`; carry-over and what was prescribed or disclosed are not among them.
    """

    __test__ = False  # no test class, whatever pytest makes of its name

    key: str
    at: datetime
    known_at: datetime | None = None
    avoided: str = ""
    unexpected_positive: tuple[str, ...] = ()
    unexpected_negative: tuple[str, ...] = ()
    definitive: bool = False
    alcohol_with_disulfiram: bool = False


@dataclass(frozen=True)
class DoseFact:
    """A dose that was due on a local day: `drug` is the ingredient in lower case, `form` daily or injection.

    `status` is taken, missed, late (an injection that is not given yet or was given late), held (a prescriber said
    so) or unknown. An injection that is due and not given is `unknown` until its day is over.
    """

    drug: str
    day: date
    form: str = "daily"
    status: str = "unknown"
    known_at: datetime | None = None
    key: str = ""


@dataclass(frozen=True)
class DayFact:
    """What the person said of a day, from the daily check-in or before a session; what was left out is None.

    `own_signs` are the keys of the person's own signs (`OwnSignFact.key`) that they ticked.
    """

    at: datetime
    mood: int | None = None
    craving: int | None = None
    sleep: int | None = None
    used: bool | None = None
    took_medication: bool | None = None
    own_signs: tuple[str, ...] = ()
    source: str = "daily"


@dataclass(frozen=True)
class OwnSignFact:
    """A sign that the person named in a plan of theirs; `key` is a public id as text that stays over revisions."""

    key: str
    words: str
    plan: str = "relapse_prevention"


@dataclass(frozen=True)
class EventFact:
    """Something in the person's life: housing, arrest, job, loss or anniversary (`on` is its day, the next one)."""

    key: str
    kind: str
    at: datetime
    on: date | None = None


@dataclass(frozen=True)
class WordsFact:
    """Free text of the person's own; `read_at` is when a human read it. `where` says what it was written in."""

    key: str
    at: datetime
    text: str
    where: str = "message"
    read_at: datetime | None = None


@dataclass(frozen=True)
class PlanFact:
    """What of the person's plans matters here; None: not known."""

    safety_plan_at: datetime | None = None
    relapse_plan_at: datetime | None = None
    has_consented_emergency_contact: bool | None = None
    is_known: bool = False


@dataclass(frozen=True)
class Picture:
    """One person as known at the moment `at`, in the time zone of their site; `settings` are the program's own numbers.

    `tier` is at least the tier in force; the screeners among the scores and `tiers` can only raise it here.
    """

    at: datetime
    zone: str = "America/New_York"
    admitted_at: datetime | None = None
    level: str = "iop"
    tier: str = "none"
    tiers: tuple[TierFact, ...] = ()
    sessions: tuple[SessionFact, ...] = ()
    contacts: tuple[ContactFact, ...] = ()
    scores: tuple[ScoreFact, ...] = ()
    tests: tuple[TestFact, ...] = ()
    doses: tuple[DoseFact, ...] = ()
    days: tuple[DayFact, ...] = ()
    own_signs: tuple[OwnSignFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    words: tuple[WordsFact, ...] = ()
    plan: PlanFact = field(default_factory=PlanFact)
    settings: Mapping[str, Number] = field(default_factory=dict)
