"""The pages of admission, as staff use them."""

from datetime import date

import pytest
from django.urls import reverse

from tests.cast import at
from tests.pathway.test_admission import NAUGHTY
from tests.plan_cast import admit, patient_of, place_person
from throughcare.pathway.actor import Actor
from throughcare.pathway.episode.diagnoses import diagnose
from throughcare.pathway.people.people import NewRelatedPerson, add_related_person
from throughcare.records.episodes import Agreement, CareTeamMember, Diagnosis, Episode
from throughcare.records.people import RelatedPerson

ONCE = "5f0c3a52-8e0a-4bd8-9d25-1f3a4c1f2a10"


@pytest.fixture
def sign_in(client):
    def enter(actor: Actor):
        from throughcare.records.people import Account

        client.force_login(Account.objects.get(pk=actor.account))
        return client

    return enter


@pytest.fixture
def patient(cast):
    return Episode.objects.get(uid=admit(cast)).patient.uid


def test_admissions_admits_someone_and_lands_on_what_is_left(cast, sign_in):
    assessment = place_person(cast)
    client = sign_in(cast.admissions)
    url = reverse("admit", args=[assessment])
    assert b"Intensive outpatient" in client.get(url).content
    answer = client.post(url, {"site": cast.site, "track": "evening", "once": ONCE})
    assert answer.url == reverse("admission", args=[patient_of(assessment)])
    page = client.get(answer.url).content.decode()
    assert "Evening" in page and "Consent to treatment" in page and "Diagnoses" not in page


def test_a_double_click_admits_once(cast, sign_in):
    assessment = place_person(cast)
    client = sign_in(cast.clinician)
    for _ in range(2):
        answer = client.post(
            reverse("admit", args=[assessment]), {"site": cast.site, "track": "day", "once": ONCE}
        )
        assert answer.status_code == 302
    assert Episode.objects.count() == 1


def test_a_refused_placement_shows_its_sentence_and_no_form(cast, sign_in):
    page = (
        sign_in(cast.clinician).get(reverse("admit", args=[place_person(cast, stop=True)])).content.decode()
    )
    assert "stops an admission" in page and ">Admit<" not in page


def test_errors_stand_at_their_fields(cast, sign_in):
    url = reverse("admit", args=[place_person(cast)])
    answer = sign_in(cast.clinician).post(url, {"site": cast.site})
    assert answer.status_code == 422 and "Choose the track" in answer.content.decode()
    answer = sign_in(cast.clinician).post(
        url, {"site": cast.site, "track": "day", "starts_at": "2020-02-29T09:00"}
    )
    assert answer.status_code == 422 and "earlier than the placement" in answer.content.decode()


@pytest.mark.parametrize("role", ["facilitator", "nurse", "biller", "admin", "compliance"])
def test_other_roles_are_told_who_may_admit(cast, sign_in, role):
    answer = sign_in(getattr(cast, role)).get(reverse("admit", args=[place_person(cast)]))
    assert answer.status_code == 403


def test_documents_are_signed_one_after_the_other(cast, sign_in, patient):
    client = sign_in(cast.admissions)
    url = reverse("agreement", args=[patient, "treatment-consent"])
    page = client.get(url)
    assert "I take part of my own free will." in page.content.decode()
    seen = page.context["document"].digest
    answer = client.post(url, {"signed_name": NAUGHTY, "meant": "on", "seen": seen, "once": ONCE})
    assert answer.url == reverse("agreement", args=[patient, "program-rules"])
    assert Agreement.objects.get().signed_name == NAUGHTY
    page = client.get(url).content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;" in page and ">Sign<" not in page
    paper = client.get(reverse("agreement_print", args=[patient, "treatment-consent"])).content.decode()
    assert seen in paper and "田中さん" in paper


def test_a_signature_needs_name_and_tick_and_the_words_that_were_read(cast, sign_in, patient):
    client = sign_in(cast.admissions)
    url = reverse("agreement", args=[patient, "financial"])
    answer = client.post(url, {"signed_name": "", "seen": ""})
    assert answer.status_code == 422 and "Tick the box" in answer.content.decode()
    answer = client.post(url, {"signed_name": "Ana", "meant": "on", "seen": "0" * 64})
    assert answer.status_code == 422 and "wording changed" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_a_parent_signs_beside_a_minor(cast, sign_in):
    patient = Episode.objects.get(uid=admit(cast, given="Kim", born=date(2009, 6, 1))).patient.uid
    client = sign_in(cast.admissions)
    url = reverse("agreement", args=[patient, "financial"])
    signed = client.post(url, {"signed_name": "Kim", "meant": "on"})
    assert signed.url == url
    assert "Enter a parent or guardian" in client.get(url).content.decode()
    add_related_person(patient, NewRelatedPerson("Rosa", "mother"), by=cast.admissions, at=at(9))
    assert "Rosa (mother)" in client.get(url).content.decode()
    tasks = client.get(reverse("admission", args=[patient])).content.decode()
    assert "A parent or guardian signs too" in tasks
    assert client.post(url, {"signed_name": "Rosa", "meant": "on"}).status_code == 422
    mother = RelatedPerson.objects.get().uid
    answer = client.post(url, {"guardian": mother, "signed_name": "Rosa Park", "meant": "on"})
    assert answer.url == reverse("agreement", args=[patient, "treatment-consent"])
    assert "Rosa Park (mother)" in client.get(url).content.decode()
    paper = client.get(reverse("agreement_print", args=[patient, "financial"])).content.decode()
    assert "Rosa Park" in paper and "(mother)" in paper


