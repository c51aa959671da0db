"""Assessment: the person's part by link, the clinician's part, two at once, the signature."""

import json
from datetime import date, timedelta

import pytest

from tests.cast import at
from tests.intake_cast import (
    ALL_NO,
    BEN,
    BEN_RATED,
    DEV,
    SEVEN_TO_THREE,
    assess,
    ben,
    measure,
    patient_of,
    refer,
)
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.intake.assessment import (
    answer_section,
    assessment_view,
    assessments_of,
    invite_to_intake,
    open_assessment,
    open_by_token,
    rate_domain,
    sign_assessment,
)
from throughcare.pathway.intake.intake_invitation import (
    answer_by_token,
    measure_by_token,
    section_by_token,
    take_measure_by_token,
)
from throughcare.pathway.program_settings import change_setting
from throughcare.pathway.week.commitments import commitments_of
from throughcare.records.assessments import IntakeAnswer, IntakeInvitation
from throughcare.records.measures import MeasureResponse

NEVER = "no such token"


@pytest.fixture
def assessment(cast):
    """Ben's assessment, opened, nothing in it yet."""
    return assess(cast, BEN, reason="Drinking too much since the move")


@pytest.fixture
def token(cast, assessment):
    """Ben's link, made at ten."""
    return invite_to_intake(assessment, by=cast.clinician, at=at(10))


def test_opening_twice_opens_once(cast):
    referral = refer(cast, BEN)
    first = open_assessment(referral, by=cast.clinician, at=at(9))
    assert open_assessment(referral, by=cast.director, at=at(10)) == first
    assert [one.uid for one in assessments_of(referral, by=cast.clinician, at=at(10))] == [first]
    assert assessments_of(referral, by=cast.biller, at=at(10)) == ()


def test_the_link_greets_the_person_and_begins_with_the_first_page(cast, token):
    visit = open_by_token(token, at=at(11))
    assert visit.first_name == "Ben"
    assert visit.neutral_name == "Harbor"
    assert visit.next_page.code == "reach"
    assert visit.done == 0


def test_only_the_digest_is_kept(cast, token):
    kept = json.dumps(list(IntakeInvitation.objects.values("token_digest")))
    assert token not in kept
    assert len(token) >= 43


def test_what_the_referral_said_is_shown_and_not_asked_again(cast, token):
    reach = section_by_token(token, "reach", at=at(11))
    assert reach.answers["phone"] == "212-555-0141"
    assert reach.said[0].said_by == "before"
    hopes = section_by_token(token, "hopes", at=at(11))
    assert hopes.answers == {"brings": "Drinking too much since the move"}


def test_coming_back_goes_on_where_the_person_left(cast, token):
    answer_by_token(token, "reach", {"phone": "212-555-0141"}, seen_version=0, at=at(11))
    answer_by_token(token, "work", {"works": "no"}, seen_version=0, at=at(11))
    visit = open_by_token(token, at=at(20, day=date(2026, 3, 5)))
    assert visit.next_page.code == "home"
    assert visit.done == 2


def test_sending_a_page_twice_keeps_one_version(cast, assessment, token):
    for _ in range(2):
        answer_by_token(token, "work", {"works": "no"}, seen_version=0, at=at(11))
    assert IntakeAnswer.objects.filter(section="work").count() == 1


def test_the_link_runs_out_after_the_days_the_program_set(cast, assessment):
    change_setting("intake.link_days", 3, effective_date=date(2026, 1, 1), by=cast.director, at=at(8))
    token = invite_to_intake(assessment, by=cast.clinician, at=at(10))
    assert open_by_token(token, at=at(10) + timedelta(days=3, seconds=-1))
    with pytest.raises(Absent):
        open_by_token(token, at=at(10) + timedelta(days=3))


def test_a_new_link_ends_the_old_one(cast, assessment, token):
    newer = invite_to_intake(assessment, by=cast.clinician, at=at(11))
    with pytest.raises(Absent):
        open_by_token(token, at=at(12))
    assert open_by_token(newer, at=at(12))


@pytest.mark.parametrize("token", [NEVER, "", "x" * 5000, "\x00", "\ud800", "’; DROP TABLE"])
def test_a_token_that_never_was_opens_nothing(cast, token):
    with pytest.raises(Absent):
        open_by_token(token, at=at(11))


def test_a_page_that_is_not_the_persons_is_absent(cast, token):
    for code in ("checklist", "dast-10", "c-ssrs-screener", "nonsense"):
        with pytest.raises(Absent):
            section_by_token(token, code, at=at(11))
        with pytest.raises(Absent):
            take_measure_by_token(token, code, [0], at=at(11))


def test_the_persons_own_questionnaire_is_scored_and_marked_as_theirs(cast, assessment, token):
    taken = take_measure_by_token(token, "phq-9", [2] * 8 + [1, None], at=at(18, 10))
    assert taken.critical
    stored = MeasureResponse.objects.get()
    assert (stored.mode, stored.recorded_by, stored.assessment.uid) == ("self", None, assessment)
    assert assessment_view(assessment, by=cast.clinician, at=at(19)).risk_due
    assert measure_by_token(token, "phq-9", at=at(19)).answers[8] == 1


