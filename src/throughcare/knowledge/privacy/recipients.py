"""Who may receive a record: the classes of recipients that a consent can name. 42 CFR 2.31(a)(4)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RecipientClass:
    """One class; `by_class` when a consent may name the class instead of a person or an organization."""

    code: str
    words: str
    plain: str
    by_class: bool = False


ROWS = (
    RecipientClass("treating_provider", "a treating provider", "the people who treat you", by_class=True),
    RecipientClass("health_plan", "a health plan", "your health plan", by_class=True),
    RecipientClass("payer", "a third-party payer", "others who pay for your care", by_class=True),
    RecipientClass(
        "program_helper", "someone who helps to run the program", "people who help to run the program", True
    ),
    RecipientClass("intermediary", "an intermediary", "a network that passes records on"),
    RecipientClass("family", "family or a friend", "someone close to you"),
    RecipientClass("employer", "an employer", "your employer"),
    RecipientClass("school", "a school", "your school"),
    RecipientClass("benefits", "a benefits or housing office", "a benefits or housing office"),
    RecipientClass("lawyer", "a lawyer", "your lawyer"),
    RecipientClass("court", "a court", "a court"),
    RecipientClass("justice", "probation, parole or a treatment court", "your supervision"),
    RecipientClass("law_enforcement", "police", "the police"),
    RecipientClass("media", "the media", "the media"),
    RecipientClass("auditor", "an auditor", "an auditor"),
    RecipientClass("researcher", "a researcher", "a researcher"),
    RecipientClass("patient", "the patient", "you"),
    RecipientClass("other", "someone else", "someone else"),
)

ALL: dict[str, RecipientClass] = {row.code: row for row in ROWS}

# "my treating providers, health plans, third-party payers, and people helping to operate this program"
SINGLE_CONSENT_CLASSES = frozenset(row.code for row in ROWS if row.by_class)
