"""Who may lead groups and see people in a week: skills, languages, hours worked less what else they hold."""

from collections.abc import Collection, Sequence

from throughcare.knowledge.clinic_calendar import at_local
from throughcare.knowledge.credentials import ALL as CREDENTIALS
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.week_rules import MEN, WOMEN, ShiftTimes, Span
from throughcare.pathway.timetable.picture.forms import Forms
from throughcare.pathway.timetable.picture.gathered import AboutStaff, Week
from throughcare.pathway.timetable.picture.grid import DAYS, Grid, Ticks
from throughcare.records.people import Practitioner
from throughcare.records.week_rules import Absence
from throughcare.timetable.problem import Staff


def staff_in(
    week: Week, grid: Grid, about: AboutStaff, forms: Forms, taken: dict[int, list[Span]]
) -> dict[str, Staff]:
    """Everyone who works at the site; `taken` is the time (by key) that sessions outside the picture take."""
    return {
        str(who.uid): Staff(
            id=str(who.uid),
            role=role_of(who, about.skills.get(who.pk, frozenset())),
            gender=gender_of(who.gender),
            languages=frozenset(str(language).lower()[:2] for language in who.languages),
            skills=_kinds(about.skills.get(who.pk, frozenset()), forms),
            free=free_of(week, grid, about, who, taken.get(who.pk, ())),
            most_group_hours=_limits(week, about, who)[0],
            target_group_hours=_limits(week, about, who)[1],
        )
        for who in about.rows
    }


def role_of(who: Practitioner, skills: Collection[str]) -> str:
    """`therapist` for who may lead groups, `prescriber` for who only sees people one at a time to prescribe."""
    known = CREDENTIALS.get(who.credential)
    if known is not None and known.may_prescribe and set(skills) <= {"prescribing"}:
        return "prescriber"
    return "therapist"


def leading_skills(about: AboutStaff) -> frozenset[str]:
    """Every skill that someone who may lead groups has."""
    able = (about.skills.get(who.pk, frozenset()) for who in about.rows)
    return frozenset(
        skill
        for who, held in zip(about.rows, able, strict=True)
        if role_of(who, held) == "therapist"
        for skill in held
    )


def gender_of(said: str) -> str:
    """F, M, or nothing where it is not recorded so."""
    word = said.strip().lower()
    return "F" if word in WOMEN else "M" if word in MEN else ""


def _kinds(skills: Collection[str], forms: Forms) -> frozenset[str]:
    return frozenset(
        name for form, name in forms.names.items() if session_type(form.session_type).skill in skills
    )


def _limits(week: Week, about: AboutStaff, who: Practitioner) -> tuple[float, float]:
    own = about.limits.get(who.pk)
    if own is not None:
        return float(own.most), float(own.meant)
    most = float(week.own["timetable.most_group_hours"])
    return most, min(most, float(week.own["timetable.meant_group_hours"]))


def free_of(week: Week, grid: Grid, about: AboutStaff, who: Practitioner, taken: Sequence[Span]) -> Ticks:
    """The ticks in which someone works and holds nothing that the picture leaves out."""
    shifts = about.shifts.get(who.pk, ())
    worked = grid.held(span for day in range(DAYS) for span in _on_day(week, grid, shifts, day))
    busy = grid.touched(taken)
    away = about.absences.get(who.pk, ())
    return tuple(
        frozenset() if _is_away(week, grid, away, day) else frozenset(worked[day] - busy[day])
        for day in range(DAYS)
    )


def _is_away(week: Week, grid: Grid, away: Sequence[Absence], day: int) -> bool:
    date = grid.day(day)
    return date in week.closed or any(one.first_day <= date <= one.last_day for one in away)


def _on_day(week: Week, grid: Grid, shifts: Sequence[ShiftTimes], day: int) -> list[Span]:
    date, zone = grid.day(day), week.site.time_zone
    return [
        Span(at_local(date, one.starts, zone), at_local(date, one.ends, zone))
        for one in shifts
        if one.covers(date)
    ]
