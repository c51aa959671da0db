"""What the program knows of one medication, and the classes that rules ask about."""

from dataclasses import dataclass

CLASSES = {
    "opioid": "an opioid",
    "opioid_agonist": "an opioid that treats opioid use disorder",
    "opioid_blocker": "a blocker of opioids",
    "opioid_rescue": "a rescue medication for overdose",
    "benzodiazepine": "a benzodiazepine",
    "sedative": "a sedative",
    "stimulant": "a stimulant",
    "antidepressant": "an antidepressant",
    "antipsychotic": "an antipsychotic",
    "mood_stabilizer": "a mood stabilizer",
    "prolongs_qt": "a medication that can prolong the QT interval",
    "reacts_with_alcohol": "a medication that reacts with alcohol",
    "reacts_with_disulfiram": "a medication that reacts with disulfiram",
    "holds_alcohol": "a product that holds alcohol",
    "alcohol_treatment": "a medication for alcohol use disorder",
    "opioid_treatment": "a medication for opioid use disorder",
    "tobacco_treatment": "a medication to stop smoking",
    "other": "another medication",
}


@dataclass(frozen=True)
class Product:
    """One product of a medication: its form in words and its RxNorm concept."""

    form: str
    rxnorm: str


@dataclass(frozen=True)
class Drug:
    """One medication. `why` is for the person, in plain words; `facts` and `warnings` are for staff.

    `rxnorm` is the ingredient's concept. `route` and `schedule` are the usual ones. `checks` are codes of `checks.py`.
    `controlled` is its schedule under the Controlled Substances Act, empty for none. `recorded_only` says why it is
    never ordered here. What a drug test finds because it is taken stands in `drug_tests/substances.py`, by ingredient.
    """

    code: str
    title: str
    rxnorm: str
    classes: frozenset[str]
    why: str
    source: str
    route: str = "mouth"
    schedule: str = "daily"
    brands: tuple[str, ...] = ()
    products: tuple[Product, ...] = ()
    facts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    controlled: str = ""
    recorded_only: str = ""

    @property
    def ingredient(self) -> str:
        """The ingredient in lower case, the same for every form."""
        return self.code.partition("-")[0]

    @property
    def is_injection(self) -> bool:
        """Whether it is given by injection, so that a nurse gives it and the next one has a day."""
        return self.route == "injection"


ROUTES = {
    "mouth": "by mouth",
    "tongue": "under the tongue or in the cheek",
    "injection": "by injection",
    "nose": "into the nose",
    "skin": "on the skin",
    "other": "another way",
}


def products(form: str, *codes: str) -> tuple[Product, ...]:
    """Products of one form."""
    return tuple(Product(form, code) for code in codes)
