"""What one person asks of a week: prescription, days, free time, forms of group, likings, one-to-ones."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from throughcare.knowledge.clinic_calendar import age_on
from throughcare.knowledge.hours import number as in_words
from throughcare.knowledge.levels_of_care import ALL as LEVELS
from throughcare.knowledge.planning.care_plans import DoseLine
from throughcare.knowledge.session_types import session_type
from throughcare.knowledge.week_rules import Span, check_variant
from throughcare.pathway.timetable.picture.forms import EVERYONE, VIDEO, Form, Forms, share_out
from throughcare.pathway.timetable.picture.gathered import Week
from throughcare.pathway.timetable.picture.grid import DAYS, Grid, Ticks
from throughcare.pathway.timetable.picture.other_weeks import every_weeks, is_rare
from throughcare.pathway.timetable.picture.prescription import Prescription, is_group, minutes_elsewhere
from throughcare.pathway.timetable.picture.wish_words import (
    GLADLY,
    IN_PERSON,
    IN_PERSON_ONLY,
    ONLY_IF_NEEDED,
    RATHER_NOT,
    VIDEO_ONLY,
)
from throughcare.pathway.timetable.picture.wish_words import VIDEO as BY_VIDEO
from throughcare.records.people import Patient
from throughcare.records.sessions import Appointment, Session
from throughcare.records.week_rules import WeekWishes
from throughcare.timetable.problem import OneToOne, Person


@dataclass(frozen=True)
class Known:
    """What is known of one person before the week is drawn."""

    id: str
    patient: Patient
    episode: int | None
    prescription: Prescription
    level: str
    team: Mapping[str, int]
    wishes: WeekWishes | None
    has_video: bool | None
    own_time: Sequence[Span]
    attended: Mapping[Form, int]
    # Ids of staff whom they must not meet.
    never: frozenset[str] = frozenset()
    # One-to-ones of this week that are in the book, and everything else that takes the person's time.
    visits: Sequence[Appointment] = ()
    fixed: Sequence[Appointment] = ()
    # One-to-ones that are held every second week or so, where their turn is another week: types, and their times here.
    beside: Collection[str] = ()
    beside_time: Sequence[Span] = ()


@dataclass(frozen=True)
class Drawn:
    """A person in the timetable, the session in the book behind each one-to-one, and what to say of them."""

    person: Person
    visits: Mapping[str, Session]
    said: tuple[str, ...] = ()


@dataclass
class _Sum:
    """A prescription while it is turned into what the timetable takes."""

    required: Counter[Form] = field(default_factory=Counter)
    ones: list[OneToOne] = field(default_factory=list)
    visits: dict[str, Session] = field(default_factory=dict)
    open_hours: float = 0.0
    said: list[str] = field(default_factory=list)


def draw_person(
    known: Known, week: Week, grid: Grid, forms: Forms, *, staff: Mapping[int, str], leads: Mapping[int, str]
) -> Drawn:
    """One person. `staff` are ids of who works at the site by key, `leads` who leads a session in the book."""
    total = _Sum(open_hours=known.prescription.open_hours)
    variants = _variants(known, week, forms)
    for_them = [form for form, name in forms.names.items() if variants.get(name)]
    elsewhere = minutes_elsewhere(
        known.prescription.lines,
        [(seat.session.session_type, seat.planned_minutes) for seat in known.fixed if _takes_hours(seat)],
    )
    for line in known.prescription.lines:
        if not session_type(line.session_type).counts_as_clinical_hours:
            continue
        if is_group(line):
            choices = [form for form in forms.of_type(line.session_type) if form in for_them]
            _add_groups(total, line, known, week, choices, elsewhere[line.session_type])
        else:
            _add_ones(total, line, known, week, grid, staff=staff, leads=leads)
    total.open_hours = max(0.0, round(total.open_hours - elsewhere[""] / 60, 2))
    groups = sum(form.hours * count for form, count in total.required.items())
    hours = groups + total.open_hours + sum(one.hours for one in total.ones)
    person = Person(
        id=known.id,
        hours=hours,
        least_hours=min(_least(known, week), hours),
        most_days=known.prescription.days,
        longest_day=min(int(known.prescription.longest_day_hours * 60) // grid.minutes_per_tick, grid.ticks),
        required={forms.names[form]: count for form, count in total.required.items()},
        flexible_hours=total.open_hours,
        variants=variants,
        free=_free(known, week, grid),
        liking=_liking(known.wishes, week),
        ones=tuple(total.ones),
    )
    return Drawn(person, total.visits, tuple(total.said))


def _takes_hours(seat: Appointment) -> bool:
    return seat.counts and not seat.is_make_up


def _add_groups(
    total: _Sum, line: DoseLine, known: Known, week: Week, choices: Sequence[Form], elsewhere: int
) -> None:
    minutes = max(0, known.prescription.due(line, week.monday) * line.minutes - elsewhere)
    if not minutes:
        return
    kind = session_type(line.session_type).title
    if not choices:
        total.said.append(
            f"{kind}: no such group for them is held or may be opened here this week, so that "
            f"{in_words(minutes / 60)} h of it are not looked for."
        )
        return
    found, left = share_out(
        minutes, line.minutes, choices, attended=known.attended, by_video=_by_video(known.wishes)
    )
    for form in [form for form, count in found.items() if count > DAYS]:
        left += (found[form] - DAYS) * form.minutes
        found[form] = DAYS
    total.required += found
    total.open_hours += max(0.0, left / 60)
    if not found or any(form.minutes != line.minutes for form in found):
        each = [f"{count} of {form.minutes} min" for form, count in sorted(found.items())]
        held = " and ".join(each) or "hours that any group may fill"
        total.said.append(
            f"{kind}: {line.per_week:g} a week of {line.minutes} min are prescribed; here it becomes {held}."
        )


def _add_ones(
    total: _Sum,
    line: DoseLine,
    known: Known,
    week: Week,
    grid: Grid,
    *,
    staff: Mapping[int, str],
    leads: Mapping[int, str],
) -> None:
    booked = [seat.session for seat in known.visits if seat.session.session_type == line.session_type]
    due = known.prescription.due(line, week.monday)
    if is_rare(line):
        due = 0 if line.session_type in known.beside else 1
    wanted = max(due, min(len(booked), known.prescription.most(line)))
    title = session_type(line.session_type).title
    for n in range(wanted):
        session = booked[n] if n < len(booked) else None
        who = leads.get(session.pk) if session else _who(line.session_type, known, staff)
        if who in known.never:
            who = None
        if who is None:
            total.said.append(f"{title}: nobody is named who can hold it. Name someone in the care team.")
            continue
        minutes = _minutes(session) if session else line.minutes
        elapsed = _elapsed(session) if session else line.minutes
        name = line.session_type if n == 0 else f"{line.session_type}-{n + 1}"
        every = every_weeks(line.per_week, n)
        total.ones.append(OneToOne(name, who, grid.length(elapsed), minutes / 60, None, every=every))
        if session is not None:
            total.visits[name] = session


def _elapsed(session: Session) -> int:
    return int((session.ends_at - session.starts_at).total_seconds() // 60)


def _minutes(session: Session) -> int:
    return _elapsed(session) - session.break_minutes


def _who(kind: str, known: Known, staff: Mapping[int, str]) -> str | None:
    """Who holds a one-to-one that is not in the book: as wished, else by the care team."""
    part = "prescriber" if kind == "prescriber" else "primary_therapist"
    wished = known.wishes.therapist_id if known.wishes and part == "primary_therapist" else None
    named = (key for key in (wished, known.team.get(part)) if key is not None)
    return next((staff[key] for key in named if key in staff), None)


def _least(known: Known, week: Week) -> float:
    """The least hours of the level: the program's own number for intensive outpatient, else the level's."""
    born = known.patient.birth_date
    is_teen = born is not None and age_on(week.monday, born) < 18
    level = LEVELS.get(known.level or "iop")
    if level is None or level.code.startswith("iop"):
        return float(week.own["min_hours_week.teen" if is_teen else "min_hours_week.adult"])
    band = level.hours_teen if is_teen else level.hours_adult
    return band.least if band else 0.0


def _by_video(wishes: WeekWishes | None) -> bool | None:
    way = wishes.way if wishes else ""
    return None if not way else way in (BY_VIDEO, VIDEO_ONLY)


def _variants(known: Known, week: Week, forms: Forms) -> dict[str, dict[str, float]]:
    """Session type -> form of group -> cost; what is not allowed is missing."""
    found = {}
    for form, name in forms.names.items():
        way = _way_cost(known, form, week)
        if way is not None:
            found[name] = {variant: cost + way for variant, cost in _groups_for(known, week).items()}
    return found


def _way_cost(known: Known, form: Form, week: Week) -> float | None:
    """What it costs that the form is by video, or is not; None where that can't be."""
    is_video = form.room_kind == VIDEO
    way = known.wishes.way if known.wishes else ""
    if is_video and known.has_video is False and not known.attended.get(form):
        return None
    if (way == IN_PERSON_ONLY and is_video) or (way == VIDEO_ONLY and not is_video):
        return None
    wrong = (way == IN_PERSON and is_video) or (way == BY_VIDEO and not is_video)
    return float(week.own["timetable.cost.other_group"]) if wrong else 0.0


