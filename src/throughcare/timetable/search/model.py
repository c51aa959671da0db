"""A model for CP-SAT, written straight into its own form.

`ortools.sat.python.cp_model` would import pandas (two to five seconds, and 60 MB a process); the module beneath it
holds the same model and the same solver.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

FAR = 1 << 40
# Parts are small and many: a thorough look before the search costs more than it saves.
SETTINGS = {
    "num_workers": 1,
    "symmetry_level": 0,
    "linearization_level": 2,
    "cp_model_probing_level": 0,
    "max_presolve_iterations": 1,
    "presolve_probing_deterministic_time_limit": 0,
    "merge_at_most_one_work_limit": 0,
    "merge_no_overlap_work_limit": 0,
    "find_big_linear_overlap": False,
    "presolve_inclusion_work_limit": 0,
}


class Model:
    """Variables with hints, linear constraints and a cost to make small."""

    def __init__(self) -> None:
        from ortools.sat.python import cp_model_helper

        self._solver = cp_model_helper
        self._proto: Any = cp_model_helper.CpModelProto()
        self._variables = self._proto.variables
        self._constraints = self._proto.constraints
        self._hints: list[int] = []
        self._costs: dict[int, int] = {}

    def variable(self, low: int, high: int, hint: int, cost: int = 0) -> int:
        """A new whole number from `low` to `high`."""
        self._variables.add().domain.extend((low, high))
        index = len(self._hints)
        self._hints.append(hint)
        if cost:
            self._costs[index] = cost
        return index

    def choice(self, hint: bool, cost: int = 0) -> int:
        """A new yes or no."""
        return self.variable(0, 1, int(hint), cost)

    def add_cost(self, variable: int, cost: int) -> None:
        """Makes a variable cost so much more."""
        self._costs[variable] = self._costs.get(variable, 0) + cost

    def between(self, low: int, terms: Iterable[tuple[int, int]], high: int = FAR) -> None:
        """low <= sum of coefficient * variable <= high, with terms (variable, coefficient)."""
        variables, coefficients = [], []
        for variable, coefficient in terms:
            variables.append(variable)
            coefficients.append(coefficient)
        linear = self._constraints.add().linear
        linear.vars.extend(variables)
        linear.coeffs.extend(coefficients)
        linear.domain.extend((low, high))

    def at_most_one(self, variables: Sequence[int]) -> None:
        """At most one of these is yes."""
        if len(variables) > 1:
            self._constraints.add().at_most_one.literals.extend(variables)

    @property
    def size(self) -> int:
        """How many variables it has."""
        return len(self._hints)

    def hinted(self) -> bool:
        """Whether the hints keep every constraint; for tests."""
        return all(
            low <= sum(self._hints[variable] * coefficient for variable, coefficient in terms) <= high
            for low, terms, high in self.rows()
        )

    def ranges(self) -> list[tuple[int, int]]:
        """The least and most of each variable."""
        return [(variable.domain[0], variable.domain[1]) for variable in self._variables]

    def rows(self) -> Iterator[tuple[int, list[tuple[int, int]], int]]:
        """Each constraint as its least, its terms, and its most."""
        for constraint in self._constraints:
            if constraint.has_at_most_one():
                yield -FAR, [(v, 1) for v in constraint.at_most_one.literals], 1
            else:
                linear = constraint.linear
                yield linear.domain[0], list(zip(linear.vars, linear.coeffs, strict=True)), linear.domain[1]

    def costs(self) -> list[tuple[int, int]]:
        """Each variable that costs something, with its cost."""
        return list(self._costs.items())

    def hints(self) -> list[int]:
        """The values hinted."""
        return list(self._hints)

    def hinted_cost(self) -> int:
        """The cost of the hints."""
        return sum(self._hints[variable] * cost for variable, cost in self._costs.items())

    def solve(self, *, effort: float, seconds: float | None, seed: int) -> "Answer":
        """The best values found. `effort` is CP-SAT's deterministic time; `seconds` cuts by the clock as well."""
        proto = self._proto
        proto.objective.vars.extend(list(self._costs))
        proto.objective.coeffs.extend(list(self._costs.values()))
        proto.solution_hint.vars.extend(list(range(len(self._hints))))
        proto.solution_hint.values.extend(self._hints)
        settings: Any = self._solver.SatParameters()
        settings.random_seed = seed
        settings.max_deterministic_time = effort
        for name, value in SETTINGS.items():
            setattr(settings, name, value)
        if seconds is not None:
            settings.max_time_in_seconds = max(seconds, 0.01)
        solver: Any = self._solver.SolveWrapper()
        solver.set_parameters(settings)
        response = solver.solve(proto)
        return Answer(self._solver, response)


class Answer:
    """What the solver found: `values` is None when nothing was; `bound` no solution is below."""

    def __init__(self, solver: Any, response: Any) -> None:
        status = response.status
        known = solver.CpSolverStatus
        self.values = list(response.solution) if status in (known.OPTIMAL, known.FEASIBLE) else None
        self.optimal = status == known.OPTIMAL
        self.impossible = status == known.INFEASIBLE
        self.cost = response.objective_value
        self.bound = response.best_objective_bound
        self.effort: float = response.deterministic_time
