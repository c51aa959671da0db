"""What an emergency asks: a reason before the glass breaks, the record of what was told, and the finding after."""

from typing import Any

from throughcare.faces.web.fields import LongText, Moment, Pick, PickMany, Text
from throughcare.faces.web.form import Form
from throughcare.knowledge.privacy.emergencies import FINDINGS, REASONS
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.pathway.privacy.emergency_telling import TELLABLE, EmergencyTelling


class GlassForm(Form):
    """Why a guarded record must open now."""

    reason = Pick("What is the emergency?", tuple(REASONS.items()), missing="Choose the reason")
    nature = LongText(
        "What happened, and what do you need to know?",
        missing="Write what happened and what you need to know",
        max_length=2000,
    )


class TellingForm(Form):
    """The record that 42 CFR 2.51(c) asks for, and what was told."""

    recipient = Text("Who received it?", hint="Name and function", missing="Name who received it")
    affiliation = Text(
        "For which hospital, ambulance or practice do they work?", missing="Write where they work"
    )
    discloser = Text("Who told them?", missing="Name who told them")
    disclosed_at = Moment("When was it told?", missing="Enter the day and the time")
    nature = LongText("What was the emergency?", missing="Write what the emergency was", rows=3)
    no_consent = LongText(
        "Why could consent not be had?", missing="Write why consent could not be had", rows=2
    )
    kinds = PickMany(
        "What was told?",
        [(code, KINDS[code].words.capitalize()) for code in TELLABLE],
        hint="Only what helps against the emergency",
        missing="Choose what was told",
    )
    words = LongText("In which words?", optional=True, rows=3)

    def telling(self) -> EmergencyTelling:
        """The form as the record of it."""
        said: dict[str, Any] = self.cleaned_data
        return EmergencyTelling(
            recipient=said["recipient"],
            affiliation=said["affiliation"],
            discloser=said["discloser"],
            disclosed_at=said["disclosed_at"],
            nature=said["nature"],
            no_consent=said["no_consent"],
            kinds=said["kinds"],
            words=said["words"],
        )


class ReviewForm(Form):
    """What the officer found."""

    finding = Pick("What did you find?", tuple(FINDINGS.items()), missing="Choose what you found")
    text = LongText(
        "What was not right, and what follows?",
        hint="May stay empty when it was right",
        optional=True,
    )


class GuardForm(Form):
    """Why a record needs extra privacy."""

    text = LongText(
        "Why does this record need extra privacy?",
        hint="Known in town, related to someone here, asked for it",
        missing="Write why this record needs extra privacy",
        max_length=1000,
        rows=3,
    )
