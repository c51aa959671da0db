"""A clinic whose next week is planned: three CBT groups as they run, one that may be opened, and three people."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from tests.cast import MONDAY, MORNING, Cast
from tests.week_cast import InCare, a_group, admit, prescribe
from throughcare.pathway.group.group import join_group
from throughcare.pathway.timetable.asking.solving import checked
from throughcare.pathway.timetable.picture.meaning import meaning_of
from throughcare.pathway.timetable.picture.week import Picture, picture_of
from throughcare.pathway.timetable.runs.run import NewRun, ask_for_run
from throughcare.pathway.timetable.runs.turns import end_turn, take_runs
from throughcare.pathway.timetable.runs.views import run_view
from throughcare.pathway.week.schedule import extend_sessions
from throughcare.records.organizations import Site
from throughcare.records.people import Practitioner
from throughcare.records.timetables import Room, Skill
from throughcare.records.week_rules import GroupOffer
from throughcare.timetable.problem import Plan, SlotKey

NEXT = MONDAY + timedelta(weeks=1)


@dataclass(frozen=True)
class Planned:
    """The clinic, its people and groups by name."""

    cast: Cast
    people: dict[str, InCare]
    groups: dict[str, UUID]

    def picture(self, at: datetime = MORNING) -> Picture:
        """The next week as it stands."""
        return picture_of(self.cast.site, monday=NEXT, by=self.cast.director, at=at)

    def slot(self, picture: Picture, group: str) -> SlotKey:
        """Where a group is in a picture."""
        return next(key for key, uid in picture.groups.items() if uid == self.groups[group])

    def kept(self, picture: Picture, plan: Plan, at: datetime = MORNING) -> UUID:
        """A plan of a run that has finished; its public id."""
        new = NewRun(
            "solve",
            NEXT,
            "The whole week",
            picture.problem,
            meaning_of(picture, organization=self.cast.organization),
        )
        run = ask_for_run(self.cast.site, new, by=self.cast.director, at=at)
        (turn,) = take_runs(1, at=at)
        end_turn(turn, "finished", at=at, best=checked(picture.problem, plan))
        return run_view(run, by=self.cast.director, at=at).plan.uid


def planned_week(cast: Cast, *, fewest: int = 1) -> Planned:
    """Mondays, Wednesdays and Fridays at ten; Ana and Bo come to all, Cy to none; Tuesdays may be opened."""
    from throughcare.pathway.program_settings import change_setting

    change_setting("group.min_to_run", fewest, effective_date=MONDAY, by=cast.director, at=MORNING)
    carla = Practitioner.objects.get(pk=cast.clinician.practitioner)
    groups = {
        name: a_group(cast, name=name, weekday=day, starts=time(10), minutes=180)
        for name, day in (("Mondays", 0), ("Wednesdays", 2), ("Fridays", 4))
    }
    people = {name: admit(cast, name, "Silva") for name in ("Ana", "Bo", "Cy")}
    for person in people.values():
        prescribe(person, mix=(("cbt", 3, 180),))
    for name in ("Ana", "Bo"):
        for group in groups.values():
            join_group(group, people[name].episode, from_date=MONDAY, by=cast.program, at=MORNING)
    offer(cast, weekday=1, starts=time(10))
    assert Skill.objects.filter(practitioner=carla, skill="cbt").exists()
    extend_sessions(cast.organization, until=MONDAY + timedelta(days=40), at=MORNING)
    return Planned(cast, people, groups)


def offer(cast: Cast, *, weekday: int, starts: time, track: str = "day") -> None:
    """A CBT group of three hours that may be opened, in the group room."""
    GroupOffer.objects.create(
        organization_id=cast.organization,
        site=Site.objects.get(uid=cast.site),
        session_type="cbt",
        track=track,
        variant="mixed",
        capacity=8,
        weekday=weekday,
        starts=starts,
        minutes=180,
        room=Room.objects.get(uid=cast.group_room),
        recorded_at=MORNING,
    )


def with_cy_on_tuesday(week: Planned, picture: Picture) -> Plan:
    """Tuesdays open with Carla; Cy comes on Mondays, Tuesdays and Wednesdays; Ana leaves Fridays for Tuesdays."""
    (tuesdays,) = picture.offers
    mondays, wednesdays, _ = (week.slot(picture, name) for name in week.groups)
    carla = str(week.cast.practitioner_uid(week.cast.clinician))
    ana, _, cy = (str(week.people[name].patient) for name in ("Ana", "Bo", "Cy"))
    stands = picture.as_it_stands
    return replace(
        stands,
        groups={**stands.groups, tuesdays: carla},
        attend={
            **stands.attend,
            ana: frozenset({mondays, tuesdays, wednesdays}),
            cy: frozenset({mondays, tuesdays, wednesdays}),
        },
    )
