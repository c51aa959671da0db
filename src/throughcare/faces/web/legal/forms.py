"""What is asked about a paper from a court, a lawyer or the police."""

from typing import Any

from throughcare.faces.web.fields import Date, LongText, Number, Pick, PickMany, Select, Text
from throughcare.faces.web.form import Form
from throughcare.knowledge.privacy.kinds import ALL as KINDS
from throughcare.knowledge.privacy.kinds import APART, MAY_LEAVE
from throughcare.knowledge.privacy.legal_requests import ALL as PAPERS
from throughcare.pathway.privacy.legal import ANSWERS, NewDocument, NewLegalRequest
from throughcare.pathway.privacy.legal_views import LegalView

TELLABLE = [(code, kind.words.capitalize()) for code, kind in KINDS.items() if code in MAY_LEAVE - APART]


class ScopeForm(Form):
    """Exactly what a paper names: the patient, the kinds of record, the days."""

    number = Number("Number of the patient whom it names", optional=True, min_value=1)
    kinds = PickMany("Which records does it name?", TELLABLE, optional=True)
    records_from = Date("From which day?", optional=True)
    records_until = Date("Until which day?", optional=True)


class PaperForm(ScopeForm):
    """A paper as it came."""

    kind = Select(
        "What is it?", [(code, one.words) for code, one in PAPERS.items()], missing="Choose what it is"
    )
    from_whom = Text("From whom?", missing="Write whom it comes from")
    about_whom = Text("About whom?", hint="The name as the paper gives it", optional=True)
    asks_for = LongText("What does it ask for?", missing="Write what it asks for", rows=3)
    answer_due_date = Date("By which day is an answer due?", optional=True)
    field_order = (
        "kind",
        "from_whom",
        "about_whom",
        "asks_for",
        "answer_due_date",
        "number",
        "kinds",
        "records_from",
        "records_until",
    )

    def paper(self) -> NewLegalRequest:
        """The form as a paper."""
        return NewLegalRequest(**self.cleaned_data)


class DocumentForm(Form):
    """What someone had before them."""

    described = Text(
        "What did you have before you, and from whom?", missing="Write what you had before you, and from whom"
    )
    dated = Date("Its date", optional=True)

    def __init__(self, paper: LegalView, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        needs = [(need.code, need.sentence) for need in paper.needs if not need.met]
        self.fields["kind"] = Pick(
            "What does it show?", [*needs, ("paper", "Another paper that came with it")], missing="Choose one"
        )
        self.order_fields(("kind", "described", "dated"))

    def document(self) -> NewDocument:
        """The form as a document."""
        return NewDocument(**self.cleaned_data)


class DecisionForm(Form):
    """Yes or no, and why."""

    answer = Pick(
        "What do you decide?", tuple(ANSWERS.items()), missing="Choose whether to release or to refuse"
    )
    because = LongText("Why?", missing="Write why", rows=3, max_length=2000)
