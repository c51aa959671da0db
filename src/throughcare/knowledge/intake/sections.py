"""The pages of the intake, in order: the person's own, their questionnaires, the clinician's."""

from throughcare.knowledge.intake.clinician_part import CHECKLIST
from throughcare.knowledge.intake.patient_part import PATIENT_PART
from throughcare.knowledge.intake.question import Section
from throughcare.knowledge.questionnaires.library import find

SECTIONS: tuple[Section, ...] = (*PATIENT_PART, CHECKLIST)
BY_CODE: dict[str, Section] = {section.code: section for section in SECTIONS}

# Questionnaires of the intake, in the order asked; a page shows only wording that may ship.
ASKED_OF_THE_PATIENT = ("phq-9", "gad-7", "audit-c", "dast-10", "bam")
ASKED_BY_THE_CLINICIAN = ("c-ssrs-screener", "asq", "audit", "ciwa-ar", "cows")
RISK_TOOLS = ("c-ssrs-screener", "asq")
# What stands above the items of a questionnaire that the person fills in alone.
STEMS = {
    "phq-9": "Over the last 2 weeks, how often have you been bothered by any of the following problems?",
    "phq-a": "How often have you been bothered by each of the following symptoms during the past two weeks?",
    "gad-7": "Over the last 2 weeks, how often have you been bothered by the following problems?",
    "audit-c": "These questions are about the past year.",
    "bam": "These questions are about the last 30 days.",
    "pcl-5": "In the past month, how much were you bothered by:",
    "core-10": "These questions are about the last week.",
}
# Answers of these that open a crisis path ask for a risk tool the same day: the questionnaire and its item.
ITEM_THAT_ASKS = {"phq-9": 9, "phq-a": 9, "core-10": 6}
YOUNGEST_TEEN, ADULT = 11, 18


def patient_questionnaires(age: int | None = None) -> tuple[str, ...]:
    """The questionnaires that the person fills in alone: those whose wording may ship; the clinician takes the rest."""
    young = age is not None and YOUNGEST_TEEN <= age < ADULT
    asked = ("phq-a" if young and code == "phq-9" else code for code in ASKED_OF_THE_PATIENT)
    return tuple(code for code in asked if find(code).licence.text_may_ship)


def patient_pages(age: int | None = None) -> tuple[str, ...]:
    """Codes of every page of the person's own part, in order."""
    return (*(section.code for section in PATIENT_PART), *patient_questionnaires(age))


# What a person reads in place of an instrument's name.
OWN_TITLES = {
    "phq-9": "Your mood",
    "phq-a": "Your mood",
    "gad-7": "Worry and nerves",
    "audit-c": "Alcohol",
    "dast-10": "Drugs other than alcohol",
    "bam": "The last 30 days",
    "pcl-5": "After something very hard",
    "core-10": "How the week was",
    "use-and-craving": "This week: use and craving",
    "working-together": "How we work together",
    "c-ssrs-screener": "A few more questions",
    "asq": "A few more questions",
}


def own_title(code: str) -> str:
    """What a person reads in place of a questionnaire's name."""
    return OWN_TITLES.get(code) or find(code).title


def page_title(code: str) -> str:
    """The title of a page of the person's own part, in words for them."""
    return BY_CODE[code].title if code in BY_CODE else own_title(code)
