"""The keys and the database: whether they belong together, and a newer key for everything that is sealed."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import connection

from tests.cast import MORNING
from tests.referral_cast import MAYA, patient_called, patient_of, refer
from tests.remembered import recall_cast
from throughcare import keys
from throughcare.keys import new_key, new_keyring, read_keyring, why_weak
from throughcare.pathway import keys_at_rest
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.keys_at_rest import keys_in_use, refuse_foreign_keys, refuse_weak_keys, seal_anew
from throughcare.pathway.people.finding import find_people
from throughcare.pathway.people.people import correct_details
from throughcare.records.people import Account, Patient
from throughcare.records.referrals import ReferralDocument

STRONG = "kX9-vVq3_Tz7bLmN2pRw8sYdHcJfGa5eUo4iQ1"


def in_the_database():
    """The first characters of every sealed patient name and document, and the witness."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given_name FROM records_patient UNION ALL SELECT words FROM records_keywitness"
        )
        return {row[0].partition(".")[0] for row in cursor.fetchall()}


def ring(settings, *names, base=None):
    """A keyring with these names, the index and any older keys as in `base`."""
    text = "\n".join([*(new_key(name) for name in names), base or new_keyring("k1")])
    settings.FIELD_KEYS = text
    return text


@pytest.fixture
def first(settings):
    """The keyring that everything in these tests is sealed under."""
    return ring(settings)


@pytest.fixture
def cast(first, db):
    """The clinic, sealed under the first keyring."""
    return recall_cast()


@pytest.mark.django_db
class TestRotation:
    def test_everything_is_sealed_under_the_new_key_and_is_found_and_read_as_before(
        self, cast, first, settings
    ):
        refuse_foreign_keys(at=MORNING)
        patient = patient_of(refer(cast, reason="Drinks every evening"))
        correct_details(patient, MAYA.__class__("Maya", "Bell"), by=cast.admissions, at=MORNING)
        second = ring(settings, "k2", base=first)
        assert keys_in_use() == {"k1"}
        told = []
        assert seal_anew(lambda table, rows: told.append((table, rows))) > 3
        assert ("records_patient", 1) in [(table, 1) for table, _ in told]
        assert keys_in_use() == set()
        assert in_the_database() == {"k2"}
        settings.FIELD_KEYS = second.replace(first.splitlines()[0], "")  # the old key leaves the ring
        assert list(keys.keyring().words) == ["k2"]
        refuse_foreign_keys(at=MORNING)
        assert patient_called("Maya").family_name == "Bell"
        for words in ("okaf", "bell"):
            assert [one.name for one in find_people(words, by=cast.admissions, at=MORNING)] == ["Maya Bell"]

    def test_it_goes_on_where_it_was_cut_off(self, cast, first, settings, monkeypatch):
        monkeypatch.setattr(keys_at_rest, "BATCH", 2)
        for number in range(7):
            refer(cast, MAYA.__class__(f"Maya {number}"))
        ring(settings, "k2", base=first)

        class Cut(Exception):
            pass

        def cut(table, rows):
            if table == "records_patient":
                raise Cut

        with pytest.raises(Cut):
            seal_anew(cut)
        assert in_the_database() == {"k1", "k2"}
        assert {one.given_name for one in Patient.objects.all()} == {f"Maya {number}" for number in range(7)}
        seal_anew(lambda table, rows: None)
        assert in_the_database() == {"k2"}
        assert seal_anew(lambda table, rows: None) == 0

    def test_the_secret_of_a_second_factor_is_sealed_anew(self, cast, first, settings):
        account = Account.objects.get(pk=cast.clinician.account)
        secret = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
        Authenticator.objects.create(user=account, type="totp", data={"secret": secret, "used": 3})
        ring(settings, "k2", base=first)
        assert keys_in_use() == {"k1"}
        seal_anew(lambda table, rows: None)
        assert keys_in_use() == set()
        data = Authenticator.objects.get(user=account).data
        assert data["secret"].startswith("k2.")
        assert get_adapter().decrypt(data["secret"]) == "JBSWY3DPEHPK3PXP"
        assert data["used"] == 3

    def test_a_document_is_sealed_anew_too_and_an_empty_one_stays(self, cast, first, settings):
        referral = refer(cast)
        row = patient_called("Maya").referrals.get(uid=referral)
        fact = {"organization_id": cast.organization, "recorded_at": MORNING, "referral": row}
        for content in (b"letter \x00\xff", b""):
            ReferralDocument.objects.create(**fact, title="", media_type="x", content=content, digest="")
        ring(settings, "k2", base=first)
        seal_anew(lambda table, rows: None)
        assert keys_in_use() == set()
        assert seal_anew(lambda table, rows: None) == 0
        assert [bytes(one.content) for one in ReferralDocument.objects.order_by("pk")] == [
            b"letter \x00\xff",
            b"",
        ]


