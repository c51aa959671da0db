"""Forms of the list of medications."""

from typing import Any, ClassVar

from throughcare.faces.web.fields import Agree, Date, LongText, Number, Pick, Select, Text
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.medications.adherence import BODY_SITES, CODES, INFORMANTS, REASONS, STATUSES
from throughcare.knowledge.medications.checks import ROWS as CHECKS
from throughcare.knowledge.medications.drug import ROUTES
from throughcare.knowledge.medications.naloxone import STEPS, WHOM
from throughcare.knowledge.medications.pdmp import FINDINGS
from throughcare.knowledge.medications.reconciling import DECISIONS, HOSPITALS, OCCASIONS, SOURCES
from throughcare.knowledge.medications.schedules import ROWS as SCHEDULES
from throughcare.pathway.medication.changing import MedicationWords
from throughcare.pathway.medication.checking import SEVERITIES
from throughcare.pathway.medication.doses import DoseWords

RHYTHMS = [(row.code, row.words) for row in SCHEDULES]


class MedicationForm(Form):
    """A medication as it goes on the list. Only a prescriber is asked whether it is ordered here."""

    name = Text(
        "Medication",
        hint="Its name or brand, such as sertraline or Suboxone. Anything else may be written too.",
        missing="Write the name of the medication",
        max_length=120,
    )
    dose = Text("Dose", hint="As on the box, such as 50 mg", optional=True, max_length=120, width=20)
    route = Select("How is it taken?", tuple(ROUTES.items()))
    schedule = Select("How often?", RHYTHMS)
    began_date = Date("Since when?", hint="Leave it empty when nobody knows", optional=True)
    prescriber = Text("Who prescribes it?", optional=True, max_length=120)
    source = Select("From whom do you know?", tuple(SOURCES.items()))
    purpose = Text(
        "What is it for?",
        hint="In words the person would use. Empty: the program's own words.",
        optional=True,
        max_length=200,
    )
    prescribed_here = Agree("I order it here", optional=True)
    answer = LongText(
        "What do you do about what doesn't go together?",
        hint="Needed only when an order stands against something on the list.",
        optional=True,
        rows=3,
    )

    def __init__(self, *arguments: Any, orders: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not orders:
            del self.fields["prescribed_here"], self.fields["answer"]

    @property
    def words(self) -> MedicationWords:
        """What `start_medication` and `change_medication` take."""
        said = self.cleaned_data
        return MedicationWords(
            name=said["name"],
            dose=said["dose"],
            route=said["route"],
            schedule=said["schedule"],
            source=said["source"],
            prescriber=said["prescriber"],
            prescribed_here=bool(said.get("prescribed_here")),
            purpose=said["purpose"],
            began_date=said["began_date"],
        )


class ChangeForm(MedicationForm):
    """The same for a change, with its reason."""

    because = Text("Why does it change?", missing="Write why it changes", max_length=300)
    field_order = ["because"]


class StopForm(Form):
    """A medication that was stopped."""

    stopped = Date("Last day", missing="Give the last day")
    because = Text("Why was it stopped?", missing="Write why it was stopped", max_length=300)


class DoseForm(Form):
    """What came of one day. Where it was given and the lot are asked for an injection only."""

    status = Pick("What came of it?", tuple(STATUSES.items()), missing="Choose one")
    day = Date("Day", missing="Give the day")
    seen = Agree("I saw it taken, or gave it", optional=True)
    why = Select("Why not?", tuple(REASONS.items()), optional=True, empty="Not said")
    body_site = Select("Given where?", tuple(BODY_SITES.items()), optional=True, empty="Not given")
    lot = Text("Lot", optional=True, max_length=40, width=20)
    words = LongText("Anything else", optional=True, rows=2, max_length=500)
    asked_when: ClassVar = {"why": AskedWhen("status", ("missed", "refused", "held"))}

    def __init__(self, *arguments: Any, injection: bool, gives: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not injection:
            del self.fields["body_site"], self.fields["lot"]
        if not gives:
            del self.fields["seen"]

    @property
    def said(self) -> DoseWords:
        """What `record_dose` takes."""
        said = self.cleaned_data
        return DoseWords(
            status=said["status"],
            why=said["why"],
            words=said["words"],
            seen=bool(said.get("seen")),
            body_site=said.get("body_site", ""),
            lot=said.get("lot", ""),
        )


class SupplyForm(Form):
    """Medication that was picked up."""

    filled = Date("Picked up on", missing="Give the day")
    days_supply = Number(
        "Lasts for how many days?", missing="Give the number of days", min_value=1, max_value=365
    )
    source = Select("From whom do you know?", tuple(SOURCES.items()))


class AdherenceForm(Form):
    """How a medication is taken on the whole."""

    code = Pick(
        "How is it taken?", tuple((row.code, row.words) for row in CODES.values()), missing="Choose one"
    )
    informant = Select(
        "Who says so?", tuple((code, words.capitalize()) for code, words in INFORMANTS.items())
    )
    asserted = Date("Said on", missing="Give the day")
    words = LongText("In their words", optional=True, rows=2, max_length=500)


class HospitalForm(Form):
    """An emergency department or hospital that a person comes from."""

    kind = Pick("Where were they?", tuple(HOSPITALS.items()), missing="Choose one")
    left = Date("Left on", missing="Give the day on which they left")
    place = Text("Which one?", optional=True, max_length=120)
    words = LongText("What happened, what was changed?", optional=True, rows=3)


class OccasionForm(Form):
    """Why the list is gone through, and what else is to say."""

    occasion = Select("Why now?", tuple(OCCASIONS.items()))
    words = Text("On the list as a whole", hint="In a sentence, if there is something to say", optional=True)


class DecisionForm(Form):
    """What happens with one medication; one of these for each on the list."""

    decision = Pick("What happens with it?", tuple(DECISIONS.items()), missing="Say what happens with it")
    source = Select("From whom do you know?", tuple(SOURCES.items()))
    prescriber = Text("Who prescribes it?", optional=True, max_length=120)
    dose = Text("New dose", optional=True, max_length=120, width=20)
    because = Text("Why?", optional=True, max_length=300)
    filled = Date("Last picked up on", optional=True)
    days_supply = Number("For how many days?", optional=True, min_value=1, max_value=365)
    asked_when: ClassVar = {
        "dose": AskedWhen("decision", ("change",), "Write the new dose"),
        "because": AskedWhen("decision", ("change", "stop")),
    }


class AllergyForm(Form):
    """An allergy, or that none is known."""

    known = Pick("Any allergy or intolerance?", missing="Say yes or no")
    substance = Text("To what?", optional=True, max_length=120)
    reaction = Text("What happens?", optional=True, max_length=200)
    severity = Select("How bad?", tuple(SEVERITIES.items()), optional=True, empty="Not known")
    asked_when: ClassVar = {
        "substance": AskedWhen("known", ("yes",), "Write to what"),
        "reaction": AskedWhen("known", ("yes",)),
        "severity": AskedWhen("known", ("yes",)),
    }


class NaloxoneForm(Form):
    """One step with naloxone."""

    whom = Pick("For whom?", tuple(WHOM.items()), missing="Choose for whom")
    name = Text("Who is it?", optional=True, max_length=120, width=20)
    step = Pick("What was done?", tuple(STEPS.items()), missing="Choose what was done")
    happened = Date("Day", missing="Give the day")
    expires = Date("Good until", hint="It stands on the box", optional=True)
    asked_when: ClassVar = {
        "name": AskedWhen("whom", ("family",)),
        "expires": AskedWhen("step", ("given",), "Write the day until which it is good"),
    }


class PdmpForm(Form):
    """The state's monitoring program was asked."""

    checked = Date("Checked on", missing="Give the day")
    finding = Pick("What did it show?", tuple(FINDINGS.items()), missing="Choose what it showed")
    words = LongText("What was seen, and what is done about it", optional=True, rows=3)
    asked_when: ClassVar = {"words": AskedWhen("finding", ("unexpected",), "Write what was seen")}


class CheckForm(Form):
    """A check that a medication asks for was done."""

    code = Select("Which check?", tuple((row.code, row.title) for row in CHECKS))
    checked = Date("Done on", missing="Give the day")
    value = Text("Value", hint="With its unit, such as 0.8 mmol/L", optional=True, max_length=80, width=20)
    words = LongText("What was found", optional=True, rows=3, max_length=500)
