"""The inventory names every part and every package, and no secret."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import throughcare
from throughcare.faces.cli.bill_of_materials import VENDORED, bill_of_materials

HOUSE = Path(__file__).resolve().parents[3]


def locked():
    text = (HOUSE / "requirements/run.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.M))


def test_the_bill_lists_what_is_locked_and_nothing_of_the_tests():
    bill = bill_of_materials(at=datetime(2026, 3, 2, tzinfo=UTC))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    listed = {one["name"].lower().replace("_", "-"): one["version"] for one in bill["components"]}
    vendored = {name for name, *_ in VENDORED}
    assert {name: listed[name] for name in listed if name not in vendored} == {
        name: version for name, version in locked().items() if name in listed
    }
    assert set(locked()) - set(listed) <= {"setuptools"}, "locked and not needed"
    assert "pytest" not in listed and "django" in listed
    refs = {one["bom-ref"] for one in bill["components"]} | {bill["metadata"]["component"]["bom-ref"]}
    assert all(ref in refs for one in bill["dependencies"] for ref in (one["ref"], *one["dependsOn"]))


def test_what_came_along_as_a_file_is_the_version_that_is_told():
    script = Path(throughcare.__file__).parent / "faces/web/static/throughcare/js/htmx.min.js"
    ((_, version, _),) = VENDORED
    assert f'this.version="{version}"' in script.read_text(encoding="utf-8")


def test_the_command_names_flows_and_no_secret(tmp_path):
    secrets = {"SMS_TOKEN": "hush-1", "MAIL_PASSWORD": "hush-2", "METRICS_TOKEN": "hush-3"}
    set_up = {
        **os.environ,
        **secrets,
        "SMS_ACCOUNT": "hush-4",
        "MAIL_HOST": "mail.clinic.test",
        "DATABASE_URL": "postgres://program:hush@db.clinic.test:5433/clinic",
    }
    command = [sys.executable, "-m", "throughcare.faces.cli.main", "inventory", "--data", str(tmp_path)]
    words = subprocess.run(
        [*command, "--json"], env=set_up, capture_output=True, text=True, check=True
    ).stdout
    told = json.loads(words)
    assert "db.clinic.test:5433" in words and "mail.clinic.test:587" in words and "api.twilio.com" in words
    assert "hush" not in words
    assert {"components", "flows", "sbom"} <= told.keys()
    assert any("NO TLS" in one["protected_by"] for one in told["flows"])
