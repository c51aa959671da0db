"""The form of a step."""

from collections.abc import Sequence
from typing import Any, ClassVar

from throughcare.faces.web.fields import Agree, LongText, Pick, Select, Text
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.level_changes import OUTSIDE, REASONS


class StepForm(Form):
    """To which level, why, and who expects the person there."""

    reason = Select("Reason", tuple(REASONS.items()), missing="Choose the reason for the step")
    text = LongText(
        "Why this level is right now",
        hint="One or two sentences. Where a criterion is not met or not known, say why the step is right all the same.",
        missing="Say in a sentence why this level is right now",
        rows=4,
    )
    next_place = Text(
        "Next place",
        hint="Which program or clinic, and who expects the person",
        missing="Name the next place",
    )
    comes_back = Agree(
        "The person is to come back here: the episode stays open",
        hint="Their seats in groups and visits are given back today. Without this, discharge instead.",
        optional=True,
    )
    asked_when: ClassVar = {
        "comes_back": AskedWhen("level", OUTSIDE, "Say whether the person is to come back")
    }
    field_order = ("level", "comes_back", "reason", "text", "next_place")

    def __init__(
        self,
        *args: Any,
        offered: Sequence[tuple[str, str]],
        outside: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        elsewhere = [(code, f"{title} (elsewhere)") for code, title in outside]
        self.fields["level"] = Pick("Level", [*offered, *elsewhere], missing="Choose the level to step to")
        self.order_fields(self.field_order)