@pytest.mark.django_db
class TestWitness:
    def test_keys_of_another_database_are_refused(self, settings):
        ring(settings)
        refuse_foreign_keys(at=MORNING)
        refuse_foreign_keys(at=MORNING)
        ring(settings)
        with pytest.raises(Cannot, match="don't open this database"):
            refuse_foreign_keys(at=MORNING)

    def test_a_changed_index_line_is_refused(self, settings):
        first = ring(settings)
        refuse_foreign_keys(at=MORNING)
        settings.FIELD_KEYS = "\n".join([first.splitlines()[0], new_key("index")])
        with pytest.raises(Cannot, match="line “index”"):
            refuse_foreign_keys(at=MORNING)

    def test_a_database_that_lost_its_witness_is_judged_by_its_people(self, cast, settings):
        refer(cast)
        ring(settings)
        with pytest.raises(Cannot, match="don't open this database"):
            refuse_foreign_keys(at=MORNING)


@pytest.mark.parametrize(
    ("secret", "why"),
    [
        ("", "has 0 characters"),
        ("changeme", "has 8 characters"),
        ("django-insecure-0123456789abcdefghijklmnopqrstuv", "others know"),
        ("please-change-me-0123456789abcdefghijklmnop", "others know"),
        ("a" * 60, "others know"),
        (STRONG, ""),
    ],
)
def test_a_secret_that_others_know_is_refused(secret, why):
    found = why_weak(secret, new_keyring("k1"))
    assert (why in found) if why else found == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "not `name:key`"),
        ("changeme", "not `name:key`"),
        (new_key("k1"), "needs a key for words and the key named “index”"),
        (new_key("index"), "needs a key for words"),
        ("k1:AAAA\n" + new_key("index"), "has 3 bytes"),
        ("k1:A\n" + new_key("index"), "cut or mistyped"),
        ("k1:" + "A" * 43 + "=\n" + new_key("index"), "not random"),
        ("k1:ZXhhbXBsZSBleGFtcGxlIGV4YW1wbGUgZXhhbXBsZSE=\n" + new_key("index"), "not random"),
        (new_key("k1") + "\n" + new_key("k1") + "\n" + new_key("index"), "Two keys are named"),
        (new_keyring("passing"), "There are no keys"),
        (new_keyring("k2").replace("\n", ","), "not `name:key`"),
        (new_keyring("k2").strip().replace("\n", ","), ""),
    ],
    ids=range(12),  # keys are made anew in each process, so they may not name the tests
)
def test_a_keyring_that_guards_nothing_is_refused(text, why):
    found = why_weak(STRONG, text)
    assert (why in found) if why else found == ""


def test_one_key_under_two_names_is_refused():
    line = new_key("k1")
    assert "Two names" in why_weak(STRONG, f"{line}\nindex:{line.partition(':')[2]}")


def test_a_demo_guards_nothing_and_starts_with_anything(settings):
    settings.SECRET_KEY = "changeme"
    with pytest.raises(Cannot, match="8 characters"):
        refuse_weak_keys()
    settings.DEMO = True
    refuse_weak_keys()


def test_a_new_key_in_the_file_is_met_by_who_runs_already(settings, tmp_path):
    first = ring(settings)
    file = tmp_path / "field-keys"
    file.write_text(f"{new_key('k2')}\n{first}", encoding="utf-8")
    settings.FIELD_KEYS = file.read_text(encoding="utf-8")
    sealed = keys.seal("Okafor", place="a.b")
    settings.FIELD_KEYS, settings.FIELD_KEYS_FILE = first, file  # as a server has it that started before
    assert keys.seal("Bell", place="a.b").startswith("k1.")
    assert keys.unseal(sealed, place="a.b") == "Okafor"
    assert keys.seal("Bell", place="a.b").startswith("k2.")


def test_a_keyring_does_not_show_its_keys_when_printed():
    text = new_keyring("k1")
    shown = repr(read_keyring(text))
    assert text.partition(":")[2][:20] not in shown
