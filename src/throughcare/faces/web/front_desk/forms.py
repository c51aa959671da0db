"""What is kept when someone asks about a person."""

from throughcare.faces.web.fields import Date, LongText, Pick, Select, Text
from throughcare.faces.web.form import Form
from throughcare.knowledge.privacy.legal_requests import ALL as PAPERS
from throughcare.pathway.privacy.inquiries import HOW


class InquiryForm(Form):
    """Who asked, about whom, for what. Every line may stay empty but how they asked."""

    how = Pick("How did they ask?", tuple(HOW.items()), missing="Choose how they asked")
    asked_by = Text("Who asked?", hint="Name, number, badge: as they say", optional=True)
    about_whom = Text("About whom?", hint="As they say it; nobody is looked up", optional=True)
    asked_for = LongText("What did they want?", optional=True, rows=3, max_length=1000)


class PaperForm(Form):
    """A paper that was handed over."""

    kind = Select(
        "What does the paper say it is?",
        [(code, paper.words) for code, paper in PAPERS.items() if code != "patient_consent"],
        missing="Choose what the paper is",
    )
    from_whom = Text("Who brought it, and for whom?", missing="Write who brought it")
    about_whom = Text("Which name is on it?", hint="As it says; nobody is looked up", optional=True)
    asks_for = LongText("What does it ask for?", rows=3, missing="Write what it asks for", max_length=1000)
    answer_due_date = Date("By which day is an answer due?", optional=True)
