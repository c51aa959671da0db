"""What daily check-ins and check-ins before sessions tell others, for many people in two queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from throughcare.knowledge.warning_signs.picture import DayFact
from throughcare.pathway.daily_check_in.daily_rows import check_ins_between, day_of, standing_days
from throughcare.records.among import Keys

DAY = timedelta(days=1)
TAKEN = {"yes": True, "partly": False, "no": False}


@dataclass(frozen=True)
class DisclosedUse:
    """Use that a person told of themselves; it was at `last_used_at` or before. `substance` is empty when not said."""

    substance: str
    last_used_at: datetime


def days_of(patients: Sequence[int], *, since: datetime, at: datetime) -> Mapping[int, tuple[DayFact, ...]]:
    """What each of these people (keys) said from a moment to another, oldest first. For modules past the desk."""
    found: dict[int, list[DayFact]] = defaultdict(list)
    for row in standing_days(Keys(patients), (since - DAY).date(), (at + DAY).date()):
        if not since <= row.recorded_at <= at:
            continue
        day = day_of(row)
        found[row.patient_id].append(
            DayFact(
                at=row.recorded_at,
                mood=day.mood,
                craving=day.craving,
                sleep=day.sleep,
                used={"yes": True, "no": False}.get(day.use),
                took_medication=TAKEN.get(day.medication),
                own_signs=day.own_signs,
            )
        )
    for said in check_ins_between(Keys(patients), since, at):
        scales = {code: said.answers.get(code) for code in ("mood", "craving", "sleep")}
        found[said.patient_id].append(DayFact(at=said.recorded_at, source="session", **scales))
    return {patient: tuple(sorted(days, key=lambda one: one.at)) for patient, days in found.items()}


def disclosed_use_of(
    patients: Sequence[int], *, since: datetime, at: datetime
) -> Mapping[int, tuple[DisclosedUse, ...]]:
    """Use that each of these people (keys) told of between two moments, oldest first. For modules past the desk."""
    found: dict[int, list[DisclosedUse]] = defaultdict(list)
    for row in standing_days(Keys(patients), (since - DAY).date(), (at + DAY).date()):
        day = day_of(row)
        if day.use == "yes" and since <= row.recorded_at <= at:
            found[row.patient_id] += [
                DisclosedUse(code if code != "other" else "", row.recorded_at) for code in day.used or ("",)
            ]
    return {patient: tuple(uses) for patient, uses in found.items()}
