"""One person's week while everyone else keeps theirs: exact, and without a solver."""

from throughcare.timetable.alone.terms import Terms, Week, terms_of
from throughcare.timetable.alone.weeks import best_weeks

__all__ = ["Terms", "Week", "best_weeks", "terms_of"]