def test_answering_again_corrects_and_counts_from_that_moment(cast, assessment, token):
    take_measure_by_token(token, "phq-9", [0] * 9, at=at(11))
    measure(assessment, "c-ssrs-screener", ALL_NO, by=cast.clinician, when=at(12))
    take_measure_by_token(token, "phq-9", [0] * 8 + [2], at=at(13))
    assert MeasureResponse.objects.filter(code="phq-9", retired_at__isnull=True).count() == 1
    assert assessment_view(assessment, by=cast.clinician, at=at(14)).risk_due, (
        "the screen came before the answer"
    )


def test_a_teenager_is_asked_in_the_form_for_teenagers(cast):
    from throughcare.pathway.people.people import PersonDetails

    young = assess(cast, PersonDetails("Kim", "Lane", birth_date=date(2010, 1, 1)))
    token = invite_to_intake(young, by=cast.clinician, at=at(10))
    codes = [page.code for page in open_by_token(token, at=at(11)).pages]
    assert "phq-a" in codes
    assert "phq-9" not in codes


def test_who_said_what_is_told_answer_by_answer(cast, assessment, token):
    given = {"works": "yes", "work_kind": "Baker"}
    answer_by_token(token, "work", given, seen_version=0, at=at(11))
    confirmed = {**given, "work_kind": "Baker, nights"}
    answer_section(
        assessment, "work", confirmed, said_by="clinician", by=cast.clinician, at=at(12), seen_version=1
    )
    section = assessment_view(assessment, by=cast.clinician, at=at(13)).section("work")
    told = {said.question.code: (said.words, said.said_by, said.who) for said in section.said}
    assert told["works"] == ("Yes", "patient", "Ben")
    assert told["work_kind"] == ("Baker, nights", "clinician", "Carla Reyes")
    assert (section.state, section.version) == ("done", 2)


def test_the_second_of_two_is_shown_what_the_first_wrote_and_nothing_is_lost(cast, assessment):
    write = {"said_by": "clinician", "seen_version": 0}
    answer_section(assessment, "work", {"works": "no"}, by=cast.clinician, at=at(12), **write)
    with pytest.raises(ChangedMeanwhile) as changed:
        answer_section(assessment, "work", {"works": "yes"}, by=cast.director, at=at(12, 1), **write)
    assert changed.value.changed_by == "Carla Reyes"
    assert "Do you work? No" in changed.value.theirs
    write["seen_version"] = changed.value.version
    answer_section(assessment, "work", {"works": "yes"}, by=cast.director, at=at(12, 2), **write)
    assert [row.answers for row in IntakeAnswer.objects.order_by("version")] == [
        {"works": "no"},
        {"works": "yes"},
    ]


def test_confirmed_hours_become_commitments_and_leave_when_they_change(cast, assessment, token):
    hours = {"works": "yes", "work_hours": SEVEN_TO_THREE}
    answer_by_token(token, "work", hours, seen_version=0, at=at(11))
    person = patient_of(assessment).uid
    assert commitments_of(person, by=cast.clinician, at=at(11)) == [], "not before a clinician confirms"
    confirm = {"said_by": "clinician", "by": cast.clinician}
    answer_section(assessment, "work", hours, at=at(12), seen_version=1, **confirm)
    week = commitments_of(person, by=cast.clinician, at=at(13))
    assert [(one.kind, one.weekday, f"{one.starts:%H}-{one.ends:%H}") for one in week] == [
        ("work", day, "07-15") for day in range(5)
    ]
    four_days = {**hours, "work_hours": SEVEN_TO_THREE[:4]}
    answer_section(assessment, "work", four_days, at=at(14), seen_version=2, **confirm)
    assert [one.weekday for one in commitments_of(person, by=cast.clinician, at=at(15))] == [0, 1, 2, 3]


def test_confirmed_details_reach_the_persons_record(cast, assessment):
    given = {
        "preferred_name": "Benny",
        "phone": "212-555-0199",
        "safe_ways": ["text"],
        "emergency_name": "Ruth, sister",
        "emergency_phone": "212-555-0111",
    }
    answer_section(
        assessment, "reach", given, said_by="clinician", by=cast.clinician, at=at(12), seen_version=0
    )
    person = patient_of(assessment)
    assert (person.preferred_name, person.phone, person.contact_wishes) == (
        "Benny",
        "212-555-0199",
        {"text": True},
    )
    assert person.revisions.count() == 1
    assert person.related_people.get().emergency_contact


def test_an_answer_off_its_scale_names_its_question(cast, assessment):
    with pytest.raises(Cannot) as refusal:
        answer_section(
            assessment,
            "history",
            {"overdoses": "many"},
            said_by="clinician",
            by=cast.clinician,
            at=at(12),
            seen_version=0,
        )
    assert refusal.value.field == "overdoses"


