"""What is to be done after a test: codes that others script against, and the sentence for staff."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """One thing to do; `first` stands above everything else."""

    code: str
    words: str
    first: bool = False


ROWS = (
    Action(
        "high",
        "High priority: reach the person today; fentanyl, a benzodiazepine with an opioid, or alcohol with disulfiram.",
        True,
    ),
    Action(
        "disulfiram_alcohol",
        "They take disulfiram: a nurse reaches them now. Flushed, vomiting, chest pain, faint: call 911. "
        "No dose within 12 hours of alcohol.",
        True,
    ),
    Action(
        "naloxone", "Make sure that the person and their family have naloxone and know how to use it.", True
    ),
    Action("talk_next_session", "Talk about it at the next session: ask what happened, without reproach."),
    Action("tell_prescriber", "Tell the prescriber that a prescribed drug did not show."),
    Action(
        "ask_about_spiking", "The drug shows without what the body makes of it: ask how the dose is taken."
    ),
    Action("confirm_definitive", "Have it confirmed by the laboratory before anything rests on it."),
    Action("normalize_trend", "Ask for the level and creatinine, and compare it with the earlier one."),
    Action("ask_laboratory", "Ask the laboratory about this specimen."),
    Action("recollect", "Collect again within 48 hours."),
    Action("recollect_observed", "Collect again, observed, as soon as possible."),
    Action("treat_as_presumptive_positive", "Treat it like a presumptive positive test until the next one."),
    Action(
        "review_plan", "Review the care plan and the level of care: tests were unexpected more than once."
    ),
    Action("not_sole_ground", "A test is never the only ground for a discharge."),
)
ALL: dict[str, Action] = {row.code: row for row in ROWS}


def in_order(codes: set[str]) -> tuple[str, ...]:
    """The codes in the order in which they are to be done."""
    return tuple(row.code for row in ROWS if row.code in codes)
