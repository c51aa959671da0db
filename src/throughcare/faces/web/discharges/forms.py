"""The forms of a discharge and of a visit afterwards."""

from typing import Any, ClassVar
from uuid import UUID

from throughcare.faces.web.fields import LongText, Moment, Phone, Pick, Select, Text
from throughcare.faces.web.form import AskedWhen, Form
from throughcare.knowledge.discharge import ALL as REASONS
from throughcare.knowledge.drug_tests.no_sole_ground import AGAINST_WILL
from throughcare.knowledge.referring.referrals import CONTACT_MODES, OUTCOMES, VOICEMAIL_RULE
from throughcare.pathway.discharge.aftercare import NextVisit
from throughcare.pathway.discharge.discharge_facts import Absence
from throughcare.pathway.progress.objective_progress import GoalStand

STANDINGS = (("met", "Reached"), ("partly", "Partly reached"), ("not_met", "Not reached"))
AWAY = ("lost_contact",)


class VisitForm(Form):
    """The visit that follows: with whom, when, and the number to call."""

    with_whom = Text("With whom", hint="A person or a clinic", missing="Say with whom the visit is")
    visit_at = Moment("Day and time", missing="Give the day and the time of the visit")
    phone = Phone("Phone of the clinic", optional=True)

    def visit(self) -> NextVisit:
        """The visit as it was entered."""
        data = self.cleaned_data
        return NextVisit(data["with_whom"], data["visit_at"], data["phone"])


class AttemptForm(Form):
    """An attempt to reach someone who stays away."""

    mode = Pick("How?", list(CONTACT_MODES.items()), initial="call", missing="Choose how you tried")
    outcome = Pick(
        "What came of it?",
        [(one.code, one.title) for one in OUTCOMES.values()],
        hint=VOICEMAIL_RULE,
        missing="Choose what came of it",
    )
    note = LongText("Note", optional=True, rows=3)
    attempted_at = Moment("When?", hint="Now, unless you change it.", missing="Enter when it was")


class DischargeForm(Form):
    """Why the person leaves, what a clinician confirms for an absence, where the goals stand, and what follows."""

    reason = Select(
        "Why the person leaves",
        tuple((row.code, row.word) for row in REASONS.values()),
        missing="Choose why the person leaves",
    )
    tier_checked = Pick("Did you look at the person's suicide risk for this decision?", optional=True)
    welfare_check_made = Pick("Was a welfare check made?", optional=True)
    other_ground = LongText(
        "What is the ground, apart from any test?",
        hint="A test is never the only ground for a discharge",
        optional=True,
        rows=2,
    )
    text = LongText(
        "How it went, and how the person leaves",
        hint="For whoever takes over: the course, what is open, any risk.",
        missing="Say in a few sentences how it went and how the person leaves",
        rows=6,
    )
    helped = LongText("What helped", hint="In the person's words, if you can.", optional=True, rows=3)
    next_place = Text("Next place", hint="Who takes over, and where", optional=True)
    has_visit = Pick("Is a first visit afterwards made?", missing="Say whether a visit is made")
    with_whom = Text("With whom", optional=True)
    visit_at = Moment("Day and time of the visit", optional=True)
    phone = Phone("Phone of the clinic", optional=True)
    asked_when: ClassVar = {
        "tier_checked": AskedWhen("reason", AWAY, "Say whether you looked at the suicide risk"),
        "welfare_check_made": AskedWhen("reason", AWAY, "Say whether a welfare check was made"),
        "other_ground": AskedWhen("reason", tuple(AGAINST_WILL)),
        "with_whom": AskedWhen("has_visit", ("yes",), "Say with whom the visit is"),
        "visit_at": AskedWhen("has_visit", ("yes",), "Give the day and the time of the visit"),
        "phone": AskedWhen("has_visit", ("yes",), "Give the phone number of the clinic"),
    }

    def __init__(
        self,
        *args: Any,
        goals: tuple[GoalStand, ...],
        has_planned: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.goal_threads = [goal.thread for goal in goals]
        for goal in goals:
            known = goal.standing if goal.standing != "not_known" else None
            self.fields[f"goal_{goal.thread}"] = Pick(
                f"“{goal.own_words}”", STANDINGS, hint=goal.because, optional=True, initial=known
            )
        if has_planned:
            for name in ("has_visit", "with_whom", "visit_at", "phone"):
                del self.fields[name]
        names = list(self.fields)
        goals_first = [name for name in names if name.startswith("goal_")]
        at = names.index("text")
        rest = [name for name in names[at:] if name not in goals_first]
        self.order_fields([*names[:at], *goals_first, *rest])

    def standings(self) -> dict[UUID, str]:
        """Where each goal stands, for those that were answered."""
        said = {thread: self.cleaned_data.get(f"goal_{thread}", "") for thread in self.goal_threads}
        return {thread: word for thread, word in said.items() if word}

    def visit(self) -> NextVisit | None:
        """The visit to plan, if one is made."""
        data = self.cleaned_data
        if data.get("has_visit") != "yes":
            return None
        return NextVisit(data["with_whom"], data["visit_at"], data["phone"])

    def absence(self) -> Absence | None:
        """What was confirmed, for someone who stayed away."""
        data = self.cleaned_data
        if data["reason"] not in AWAY:
            return None
        return Absence(
            tier_checked=data["tier_checked"] == "yes",
            welfare_check_made=data["welfare_check_made"] == "yes",
        )
