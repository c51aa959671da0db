"""`throughcare timetable`: a week solved, checked, repaired and explained from the command line."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.timetable.clinics import needs_shared, scorer, shared_sites
from tests.timetable.hand_week import ALWAYS, DBT, PSY, attending, clinic, having, person, week
from throughcare.faces.cli import timetable_solving
from throughcare.faces.cli.main import main
from throughcare.timetable.check import check
from throughcare.timetable.interchange import read_plans, read_problems, write_plan, write_problem
from throughcare.timetable.problem import Plan
from throughcare.timetable.solve import Solved

SUMMARY = {
    "hard",
    "cost",
    "cost_by_part",
    "prescribed_hours",
    "met_hours",
    "unmet_hours",
    "below",
    "bound",
    "seconds",
    "sites",
}


def write(folder, name, content):
    """A file with this JSON, or this text."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(path)


def files(folder, problem=None, plan=None):
    """A problem of one site and a plan of it, as files."""
    given = write(folder, "problem.json", [write_problem(problem or clinic())])
    return given, write(folder, "plan.json", [write_plan(plan or week())])


def answer(capsys):
    return json.loads(capsys.readouterr().out)


def refused(arguments, capsys):
    """The one line with which wrong input is refused."""
    assert main(["timetable", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err


def test_a_week_is_solved_and_written(tmp_path, capsys):
    problem, out = files(tmp_path)[0], str(tmp_path / "out.json")
    assert main(["timetable", "solve", problem, "--out", out, "--seconds", "8", "--workers", "1"]) == 0
    found = answer(capsys)
    assert set(found) >= SUMMARY
    assert (found["hard"], found["unmet_hours"], found["below"], found["stopped"]) == (0, 0, 0, False)
    assert found["bound"] <= found["cost"] < 120
    (plan,) = read_plans(json.loads(Path(out).read_text()))
    assert check(clinic(), plan).cost.total == found["cost"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.json", "plan.json", "problem.json"]


def test_a_plan_is_checked(tmp_path, capsys):
    problem, plan = files(tmp_path, plan=attending(week(), "ana", DBT))
    assert main(["timetable", "check", problem, plan]) == 0
    found = answer(capsys)
    assert found["hard_by_rule"] == {"group_small": 1, "gap": 1}
    (site,) = found["sites"]
    assert site["broken"][0]["because"] == "PSY on Monday 11:00 has 1 person; it needs 2."
    assert site["broken"][0]["slots"] == [list(PSY)]


@needs_shared
def test_the_check_says_what_the_public_scorer_says(tmp_path, capsys):
    (site,) = shared_sites("n20")
    plan = {"groups": [], "attend": {}, "one": {}}
    assert main(["timetable", "check", write(tmp_path, "p", site), write(tmp_path, "q", plan)]) == 0
    found, theirs = answer(capsys), scorer()(site, plan)
    assert (found["hard"], found["cost"], found["unmet_hours"], found["below"]) == (
        theirs["hard"],
        theirs["cost"],
        theirs["unmet_h"],
        theirs["below"],
    )


def test_a_published_week_is_repaired(tmp_path, capsys):
    problem = clinic(previous=attending(week(), "ben", DBT, PSY))
    ill = {
        **problem.staff,
        "una": problem.staff["una"].__class__(**{**vars(problem.staff["una"]), "free": (frozenset(),) * 3}),
    }
    problem = clinic(previous=week(), staff=ill)
    given, out = files(tmp_path, problem)[0], str(tmp_path / "out.json")
    assert main(["timetable", "repair", given, "--out", out, "--seconds", "5"]) == 0
    found = answer(capsys)
    assert found["hard"] == 0
    assert any("tom" in one["because"] for one in found["sites"][0]["changes"])
    assert check(problem, read_plans(json.loads(Path(out).read_text()))[0]).is_clean


def test_someone_who_lacks_hours_is_explained(tmp_path, capsys):
    problem = clinic(
        people={
            **clinic().people,
            "cem": person("cem", ones=(), hours=3, free=(ALWAYS[0],) + (frozenset(),) * 2),
        }
    )
    given, plan = files(tmp_path, having(problem, "cem", longest_day=2))
    assert main(["timetable", "explain", given, plan]) == 0
    (one,) = answer(capsys)["people"]
    assert (one["patient"], one["missing_hours"], one["never"]) == ("cem", 3, True)
    assert one["causes"] and one["fixes"]
    assert main(["timetable", "explain", given, plan, "--patient", "cem", "--plans"]) == 0
    for fix in answer(capsys)["people"][0]["fixes"]:
        (changed,) = (
            read_problems([fix["problem"]])
            if fix["changes_problem"]
            else read_problems(json.loads(Path(given).read_text()))
        )
        checked = check(changed, read_plans([fix["plan"]])[0])
        assert checked.is_clean and checked.cost.total == fix["cost"]
    assert main(["timetable", "explain", given, plan, "--patient", "ana"]) == 0
    assert answer(capsys)["people"][0]["missing_hours"] == 0


@pytest.mark.parametrize(
    ("asked", "content", "says"),
    [
        ("solve", "[", "not JSON at line 1"),
        ("solve", "[]", "sites: at least one site is expected"),
        ("solve", "[3]", "sites[0]: an object is expected, found a number"),
        ("repair", "7", "a list is expected, found a number"),
    ],
)
def test_wrong_input_gets_one_line_and_exit_2(asked, content, says, tmp_path, capsys):
    path = write(tmp_path, "problem.json", content)
    assert says in refused([asked, path, "--out", str(tmp_path / "out"), "--seconds", "1"], capsys)


def test_a_problem_that_contradicts_itself_is_refused_before_solving(tmp_path, capsys):
    problem = files(tmp_path, having(clinic(), "ben", hours=9))[0]
    line = refused(["solve", problem, "--out", str(tmp_path / "out"), "--seconds", "1"], capsys)
    assert "sites[0].patients[1].hours: ben is prescribed 9 hours" in line
    assert not (tmp_path / "out").exists()


def test_where_nothing_can_be_written_is_said_before_any_time_is_spent(tmp_path, capsys):
    problem = files(tmp_path)[0]
    line = refused(["solve", problem, "--out", str(tmp_path / "no" / "out"), "--seconds", "99"], capsys)
    assert "the folder" in line and "is not there" in line
    assert "is a folder" in refused(["solve", problem, "--out", str(tmp_path), "--seconds", "99"], capsys)


def test_plans_must_fit_the_problem(tmp_path, capsys):
    problem, plan = files(tmp_path)
    two = write(tmp_path, "two.json", [write_plan(week())] * 2)
    assert "a plan for each of 1 sites is expected, found 2" in refused(["check", problem, two], capsys)
    assert "nobody has the id 'zoe'" in refused(["explain", problem, plan, "--patient", "zoe"], capsys)
    broken = files(tmp_path, plan=attending(week(), "ana", DBT))[1]
    assert "the plan breaks 2 rules, the first: PSY" in refused(["explain", problem, broken], capsys)


def test_only_a_published_week_can_be_repaired(tmp_path, capsys):
    line = refused(["repair", files(tmp_path)[0], "--out", str(tmp_path / "out"), "--seconds", "1"], capsys)
    assert "sites[0].prev: no week is published" in line


@pytest.mark.parametrize(
    "words",
    [["--seconds", "0"], ["--seconds", "nan"], ["--seconds", "x"], ["--seconds", "1", "--workers", "0"]],
)
def test_numbers_that_make_no_sense_are_refused(words, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["timetable", "solve", files(tmp_path)[0], "--out", str(tmp_path / "out"), *words])
    assert ended.value.code == 2


def found_nothing(plan, rounds):
    return lambda problems, **_: (Solved(plan, 0.0, 0.0, rounds, 0.0),) * len(problems)


def test_a_plan_that_breaks_a_rule_is_never_written(tmp_path, capsys, monkeypatch):
    problem, out = files(tmp_path)[0], tmp_path / "out.json"
    for plan, rounds in ((attending(week(), "ana", DBT), 9), (Plan(), 0)):
        monkeypatch.setattr(timetable_solving, "solve_all", found_nothing(plan, rounds))
        assert main(["timetable", "solve", problem, "--out", str(out), "--seconds", "1"]) == 1
        printed = capsys.readouterr()
        assert printed.out == "" and "no plan that keeps every rule was found" in printed.err
        assert not out.exists()


def test_the_published_week_stands_where_nothing_better_was_found(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(timetable_solving, "solve_all", found_nothing(attending(week(), "ana", DBT), 9))
    problem, out = files(tmp_path, clinic(previous=week()))[0], tmp_path / "out.json"
    assert main(["timetable", "solve", problem, "--out", str(out), "--seconds", "1"]) == 0
    assert read_plans(json.loads(out.read_text())) == (week(),)


def test_ctrl_c_writes_the_best_plan_so_far(tmp_path):
    problem, out = files(tmp_path)[0], tmp_path / "out.json"
    command = [
        sys.executable,
        "-m",
        "throughcare.faces.cli.main",
        "timetable",
        "solve",
        problem,
        "--out",
        str(out),
    ]
    with subprocess.Popen(
        [*command, "--seconds", "300", "--workers", "1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        for line in running.stderr:
            if " 0 hours not met" in line:
                break
        began = time.monotonic()
        os.killpg(running.pid, signal.SIGINT)
        printed, _ = running.communicate(timeout=60)
    assert running.returncode == 0
    assert time.monotonic() - began < 30
    found = json.loads(printed)
    assert (found["stopped"], found["hard"], found["unmet_hours"]) == (True, 0, 0)
    assert check(clinic(), read_plans(json.loads(out.read_text()))[0]).is_clean


def test_it_needs_no_django_and_no_solver_to_check(tmp_path):
    problem, plan = files(tmp_path)
    script = (
        "import sys; from throughcare.faces.cli.main import main; "
        f"code = main(['timetable', 'check', {problem!r}, {plan!r}]); "
        "sys.exit(code or int('django' in sys.modules or 'ortools' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["hard"]) == (0, 0)
