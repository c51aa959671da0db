"""Files of referrals are taken in; what is wrong is refused with its place, and the rest goes on."""

import gzip
import json

import pytest

from tests.cast import MORNING
from tests.referral_cast import a_bundle, a_patient, as_bytes, patient_called
from throughcare.pathway.cannot import CannotSee
from throughcare.pathway.people.search_keys import phone_key
from throughcare.pathway.referral.referral import close_referral
from throughcare.pathway.referral.referral_csv import template
from throughcare.pathway.referral.referral_import import import_document, read_document_parts
from throughcare.pathway.referral.referral_reading import Unreadable
from throughcare.pathway.referral.unpack import unpack
from throughcare.records.people import Patient
from throughcare.records.referrals import Referral, ReferralDocument

pytestmark = pytest.mark.django_db


def take_in(cast, content, name="referral.json"):
    return import_document(name, content, site=cast.site, by=cast.admissions, at=MORNING)


def refused_at(cast, content, name="referral.json"):
    report = take_in(cast, content, name)
    assert not report.taken_in
    assert not Patient.objects.exists() and not ReferralDocument.objects.exists()
    return {part.place: part.because for part in report.refused}


def condition(words, code="1", subject="urn:uuid:p1", **more):
    return {
        "resourceType": "Condition",
        "id": f"c{code}",
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": code, "display": words}]},
        "subject": {"reference": subject},
        **more,
    }


def test_a_bundle_becomes_a_referral_with_its_person_and_history(cast):
    order = {
        "resourceType": "ServiceRequest",
        "id": "s1",
        "status": "active",
        "code": {"text": "Intensive outpatient"},
        "requester": {"reference": "urn:uuid:d1"},
        "subject": {"reference": "urn:uuid:p1"},
    }
    doctor = {"resourceType": "Practitioner", "id": "d1", "name": [{"family": "Lee", "prefix": ["Dr."]}]}
    score = {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "44261-6"}]},
        "subject": {"reference": "urn:uuid:p1"},
        "effectiveDateTime": "2026-02-01T10:00:00Z",
        "valueQuantity": {"value": 16},
    }
    report = take_in(cast, as_bytes(a_bundle(order, doctor, score, condition("Major depressive disorder"))))
    assert report.refused == ()
    referral = Referral.objects.get(uid=report.taken_in[0].referral)
    person = referral.patient
    assert (person.given_name, person.family_name) == ("María del Carmen", "Villa")
    assert phone_key(person.phone) == "+12125550177"
    assert person.address == "12 Canal St, New York, NY 10013"
    assert person.language == "es"
    assert referral.concerns == ["depression"]
    assert referral.referrer_name == "Dr. Lee"
    assert "PHQ-9 total as sent: 16 on 2026-02-01." in referral.reason
    assert "Asked for: Intensive outpatient." in referral.reason


def test_the_same_file_twice_changes_nothing(cast):
    content = as_bytes(a_bundle())
    first = take_in(cast, content)
    again = take_in(cast, as_bytes(a_bundle(), packed=True), "referral.json.gz")
    assert [one.referral for one in again.already] == [first.taken_in[0].referral]
    assert not again.taken_in
    assert (Referral.objects.count(), Patient.objects.count(), ReferralDocument.objects.count()) == (1, 1, 1)


def test_a_newer_export_of_an_open_referral_is_kept_beside_it(cast):
    take_in(cast, as_bytes(a_bundle()))
    report = take_in(cast, as_bytes(a_bundle(condition("Asthma"))))
    assert "newer document" in report.already[0].notes[0]
    assert (Referral.objects.count(), ReferralDocument.objects.count()) == (1, 2)


def test_a_person_who_was_closed_is_referred_again_under_the_same_number(cast):
    first = take_in(cast, as_bytes(a_bundle())).taken_in[0].referral
    close_referral(first, reason="declined", by=cast.admissions, at=MORNING)
    report = take_in(cast, as_bytes(a_bundle(condition("Asthma"))))
    assert len(report.taken_in) == 1
    assert (Referral.objects.count(), Patient.objects.count()) == (2, 1)


