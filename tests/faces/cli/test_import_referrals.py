"""`throughcare import-referrals`: files in, a report out."""

import json
import os
import subprocess
import sys

import pytest

from tests.referral_cast import a_bundle, as_bytes
from throughcare.faces.cli.main import main
from throughcare.records.referrals import Referral


def test_good_files_are_taken_in_and_bad_ones_are_told(cast, tmp_path, capsys):
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(as_bytes(a_bundle()))
    bad.write_bytes(b'{"resourceType": "Patient"}')
    missing = tmp_path / "missing.csv"
    assert main(["import-referrals", str(bad), str(missing), str(good)]) == 0
    printed = capsys.readouterr()
    report = json.loads(printed.out)
    assert report["taken_in"][0]["referral"] == str(Referral.objects.get().uid)
    assert report["taken_in"][0]["patient_number"] == 1
    assert report["refused"] == [
        {"file": str(bad), "place": "resourceType", "because": "“Bundle” is expected, found “Patient”"},
        {"file": str(missing), "place": "the file", "because": "can't be read: No such file or directory"},
    ]
    assert "3/3" in printed.err and "1 taken in, 0 there already, 2 refused" in printed.err
    assert main(["import-referrals", "--site", "main street", str(good)]) == 0
    assert len(json.loads(capsys.readouterr().out)["already"]) == 1


def test_an_unknown_site_is_one_line_with_those_there_are(cast, capsys):
    assert main(["import-referrals", "--site", "Mars", "x.json"]) == 2
    assert capsys.readouterr().err == (
        "throughcare import-referrals: --site Mars: no such site; this clinic has Main Street\n"
    )


@pytest.mark.django_db
def test_before_a_clinic_is_set_up_it_says_so(capsys):
    assert main(["import-referrals", "x.json"]) == 2
    assert "no clinic is set up here" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("folder", "words"), [("empty", "no clinic is set up here"), ("absent", "no such data folder")]
)
def test_a_data_folder_without_a_clinic_is_refused_in_one_line(tmp_path, folder, words):
    (tmp_path / "empty").mkdir()
    environment = {key: value for key, value in os.environ.items() if key != "THROUGHCARE_DATA"}
    command = [sys.executable, "-m", "throughcare.faces.cli.main", "import-referrals"]
    done = subprocess.run(
        [*command, "--data", str(tmp_path / folder), "x.json"],
        capture_output=True,
        text=True,
        env=environment,
    )
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