def test_naughty_words_are_kept_as_they_are(cast, assessment, token, shared_data):
    words = [line for line in json.loads((shared_data / "input" / "blns.json").read_text()) if line.strip()]
    kept = 0
    for number, line in enumerate(words):
        try:
            answer_by_token(
                token, "hopes", {"hopes": line}, seen_version=kept, at=at(11) + timedelta(seconds=number)
            )
        except Cannot as refusal:
            assert refusal.field == "hopes"
            continue
        newest = IntakeAnswer.objects.filter(section="hopes").order_by("-version").first()
        assert newest.answers["hopes"] == line.strip()
        kept = newest.version
    assert kept > 400


@pytest.mark.parametrize(
    ("rating", "evidence", "field"), [(5, "x", "rating"), (-1, "x", "rating"), (2, "  ", "evidence")]
)
def test_a_rating_is_0_to_4_with_its_evidence(cast, assessment, rating, evidence, field):
    with pytest.raises(Cannot) as refusal:
        rate_domain(assessment, "M", rating=rating, evidence=evidence, by=cast.clinician, at=at(12))
    assert refusal.value.field == field


def test_two_who_rate_at_once_see_each_other(cast, assessment):
    rate_domain(assessment, "M", rating=2, evidence="Low mood", by=cast.clinician, at=at(12), seen_version=0)
    with pytest.raises(ChangedMeanwhile, match="Carla Reyes rated this") as changed:
        rate_domain(assessment, "M", rating=3, evidence="Worse", by=cast.director, at=at(12), seen_version=0)
    assert changed.value.theirs == "2: Low mood"
    assert (
        rate_domain(assessment, "M", rating=3, evidence="Worse", by=cast.director, at=at(12), seen_version=1)
        == 2
    )
    assert assessment_view(assessment, by=cast.clinician, at=at(13)).domain("M").rating == 3


def test_signing_says_what_is_missing(cast, assessment):
    against = assessment_view(assessment, by=cast.clinician, at=at(12)).against_signing
    assert len(against) == 2
    assert "Rate every domain" in against[0]
    assert "safety screen" in against[1]
    with pytest.raises(Cannot, match="Rate every domain"):
        sign_assessment(assessment, by=cast.clinician, at=at(12))
    for code in BEN_RATED:
        rate_domain(assessment, code, rating=1, evidence="Seen", by=cast.clinician, at=at(12))
    with pytest.raises(Cannot, match="safety screen"):
        sign_assessment(assessment, by=cast.clinician, at=at(12))
    measure(assessment, "c-ssrs-screener", [0, 0, None, None, None, None, None], by=cast.clinician)
    with pytest.raises(Cannot, match="safety screen"):
        sign_assessment(assessment, by=cast.clinician, at=at(12))
    measure(assessment, "asq", [0, 0, 0, 0, None], by=cast.clinician)
    sign_assessment(assessment, by=cast.clinician, at=at(12))


def test_the_signature_closes_the_assessment_and_ends_the_link(cast):
    assessment = ben(cast)
    token = invite_to_intake(assessment, by=cast.clinician, at=at(11))
    sign_assessment(assessment, by=cast.clinician, at=at(12))
    with pytest.raises(Absent):
        open_by_token(token, at=at(12, 1))
    for attempt in (
        lambda: rate_domain(assessment, "M", rating=3, evidence="x", by=cast.clinician, at=at(13)),
        lambda: answer_section(
            assessment, "work", {}, said_by="clinician", by=cast.clinician, at=at(13), seen_version=1
        ),
        lambda: invite_to_intake(assessment, by=cast.clinician, at=at(13)),
        lambda: sign_assessment(assessment, by=cast.clinician, at=at(13)),
    ):
        with pytest.raises(Cannot, match="signed"):
            attempt()
    seen = assessment_view(assessment, by=cast.clinician, at=at(13))
    assert seen.signed_by == "Carla Reyes, LCSW"


@pytest.mark.parametrize("role", ["biller", "admissions", "compliance", "admin"])
def test_these_roles_open_no_assessment(cast, assessment, role):
    with pytest.raises(CannotSee):
        assessment_view(assessment, by=getattr(cast, role), at=at(12))


def test_a_facilitator_reads_and_does_not_write(cast, assessment):
    assert assessment_view(assessment, by=cast.facilitator, at=at(12)).patient_name == "Ben Adler"
    with pytest.raises(CannotSee):
        rate_domain(assessment, "M", rating=2, evidence="x", by=cast.facilitator, at=at(12))
    with pytest.raises(CannotSee):
        invite_to_intake(assessment, by=cast.facilitator, at=at(12))


def test_the_page_takes_as_many_queries_however_much_was_said(cast, django_assert_max_num_queries):
    assessment = ben(cast)
    for minute in range(20):
        rate_domain(
            assessment,
            "M",
            rating=minute % 4,
            evidence=f"Look {minute}",
            by=cast.clinician,
            at=at(12, minute),
        )
        measure(assessment, "phq-9", [minute % 4] * 9, by=cast.clinician, when=at(12, minute))
    with django_assert_max_num_queries(12):
        assessment_view(assessment, by=cast.clinician, at=at(13))


def test_dev_at_intake_has_no_tier_until_asked(cast):
    assert assessment_view(assess(cast, DEV), by=cast.clinician, at=at(10)).tier == ""
