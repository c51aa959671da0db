"""Naloxone for the person and for someone close: a list of tasks that stays until it is in their hands and in date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.medications.due import Due

CITE = "program default: naloxone for every person who uses opioids or stimulants, and their family"
STEPS = {
    "offered": "Offered",
    "declined": "Said no for now",
    "given": "Given",
    "shown": "Shown how to use it",
    "used": "Used",
    "gone": "Lost or expired",
}
WHOM = {"person": "The person", "family": "Someone close"}
# Codes of ICD-10-CM that begin so: opioids, cocaine, other stimulants, several substances, poisoning by opioids.
AT_RISK = ("F11", "F14", "F15", "F19", "T40")
OFFER_AGAIN_DAYS = 30


@dataclass(frozen=True)
class Step:
    """One step taken with naloxone for somebody."""

    whom: str
    step: str
    day: date
    expires: date | None = None


@dataclass(frozen=True)
class Task:
    """What is to do for one of them: `state` is done, or the next step; `due` the day it is due, None when done."""

    whom: str
    step: str
    title: str
    because: str
    due_date: date | None

    @property
    def is_done(self) -> bool:
        """Nothing is left to do for now."""
        return self.due_date is None

    def due(self) -> Due | None:
        """The same as a due among others."""
        if self.due_date is None:
            return None
        return Due("naloxone", self.title, self.because, self.due_date, "nurse", CITE)


def is_needed(*, diagnoses: Iterable[str], classes: Iterable[str]) -> bool:
    """Whether this person's use, or an opioid that they take, makes naloxone a task."""
    if any(code.upper().startswith(AT_RISK) for code in diagnoses):
        return True
    return "opioid" in set(classes)


def task_for(whom: str, steps: Sequence[Step], *, since: date, offer_days: int, ahead: int) -> Task:
    """What is to do next for the person or for someone close; `since` is the day from which it is a task.

    Whoever said no is asked again after a month. What expires is replaced some days before.
    """
    own = sorted((one for one in steps if one.whom == whom), key=lambda one: one.day)
    to = "" if whom == "person" else " to someone close"
    last = next((one for one in reversed(own) if one.step != "shown"), None)
    if last is None:
        return Task(whom, "offered", f"Offer naloxone{to}", "Nobody has yet.", since + timedelta(offer_days))
    if last.step == "declined":
        again = last.day + timedelta(days=OFFER_AGAIN_DAYS)
        return Task(whom, "offered", f"Offer naloxone{to} again", f"Said no on {_say(last.day)}.", again)
    if last.step == "offered":
        return Task(
            whom, "given", f"Give naloxone{to}", f"Offered on {_say(last.day)}.", last.day + timedelta(7)
        )
    if last.step in ("used", "gone"):
        return Task(
            whom,
            "given",
            f"Give new naloxone{to}",
            f"{STEPS[last.step]} on {_say(last.day)}.",
            last.day,
        )
    return _given(whom, to, last, own, ahead)


def _given(whom: str, to: str, last: Step, own: Sequence[Step], ahead: int) -> Task:
    shown = any(one.step == "shown" for one in own)
    if not shown:
        return Task(whom, "shown", f"Show how to use naloxone{to}", f"Given on {_say(last.day)}.", last.day)
    if last.expires is not None:
        soon = last.expires - timedelta(days=ahead)
        return Task(whom, "given", f"Give new naloxone{to}", f"It expires on {_say(last.expires)}.", soon)
    return Task(whom, "", f"Naloxone is given{to}", f"Given on {_say(last.day)}.", None)


def _say(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
