"""Kim, sixteen, decides alone who is told; her mother sees what Kim allows, from and until the minute Kim says."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from tests import plan_cast
from tests.cast import MONDAY, MORNING, Cast, at
from tests.pathway.privacy.consent_cast import for_mother, for_probation, kim, mother_of, signed, understand
from throughcare.knowledge.clinic_calendar import age_on
from throughcare.knowledge.hours import HourEntry, week_ledger
from throughcare.knowledge.privacy.minors import state_rule
from throughcare.knowledge.privacy.scripts import ALL as SCRIPTS
from throughcare.knowledge.privacy.scripts import NEITHER
from throughcare.pathway.accounts import actor_for
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, CannotSee
from throughcare.pathway.family.family import family_page, my_relations
from throughcare.pathway.family.invitations import NOTICE, invite_patient, invite_relation, shut_out_relation
from throughcare.pathway.people.finding import find_people
from throughcare.pathway.privacy import open_patient
from throughcare.pathway.privacy.consent import draft_consent
from throughcare.pathway.privacy.consent_ending import revoke_consent
from throughcare.pathway.privacy.consent_signing import sign_consent
from throughcare.pathway.privacy.own_record import my_privacy
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.canceling import cancel_for_everyone
from throughcare.pathway.week.schedule import book_session
from throughcare.records.accesses import Access
from throughcare.records.consents import FamilyAccount
from throughcare.records.disclosures import Disclosure
from throughcare.records.people import Account, Patient
from throughcare.records.signing_in import DoorMail

pytestmark = pytest.mark.django_db
TUESDAY, THURSDAY, FRIDAY = (MONDAY + timedelta(days=n) for n in (1, 3, 4))
# Kim's week: two evenings of 195 minutes, no breaks counted.
EVENINGS = (MONDAY, THURSDAY)


@dataclass
class Story:
    """Kim and her mother, each with an account of their own."""

    cast: Cast
    patient: Patient
    mother: UUID
    kim: Actor
    rosa: Actor


def account(email: str) -> Actor:
    found = actor_for(Account.objects.get_by_natural_key(email).pk)
    assert found is not None
    return found


@pytest.fixture
def story(cast):
    patient = kim(cast)
    episode = patient.episodes.get().uid
    plan_cast.attend(cast, episode, MONDAY)
    plan_cast.attend(cast, episode, THURSDAY, status="no_show")
    plan_cast.measure(cast, episode, "phq-9", 14)
    mother = mother_of(cast, patient)
    invite_patient(patient.uid, email="kim@mail.test", by=cast.clinician, at=MORNING)
    own = account("kim@mail.test")
    invite_relation(mother, email="rosa@mail.test", by=own, at=MORNING)
    return Story(cast, patient, mother, own, account("rosa@mail.test"))


def now(hour: int, minute: int = 0, *, day: date = FRIDAY) -> datetime:
    return at(hour, minute, day=day)


def kim_consents(story: Story, *kinds: str, when: datetime) -> UUID:
    """The clinician prepares it; Kim reads, answers and signs in her own session."""
    new = for_mother(story.mother, *kinds, at=when)
    consent = draft_consent(story.patient.uid, new, by=story.cast.clinician, at=when)
    understand(consent, by=story.kim, at=when)
    assert sign_consent(
        consent,
        party="patient",
        signed_name="Kim Vance",
        means="typed",
        proof="reauthenticated",
        by=story.kim,
        at=when,
    )
    return consent


def absent(story: Story, when: datetime, patient: UUID | None = None) -> None:
    with pytest.raises(Absent):
        family_page(patient or story.patient.uid, by=story.rosa, at=when)


def test_the_state_lets_kim_decide_alone_and_nobody_may_sign_beside_her(story):
    """T-A9: a parent is refused, and staff are shown the rule."""
    rule = state_rule(age_on(MONDAY, story.patient.birth_date), "substance_use", "NY")
    assert (rule.who, rule.signers) == ("minor", {"patient"})
    assert "Neither confirm nor deny" in rule.parent.because
    assert state_rule(16, "substance_use", "NE").who == "both"


def test_six_hours_and_a_half_meet_the_six_of_a_teenagers_week():
    entries = [HourEntry(day, "process", 195, 195, "present") for day in EVENINGS]
    ledger = week_ledger(entries, begins=MONDAY, prescribed_hours=6.0, minimum_hours=6.0)
    assert (ledger.delivered, ledger.is_below_minimum) == (6.5, False)
    assert ledger.lacks == 0


def test_the_mother_calls_and_is_told_neither_yes_nor_no(story):
    script = SCRIPTS["family"]
    assert NEITHER in script.say
    assert not any("Kim" in line for line in (*script.say, *script.do))
    with pytest.raises(CannotSee):
        find_people("Kim Vance", by=story.rosa, at=now(10))


def test_before_any_consent_kim_is_as_absent_as_nobody_and_the_attempt_is_in_her_book(story):
    """T-A1: whoever was let in before, or never, finds the same as for nobody; the attempt is written."""
    assert my_relations(by=story.rosa, at=now(10)) == ()
    absent(story, now(10))
    absent(story, now(10), uuid4())
    row = Access.objects.latest("sequence")
    assert (row.account_id, row.allowed, row.relationship) == (story.rosa.account, False, "family")
    assert [one.patient_id for one in row.shown.all()] == [story.patient.pk]


def test_attendance_only_means_the_days_and_nothing_else(story):
    consent = kim_consents(story, when=now(12))
    page = family_page(story.patient.uid, by=story.rosa, at=now(12, 1))
    assert [(one.kind, one.lines) for one in page.sections] == [
        ("attendance", (("Thursday, March 5, 2026", "Did not come"), ("Monday, March 2, 2026", "Came")))
    ]
    (relation,) = my_relations(by=story.rosa, at=now(12, 1))
    assert (relation.name, relation.kinds) == ("Kim Vance", ("attendance",))
    for kind in ("measure", "note", "schedule", "episode", "care_plan", "identity", "consent", "access_log"):
        with pytest.raises(Absent):
            open_patient(story.patient.uid, kind=kind, by=story.rosa, at=now(12, 1))
    seen = Access.objects.filter(account=story.rosa.account, allowed=True)
    assert {(tuple(row.kinds), row.consent) for row in seen} == {(("attendance",), consent)}
    for day in (90, 91):
        late = now(12) + timedelta(days=day)
        absent(story, late)


def test_revoked_at_two_it_is_denied_at_a_minute_past_and_what_was_seen_stays_written(story):
    """T-A2: taken back while the page is open, the next request is refused."""
    consent = kim_consents(story, when=now(12))
    family_page(story.patient.uid, by=story.rosa, at=now(13, 59))
    seen = Access.objects.filter(account=story.rosa.account, allowed=True).count()
    told = list(Disclosure.objects.values_list("uid", "consent__uid", "method"))
    assert [one[1:] for one in told] == [(consent, "page")]
    revoke_consent(consent, how="page", by=story.kim, at=now(14))
    for when in (now(14), now(14, 1)):
        absent(story, when)
        assert my_relations(by=story.rosa, at=when) == ()
    assert Access.objects.filter(account=story.rosa.account, allowed=True).count() == seen
    assert list(Disclosure.objects.values_list("uid", "consent__uid", "method")) == told
    assert my_privacy(by=story.kim, at=now(14, 1)).in_force == ()
    assert my_privacy(by=story.kim, at=now(13, 59)).over[0].revoked_at == now(14)


def test_the_consent_for_probation_stays_until_supervision_ends(story):
    consent = signed(story.cast, story.patient, for_probation(story.cast), at=now(12))
    with pytest.raises(Cannot, match="can't be taken back until your supervision ends"):
        revoke_consent(consent, how="page", by=story.kim, at=now(14))
    (known,) = my_privacy(by=story.kim, at=now(14, 1)).in_force
    assert (known.who, known.consents[0].ends_when) == ("Officer Hart", "your supervision ends")


def test_another_patients_page_is_absent_whatever_kim_allows(story):
    kim_consents(story, when=now(12))
    other = plan_cast.patient_of(plan_cast.place_person(story.cast, given="Lee", family="Moss"))
    absent(story, now(13), other)


def test_more_kinds_show_more_but_never_who_else_is_there(story):
    """T-A3: no roster, no size, no other name."""
    kim_consents(story, "attendance", "schedule", "care_plan", "episode", "measure", when=now(12))
    other = plan_cast.admit(story.cast, given="Lee", family="Moss")
    plan_cast.attend(story.cast, other, MONDAY)
    page = family_page(story.patient.uid, by=story.rosa, at=now(12, 1))
    said = repr(page)
    assert [one.kind for one in page.sections if one.on_request] == ["measure"]
    for other_word in ("Lee", "Moss", "Evening IOP", "12", "Blue room", "Felix"):
        assert other_word not in said, other_word


def test_who_staff_invite_sees_nothing_before_a_days_notice(story):
    """T-A6: who staff let in counts after a day, and the patient is told."""
    FamilyAccount.objects.all().delete()
    invite_relation(story.mother, email="rosa.two@mail.test", by=story.cast.clinician, at=now(12))
    rosa = account("rosa.two@mail.test")
    told = DoorMail.objects.get(kind="relation_invited")
    assert told.account_id == story.kim.account
    consent = for_mother(story.mother, at=now(12))
    signed(story.cast, story.patient, consent, at=now(12))
    with pytest.raises(Absent):
        family_page(story.patient.uid, by=rosa, at=now(12, 1))
    assert my_relations(by=rosa, at=now(12, 1)) == ()
    assert family_page(story.patient.uid, by=rosa, at=now(12) + NOTICE)


def test_shut_out_she_sees_nothing_even_with_a_consent_in_force(story):
    kim_consents(story, when=now(12))
    shut_out_relation(story.mother, by=story.kim, at=now(13))
    absent(story, now(13, 1))
    with pytest.raises(Absent):
        open_patient(story.patient.uid, kind="attendance", by=story.rosa, at=now(13, 2))
    assert Access.objects.latest("sequence").relationship == "none", "she is nobody's mother here any more"


def test_nobody_becomes_family_by_themselves(story):
    """T-A6: only the patient, or staff who witness it, let someone in."""
    other = mother_of(story.cast, story.patient)
    for by in (story.rosa, story.cast.biller):
        with pytest.raises((Absent, CannotSee)):
            invite_relation(other, email="harm@mail.test", by=by, at=now(12))
    with pytest.raises(Cannot, match="used for work"):
        invite_relation(other, email="felix@harbor.test", by=story.kim, at=now(12))


def test_a_session_that_the_mother_comes_to_stands_on_her_page_and_its_cancel_reaches_her(story):
    """She hears of it as long as Kim lets her know when Kim is expected: a mail that says nothing, and her page."""
    kim_consents(story, "schedule", when=now(12))
    carla = story.cast.practitioner_uid(story.cast.clinician)
    saturday = FRIDAY + timedelta(days=1)
    new = NewSession(
        "family",
        story.cast.site,
        carla,
        (story.patient.uid,),
        datetime.combine(saturday, time(10)),
        60,
        guests=(story.mother,),
    )
    session = book_session(new, by=story.cast.clinician, at=now(12, 1))

    def read(moment):
        page = family_page(story.patient.uid, by=story.rosa, at=moment)
        return dict(page.sections[0].lines)["You come too on Saturday, March 7, 2026"]

    assert read(now(12, 2)) == "10:00 AM to 11:00 AM"
    before = DoorMail.objects.filter(account=story.rosa.account, kind="week_changed").count()
    cancel_for_everyone(session, because="No heat", by=story.cast.clinician, at=now(12, 3))
    assert read(now(12, 4)) == "Canceled"
    assert DoorMail.objects.filter(account=story.rosa.account, kind="week_changed").count() == before + 1
