"""Gates G2 and G3: the review fixture is built and every address is asked as every role (short form of the bench)."""

import json
import subprocess
import sys

import pytest

from tests.prober.conftest import AS, HOUSE, read
from tests.prober.stated import in_the_program, stated
from throughcare.knowledge.roles import ALL as ROLES

pytestmark = pytest.mark.prober
# Two processes, about as long as each other. Who else there is, `bench.prober` asks as.
HALVES = (
    ("clinician", "family_revoked", "anonymous", "suspended"),
    ("patient_a", "other_org_clinician", "family_a", "front_desk"),
)
NEEDED = {
    *(
        "anonymous",
        "patient_a",
        "patient_b",
        "family_a",
        "family_revoked",
        "alumnus_a",
        "admissions",
        "clinician",
    ),
    *(
        "facilitator",
        "case_manager",
        "nurse",
        "prescriber",
        "reviewer",
        "biller",
        "director",
        "compliance",
        "admin",
    ),
    *("front_desk", "other_org_clinician", "suspended", "logged_out"),
}


@pytest.fixture(scope="module")
def reports(folder):
    """What two probers found at once."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.prober", str(folder), "light", *roles],
            cwd=HOUSE,
            env=AS,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for roles in HALVES
    ]
    said = [process.communicate(timeout=1800) for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    return [json.loads(out) for out, _ in said]


def test_every_cell_of_role_and_address_is_stated():
    """A new address or role fails here until someone has said who may use it."""
    now, said = in_the_program(), stated()
    hint = "look at it, then run: ./run python -m tests.prober.stated"
    assert set(now) == set(said), hint
    assert {name: cells for name, cells in now.items() if cells != said[name]} == {}, hint
    assert all(set(cells) == {"anyone", *ROLES} for cells in said.values())


def test_the_fixture_has_every_role_and_an_id_for_every_placeholder(folder):
    roles, ids, policy, routes = (read(folder, name) for name in ("roles", "ids", "policy", "routes"))
    assert set(roles) >= NEEDED
    assert {role for role, row in roles.items() if row["dead"]} == {"suspended", "logged_out"}
    assert all(bool(row["cookie"]) == (role != "anonymous") for role, row in roles.items())
    assert set(policy["may_see"]) == set(policy["deny_prefix"]) == set(roles)
    for route in routes:
        assert (route["body"] is not None) == (route["method"] == "POST"), route
        for part in route["url"].split("/"):
            if part.startswith("{"):
                placeholder = part[1 : part.index("}")]
                assert placeholder in ids, route["url"]
                assert ids["_absent"][placeholder], route["url"]


def test_other_organizations_and_strangers_may_meet_nobodys_words(folder):
    policy, people = read(folder, "policy")["may_see"], {"patient_a", "patient_b", "alumnus_a", "newcomer"}
    for role in (
        "anonymous",
        "suspended",
        "logged_out",
        "other_org_clinician",
        "other_org_director",
        "admin",
    ):
        met = {key for key in policy[role] if key.split(":")[0] in people and not key.endswith(":account")}
        assert not met, role


def test_no_answer_to_anyone_is_wrong(reports):
    wrong = [line for report in reports for line in report["wrong"]]
    assert wrong == [], "\n".join(wrong[:60])


def test_the_probers_asked_enough(reports):
    """A prober that stops asking finds nothing wrong either."""
    asked = {kind: sum(report["cells"].get(kind, 0) for report in reports) for kind in reports[0]["cells"]}
    assert asked["refused"] > 800
    assert asked["own"] > 400
    assert asked["foreign"] > 100
    assert asked["absent"] > 200
