"""`throughcare timetable solve` and `repair`: the time shared out among the sites, progress told, the plan written."""

import argparse
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any

from throughcare.faces.cli.exchange import WrongInput, print_answer
from throughcare.faces.cli.timetable_answers import as_json, as_sum, rounded
from throughcare.faces.cli.timetable_files import check_can_write, read_sites, write_plans
from throughcare.timetable.check import check
from throughcare.timetable.problem import Plan, Problem
from throughcare.timetable.repair import repair
from throughcare.timetable.sites import solve_sites as solve_all
from throughcare.timetable.solve import Progress, Solved

# Of the time, what reading, judging and writing take: a little, and more for more people.
RESERVE, RESERVE_A_PERSON = 0.3, 0.0005


@dataclass(frozen=True)
class Answer:
    """What was found for one site: no plan where none was found that keeps every rule."""

    plan: Plan | None
    more: dict[str, Any]


@contextmanager
def asked_to_stop() -> Iterator[Event]:
    """Set when the person presses Ctrl-C or the process is told to end; a second time ends it at once."""
    stopped = Event()

    def stop(number: int, _: object) -> None:
        # Nothing is said here: the signal may have come in the middle of a line of progress.
        stopped.set()
        signal.signal(number, before[number])

    before: dict[int, Any] = {
        number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stopped
        if stopped.is_set():
            say("stopped; the best plan so far is checked and written")
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def say(words: str) -> None:
    """A line of progress, on standard error."""
    print(words, file=sys.stderr, flush=True)


def solve_sites(arguments: argparse.Namespace) -> int:
    """Solve every site, write the plans and print how good they are."""
    began = monotonic()
    check_can_write(arguments.out)
    problems = read_sites(arguments.problem, to_solve=True)
    people = sum(len(problem.people) for problem in problems)
    spent = monotonic() - began + RESERVE + RESERVE_A_PERSON * people
    left = max(arguments.seconds - spent, arguments.seconds * 0.3)

    with asked_to_stop() as stopped:
        found = solve_all(
            problems,
            seconds=left,
            workers=arguments.workers,
            seed=arguments.seed,
            on_progress=tell,
            stop=stopped.is_set,
        )
    answers = [answer_of(problem, solved) for problem, solved in zip(problems, found, strict=True)]
    return finish(arguments, problems, answers, began, stopped.is_set())


def answer_of(problem: Problem, found: Solved) -> Answer:
    """The plan that was found for a site, if it keeps every rule; else the published one, if that does."""
    # No step was made and nothing stands: the time was too short for even a first plan.
    nothing = found.rounds == 0 and not found.plan.groups and problem.people
    plans = [] if nothing else [found.plan]
    plans += [] if problem.previous is None else [problem.previous]
    plan = next((one for one in plans if check(problem, one).is_clean), None)
    more = {"bound": rounded(found.bound), "gap": round(found.gap, 4), "rounds": found.rounds}
    return Answer(plan, more)


def repair_sites(arguments: argparse.Namespace) -> int:
    """Mend the published week of every site, write the plans and print what changes."""
    began = monotonic()
    check_can_write(arguments.out)
    problems = read_sites(arguments.problem, to_solve=True)
    for place, problem in enumerate(problems):
        if problem.previous is None:
            raise WrongInput(
                f"{arguments.problem}: sites[{place}].prev: no week is published that could be repaired"
            )
    answers = []
    with asked_to_stop() as stopped:
        for problem in problems:
            found = repair(
                problem,
                seconds=arguments.seconds / len(problems),
                seed=arguments.seed,
                on_progress=say,
                stop=stopped.is_set,
            )
            more = {
                "changes": [
                    {"code": one.code, "because": one.because, "people": one.people} for one in found.changes
                ],
                "affected": list(found.affected),
                "disturbed": list(found.disturbed),
            }
            answers.append(Answer(found.plan if check(problem, found.plan).is_clean else None, more))
    return finish(arguments, problems, answers, began, stopped.is_set())


def tell(now: Progress) -> None:
    """Tells how the search goes, so that a person sees it improve."""
    say(
        f"{now.seconds:.0f} s: cost {now.cost:,.0f}, {now.unmet_hours:g} hours not met, "
        f"{now.below} below their least, bound {now.bound:,.0f}"
    )


def finish(
    arguments: argparse.Namespace,
    problems: Sequence[Problem],
    answers: Sequence[Answer],
    began: float,
    stopped: bool,
) -> int:
    """Write the plans and print the judgement; 1 when a site has no plan."""
    plans = [answer.plan for answer in answers if answer.plan is not None]
    if len(plans) < len(problems):
        without = [p.site for p, answer in zip(problems, answers, strict=True) if answer.plan is None]
        say(
            f"throughcare timetable: no plan that keeps every rule was found in {monotonic() - began:.1f} s "
            f"for {', '.join(without)}; nothing is written"
        )
        return 1
    write_plans(arguments.out, plans)
    judged = [
        {**as_json(problem, check(problem, plan)), **answer.more}
        for problem, plan, answer in zip(problems, plans, answers, strict=True)
    ]
    whole = as_sum(judged)
    if all("bound" in site for site in judged):
        whole["bound"] = rounded(sum(site["bound"] for site in judged))
    print_answer(
        {
            **whole,
            "seconds": round(monotonic() - began, 2),
            "stopped": stopped,
            "out": arguments.out,
            "sites": judged,
        }
    )
    return 0
