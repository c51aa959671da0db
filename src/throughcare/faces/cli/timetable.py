"""`throughcare timetable solve|check|repair|explain`: a week of one or several sites. Needs no database."""

import argparse
import math

from throughcare.faces.cli.exchange import WrongInput, print_answer
from throughcare.faces.cli.timetable_answers import as_json, as_sum, explained_as_json
from throughcare.faces.cli.timetable_files import read_plans_of, read_sites
from throughcare.faces.cli.timetable_solving import repair_sites, say, solve_sites
from throughcare.timetable.check import check
from throughcare.timetable.constraints import Reading
from throughcare.timetable.explain import explain
from throughcare.timetable.problem import Plan, Problem

PROBLEM = "a problem of the format iop-week/1: a list of sites, or one; - reads standard input"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The four things that can be asked, each with its files."""
    asked = parser.add_subparsers(dest="asked", metavar="solve|check|repair|explain", required=True)
    solve = asked.add_parser("solve", help="find the best week in the time given")
    repair = asked.add_parser(
        "repair", help="mend the published week (the problem's `prev`) with the fewest changes"
    )
    judge = asked.add_parser("check", help="say which rules a plan breaks and what it costs")
    why = asked.add_parser("explain", help="say why people lack hours, and what would help")
    for one in (solve, repair, judge, why):
        one.add_argument("problem", metavar="PROBLEM.json", help=PROBLEM)
    for one in (judge, why):
        one.add_argument("plan", metavar="PLAN.json", help="a plan of each site, in the same order")
    for one in (solve, repair):
        one.add_argument(
            "--out", required=True, metavar="PLAN.json", help="where the plan is written, whole or not at all"
        )
        one.add_argument(
            "--seconds", required=True, type=seconds, metavar="N", help="the time for all sites together"
        )
        one.add_argument("--seed", type=int, default=0, metavar="S", help="another seed, another search (0)")
    solve.add_argument(
        "--workers", type=workers, default=2, metavar="W", help="processes that search at once (2)"
    )
    why.add_argument("--patient", metavar="ID", help="only this person; otherwise everyone who lacks hours")
    why.add_argument("--seconds", type=seconds, default=2.0, metavar="N", help="the time for each person (2)")
    why.add_argument(
        "--plans", action="store_true", help="with each fix its plan, and its problem where that changes"
    )


def seconds(text: str) -> float:
    """A time limit in seconds, more than none."""
    number = float(text)
    if not (math.isfinite(number) and number > 0):
        raise argparse.ArgumentTypeError("a number of seconds above 0 is expected")
    return number


def workers(text: str) -> int:
    """How many processes search at once."""
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("a whole number from 1 to 64 is expected")
    return number


def run(arguments: argparse.Namespace) -> int:
    """Print the answer; raises `WrongInput` with what is wrong and where. 1: no plan was found in time."""
    if arguments.asked == "solve":
        return solve_sites(arguments)
    if arguments.asked == "repair":
        return repair_sites(arguments)
    problems = read_sites(arguments.problem)
    plans = read_plans_of(arguments.plan, problems)
    if arguments.asked == "check":
        judged = [
            as_json(problem, check(problem, plan)) for problem, plan in zip(problems, plans, strict=True)
        ]
        print_answer({**as_sum(judged), "sites": judged})
        return 0
    return explain_people(arguments, problems, plans)


def explain_people(
    arguments: argparse.Namespace, problems: tuple[Problem, ...], plans: tuple[Plan, ...]
) -> int:
    """Print why each person lacks hours, and what would help."""
    found = []
    for place, (problem, plan) in enumerate(zip(problems, plans, strict=True)):
        broken = check(problem, plan).broken
        if broken:
            because = f"the plan breaks {len(broken)} rules, the first: {broken[0].because}"
            raise WrongInput(
                f"{arguments.plan}: plans[{place}]: {because} Only a clean plan can be explained"
            )
        tallies = Reading(problem, plan).tallies
        asked = [
            person
            for person in problem.people
            if person == arguments.patient or (arguments.patient is None and tallies[person].unmet > 0)
        ]
        for number, person in enumerate(asked, 1):
            if len(asked) > 1:
                say(f"{problem.site}: {person}, {number} of {len(asked)} who lack hours")
            explanation = explain(problem, plan, person, seconds=arguments.seconds)
            found.append(explained_as_json(problem, explanation, arguments.plans))
    if arguments.patient is not None and not found:
        raise WrongInput(f"{arguments.problem}: nobody has the id {arguments.patient!r}")
    print_answer({"people": found})
    return 0
