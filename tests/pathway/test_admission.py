"""Admission: from a confirmed placement to an episode, and what is signed and entered on its first day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import at
from tests.plan_cast import admit, patient_of, place_person
from throughcare.knowledge.agreements import ALL as FORMS
from throughcare.pathway.cannot import Absent, Cannot, CannotSee, ChangedMeanwhile
from throughcare.pathway.care_plan.admission_tasks import admission_tasks
from throughcare.pathway.episode.admission import admit_patient, minor_sentence, offer_admission
from throughcare.pathway.episode.agreements import (
    agreements_due,
    guardians_of,
    read_agreement,
    sign_agreement,
    sign_as_guardian,
)
from throughcare.pathway.episode.care_team import (
    candidates_for,
    care_team_of,
    join_care_team,
    leave_care_team,
)
from throughcare.pathway.episode.diagnoses import diagnose, diagnoses_of, end_diagnosis, rank_diagnosis
from throughcare.pathway.people.people import NewRelatedPerson, add_related_person
from throughcare.pathway.program_settings import change_setting
from throughcare.records.episodes import Agreement, Episode, Stay
from throughcare.records.people import RelatedPerson

NAUGHTY = "'; DROP TABLE x; -- <script>alert(1)</script> Ω≈ç√ 田中さん \u202etest\u202c 👩🏽‍🦰"


def test_an_admission_opens_an_episode_with_its_first_stay(cast):
    episode = admit(cast, placed="iop")
    found = Episode.objects.get(uid=episode)
    stay = found.stays.get()
    assert (found.track, found.admitted_at, found.ended_at) == ("evening", at(9), None)
    assert (stay.level, stay.edition, stay.began_at, stay.reason) == ("iop", "ASAM 4th", at(9), "admission")
    assert stay.placement.placed == "iop"


def test_a_recovery_residence_is_added_to_the_level_it_stays_at(cast):
    assessment = place_person(cast, placed="iop+recovery-residence")
    offer = offer_admission(assessment, by=cast.clinician, at=at(9))
    assert (offer.level, offer.residence_added, bool(offer.verdict)) == ("iop", True, True)
    assert (
        Stay.objects.get(
            episode__uid=admit_patient(assessment, track="day", by=cast.clinician, at=at(9))
        ).level
        == "iop"
    )


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ({"decided": False}, "No placement is confirmed"),
        ({"placed": "emergency", "stop": True}, "stops an admission: emergency evaluation comes first"),
        ({"placed": "iop", "stop": True}, "stops an admission"),
        ({"placed": "withdrawal-management", "held": True}, "held until withdrawal care is done"),
        (
            {"placed": "residential-3.5"},
            "high-intensity residential, which this program does not offer".capitalize(),
        ),
    ],
)
def test_what_may_not_start_here_is_refused_in_a_sentence_and_writes_nothing(cast, person, words):
    assessment = place_person(cast, **person)
    with pytest.raises(Cannot) as refused:
        admit_patient(assessment, track="day", by=cast.clinician, at=at(9))
    assert words.lower() in refused.value.because.lower()
    assert not offer_admission(assessment, by=cast.clinician, at=at(9)).verdict
    assert not Episode.objects.exists()


def test_one_episode_is_open_at_a_time(cast):
    assessment = place_person(cast)
    admit_patient(assessment, track="day", by=cast.clinician, at=at(9))
    with pytest.raises(Cannot, match="in the program already"):
        admit_patient(assessment, track="day", by=cast.clinician, at=at(9, 1))
    assert Episode.objects.count() == 1


def test_the_database_holds_one_open_episode_too(cast):
    found = Episode.objects.get(uid=admit(cast))
    with pytest.raises(IntegrityError), transaction.atomic():
        Episode.objects.create(
            patient=found.patient,
            site=found.site,
            admitted_at=at(10),
            organization_id=cast.organization,
            recorded_at=at(10),
        )


@pytest.mark.parametrize(
    ("wrong", "field"), [({"track": "night"}, "track"), ({"track": "day", "level": "php"}, "level")]
)
def test_a_wrong_track_or_level_is_refused_at_its_field(cast, wrong, field):
    with pytest.raises(Cannot) as refused:
        admit_patient(place_person(cast), **wrong, by=cast.clinician, at=at(9))
    assert refused.value.field == field


def test_an_admission_lies_between_its_decision_and_now(cast):
    assessment = place_person(cast, when=at(8))
    for starts in (at(7), at(10)):
        with pytest.raises(Cannot):
            admit_patient(assessment, track="day", starts_at=starts, by=cast.clinician, at=at(9))
    admit_patient(assessment, track="day", starts_at=at(8, 30), by=cast.clinician, at=at(9))


def test_an_assessment_of_another_clinic_is_absent(cast):
    from tests.cast import gather_cast

    other = gather_cast("Other House", mail_host="other.test")
    with pytest.raises(Absent):
        admit_patient(place_person(cast), track="day", by=other.clinician, at=at(9))


@pytest.mark.parametrize("role", ["facilitator", "nurse", "biller", "admin", "compliance"])
def test_other_roles_may_not_admit(cast, role):
    with pytest.raises(CannotSee):
        admit_patient(place_person(cast), track="day", by=getattr(cast, role), at=at(9))


@pytest.mark.parametrize(("on", "minor"), [(date(2026, 2, 28), True), (date(2026, 3, 1), False)])
def test_someone_born_on_29_february_comes_of_age_on_1_march(on, minor):
    assert bool(minor_sentence(date(2008, 2, 29), on=on)) is minor


def test_an_unknown_birth_date_is_asked_for():
    assert "Ask for it" in minor_sentence(None, on=date(2026, 3, 2))


def test_every_agreement_has_words_for_the_program_and_none_left_open():
    for form in FORMS.values():
        text = form.text(program="Harbor House")
        assert "Harbor House" in text and "{" not in text and len(text) > 600


def test_telehealth_is_asked_of_those_who_come_by_video(cast):
    evening = agreements_due(admit(cast), by=cast.admissions, at=at(9))
    video = agreements_due(admit(cast, given="Vi", track="telehealth"), by=cast.admissions, at=at(9))
    assert "telehealth" not in {line.kind for line in evening}
    assert [line.required for line in video if line.kind == "telehealth"] == [True]
    assert [line.required for line in video if line.kind == "emergency-contact"] == [False]


def test_signing_keeps_the_exact_words_and_their_digest(cast):
    episode = admit(cast)
    shown = read_agreement(episode, "program-rules", by=cast.admissions, at=at(9))
    sign_agreement(
        episode,
        "program-rules",
        signed_name=f" {NAUGHTY} ",
        seen=shown.digest,
        by=cast.admissions,
        at=at(9, 5),
    )
    kept = Agreement.objects.get()
    assert (kept.text, kept.digest, kept.signed_name) == (shown.text, shown.digest, NAUGHTY)
    again = read_agreement(episode, "program-rules", by=cast.admissions, at=at(10))
    assert (again.signed_at, again.digest) == (at(9, 5), shown.digest)


@pytest.fixture
def teen(cast):
    """Kim is sixteen, with a mother and a little brother."""
    episode = admit(cast, given="Kim", born=date(2009, 6, 1))
    patient = Episode.objects.get(uid=episode).patient.uid
    for person in (
        NewRelatedPerson("Rosa Park", "mother"),
        NewRelatedPerson("Jun", "brother", birth_year=2012),
    ):
        add_related_person(patient, person, by=cast.admissions, at=at(9))
    return episode


def test_a_minors_agreement_is_complete_with_the_guardians_name(cast, teen):
    line = lambda: next(  # noqa: E731
        one for one in agreements_due(teen, by=cast.admissions, at=at(9)) if one.kind == "financial"
    )
    ((mother, shown),) = guardians_of(teen, by=cast.admissions, at=at(9))
    assert shown == "Rosa Park (mother)"
    sign = {"signed_name": " Rosa  Park ", "by": cast.admissions, "at": at(9, 10)}
    with pytest.raises(Cannot, match="signs first"):
        sign_as_guardian(teen, "financial", mother, **sign)
    sign_agreement(teen, "financial", signed_name="Kim Park", by=cast.admissions, at=at(9, 5))
    assert (line().needs_guardian, line().is_complete) == (True, False)
    sign_as_guardian(teen, "financial", mother, **sign)
    assert line().is_complete
    assert (line().guardian.signed_name, line().guardian.relationship) == ("Rosa Park", "mother")
    with pytest.raises(Cannot, match="already"):
        sign_as_guardian(teen, "financial", mother, **sign)


def test_a_guardian_is_a_grown_up_in_the_persons_life(cast, teen):
    sign_agreement(teen, "financial", signed_name="Kim Park", by=cast.admissions, at=at(9))
    brother = RelatedPerson.objects.get(birth_year=2012).uid
    sign = {"signed_name": "Jun", "by": cast.admissions, "at": at(9)}
    with pytest.raises(Cannot, match="under 18"):
        sign_as_guardian(teen, "financial", brother, **sign)
    with pytest.raises(Absent):
        sign_as_guardian(teen, "financial", cast.site, **sign)
    with pytest.raises(CannotSee):
        sign_as_guardian(teen, "financial", brother, **{**sign, "by": cast.biller})


def test_the_age_at_admission_decides_whether_a_guardian_signs(cast):
    grown = admit(cast, given="Al", born=date(2008, 3, 2))
    assert not any(line.needs_guardian for line in agreements_due(grown, by=cast.admissions, at=at(9)))
    almost = admit(cast, given="Bo", born=date(2008, 3, 3))
    later = at(9, day=date(2026, 4, 2))
    assert all(line.needs_guardian for line in agreements_due(almost, by=cast.admissions, at=later))
    with pytest.raises(Cannot, match="for themself"):
        sign_as_guardian(grown, "financial", cast.site, signed_name="x", by=cast.admissions, at=at(9))


def test_a_minor_whom_the_state_lets_consent_alone_signs_alone(cast, teen):
    from throughcare.records.organizations import Site

    Site.objects.filter(uid=cast.site).update(state="MN")
    assert not any(line.needs_guardian for line in agreements_due(teen, by=cast.admissions, at=at(9)))
    Site.objects.filter(uid=cast.site).update(state="TX")
    assert all(line.needs_guardian for line in agreements_due(teen, by=cast.admissions, at=at(9)))


def test_the_edition_of_the_criteria_is_the_programs_own(cast):
    change_setting("level.edition", 3, effective_date=at(9).date(), by=cast.admin, at=at(8))
    assessment = place_person(cast, placed="op")
    offer = offer_admission(assessment, by=cast.clinician, at=at(9))
    assert (offer.edition, offer.level_label) == ("ASAM 3rd", "1")
    episode = admit_patient(assessment, track="day", by=cast.clinician, at=at(9))
    assert Stay.objects.get(episode__uid=episode).edition == "ASAM 3rd"
    tasks = admission_tasks(patient_of(assessment), by=cast.clinician, at=at(9))
    assert (tasks.edition, tasks.level_label) == ("ASAM 3rd", "1")


def test_an_agreement_is_signed_once_with_a_name_and_the_words_that_were_read(cast):
    episode = admit(cast)
    with pytest.raises(Cannot, match="full name"):
        sign_agreement(episode, "financial", signed_name="  ", by=cast.admissions, at=at(9))
    with pytest.raises(ChangedMeanwhile):
        sign_agreement(episode, "financial", signed_name="Ana", seen="0" * 64, by=cast.admissions, at=at(9))
    with pytest.raises(Cannot, match="telehealth track"):
        sign_agreement(episode, "telehealth", signed_name="Ana", by=cast.admissions, at=at(9))
    with pytest.raises(Absent):
        sign_agreement(episode, "nonsense", signed_name="Ana", by=cast.admissions, at=at(9))
    sign_agreement(episode, "financial", signed_name="Ana", by=cast.admissions, at=at(9))
    with pytest.raises(Cannot, match="signed already"):
        sign_agreement(episode, "financial", signed_name="Ana", by=cast.admissions, at=at(9))


def ranks(cast, episode):
    lines = diagnoses_of(episode, by=cast.clinician, at=at(12))
    return [(line.code, line.rank) for line in lines if line.ended_at is None]


def test_diagnoses_keep_an_unbroken_order_with_the_principal_one_first(cast):
    episode = admit(cast)
    alcohol = diagnose(episode, "F10.20", by=cast.clinician, at=at(9))
    mood = diagnose(episode, "f33.1", by=cast.clinician, at=at(9))
    fear = diagnose(episode, "F41.1", rank=1, by=cast.clinician, at=at(9))
    assert ranks(cast, episode) == [("F41.1", 1), ("F10.20", 2), ("F33.1", 3)]
    rank_diagnosis(mood, rank=1, by=cast.clinician, at=at(9))
    assert ranks(cast, episode) == [("F33.1", 1), ("F41.1", 2), ("F10.20", 3)]
    end_diagnosis(fear, by=cast.clinician, at=at(10))
    assert ranks(cast, episode) == [("F33.1", 1), ("F10.20", 2)]
    rank_diagnosis(alcohol, rank=99, by=cast.clinician, at=at(9))
    assert ranks(cast, episode) == [("F33.1", 1), ("F10.20", 2)]
    with pytest.raises(Cannot, match="ended already"):
        end_diagnosis(fear, by=cast.clinician, at=at(10))


def test_a_diagnosis_stands_once_and_must_be_a_code_that_may_be_billed(cast):
    episode = admit(cast)
    diagnose(episode, "F10.20", by=cast.clinician, at=at(9))
    for code, words in (
        ("F10.20", "stands in this episode"),
        ("F10", "heads a group"),
        ("nope", "is not an ICD"),
    ):
        with pytest.raises(Cannot, match=words):
            diagnose(episode, code, by=cast.clinician, at=at(9))
    assert ranks(cast, episode) == [("F10.20", 1)]


def test_admissions_may_neither_see_nor_enter_diagnoses(cast):
    episode = admit(cast)
    with pytest.raises(CannotSee):
        diagnose(episode, "F10.20", by=cast.admissions, at=at(9))
    patient = Episode.objects.get(uid=episode).patient.uid
    tasks = admission_tasks(patient, by=cast.admissions, at=at(9))
    assert tasks is not None and tasks.diagnoses is None


def test_a_part_of_the_team_is_carried_by_one_at_a_time(cast):
    episode = admit(cast)
    carla, dana = (cast.practitioner_uid(one) for one in (cast.clinician, cast.director))
    first = join_care_team(episode, carla, part="primary_therapist", by=cast.clinician, at=at(9))
    assert join_care_team(episode, carla, part="primary_therapist", by=cast.clinician, at=at(9)) == first
    join_care_team(episode, dana, part="primary_therapist", by=cast.clinician, at=at(10))
    (member,) = care_team_of(episode, by=cast.clinician, at=at(10))
    assert member.name == "Dana Frost, LCSW"
    leave_care_team(member.uid, by=cast.clinician, at=at(11))
    assert care_team_of(episode, by=cast.clinician, at=at(11)) == ()


def test_only_someone_who_prescribes_is_the_prescriber(cast):
    episode = admit(cast)
    with pytest.raises(Cannot, match="another credential"):
        join_care_team(
            episode, cast.practitioner_uid(cast.clinician), part="prescriber", by=cast.clinician, at=at(9)
        )
    assert [one.name for one in candidates_for("prescriber", by=cast.clinician, at=at(9))] == [
        "Priya Shah, MD"
    ]


def test_candidates_say_how_many_people_they_carry(cast):
    carla = cast.practitioner_uid(cast.clinician)
    for given in ("Ana", "Ben"):
        join_care_team(admit(cast, given=given), carla, part="primary_therapist", by=cast.clinician, at=at(9))
    loads = {
        one.uid: one.caseload for one in candidates_for("primary_therapist", by=cast.clinician, at=at(9))
    }
    assert loads[carla] == 2 and set(loads.values()) == {0, 2}


def test_the_tasks_say_what_is_left(cast):
    assessment = place_person(cast, born=date(2009, 6, 1))
    patient = patient_of(assessment)
    assert admission_tasks(patient, by=cast.clinician, at=at(8, 40)) is None
    episode = admit_patient(assessment, track="evening", by=cast.clinician, at=at(9))
    tasks = admission_tasks(patient, by=cast.clinician, at=at(9))
    assert (tasks.left, tasks.unsigned, tasks.plan_status) == (4, 4, "due")
    assert tasks.minor.startswith("16 years old")
    mother = add_related_person(patient, NewRelatedPerson("Rosa", "mother"), by=cast.clinician, at=at(9))
    for kind in ("treatment-consent", "program-rules", "privacy-notice", "financial"):
        sign_agreement(episode, kind, signed_name="Kim", by=cast.clinician, at=at(9))
        sign_as_guardian(episode, kind, mother, signed_name="Rosa", by=cast.clinician, at=at(9))
    diagnose(episode, "F10.20", by=cast.clinician, at=at(9))
    later = admission_tasks(patient, by=cast.clinician, at=at(9) + timedelta(days=8))
    assert (later.left, later.unsigned, later.plan_status) == (2, 0, "overdue")


def test_the_task_list_asks_the_same_number_of_questions_however_much_is_done(
    cast, django_assert_max_num_queries
):
    episode = admit(cast)
    patient = Episode.objects.get(uid=episode).patient.uid
    for code in ("F10.20", "F33.1", "F41.1", "F43.10"):
        diagnose(episode, code, by=cast.clinician, at=at(9))
    with django_assert_max_num_queries(20):
        admission_tasks(patient, by=cast.clinician, at=at(9))