def test_diagnoses_are_found_entered_ordered_and_ended_without_script(cast, sign_in, patient):
    client = sign_in(cast.clinician)
    url = reverse("diagnoses", args=[patient])
    assert "F10.20" in client.get(url, {"q": "alcohol depend"}).content.decode()
    client.post(url, {"code": "F10.20"})
    answer = client.post(url, {"code": "F33.1", "principal": "yes"})
    assert answer.status_code == 302
    order = lambda: list(  # noqa: E731
        Diagnosis.objects.filter(ended_at=None).order_by("rank").values_list("code", flat=True)
    )
    assert order() == ["F33.1", "F10.20"]
    alcohol = Diagnosis.objects.get(code="F10.20").uid
    client.post(reverse("rank_diagnosis", args=[patient, alcohol]), {"rank": "1"})
    assert order() == ["F10.20", "F33.1"]
    client.post(reverse("end_diagnosis", args=[patient, alcohol]))
    assert order() == ["F33.1"]
    assert "Ended diagnoses" in client.get(url).content.decode()


def test_the_search_answers_a_fragment_to_script(cast, sign_in, patient):
    url = reverse("diagnoses", args=[patient])
    part = sign_in(cast.clinician).get(url, {"q": "F41"}, headers={"HX-Request": "true"}).content.decode()
    assert "F41.1" in part and "<html" not in part and "csrfmiddlewaretoken" in part


@pytest.mark.parametrize("code", ["", "F10", NAUGHTY])
def test_a_code_that_is_none_is_refused_in_a_sentence(cast, sign_in, patient, code):
    answer = sign_in(cast.clinician).post(reverse("diagnoses", args=[patient]), {"code": code})
    assert answer.status_code == 422 and "Not entered" in answer.content.decode()


@pytest.mark.parametrize("rank", ["", "x", "²", "99999"])
def test_a_rank_that_is_no_number_is_refused(cast, sign_in, patient, rank):
    uid = diagnose(Episode.objects.get().uid, "F10.20", by=cast.clinician, at=at(9))
    url = reverse("rank_diagnosis", args=[patient, uid])
    assert sign_in(cast.clinician).post(url, {"rank": rank}).status_code == 409


def test_a_facilitator_reads_diagnoses_and_changes_none(cast, sign_in, patient):
    client = sign_in(cast.facilitator)
    page = client.get(reverse("diagnoses", args=[patient]))
    assert page.status_code == 200 and "Add a diagnosis" not in page.content.decode()
    client.post(reverse("diagnoses", args=[patient]), {"code": "F10.20"})
    assert not Diagnosis.objects.exists()


def test_the_care_team_is_set_in_one_form(cast, sign_in, patient):
    client = sign_in(cast.clinician)
    url = reverse("care_team", args=[patient])
    assert "Carla Reyes, LCSW (0 people)" in client.get(url).content.decode()
    carla, priya = (cast.practitioner_uid(one) for one in (cast.clinician, cast.prescriber))
    client.post(url, {"primary_therapist": carla, "prescriber": priya})
    assert CareTeamMember.objects.filter(ended_at=None).count() == 2
    client.post(url, {"primary_therapist": carla, "prescriber": ""})
    assert [one.part for one in CareTeamMember.objects.filter(ended_at=None)] == ["primary_therapist"]
    assert client.post(url, {"primary_therapist": priya, "case_manager": "nonsense"}).status_code == 422


def test_someone_never_admitted_has_no_tasks_yet(cast, sign_in):
    patient = patient_of(place_person(cast))
    client = sign_in(cast.clinician)
    assert "Not admitted yet" in client.get(reverse("admission", args=[patient])).content.decode()
    assert client.get(reverse("diagnoses", args=[patient])).status_code == 404
    assert client.get(reverse("care_team", args=[patient])).status_code == 404


def test_the_task_list_costs_the_same_however_much_is_entered(
    cast, sign_in, patient, django_assert_max_num_queries
):
    for code in ("F10.20", "F33.1", "F41.1"):
        diagnose(Episode.objects.get().uid, code, by=cast.clinician, at=at(9))
    client = sign_in(cast.clinician)
    with django_assert_max_num_queries(35):
        assert client.get(reverse("admission", args=[patient])).status_code == 200
