"""Reading and writing problems and plans as JSON: the interchange format `iop-week/1`, and what a clinic's week adds.

A problem file is a list of sites (one site alone is taken too). Keys beyond the interchange format are optional:
`minutes_per_period` (60), `first_minute` (540), `billable_periods` (3), `waiting_periods` (0), `day_names`, `names`;
`slots`, a list of the possible meetings in place of every combination of type, variant, day, start and copy, each
`{"slot": […], "min_size", "max_size", "good_size", "series", "closed_to"}`; `variants`, what each asks of a leader:
`{name: {"leader_language", "leader_gender"}}`; a type's `hours`; a one-to-one's `periods_long`, `hours` and
`together`. With `slots`, the keys `group_periods`, `day_end` and `copies` are not needed. Lengths (`dur`,
`max_day_h`) are in periods. Whatever is wrong is a `ProblemError` that says where and why.
"""

from throughcare.timetable.interchange.json_value import ProblemError
from throughcare.timetable.interchange.plans import read_plan, read_plans, write_plan
from throughcare.timetable.interchange.problems import read_problem, read_problems
from throughcare.timetable.interchange.writing import write_problem

__all__ = [
    "ProblemError",
    "read_plan",
    "read_plans",
    "read_problem",
    "read_problems",
    "write_plan",
    "write_problem",
]
