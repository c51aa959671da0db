"""Signs of medication that is not taken."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.warning_signs.picture import DoseFact, Picture
from throughcare.knowledge.warning_signs.sign import Sign, counted, end_of, end_of_day, setting

# Tolerance falls while these are missed: the usual dose can then be too much. (domain table, §4.4)
OPIOID_TREATMENT = frozenset({"buprenorphine", "methadone"})


def med_missed(picture: Picture) -> Iterator[Sign]:
    """Two or more daily doses missed, or an injection late; buprenorphine or methadone on three days: high."""
    by_drug: dict[str, list[DoseFact]] = defaultdict(list)
    for dose in picture.doses:
        if _known(picture, dose) <= picture.at:
            by_drug[dose.drug.strip().lower()].append(dose)
    for drug, doses in sorted(by_drug.items()):
        yield from _missed_daily(picture, drug, [one for one in doses if one.form != "injection"])
        yield from _late_injections(picture, drug, [one for one in doses if one.form == "injection"])


def _known(picture: Picture, dose: DoseFact) -> datetime:
    """When it was known that the dose was missed: when somebody said so, else when its day was over."""
    return dose.known_at or end_of_day(dose.day, picture.zone)


def _missed_daily(picture: Picture, drug: str, doses: Sequence[DoseFact]) -> Iterator[Sign]:
    today = local_day(picture.at, picture.zone)
    window = int(setting(picture, "signs.doses_missed_days"))
    missed = sorted(
        {
            one.day: one
            for one in doses
            if one.status == "missed" and timedelta() <= today - one.day <= timedelta(days=window)
        }.values(),
        key=lambda one: one.day,
    )
    count = sum(one.status == "missed" and one.day in {day.day for day in missed} for one in doses)
    least = int(setting(picture, "signs.doses_missed"))
    if count < least:
        return
    row = _longest_row(missed)
    is_high = drug in OPIOID_TREATMENT and row >= int(setting(picture, "signs.doses_in_a_row"))
    newest = max(_known(picture, one) for one in missed)
    since = sorted(_known(picture, one) for one in missed)[min(least, len(missed)) - 1]
    in_row = f", {row} days in a row" if row > 1 else ""
    danger = " Tolerance falls: the usual dose may be too much now." if is_high else ""
    yield Sign(
        "med_missed",
        f"{counted(count, 'dose')} of {drug} missed in the last {window} days{in_row}.{danger}",
        since=since,
        due_at=end_of(
            picture, newest, later=0 if is_high else int(setting(picture, "signs.medication_days"))
        ),
        owner_role="prescriber",
        topic=drug,
        risk="high" if is_high else "watch",
        seen_at=newest,
        lapses_at=end_of_day(missed[0].day + timedelta(days=window), picture.zone),
    )


def _longest_row(missed: Sequence[DoseFact]) -> int:
    """The most days in a row, of doses in the order of their days."""
    longest = row = 0
    before = None
    for dose in missed:
        row = row + 1 if before is not None and dose.day - before == timedelta(days=1) else 1
        longest, before = max(longest, row), dose.day
    return longest


def _late_injections(picture: Picture, drug: str, doses: Sequence[DoseFact]) -> Iterator[Sign]:
    """Injections that were due and are not given: each stays by its own day."""
    for dose in sorted(doses, key=lambda one: (one.day, one.key)):
        due = end_of_day(dose.day, picture.zone)
        if dose.status not in ("missed", "late") or picture.at <= due:
            continue
        yield Sign(
            "med_missed",
            f"The injection of {drug} was due on {dose.day:%b} {dose.day.day} and is late.",
            since=due,
            due_at=end_of(picture, due, later=int(setting(picture, "signs.medication_days"))),
            owner_role="prescriber",
            topic=f"{drug} injection {dose.day.isoformat()}",
        )
