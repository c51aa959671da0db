"""What no week can cost less than, at once: everyone alone in the clinic, in groups filled as well as can be."""

from throughcare.timetable.search.rows import UNIT, PersonRow, units
from throughcare.timetable.search.tables import Tables


def quick_bound(tables: Tables) -> float:
    """The sum of what each person's week costs at least, groups shared with as many others as is cheapest."""
    seat = min((_seat(tables, slot) for slot, people in enumerate(tables.eligible) if people), default=0.0)
    rate = max(
        [row.minutes / len(row.ticks) for row in tables.slots]
        + [one.minutes / one.ticks for row in tables.people for one in row.ones],
        default=0.0,
    )
    return sum(_alone(tables, row, seat, rate) for row in tables.people) / UNIT


def _seat(tables: Tables, slot: int) -> float:
    """The least that a minute in this group costs, shared by as many as is cheapest; in units."""
    row, weights = tables.slots[slot], tables.weights
    return min(
        (
            weights.open * row.minutes * UNIT / 60
            + units(weights.size) * (max(0, row.low - size) + max(0, size - row.high))
        )
        / (size * row.minutes)
        for size in range(max(1, row.fewest), max(2, row.fewest, row.most) + 1)
    )


def _alone(tables: Tables, row: PersonRow, seat: float, rate: float) -> float:
    """What this person's week costs at least, with any group at any time; in units."""
    weights = tables.weights
    # Days: for each number of ticks, the cheapest stretch that covers so many at most.
    best: list[dict[int, int]] = [{0: 0}]
    for day in row.stretches:
        lengths: dict[int, int] = {}
        for stretch in day:
            ticks = min(stretch.length, row.longest)
            lengths[ticks] = min(lengths.get(ticks, stretch.cost), stretch.cost)
        # `best[n]`: with n days used, total ticks -> least cost.
        grown = [dict(of) for of in best] + ([{}] if len(best) <= row.most_days else [])
        for used, of in enumerate(best):
            if used == row.most_days:
                continue
            for ticks, cost in of.items():
                for more, price in lengths.items():
                    there = grown[used + 1]
                    there[ticks + more] = min(there.get(ticks + more, cost + price), cost + price)
        best = grown
    alone = sum(one.minutes for one in row.ones)
    costs = []
    for of in best:
        for ticks, cost in of.items():
            got = min(row.prescribed, ticks * rate)
            below = units(weights.below) if got < row.enough else 0
            costs.append(cost + (row.prescribed - got) * weights.unmet + below + seat * max(0.0, got - alone))
    return min(costs)