def test_a_number_that_belongs_to_someone_else_is_refused(cast):
    take_in(cast, as_bytes(a_bundle()))
    other = a_patient(name=[{"family": "Stone", "given": ["Peter"]}])
    report = take_in(cast, as_bytes(a_bundle(patient=other)))
    assert report.refused[0].place == "Bundle.entry[0].resource.identifier"
    assert "another name" in report.refused[0].because


def test_a_social_security_number_is_never_a_key(cast):
    ssn = {
        "type": {"coding": [{"code": "SS"}]},
        "system": "http://hl7.org/fhir/sid/us-ssn",
        "value": "999-94-2255",
    }
    take_in(cast, as_bytes(a_bundle(patient=a_patient(identifier=[ssn]))))
    assert "999-94" not in Referral.objects.get().external_id


def packed(content: bytes) -> bytes:
    """The same bytes each time: names of tests must not depend on the clock."""
    return gzip.compress(content, mtime=0)


@pytest.mark.parametrize(
    ("patient", "place", "words"),
    [
        (a_patient(birthDate="2031-01-01"), "birthDate", "lies in the future"),
        (a_patient(birthDate="2001-02-29"), "birthDate", "not a day of the calendar"),
        (a_patient(birthDate="14.10.1993"), "birthDate", "a date such as 1984-03-27"),
        (a_patient(birthDate=19931014), "birthDate", "a string is expected"),
        (a_patient(birthDate="1790-01-01"), "birthDate", "more than 130 years ago"),
        (a_patient(name=[]), "name", "no name"),
        (a_patient(name=None), "name", "no name"),
        (a_patient(name="Villa"), "name", "a list is expected"),
        (a_patient(name=[{"family": 7}]), "name[0].family", "a string is expected"),
        (a_patient(name=[{"given": ["A", 3]}]), "name[0].given[1]", "a string is expected"),
        (a_patient(name=[{"family": "V", "given": "Ana"}]), "name[0].given", "a list of strings"),
        (a_patient(gender="woman"), "gender", "one of male, female, other, unknown"),
        (a_patient(telecom=[{"system": "phone", "value": 2125550177}]), "telecom[0].value", "a string"),
        (a_patient(name=[{"family": "V\x00lla"}]), "name[0].family", "can't be stored"),
        (a_patient(name=[{"family": "x" * 101, "given": ["A"]}]), "name[0].family", "may have 100"),
    ],
)
def test_a_wrong_patient_is_refused_with_its_place(cast, patient, place, words):
    found = refused_at(cast, as_bytes(a_bundle(patient=patient)))
    assert words in found[f"Bundle.entry[0].resource.{place}"]


@pytest.mark.parametrize(
    ("bundle", "place", "words"),
    [
        ([], "Bundle", "one FHIR Bundle object"),
        ({"resourceType": "Patient"}, "resourceType", "“Bundle” is expected, found “Patient”"),
        ({}, "resourceType", "it is missing"),
        ({"resourceType": "Bundle"}, "Bundle.entry", "no resources"),
        ({"resourceType": "Bundle", "entry": {}}, "Bundle.entry", "a list is expected"),
        ({"resourceType": "Bundle", "entry": [1]}, "Bundle.entry[0]", "an object is expected"),
        (
            {"resourceType": "Bundle", "entry": [{"resource": {"id": "x"}}]},
            "Bundle.entry[0].resource.resourceType",
            "",
        ),
        (a_bundle(patient=condition("x", subject="urn:uuid:c1")), "Bundle.entry", "no Patient"),
        (
            a_bundle({"resourceType": "Pacient", "id": "z"}),
            "Bundle.entry[1].resource.resourceType",
            "“Pacient”",
        ),
        (a_bundle({"resourceType": 4}), "Bundle.entry[1].resource.resourceType", "a string is expected"),
        (
            a_bundle(condition("x", subject="urn:uuid:gone")),
            "Bundle.entry[1].resource.subject.reference",
            "leads to nothing",
        ),
        (
            a_bundle(condition("x", subject="Patient/9")),
            "Bundle.entry[1].resource.subject.reference",
            "leads to nothing",
        ),
        (
            a_bundle({"resourceType": "Coverage", "id": "v", "payor": [{"reference": "#nobody"}]}),
            "Bundle.entry[1].resource.payor[0].reference",
            "leads to nothing",
        ),
        (
            a_bundle({"resourceType": "Encounter", "id": "e", "subject": {"reference": 5}}),
            "Bundle.entry[1].resource.subject.reference",
            "a string is expected",
        ),
        (
            a_bundle(condition("x", code=5)),
            "Bundle.entry[1].resource.code.coding[0].code",
            "a string is expected",
        ),
    ],
)
def test_a_wrong_bundle_is_refused_with_its_place(cast, bundle, place, words):
    assert words in refused_at(cast, as_bytes(bundle))[place]


