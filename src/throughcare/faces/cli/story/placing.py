"""A person's week: three groups of their track, and a one-to-one where both are free."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from throughcare.faces.cli.story.beginnings import clock, mix_of, own_days, therapist_code
from throughcare.faces.cli.story.clinic import MIXES, Clinic
from throughcare.faces.cli.story.days import Cast
from throughcare.faces.cli.story.lives import Life
from throughcare.knowledge.clinic_calendar import week_of
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.group.group import join_group
from throughcare.pathway.group.joining import join_groups
from throughcare.pathway.week.booking import NewSession
from throughcare.pathway.week.schedule import book_series

# When a one-to-one is tried, by track and by what fills their days: before or after what their own life holds.
HOURS = {
    ("day", "childcare"): (13, 14),
    ("day", "school"): (8, 9),
    ("evening", "work"): (15, 16),
    ("weekend", "work"): (17, 18, 19),
}
# After these hours the group of the same day is more than an hour's wait away: they are for other days.
FAR_FROM_THE_GROUP = {("day", 14), ("evening", 15)}
LONGEST_SERIES = 26


def place(cast: Cast, life: Life, day: date) -> None:
    """Groups first, then the one-to-one."""
    join_mix(cast, life, day)
    book_one_to_one(cast, life, day)


def join_mix(cast: Cast, life: Life, day: date) -> None:
    """The first mix of weekdays whose groups take the person; otherwise the groups that do."""
    mixes = MIXES[life.track]
    wanted = mixes[life.mix % len(mixes)]
    groups = tuple(cast.clinic.groups_of(life.site, life.track, wanted))
    when: dict[str, Any] = {"from_date": day, "by": cast.clinic.program, "at": clock(day, 9, 30)}
    patient, episode = cast.patients[life.number], cast.episodes[life.number]
    try:
        join_groups(groups, episode, **when)
        joined = list(groups)
    except Cannot:
        joined = []
        others = [weekday for mix in mixes for weekday in mix if weekday not in wanted]
        for group in cast.clinic.groups_of(life.site, life.track, tuple(dict.fromkeys((*wanted, *others)))):
            if len(joined) < len(wanted):
                try:
                    join_group(group, episode, **when)
                    joined.append(group)
                except Cannot:  # full, or it clashes: the next one
                    continue
    for group in joined:
        cast.members[group].append(patient)


def book_one_to_one(cast: Cast, life: Life, day: date) -> None:
    """A weekly hour with the therapist, at the first time that is free for the whole series."""
    code = therapist_code(cast.clinic, life)
    weeks = weeks_here(cast, life, day)
    until = day + timedelta(weeks=weeks)
    for hour, weekday in free_hours(cast, life, code, day):
        new = one_to_one(cast.clinic, cast, life, code, first_after(day, weekday, hour))
        try:
            booked = book_series(new, weeks=weeks, by=cast.clinic.program, at=clock(day, 9, 45))
        except Cannot:  # a group, or the person's own life: the next hour
            continue
        cast.alone.update(dict.fromkeys(booked, cast.patients[life.number]))
        cast.hours_given[code, weekday, hour] = until
        return


def free_hours(cast: Cast, life: Life, code: str, day: date) -> Iterator[tuple[int, int]]:
    """Hours and weekdays at which the therapist sees nobody else, those that leave no long wait first."""
    every = [
        (hour, weekday) for hour in HOURS[life.track, own_days(life)[0]] for weekday in ordered_weekdays(life)
    ]
    for hour, weekday in sorted(every, key=lambda when: _is_far(life, *when)):
        if cast.hours_given.get((code, weekday, hour), day) <= day:
            yield hour, weekday


def _is_far(life: Life, hour: int, weekday: int) -> bool:
    return (life.track, hour) in FAR_FROM_THE_GROUP and weekday in mix_of(life)


def weeks_here(cast: Cast, life: Life, day: date) -> int:
    """Whole weeks until they leave, or until four weeks from now."""
    until = life.leaves or cast.now.date() + timedelta(weeks=4)
    return min(LONGEST_SERIES, max(1, (until - day).days // 7))


def ordered_weekdays(life: Life) -> tuple[int, ...]:
    """Monday to Friday, beginning with another one for each person."""
    first = life.number % 5
    return tuple((first + n) % 5 for n in range(5))


def first_after(day: date, weekday: int, hour: int) -> datetime:
    """The first such weekday after `day`, on the wall clock."""
    found = week_of(day) + timedelta(days=weekday)
    return datetime.combine(found if found > day else found + timedelta(weeks=1), time(hour))


def one_to_one(clinic: Clinic, cast: Cast, life: Life, code: str, starts: datetime) -> NewSession:
    """The session to book."""
    return NewSession(
        kind="individual",
        site=clinic.sites[life.site],
        practitioner=clinic.practitioners[code],
        patients=(cast.patients[life.number],),
        starts_at=starts,
        minutes=60,
        room=clinic.offices[code] if life.site == "Main" or code.startswith("north") else None,
    )
