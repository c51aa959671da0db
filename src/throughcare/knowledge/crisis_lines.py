"""Where to turn in a crisis, day and night: what every paper that a person takes home ends with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CrisisLine:
    """One line: whom to reach, how, and for what."""

    name: str
    how: str
    about: str
    source: str


ROWS = (
    CrisisLine(
        "Emergency", "Call 911", "Danger to life, overdose, severe withdrawal.", "national emergency number"
    ),
    CrisisLine(
        "988 Suicide and Crisis Lifeline",
        "Call or text 988",
        "Thoughts of suicide, a crisis of mind or use; free, day and night.",
        "SAMHSA, 988lifeline.org",
    ),
    CrisisLine(
        "SAMHSA National Helpline",
        "Call 1-800-662-4357",
        "Finding treatment and support; free, day and night, in English and Spanish.",
        "SAMHSA",
    ),
)
