"""Two hundred and forty made-up lives: who comes when, how it goes, how it ends."""

import random
from dataclasses import dataclass
from datetime import date, time, timedelta
from importlib.resources import files
from itertools import product

WEEKS_TOLD = 16
IN_CARE, LEFT_LATELY, LEFT_BEFORE = 60, 18, 162


def names(file: str) -> tuple[str, ...]:
    """The made-up names in a file beside this one."""
    return tuple(files("throughcare.faces.cli.story").joinpath(file).read_text(encoding="utf-8").split())


GIVEN = names("given_names.txt")
FAMILY = names("family_names.txt")
COMMITMENTS = {
    "day": (("childcare", time(15), time(20)), ("school", time(13), time(17))),
    "evening": (("work", time(7), time(15)), ("work", time(8), time(15))),
    "weekend": (("work", time(9), time(17)),),
}
# How it goes: weekly change of the PHQ-9, how often they come, how it ends if it ends.
ARCS = (
    ("steady", -1.0, 0.93, "completed", 8),
    ("slow", -0.5, 0.88, "completed", 6),
    ("slips", -0.6, 0.80, "completed", 4),
    ("flat", -0.1, 0.72, "left_informed", 3),
    ("fades", 0.1, 0.55, "lost_contact", 3),
    ("worse", 0.6, 0.75, "transfer_up", 2),
    ("moves", -0.7, 0.90, "moved", 1),
)


@dataclass
class Life:
    """One made-up person and how their time here goes. Days are the site's."""

    number: int
    given_name: str
    family_name: str
    sex: str
    birth_date: date
    site: str
    track: str
    mix: int
    therapist: int
    source: str
    focus: str
    phq: float
    arc: str
    weekly_change: float
    comes: float
    admitted: date
    leaves: date | None
    reason: str
    slips_in_week: int | None
    left_before: bool = False

    def days(self, day: date) -> int:
        """Days since admission."""
        return (day - self.admitted).days

    def week(self, day: date) -> int:
        """Weeks since admission, from 0."""
        return (day - self.admitted).days // 7

    def chance_to_come(self, day: date) -> float:
        """How likely they are at a session on this day."""
        slipping = self.slips_in_week is not None and abs(self.week(day) - self.slips_in_week) < 1
        if self.reason == "lost_contact" and self.leaves and self.leaves - day <= timedelta(days=16):
            return 0.0
        fading = 0.08 * self.week(day) if self.arc == "fades" else 0.0
        return max(0.1, self.comes - fading - (0.45 if slipping else 0.0))

    def mood_score(self, day: date) -> float:
        """Where their PHQ-9 is heading on this day, before the day's own noise."""
        slip = 4.0 if self.slips_in_week is not None and 0 <= self.week(day) - self.slips_in_week < 2 else 0.0
        return min(26.0, max(1.0, self.phq + self.weekly_change * self.week(day) + slip))


def imagine_lives(dice: random.Random, today: date) -> list[Life]:
    """Everyone of the story, by the day of their admission."""
    names = [(given, family) for given, family in product(GIVEN, FAMILY)]
    dice.shuffle(names)
    first = today - timedelta(days=today.weekday(), weeks=WEEKS_TOLD)
    lives = []
    for number in range(IN_CARE + LEFT_LATELY + LEFT_BEFORE):
        if number < IN_CARE:
            admitted = today - timedelta(days=3 + round(53 * number / IN_CARE))
            leaves = None
        elif number < IN_CARE + LEFT_LATELY:
            leaves = first + timedelta(
                days=5 + round((WEEKS_TOLD * 7 - 14) * (number - IN_CARE) / LEFT_LATELY)
            )
            admitted = leaves - timedelta(weeks=dice.randint(4, 10))
        else:
            leaves = first - timedelta(days=dice.randint(7, 260))
            admitted = leaves - timedelta(weeks=dice.randint(4, 11))
        life = imagine_life(dice, number, names[number], _workday(admitted), leaves and _workday(leaves))
        life.left_before = number >= IN_CARE + LEFT_LATELY
        lives.append(life)
    return sorted(lives, key=lambda life: (life.admitted, life.number))


def imagine_life(
    dice: random.Random, number: int, name: tuple[str, str], admitted: date, leaves: date | None
) -> Life:
    """One person's way."""
    arc, change, comes, reason, _ = dice.choices(ARCS, weights=[arc[4] for arc in ARCS])[0]
    track = dice.choices(("day", "evening", "weekend"), weights=(5, 5, 2))[0]
    return Life(
        number=number,
        given_name=name[0],
        family_name=name[1],
        sex=dice.choice(("female", "male")),
        birth_date=date(1962, 1, 1) + timedelta(days=dice.randrange(44 * 365)),
        site="Main" if number % 5 < 3 else "North",
        track=track,
        mix=dice.randrange(12),
        therapist=dice.randrange(6),
        source=dice.choice(("self", "self", "family", "hospital", "health", "treatment", "court")),
        focus=dice.choice(("alcohol", "alcohol", "depression", "depression", "anxiety", "opioids", "trauma")),
        phq=dice.uniform(12, 22),
        arc=arc,
        weekly_change=change,
        comes=comes,
        admitted=admitted,
        leaves=leaves,
        reason=reason,
        slips_in_week=dice.randint(2, 6) if arc == "slips" else None,
    )


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
