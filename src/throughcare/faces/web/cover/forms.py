"""Forms of cover: who is away and when, and what becomes of each session."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from throughcare.faces.web.fields import Date, Pick, PickMany, Select, Text, Time
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.cover import Cover
from throughcare.pathway.cover.affected import Affected
from throughcare.pathway.cover.applying import CANCEL, LATER, MOVE, STAY, TAKE_OVER, Choice
from throughcare.pathway.cover.away import Away
from throughcare.pathway.week.week_choices import WeekChoices

Lines = Sequence[tuple[str, str]]


class AwayForm(Form):
    """Who is away, from which day to which."""

    first = Date("First day", missing="Choose the first day")
    last = Date("Last day", hint="Empty: that one day", optional=True)

    def __init__(self, staff: Lines, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["who"] = Select("Who is away?", staff, missing="Choose who is away")
        self.order_fields(("who", "first", "last"))

    def away(self) -> Away:
        """What was asked for, once the form is valid."""
        said = self.cleaned_data
        return Away(UUID(said["who"]), said["first"], said["last"] or said["first"])


class ReasonForm(Form):
    """The words that everyone reads."""

    because = Text(
        "What everyone reads as the reason",
        hint="That somebody is ill is nobody else's business",
        missing="Say in a few words what everyone reads",
    )


class ChoiceForm(Form):
    """What becomes of one session."""

    day = Date("New day", optional=True)
    starts = Time("Starts at", optional=True)
    because = Text("What they read beside it", hint="Such as: we call you about another time", optional=True)
    asked_when: ClassVar = {
        "leaders": AskedWhen("act", (TAKE_OVER,), "Choose who takes it"),
        "day": AskedWhen("act", (MOVE,), "Choose the new day"),
        "starts": AskedWhen("act", (MOVE,), "Enter when it starts"),
        "room": AskedWhen("act", (MOVE,)),
        "then": AskedWhen("act", (MOVE,)),
        "because": AskedWhen("act", (CANCEL,)),
    }

    def __init__(self, session: Affected, name: str, choices: WeekChoices, *args: Any, **more: Any) -> None:
        more.setdefault("prefix", str(session.session))
        more.setdefault("initial", _initial(session))
        super().__init__(*args, **more)
        self.session = session
        acts = [(TAKE_OVER, "Someone takes it over")] if session.could else []
        if session.staying and not session.leaders_short:
            acts.append((STAY, f"{' and '.join(session.staying)} lead{_s(session.staying)} it alone"))
        acts += [(MOVE, "It moves"), (CANCEL, "It is canceled"), (LATER, "Decide later")]
        self.fields["act"] = Pick("What becomes of it?", acts, missing="Choose what becomes of it")
        if session.could:
            several = "" if session.leaders_short < 2 else f" It takes {session.leaders_short}."
            who = [(one.candidate.uid, _fits(one)) for one in session.could]
            self.fields["leaders"] = PickMany(f"Who takes it?{several}", who, optional=True)
        self.fields["room"] = Select("Room", choices.rooms, optional=True, empty="As it is")
        self.fields["then"] = Select(
            "Who leads it then?", choices.practitioners, optional=True, empty=f"{name}, once back"
        )
        self.order_fields(("act", "leaders", "day", "starts", "room", "then", "because"))

    def choice(self) -> Choice:
        """What was chosen, once the form is valid."""
        said = self.cleaned_data
        leaders = [said["then"]] if said["act"] == MOVE else said.get("leaders") or []
        moves = said["act"] == MOVE
        return Choice(
            session=self.session.session,
            act=said["act"],
            leaders=tuple(UUID(one) for one in leaders if one),
            starts_at=datetime.combine(said["day"], said["starts"]) if moves else None,
            room=UUID(said["room"]) if moves and said["room"] else None,
            because=said["because"] if said["act"] == CANCEL else "",
        )


def _initial(session: Affected) -> dict[str, Any]:
    """What is suggested: who fits best takes it, else those who lead it anyway do so alone."""
    place = {"day": session.starts.date(), "starts": session.starts.time()}
    if session.staying and not session.leaders_short:
        return {**place, "act": STAY}
    if session.suggested:
        return {**place, "act": TAKE_OVER, "leaders": list(session.suggested)}
    return place


def _fits(one: Cover) -> str:
    return f"{one.candidate.name}: {one.because[:1].lower()}{one.because[1:].rstrip('.')}"


def _s(people: Sequence[str]) -> str:
    return "s" if len(people) == 1 else ""