def _groups_for(known: Known, week: Week) -> dict[str, float]:
    """The forms of group that take the person, with what each costs beside the wished one."""
    patient, other = known.patient, float(week.own["timetable.cost.other_group"])
    wished = known.wishes.group_for if known.wishes else ""
    speaks = patient.language.lower()[:2] in ("es", "sp")
    found = {EVERYONE: other if wished else 0.0}
    for variant in ("women", "men"):
        gendered = patient.gender or patient.sex
        if gendered and check_variant(variant, gender=patient.gender, sex=patient.sex):
            found[variant] = 0.0 if wished in ("", variant) else other
    if speaks or wished == "es":
        found["es"] = 0.0 if wished in ("", "es") else other
    return found


def _free(known: Known, week: Week, grid: Grid) -> Ticks:
    """Every tick that neither the person's own life (with the way) nor a fixed session takes."""
    wishes = known.wishes
    travel = wishes.travel_minutes if wishes and wishes.travel_minutes is not None else None
    beside = int(week.own["timetable.travel_minutes"]) if travel is None else travel
    busy = grid.touched(known.own_time, beside=beside)
    turns = grid.touched(known.beside_time)
    # Whoever comes from a room at another site, or goes to one, is on the way for a while.
    between = max(int(week.own["timetable.travel_to_other_site"]), travel or 0)
    fixed = grid.touched(_span(seat) for seat in known.fixed)
    away = grid.touched((_span(seat) for seat in known.fixed if _is_away(seat, week)), beside=between)
    return tuple(
        frozenset()
        if grid.day(day) in week.closed
        else grid.whole_day() - busy[day] - fixed[day] - away[day] - turns[day]
        for day in range(DAYS)
    )


def _span(seat: Appointment) -> Span:
    return Span(seat.session.starts_at, seat.session.ends_at)


def _is_away(seat: Appointment, week: Week) -> bool:
    return seat.session.site_id != week.site.pk and seat.session.room_id is not None


def _liking(wishes: WeekWishes | None, week: Week) -> dict[tuple[int, str], float]:
    costs = {
        RATHER_NOT: float(week.own["timetable.cost.rather_not"]),
        ONLY_IF_NEEDED: float(week.own["timetable.cost.only_if_needed"]),
    }
    found = {}
    for place, how in (wishes.likings if wishes else {}).items():
        day, _, part = place.partition(" ")
        if how != GLADLY and how in costs:
            found[int(day), part] = costs[how]
    return found
