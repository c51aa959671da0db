"""A clinic on which seven things are done: each flow's next form, and how often the database holds what it writes.

A note signed, a consent signed, a consent taken back, a medication changed, somebody marked as there, a crisis raised,
a week published. The forms are those that a browser sends, each for something that was not done yet.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, gather_cast
from tests.crashes.session_notes import written_notes
from tests.pathway.privacy import consent_cast
from tests.pathway.timetable.planned_week import Planned, planned_week
from tests.sessions_cast import admit, hold, open_group
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.medication.changing import MedicationWords, start_medication
from throughcare.pathway.privacy.consent import draft_consent
from throughcare.pathway.timetable.asking.solving import checked
from throughcare.pathway.timetable.picture.meaning import meaning_of
from throughcare.pathway.timetable.picture.week import picture_of
from throughcare.pathway.timetable.publishing.publish import preview
from throughcare.pathway.timetable.runs.run import NewRun, ask_for_run
from throughcare.pathway.timetable.runs.turns import end_turn, take_runs
from throughcare.pathway.timetable.runs.views import run_view
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.attendance import Attendance
from throughcare.records.consents import ConsentRevocation, ConsentSignature
from throughcare.records.crises import Crisis, CrisisPage
from throughcare.records.medications import Medication
from throughcare.records.notes import Note
from throughcare.records.timetable_runs import Publication, WeekNotice

ZONE = "America/New_York"
SERTRALINE = MedicationWords("Sertraline", "50 mg", "mouth", "daily", "bottle", prescriber="Dr. Vale")


@dataclass(frozen=True)
class Sent:
    """One form as a browser sends it. `about` says what it is written about, so that it can be counted."""

    flow: str
    account: int
    url: str
    fields: dict[str, str]
    about: str

    @property
    def as_data(self) -> dict[str, Any]:
        """For another process."""
        return asdict(self)


class Stage:
    """The clinic, and one method a flow that makes its next form."""

    def __init__(self) -> None:
        self.cast: Cast = gather_cast()
        self.yesterday: date = local_day(timezone.now(), ZONE) - timedelta(days=1)
        self.kim = consent_cast.kim(self.cast)
        self.mother = consent_cast.mother_of(self.cast, self.kim)
        self.ana, self.lee = admit(self.cast, "Ana"), admit(self.cast, "Lee")
        self.thread = start_medication(
            self.lee.uid, SERTRALINE, key=uuid4(), by=self.cast.nurse, at=timezone.now()
        )
        self._week: Planned | None = None

    def next(self, flow: str) -> Sent:
        """The next form of a flow."""
        form: Sent = getattr(self, flow)(timezone.now())
        return form

    def sign(self, now: datetime) -> Sent:
        """The note of a session, to be signed."""
        session = self._session()
        record_attendance(session, self.ana.uid, status="present", by=self.cast.facilitator, at=now)
        fields = written_notes(self.cast.facilitator, session, [self.ana])
        url = reverse("write_session_notes", args=[session])
        return _sent("sign", self.cast.facilitator.account, url, fields, session)

    def attendance(self, now: datetime) -> Sent:
        """Somebody who came to a session."""
        session = self._session()
        url = reverse("take_attendance", args=[session, self.ana.uid])
        return _sent("attendance", self.cast.facilitator.account, url, {"tap": "present"}, session)

    def consent(self, now: datetime) -> Sent:
        """A consent that was read and understood, to be signed."""
        wanted = consent_cast.for_mother(self.mother, at=now)
        consent = draft_consent(self.kim.uid, wanted, by=self.cast.clinician, at=now)
        consent_cast.understand(consent, by=self.cast.clinician, at=now)
        url = reverse("sign_consent", args=[consent, "patient"])
        said = {"signed_name": "Kim Vance", "meant": "on"}
        return _sent("consent", self.cast.clinician.account, url, said, consent)

    def revoke(self, now: datetime) -> Sent:
        """A consent in force, to be taken back."""
        wanted = consent_cast.for_mother(self.mother, at=now)
        consent = consent_cast.signed(self.cast, self.kim, wanted, at=now)
        url = reverse("take_back_consent", args=[consent])
        return _sent("revoke", self.cast.clinician.account, url, {"how": "oral", "words": ""}, consent)

    def medication(self, now: datetime) -> Sent:
        """A medication of which the dose changes, at the version that stands."""
        version = Medication.objects.filter(thread=self.thread).count()
        key = uuid4()
        said = {
            **{
                name: getattr(SERTRALINE, name)
                for name in ("name", "route", "schedule", "source", "prescriber")
            },
            **{
                "dose": f"{50 + version} mg",
                "because": "The first one was too little.",
                "version": str(version),
            },
            "once": str(key),
        }
        url = reverse("change_medication", args=[self.lee.uid, self.thread])
        return _sent("medication", self.cast.nurse.account, url, said, key)

    def crisis(self, now: datetime) -> Sent:
        """A crisis about somebody in care."""
        key = str(uuid4())
        said = {"priority": "P1", "words": "She is on the bridge.", "callback": "", "once": key}
        url = reverse("raise_crisis", args=[self.ana.uid])
        return _sent("crisis", self.cast.clinician.account, url, said, f"staff {key}")

    def publish(self, now: datetime) -> Sent:
        """Next week with Cy in its groups, or out of them again."""
        week, director = self._week_as_of(now), self.cast.director
        following = self.yesterday + timedelta(days=14 - self.yesterday.weekday())
        picture = picture_of(self.cast.site, monday=following, by=director, at=now)
        stands, cy = picture.as_it_stands, str(week.people["Cy"].patient)
        slots = frozenset(week.slot(picture, name) for name in week.groups)
        comes = frozenset() if stands.attend.get(cy) else slots
        plan = replace(stands, attend={**stands.attend, cy: comes})
        means = meaning_of(picture, organization=self.cast.organization)
        asked = NewRun("solve", following, "The whole week", picture.problem, means)
        run = ask_for_run(self.cast.site, asked, by=director, at=now)
        (turn,) = take_runs(1, at=now)
        end_turn(turn, "finished", at=now, best=checked(picture.problem, plan))
        kept = run_view(run, by=director, at=now).plan.uid
        seen = preview(kept, by=director, at=now).seen
        said = {"seen": seen, "because": "Cy's hours change.", "despite_broken": "on"}
        return _sent("publish", director.account, reverse("publish_plan", args=[kept]), said, kept)

    def _session(self) -> UUID:
        """A session of yesterday, of a group of its own: a group meets once at a time."""
        group = open_group(self.cast, name=f"Evening {uuid4()}")
        return hold(self.cast, self.ana, group=group, day=self.yesterday)

    def _week_as_of(self, now: datetime) -> Planned:
        if self._week is None:
            self._week = planned_week(self.cast)
            extend_sessions(self.cast.organization, until=now.date() + timedelta(days=40), at=now)
        return self._week


def _sent(flow: str, account: int, url: str, fields: dict[str, str], about: UUID | str) -> Sent:
    return Sent(flow, account, url, {"once": str(uuid4()), **fields}, str(about))


def written_by(flow: str, about: str) -> tuple[int, ...]:
    """How many rows stand in the database of what one form writes; each kind of row is one figure."""
    counts = {
        "sign": lambda: (Note.objects.filter(session__uid=about),),
        "attendance": lambda: (Attendance.objects.filter(session__uid=about),),
        "consent": lambda: (ConsentSignature.objects.filter(consent__uid=about),),
        "revoke": lambda: (ConsentRevocation.objects.filter(consent__uid=about),),
        "medication": lambda: (Medication.objects.filter(key=about),),
        "crisis": lambda: (Crisis.objects.filter(key=about), CrisisPage.objects.filter(crisis__key=about)),
        "publish": lambda: (
            Publication.objects.filter(plan__uid=about),
            WeekNotice.objects.filter(publication__plan__uid=about),
        ),
    }
    return tuple(rows.count() for rows in counts[flow]())


# The route whose marked steps a flow passes, and how many rows of each kind its form writes.
FLOWS: dict[str, tuple[str, tuple[int, ...]]] = {
    "sign": ("write_session_notes", (1,)),
    "consent": ("sign_consent", (1,)),
    "revoke": ("take_back_consent", (1,)),
    "medication": ("change_medication", (1,)),
    "attendance": ("take_attendance", (1,)),
    "crisis": ("raise_crisis", (1, 1)),
    "publish": ("publish_plan", (1, 2)),
}
