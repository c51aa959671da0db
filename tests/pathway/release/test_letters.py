"""Letters: the least words, only by consent, within the days that the consent names."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.pathway.privacy.consent_cast import signed
from tests.pathway.release.release_cast import SIGNED_AT, kims_record
from tests.plan_cast import attend
from tests.progress_cast import NOW
from throughcare.knowledge.back_at_work import LessAWeek
from throughcare.knowledge.outward_words import tells_too_much
from throughcare.knowledge.privacy.part2_statements import SHORT_STATEMENT
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.privacy.consent import NewConsent
from throughcare.pathway.privacy.recipients import NewRecipient, enter_recipient
from throughcare.pathway.privacy.telling import To
from throughcare.pathway.release.letters import NewLetter, prepare_letter
from throughcare.pathway.release.sending import review_packet
from throughcare.records.episodes import Episode
from throughcare.records.organizations import Organization

pytestmark = pytest.mark.django_db
LAST = MONDAY + timedelta(days=6)


@pytest.fixture
def patient(cast):
    return kims_record(cast)


@pytest.fixture
def employer(cast):
    new = NewRecipient("employer", "Ms. Park", "Park Bakery")
    uid = enter_recipient(new, by=cast.clinician, at=SIGNED_AT)
    return To("employer", "Ms. Park", recipient=uid, affiliation="Park Bakery")


def consented(cast, patient, employer, **more):
    new = NewConsent(
        "specific",
        kinds=frozenset({"attendance"}),
        purposes=frozenset({"patient_request"}),
        recipient=employer.recipient,
        expires_at=NOW + timedelta(days=30),
    )
    return signed(cast, patient, replace(new, **more), at=SIGNED_AT)


def letter(cast, patient, employer, kind="attendance", *, first=MONDAY, last=LAST, less=None):
    new = NewLetter(kind, employer, "patient_request", first, last, "letter", less=less)
    made = prepare_letter(patient.uid, new, by=cast.clinician, at=NOW)
    return review_packet(made, by=cast.clinician, at=NOW).paper


def test_an_attendance_letter_says_how_often_and_nothing_of_why(cast, patient, employer):
    consented(cast, patient, employer)
    attend(cast, Episode.objects.get(patient=patient).uid, MONDAY + timedelta(days=4), status="no_show")
    paper = letter(cast, patient, employer)
    assert paper.letter == (
        "From March 2, 2026 to March 8, 2026, Kim Vance was expected on 4 days and came on 3: 9 hours in all.",
    )
    assert paper.statement == SHORT_STATEMENT and paper.explanations
    assert (paper.sections, paper.copies, paper.born) == ((), (), "")


def test_a_neutral_letter_names_no_kind_of_care(cast, patient, employer):
    consented(cast, patient, employer)
    said = " ".join(letter(cast, patient, employer, "neutral").letter).lower()
    assert "was here on: monday, march 2, 2026" in said
    for word in ("treatment", "program", "session", "group", "substance", "therapy", "clinic", "patient"):
        assert word not in said


def test_a_letter_for_work_says_when_they_were_here_and_nothing_of_days_they_did_not_come(
    cast, patient, employer
):
    consented(cast, patient, employer)
    attend(cast, Episode.objects.get(patient=patient).uid, MONDAY + timedelta(days=4), status="no_show")
    said = letter(cast, patient, employer, "times").letter
    assert said[0] == "Kim Vance had appointments with us and was here on:" and len(said) == 4
    assert said[1].startswith("Monday, March 2, 2026, ") and said[1].endswith(" PM")
    assert "March 6" not in " ".join(said)


def test_a_return_to_work_letter_says_the_day_and_nothing_else_and_a_clinician_says_so(
    cast, patient, employer
):
    consented(cast, patient, employer)
    back = NOW.date() + timedelta(days=12)
    assert letter(cast, patient, employer, "back", first=back, last=back).letter == (
        f"Kim Vance can be back at work or school from {back:%A, %B} {back.day}, {back.year}.",
    )
    with pytest.raises(Cannot, match="within the next 90 days"):
        letter(
            cast, patient, employer, "back", first=back + timedelta(days=120), last=back + timedelta(days=120)
        )
    new = NewLetter("back", employer, "patient_request", back, back, "letter")
    with pytest.raises(Cannot, match="said by a clinician"):
        prepare_letter(patient.uid, new, by=cast.case_manager, at=NOW)


def test_a_return_to_work_letter_may_say_how_much_a_week_until_when(cast, patient, employer):
    consented(cast, patient, employer)
    back, until = NOW.date() + timedelta(days=7), NOW.date() + timedelta(days=34)
    [said] = letter(
        cast, patient, employer, "back", first=back, last=until, less=LessAWeek(20, "hours")
    ).letter
    assert said == (
        "Kim Vance can be at work or school for up to 20 hours a week "
        "from Monday, April 20, 2026 to Sunday, May 17, 2026."
    )
    assert not tells_too_much(said) and LessAWeek(1, "days").words == "1 day a week"
    for last, less, field in (
        (until, LessAWeek(90, "hours"), "most"),
        (back + timedelta(days=300), LessAWeek(3, "days"), "last"),
    ):
        with pytest.raises(Cannot) as refused:
            letter(cast, patient, employer, "back", first=back, last=last, less=less)
        assert refused.value.field == field


@pytest.mark.parametrize("kind", ["times", "neutral", "back"])
def test_the_whole_paper_says_none_of_the_words_that_tell_what_care_it_is(cast, patient, employer, kind):
    """T-A7's words: on the letter itself, and here also on the page that the law wants."""
    Organization.objects.filter(pk=cast.organization).update(name="Harbor Recovery and Therapy")
    consented(cast, patient, employer)
    paper = letter(cast, patient, employer, kind)
    said = [paper.heading.neutral_name, paper.heading.phone, paper.title, paper.written, paper.about]
    for line in (*said, *paper.letter):
        assert not tells_too_much(line), line
    for line in (paper.statement, *paper.explanations):
        assert not tells_too_much(line.replace("the patient's own request", "")), line
    assert "Recovery" not in " ".join(paper.explanations)


