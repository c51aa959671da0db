"""Kim with six weeks in the program, a signed note, a diagnosis, and a new physician who asks for her record."""

from datetime import date, time, timedelta
from uuid import UUID

from tests.cast import Cast, at
from tests.pathway.privacy.consent_cast import TPO, signed
from tests.progress_cast import NOW, TODAY, six_good_weeks
from tests.sessions_cast import Person, hold
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.episode.diagnoses import diagnose
from throughcare.pathway.note.drafts import write_own, write_shared
from throughcare.pathway.note.group_note import sign_notes
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.privacy.telling import To
from throughcare.records.care_plans import Objective
from throughcare.records.episodes import Episode
from throughcare.records.legal_requests import LegalDecision, LegalRequest
from throughcare.records.organizations import Site
from throughcare.records.people import Patient

SIGNED_AT = NOW - timedelta(days=7)
NAUGHTY = "Robert'); DROP TABLE <script>alert(1)</script> #panic(1) $x$ \\u{0} ‮abc 💥 ﷽"
SHARED, OWN = (
    "We practiced urge surfing with one example each.",
    "Named two triggers and a plan for each of them.",
)


def kims_record(cast: Cast, *, own_words: str = OWN) -> Patient:
    """Kim, sixteen, with everything in her record that the program writes."""
    Site.objects.filter(uid=cast.site).update(state="NY", address="12 Main Street", phone="212-555-0111")
    found = Episode.objects.get(uid=six_good_weeks(cast, given="Kim", family="Vance"))
    Patient.objects.filter(pk=found.patient_id).update(birth_date=date(2009, 9, 14))
    diagnose(found.uid, "F10.20", by=cast.clinician, at=at(12))
    note_for(cast, found, own_words=own_words)
    return Patient.objects.get(pk=found.patient_id)


def note_for(cast: Cast, episode: Episode, *, own_words: str = OWN) -> None:
    """A note of last Tuesday's one-to-one, signed."""
    thread = Objective.objects.filter(goal__problem__version__episode=episode).values_list(
        "thread", flat=True
    )[0]
    kim = Person(episode.patient_id, episode.patient.uid, episode.pk, thread)
    day = TODAY - timedelta(days=6)
    session = hold(cast, kim, day=day, starts=time(17, 30), ends=time(18, 30))
    by, during = cast.facilitator, at(18, 40, day=day)
    record_attendance(session, kim.uid, status="present", by=by, at=during)
    write_shared(session, text=SHARED, topic="Urge surfing", seen_version=0, by=by, at=during)
    write_own(session, kim.uid, text=own_words, objective_thread=thread, seen_version=0, by=by, at=during)
    sign_notes(session, by=by, at=at(19, day=day), meant_as_words=("Main",))


def physician(cast: Cast) -> To:
    """Her new physician, from the address book."""
    new = NewRecipient("treating_provider", "Dr. Osei", "Elm Street Practice", "fax 212-555-0177")
    uid = enter_recipient(new, by=cast.clinician, at=SIGNED_AT)
    return To("treating_provider", "Dr. Osei", recipient=uid, affiliation="Elm Street Practice")


def one_consent(cast: Cast, patient: Patient) -> UUID:
    """The single consent for treatment, payment and operations."""
    return signed(cast, patient, TPO, at=SIGNED_AT)


def court_order(cast: Cast, patient: Patient, *kinds: str, first: date, last: date, people=()) -> UUID:
    """An order about one patient, one period and these kinds, that these people let go."""
    said = {"organization_id": cast.organization, "recorded_at": SIGNED_AT}
    order = LegalRequest.objects.create(
        **said,
        kind="court_order_2_64",
        from_whom="County Court",
        about_whom=patient.called,
        patient=patient,
        asks_for="Attendance",
        kinds=sorted(kinds),
        records_from=first,
        records_until=last,
        received_at=SIGNED_AT,
    )
    for one in people:
        LegalDecision.objects.create(
            **said,
            request=order,
            account_id=one.account,
            answer="release",
            because="Read",
            decided_at=SIGNED_AT,
        )
    return order.uid
