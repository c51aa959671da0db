"""A remembered week, and the change that leads from it to another."""

from throughcare.timetable.search.week import Change, Week, When


class Mirror:
    """What someone believes the week to be."""

    def __init__(self, week: Week, *, empty: bool = False) -> None:
        self.attend: list[frozenset[int]] = [frozenset()] * len(week.attend)
        self.ones: list[dict[int, When]] = [{} for _ in week.ones]
        self.leader: dict[int, int] = {}
        if not empty:
            self.towards(week)

    def note(self, change: Change) -> None:
        """A change was made."""
        for person, slots in change.attend.items():
            self.attend[person] = slots
        for person, ones in change.ones.items():
            self.ones[person] = ones
        for slot, leader in change.leaders.items():
            self.leader.pop(slot, None)
            if leader is not None:
                self.leader[slot] = leader

    def towards(self, week: Week) -> Change:
        """What leads from here to that week; it is noted."""
        slots = sorted(self.leader.keys() | week.leader.keys())
        change = Change(
            {p: mine for p, mine in enumerate(week.attend) if mine != self.attend[p]},
            {p: dict(mine) for p, mine in enumerate(week.ones) if mine != self.ones[p]},
            {s: week.leader.get(s) for s in slots if week.leader.get(s) != self.leader.get(s)},
        )
        self.note(change)
        return change

    def back(self, week: Week) -> Change:
        """What leads from that week back to here."""
        slots = sorted(self.leader.keys() | week.leader.keys())
        return Change(
            {p: self.attend[p] for p, now in enumerate(week.attend) if now != self.attend[p]},
            {p: dict(self.ones[p]) for p, now in enumerate(week.ones) if now != self.ones[p]},
            {s: self.leader.get(s) for s in slots if week.leader.get(s) != self.leader.get(s)},
        )