def test_two_patients_are_refused_with_both_places(cast):
    found = refused_at(cast, as_bytes(a_bundle(a_patient(id="p2"))))
    assert "2 patients" in found["Bundle.entry[0].resource and Bundle.entry[1].resource"]


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"", "the file", "empty"),
        (b"  \n ", "the file", "nothing but blanks"),
        (b'{"resourceType": "Bundle",', "line 1, column 27", "not JSON"),
        (b'{"a": "\xff"}', "byte 7", "not UTF-8"),
        (b"[" * 100_000, "the file", "nested too deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", "the file", "number that can't be read"),
        (packed(b"x" * 99)[:10] + b"\xff" * 20, "the file", "gzip packing is broken"),
        (packed(b"{}" * 5000)[:-12], None, "ends too soon"),
        (packed(packed(b"{}")), "the file", "packed twice"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(cast, content, place, words):
    found = refused_at(cast, content)
    assert words in (found[place] if place else next(iter(found.values())))


def test_deep_nesting_that_json_can_hold_is_refused(cast):
    deep = a_patient(extension=[])
    inner = deep["extension"]
    for _ in range(150):
        inner.append({"extension": []})
        inner = inner[0]["extension"]
    assert "nested too deeply" in refused_at(cast, as_bytes(a_bundle(patient=deep)))["Bundle"]


def test_a_gzip_bomb_is_stopped_at_the_limit():
    bomb = gzip.compress(b"0" * 3_000_000)
    assert len(bomb) < 10_000
    from throughcare.pathway.referral.referral_reading import Unreadable

    with pytest.raises(Unreadable, match="more than 1 MB"):
        unpack(bomb, limit=1_000_000 + 48_576)


def test_references_that_exports_leave_outside_are_no_error(cast):
    outside = [
        condition("Asthma", "1", encounter={"reference": "Encounter/77"}),
        condition("Cough", "2", asserter={"reference": "Practitioner?identifier=npi|1"}),
        condition("Stress", "3", encounter={"reference": "https://ehr.test/fhir/Encounter/1"}),
    ]
    assert len(take_in(cast, as_bytes(a_bundle(*outside))).taken_in) == 1


def test_what_is_known_of_another_person_is_refused(cast):
    other = {"resourceType": "RelatedPerson", "id": "r1"}
    found = refused_at(cast, as_bytes(a_bundle(other, condition("x", subject="urn:uuid:r1"))))
    assert "not the bundle's patient" in found["Bundle.entry[2].resource.subject.reference"]


def test_a_birth_date_without_a_day_is_taken_in_with_a_note(cast):
    report = take_in(cast, as_bytes(a_bundle(patient=a_patient(birthDate="1993-10"))))
    assert report.taken_in[0].notes == ("Born 1993-10; the export gives no day.",)
    assert Patient.objects.get().birth_date is None


def test_one_bad_line_does_not_stop_the_others(cast):
    good = json.dumps(a_bundle())
    other = json.dumps(a_bundle(patient=a_patient(id="p9", identifier=[], name=[{"text": "Prince"}])))
    report = take_in(cast, f"{good}\n{{broken\n{other}\n".encode(), "all.ndjson")
    assert len(report.taken_in) == 2
    assert report.refused[0].place.startswith("line 2: line 1, column 2")
    assert patient_called("Prince").family_name == ""


def test_the_template_imports_as_it_stands(cast):
    report = take_in(cast, template().encode("utf-8-sig"), "referrals.csv")
    assert report.refused == ()
    referral = Referral.objects.get()
    assert referral.patient.family_name == "del Carmen Villa"
    assert referral.concerns == ["alcohol", "depression"]
    assert referral.patient.contact_wishes == {"voicemail": True, "text": True}


def test_rows_of_a_table_stand_and_fall_by_themselves(cast):
    rows = [
        "given_name;family_name;birth_date;concerns;voicemail_ok;shoe size",
        "José;Ñandú;30717;alcohol;yes;9",
        "Ana;Bell;2/30/1984;;;",
        "Bo;Lind;3/27/84;;;",
        ";;1984-03-27;;;",
        "Cy;Ray;1984-03-27;gambling;maybe;",
        "Di;Fox;1/1/2031;;;",
        "Ed;Gold;02/29/1984;anxiety;no;",
    ]
    report = take_in(cast, "\r\n".join(rows).encode(), "table.csv")
    assert [one.place for one in report.taken_in] == ["row 2", "row 8"]
    assert report.taken_in[0].notes == ("Columns not read: shoe_size",)
    assert patient_called("José").birth_date.isoformat() == "1984-02-05"
    found = {part.place: part.because for part in report.refused}
    assert "not a day of the calendar" in found["row 3, column birth_date"]
    assert "1984-03-27 or 3/27/1984" in found["row 4, column birth_date"]
    assert "no name" in found["row 5, column given_name"]
    assert "“gambling” is not one of" in found["row 6, column concerns"]
    assert "yes or no" in found["row 6, column voicemail_ok"]
    assert "future" in found["row 7, column birth_date"]


def test_a_byte_that_is_not_utf_8_spoils_its_row_only(cast):
    content = b"given_name,family_name\nJos\xe9,Ruiz\nAna,Bell\n"
    report = take_in(cast, content, "table.csv")
    assert len(report.taken_in) == 1
    assert report.refused[0].place == "row 2, column given_name"
    assert "0xe9" in report.refused[0].because


def test_the_same_table_twice_changes_nothing(cast):
    content = b"given_name,family_name,external_id\nAna,Bell,R-1\nBo,Lind,\n"
    take_in(cast, content, "table.csv")
    report = take_in(cast, content, "again.csv")
    assert (len(report.taken_in), len(report.already)) == (0, 2)


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"name,born\nAna,1990-01-01\n", "row 1", "no column given_name"),
        (b"PK\x03\x04xxxx", "the file", "Excel workbook"),
        (b"given_name,given_name\nA,B\n", "row 1", "twice"),
        (b"given_name,family_name\n", "the file", "no referral in it"),
        (b'given_name,family_name\nAna,Bell,"New York, NY"\n', "row 2", "3 cells under 2 columns"),
    ],
)
def test_a_wrong_table_says_what_would_be_right(cast, content, place, words):
    assert words in refused_at(cast, content, "table.csv")[place]


