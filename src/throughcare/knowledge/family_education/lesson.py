"""What a lesson for families is."""

from dataclasses import dataclass

CRAFT = "CRAFT: Meyers and Wolfe; Roozen and others, Addiction 2010"
MATRIX = "SAMHSA Matrix IOP manuals, family education"
TIP_39 = "SAMHSA TIP 39, Substance Use Disorder Treatment and Family Therapy, 2020"
SAFETY = "Stanley and Brown safety planning; 988 Lifeline"
OVERDOSE = "SAMHSA Overdose Prevention and Response Toolkit, 2023"


@dataclass(frozen=True)
class Lesson:
    """One lesson: why it matters, what to do step by step, and words that can be said; `minutes` to read it."""

    code: str
    title: str
    why: str
    steps: tuple[str, ...]
    say: tuple[str, ...]
    source: str
    minutes: int = 4
    urgent: bool = False

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything that a reader meets: for translation."""
        return (self.title, self.why, *self.steps, *self.say)
