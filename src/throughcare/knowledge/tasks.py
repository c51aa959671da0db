"""What case managers arrange: kinds of tasks with the steps that usually lead there, and how a task ends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TaskKind:
    """One kind of task. `steps` are a first draft; whoever writes the task changes them."""

    code: str
    word: str
    steps: tuple[str, ...] = ()


KINDS = (
    TaskKind(
        "housing",
        "Housing",
        (
            "Ask where they sleep tonight and until when",
            "Fill in the application together",
            "Call the place and ask when they decide",
        ),
    ),
    TaskKind(
        "transport",
        "Transport",
        ("Ask what the way costs and takes", "Book the ride or the pass", "Tell them when it comes"),
    ),
    TaskKind(
        "childcare",
        "Childcare",
        ("Ask for which hours", "Ask for the subsidy", "Settle the first day"),
    ),
    TaskKind(
        "benefits",
        "Benefits",
        ("List what they may be owed", "Gather the papers", "File it and write down the date and number"),
    ),
    TaskKind(
        "vocational",
        "Work and school",
        ("Ask what they want to do", "Find out which hours fit the program", "Arrange the first meeting"),
    ),
    TaskKind("legal", "Legal", ("Ask for the paper with the date on it", "Ask who represents them")),
    TaskKind("other", "Other"),
)
KIND: dict[str, TaskKind] = {row.code: row for row in KINDS}

# How a task ends.
OUTCOMES: dict[str, str] = {
    "arranged": "Arranged",
    "partly": "Partly arranged",
    "refused": "Turned down by the other side",
    "not_wanted": "The person no longer wants it",
    "not_needed": "No longer needed",
}
MOST_STEPS = 15
LONGEST_TITLE = 200