def test_a_biller_may_not_import(cast):
    with pytest.raises(CannotSee):
        import_document("a.json", as_bytes(a_bundle()), site=cast.site, by=cast.biller, at=MORNING)


def test_all_shared_referrals_are_taken_in_once(cast, shared_data):
    files = sorted((shared_data / "referrals").glob("*/*"))
    assert len(files) == 36
    for _ in range(2):
        reports = [take_in(cast, file.read_bytes(), file.name) for file in files]
        assert [report.refused for report in reports if report.refused] == []
    assert all(report.already for report in reports)
    assert Patient.objects.count() == Referral.objects.count() == ReferralDocument.objects.count() == 36
    villa = patient_called("Villa")
    assert (villa.given_name, villa.language, villa.sex) == ("María del Carmen", "es", "female")
    assert patient_called("O'Hara").given_name == "Cary"


def test_a_byte_that_is_no_utf8_in_a_column_nobody_reads_spoils_nothing(cast):
    """Found by `bench.fuzz referrals-unnamed`."""
    table = b"given_name,family_name,other\nNoor,Lind,x\nAna,Flores,y\xff\n"
    parts = list(read_document_parts("a.csv", table, today=MORNING.date()))
    assert len(parts) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"[" + b"{}," * 500_000 + b"{}]"),
        ("a.csv", b"given_name,family_name\n" + b"a,b\n" * 50_001),
        ("a.ndjson", b"{}\n" * 50_001),
    ],
)
def test_t_m1_what_would_take_all_memory_or_minutes_is_refused_before_it_is_read(name, content):
    with pytest.raises(Unreadable, match="split it into smaller files"):
        list(read_document_parts(name, content, today=MORNING.date()))
