"""Forms of tests: ordering, collecting (what is said before anything is known), results, the door."""

from typing import Any, ClassVar

from throughcare.faces.web.fields import (
    Agree,
    Amount,
    Date,
    LongText,
    Moment,
    Number,
    Pick,
    PickMany,
    Select,
    Text,
)
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.drug_tests.analytes import ALL as ANALYTES
from throughcare.knowledge.drug_tests.analytes import MATRICES, USUAL_PANEL
from throughcare.knowledge.drug_tests.at_the_door import Step
from throughcare.knowledge.drug_tests.draw import OFTEN
from throughcare.knowledge.drug_tests.orders import NOT_GIVEN, OBSERVATIONS, WHY

PANEL = tuple((code, row.title) for code, row in ANALYTES.items())
USES = (1, 2, 3)


class OrderForm(Form):
    """Why, when and what."""

    why = Pick(
        "Why?",
        tuple((row.code, row.words) for row in WHY.values() if row.by_hand),
        missing="Choose why",
    )
    words = LongText("What is the reason?", optional=True, max_length=500, rows=2)
    on = Date("On which day?", missing="Choose the day")
    matrix = Select("What is collected?", tuple(MATRICES.items()), initial="urine", missing="Choose")
    panel = PickMany("What is looked for?", PANEL, initial=list(USUAL_PANEL), missing="Choose at least one")
    asked_when: ClassVar = {"words": AskedWhen("why", ("cause",), "Write down what the reason is")}


class DrawForm(Form):
    """How often someone is drawn, and what is looked for."""

    often = Pick("How often?", tuple(OFTEN.items()), initial="by_week", missing="Choose how often")
    panel = PickMany("What is looked for?", PANEL, initial=list(USUAL_PANEL), missing="Choose at least one")


class CollectForm(Form):
    """First the person's own word and what they take; then the specimen."""

    asked_first = Agree(
        "I asked what they used and what they take, before anyone looked at a result",
        missing="Ask first: what they tell now explains what is found",
    )
    collected_at = Moment("Collected", missing="Enter when it was collected")
    matrix = Select("Collected", tuple(MATRICES.items()), missing="Choose what was collected")
    observation = Pick("Observed?", tuple(OBSERVATIONS.items()), initial="none", missing="Choose")
    temperature_f = Amount(
        "Temperature, °F", hint="Within 4 minutes; 90 to 100 is usual", optional=True, decimal_places=1
    )
    temperature_minutes = Number("Minutes until it was read", optional=True, min_value=0, max_value=600)
    seal = Text("Seal number", optional=True, width=20, max_length=40)
    words = LongText("Anything else", optional=True, max_length=1000, rows=2)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        told: dict[str, Any] = {}
        for number in USES:
            hint = "In their words: cocaine, two beers, a friend's Xanax" if number == 1 else ""
            told[f"used_{number}"] = Text(f"Used lately ({number})", hint=hint, optional=True, width=20)
            told[f"last_{number}"] = Date(f"Last used ({number})", optional=True)
            told[f"long_{number}"] = Pick(
                f"For long before that? ({number})", (("yes", "Yes"), ("no", "No")), optional=True
            )
        told["also_takes"] = LongText(
            "Takes, beside what is on the list",
            hint="One a line, also from the drugstore",
            optional=True,
            rows=3,
            max_length=500,
        )
        rest = dict(self.fields)
        first = {"asked_first": rest.pop("asked_first")}
        self.fields = {**told, **first, **rest}


class ResultForm(Form):
    """What was found of each analyte, and the specimen's own values."""

    definitive = Pick(
        "Which result?",
        (("no", "Screen (presumptive)"), ("yes", "Laboratory (definitive)")),
        initial="no",
        missing="Choose which",
    )
    laboratory = Text("Which laboratory?", optional=True)
    resulted_at = Moment("When was it read?", missing="Enter when it was read")
    creatinine = Amount("Creatinine, mg/dL", optional=True, decimal_places=1, min_value=0)
    specific_gravity = Amount(
        "Specific gravity", hint="Like 1.015", optional=True, decimal_places=4, min_value=0
    )
    ph = Amount("pH", optional=True, decimal_places=1, min_value=0, max_value=14)
    nitrite = Amount("Nitrite, µg/mL", optional=True, decimal_places=1, min_value=0)
    foreign = Agree("Something that is no urine was found in it", optional=True)
    asked_when: ClassVar = {"laboratory": AskedWhen("definitive", ("yes",), "Write which laboratory")}

    def __init__(self, *args: Any, panel: tuple[str, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        found: dict[str, Any] = {}
        for code in panel:
            field = Pick(
                ANALYTES[code].title,
                (("neg", "Negative"), ("pos", "Positive"), ("", "Not looked for")),
                optional=True,
            )
            field.widget.attrs["class"] = "across"
            found[f"found_{code}"] = field
        for code in (one for one in panel if ANALYTES[one].needs_trend):
            found[f"level_{code}"] = Amount(f"{ANALYTES[code].title}, ng/mL", optional=True, min_value=0)
        rest = dict(self.fields)
        first = {name: rest.pop(name) for name in ("definitive", "laboratory", "resulted_at")}
        self.fields = {**first, **found, **rest}


class NotGivenForm(Form):
    """Why there is no specimen."""

    kind = Pick("What happened?", tuple(NOT_GIVEN.items()), missing="Choose what happened")
    words = LongText("What did they say?", optional=True, max_length=1000, rows=3)
    asked_when: ClassVar = {
        "words": AskedWhen("kind", ("refused", "excused"), "Write down what the person said")
    }


class BreathForm(Form):
    """A reading at the door."""

    waited_minutes = Number(
        "Minutes without drink, food or smoke", missing="Enter the minutes", min_value=0, max_value=600
    )
    reading = Amount(
        "Reading", hint="As the device shows it: 0.00", missing="Enter the reading", decimal_places=3
    )
    words = LongText("Anything else", optional=True, max_length=500, rows=2)


class StepsForm(Form):
    """What was done after a reading above zero."""

    def __init__(self, *args: Any, left: tuple[Step, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = tuple((step.code, step.words) for step in left)
        self.fields["steps"] = PickMany("What is done now?", choices, missing="Tick what is done")
