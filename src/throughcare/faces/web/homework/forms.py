"""Forms of homework: giving it, and writing down what came of it."""

from typing import Any

from throughcare.faces.web.fields import LongText, Pick, Select, Text
from throughcare.faces.web.form import Form
from throughcare.knowledge.between_sessions import HOMEWORK, LONGEST_WORDS, PRACTICED, TOP

DONE, HELPED, WORDS = HOMEWORK
HELPS = [(str(number), str(number)) for number in range(TOP + 1)]


class GiveForm(Form):
    """What one person is to practice."""

    text = LongText(
        "What are they to practice?",
        hint="In words they would use themselves. They read it on their own page.",
        missing="Write what they are to practice",
        max_length=LONGEST_WORDS,
    )
    skill = Text("Skill", hint="Its short name, such as “Time-out”", optional=True, max_length=80, width=20)


class ToldForm(Form):
    """What a person told of their homework."""

    practiced = Pick("Did they do it?", PRACTICED, missing="Choose one")
    helped = Select(
        f"How much did it help, from 0 to {TOP}?",
        HELPS,
        hint=f"0 is “{HELPED.low.lower()}”, {TOP} is “{HELPED.high.lower()}”",
        optional=True,
        empty="They didn't say",
    )
    words = LongText("In their words", optional=True, max_length=LONGEST_WORDS, rows=3)

    @property
    def answer(self) -> dict[str, Any]:
        """What `report_homework` takes."""
        said = self.cleaned_data
        helped = int(said["helped"]) if said["helped"] and said["practiced"] != "no" else None
        return {"practiced": said["practiced"], "helped": helped, "words": said["words"]}
