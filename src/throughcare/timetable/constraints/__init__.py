"""What every week must keep: each rule a code, a sentence, and a function that says where a plan breaks it.

The codes are those that the interchange format's own scorer counts by, where it has them. Nothing here knows the
solver: a plan is judged by what it says alone.
"""

from throughcare.timetable.constraints import of_groups, of_people, of_staff
from throughcare.timetable.constraints.reading import Reading
from throughcare.timetable.constraints.rule import Broken, Rule

RULES: tuple[Rule, ...] = (*of_groups.RULES, *of_people.RULES, *of_staff.RULES)

__all__ = ["RULES", "Broken", "Reading", "Rule"]
