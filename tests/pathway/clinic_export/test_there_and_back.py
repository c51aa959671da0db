"""What is exported is read in again, equal; a table that nobody listed makes it fail."""

import csv
import json

import pytest
from django.core.management import call_command
from django.db import connection

from tests.boards_cast import in_program
from tests.cast import MORNING
from throughcare.faces.clinic_export.drawing import draw_person
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.clinic_export import tables as listed
from throughcare.pathway.clinic_export.asking import Allowance, answer_export, ask_for_export, take_export
from throughcare.pathway.clinic_export.folder import SEAL, SUMS
from throughcare.pathway.clinic_export.lines import read_lines
from throughcare.pathway.clinic_export.reading_in import read_clinic
from throughcare.pathway.clinic_export.tables import BELONGS, LEFT_OUT, NOBODYS, tables
from throughcare.pathway.clinic_export.values import BadExport, unveiled, veiled
from throughcare.pathway.clinic_export.writing import write_clinic
from throughcare.pathway.holding import is_held
from throughcare.pathway.privacy.chain import verify_every_chain
from throughcare.records.community import MilestoneWish
from throughcare.records.people import Account, Patient


def taken(cast) -> Allowance:
    request = ask_for_export(reason="A clinic that moves", by=cast.admin, at=MORNING)
    answer_export(request, yes=True, words="", by=cast.compliance, at=MORNING)
    return take_export(request, at=MORNING)


def exported(cast, folder):
    ana = in_program(cast, "Ana", "=Ruiz")
    # Words in a sealed column that are a day: the chart says them as one.
    MilestoneWish.objects.create(
        organization_id=cast.organization, patient_id=ana.key, sober_since="2026-01-09", recorded_at=MORNING
    )
    return write_clinic(taken(cast), folder, draw=draw_person)


@pytest.mark.django_db
def test_every_table_is_exported_or_listed_with_a_reason():
    stored = {one.model._meta.db_table for one in tables()}
    assert stored | set(LEFT_OUT) == set(connection.introspection.table_names())
    assert not stored & set(LEFT_OUT) and all(LEFT_OUT.values()) and all(NOBODYS.values())
    assert set(BELONGS) <= stored and set(NOBODYS) <= stored


def test_a_table_that_is_listed_nowhere_stops_the_export(monkeypatch):
    monkeypatch.setattr(listed, "LEFT_OUT", {k: v for k, v in LEFT_OUT.items() if k != "records_keywitness"})
    with pytest.raises(LookupError, match="records_keywitness"):
        tables()


def test_rows_without_a_clinic_are_only_where_it_is_said():
    loose = {
        one.stored_as
        for one in tables()
        if any(field.name == "organization" and field.null for field in one.columns)
    }
    assert loose <= set(NOBODYS)


@pytest.mark.django_db(transaction=True)
def test_a_clinic_goes_out_and_comes_back_equal_and_held(cast, tmp_path):
    out = tmp_path / "out"
    said = exported(cast, out)
    ana = next(one for one in Patient.objects.all() if one.given_name == "Ana")
    password = Account.objects.get(pk=cast.admin.account).password
    with pytest.raises(Cannot, match="holds records already"):
        read_clinic(out, at=MORNING)
    call_command("flush", interactive=False, verbosity=0)
    assert not Patient.objects.exists()
    found = read_clinic(out, at=MORNING)
    assert found.rows == said.rows > 100 and found.tables == len(tables())
    assert next(one for one in Patient.objects.all() if one.uid == ana.uid).family_name == "=Ruiz"
    assert Account.objects.get(pk=cast.admin.account).password == password
    assert all(one.broken_at is None and one.rows for one in verify_every_chain(at=MORNING))
    assert is_held()
    # New rows come behind those that were read in.
    assert in_program(cast, "Ben", "Ode").key > ana.pk


@pytest.mark.django_db(transaction=True)
def test_everything_in_the_folder_is_marked_readable_and_nobody_elses(cast, tmp_path):
    out = tmp_path / "out"
    exported(cast, out)
    manifest = json.loads((out / "manifest.json").read_text())
    mark = manifest["watermark"]
    charts = list(out.glob("people/*/chart.html"))
    assert charts and all(mark.split(":")[0] in one.read_text() for one in charts)
    assert "January 9, 2026" in "".join(one.read_text() for one in charts)
    bundle = json.loads(next(out.glob("people/*/fhir.json")).read_text())
    assert bundle["resourceType"] == "Bundle"
    assert manifest["not_here"] == dict(LEFT_OUT)
    told = {one["name"]: one for one in manifest["tables"]["patient"]["columns"]}
    assert told["organization_id"]["row_of"] == "organization"
    sheet = list(csv.DictReader((out / "csv/patient.csv").open(encoding="utf-8")))
    assert [one["family_name"] for one in sheet] == ["'=Ruiz"]
    assert any("Ana" in line for line in (out / "accesses.csv").read_text().splitlines())
    private = [path for path in out.rglob("*") if path.stat().st_mode & 0o077]
    assert private == []
    listed_there = {line.split("  ")[1] for line in (out / SUMS).read_text().splitlines()}
    there = {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()}
    assert there - listed_there == {SUMS, SEAL}
    clear = Account.objects.get(pk=cast.admin.account).password
    assert clear not in (out / "tables/account.jsonl").read_text()
    with pytest.raises(Cannot, match="there already"):
        write_clinic(taken_again(cast), out, draw=draw_person)


def taken_again(cast) -> Allowance:
    from dataclasses import replace

    return replace(Allowance(*[None] * 7), organization=cast.organization)


@pytest.mark.django_db
def test_a_bit_that_changed_a_missing_file_and_foreign_keys_are_refused(cast, tmp_path, monkeypatch):
    out = tmp_path / "out"
    exported(cast, out)
    rows = out / "tables/patient.jsonl"
    content = rows.read_bytes()
    rows.write_bytes(content.replace(b"Ana", b"Ann"))
    with pytest.raises(BadExport, match=r"tables/patient\.jsonl is not as it was written"):
        read_clinic(out, at=MORNING)
    rows.unlink()
    with pytest.raises(BadExport, match="missing"):
        read_clinic(out, at=MORNING)
    rows.write_bytes(content)
    sums = (out / SUMS).read_bytes()
    (out / SUMS).write_bytes(sums + b"0" * 64 + b"  ../../etc/passwd\n")
    with pytest.raises(BadExport, match="list of files was changed"):
        read_clinic(out, at=MORNING)
    with pytest.raises(BadExport, match="There is no export"):
        read_clinic(tmp_path, at=MORNING)


@pytest.mark.parametrize("value", [{}, {"file": []}, [], 5])
def test_a_row_with_no_file_where_one_belongs_is_refused_with_its_line(tmp_path, value):
    [table] = [one for one in tables() if one.name == "referraldocument"]
    (tmp_path / "tables").mkdir()
    row = {one.attname: None for one in table.columns} | {"content": value}
    (tmp_path / "tables/referraldocument.jsonl").write_text(json.dumps(row))
    with pytest.raises(BadExport, match="line 1: this is no row"):
        list(read_lines(tmp_path, table, {}))


def test_what_lets_somebody_in_opens_with_the_clinics_keys_alone():
    held = {"secret": "ABCD", "used": [1, 2]}
    assert veiled("argon2$x") == veiled("argon2$x") and unveiled(veiled("argon2$x")) == "argon2$x"
    assert unveiled(veiled(held)) == held and "ABCD" not in veiled(held)
    with pytest.raises(BadExport):
        unveiled("argon2$x")