def test_what_they_are_handed_themselves_needs_no_consent_and_carries_no_statement(cast, patient):
    paper = letter(cast, patient, To("patient", "The patient"), "neutral")
    assert (paper.to, paper.statement, paper.explanations) == ("Kim Vance", "", ())


@pytest.mark.parametrize("kind", ["attendance", "neutral"])
def test_without_a_consent_there_is_no_letter(cast, patient, employer, kind):
    with pytest.raises(Cannot, match="No consent lets this recipient"):
        letter(cast, patient, employer, kind)


@pytest.mark.parametrize("kind", ["attendance", "neutral"])
def test_a_consent_for_a_period_covers_no_day_outside_it(cast, patient, employer, kind):
    consented(cast, patient, employer, records_from=MONDAY + timedelta(days=2))
    with pytest.raises(Cannot):
        letter(cast, patient, employer, kind)
    assert letter(cast, patient, employer, kind, first=MONDAY + timedelta(days=2))


@pytest.mark.parametrize(("more", "field"), [
    ({"kind": "love"}, "letter"),
    ({"first": LAST, "last": MONDAY}, "last"),
    ({"last": NOW.date() + timedelta(days=1)}, "last"),
    ({"first": MONDAY - timedelta(days=20), "last": MONDAY - timedelta(days=10)}, "first"),
])  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(cast, patient, employer, more, field):
    consented(cast, patient, employer)
    for kind in [more["kind"]] if "kind" in more else ["attendance", "neutral"]:
        with pytest.raises(Cannot) as refused:
            letter(cast, patient, employer, **{**more, "kind": kind})
        assert refused.value.field == field
