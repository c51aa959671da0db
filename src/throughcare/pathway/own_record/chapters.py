"""What never leaves to others but belongs to the person: what they told from day to day, and who knows what of them."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from throughcare.knowledge.aftercare.answers import items_of, say_occasion
from throughcare.knowledge.between_sessions import CHECK_IN, PRACTICED
from throughcare.knowledge.clinic_calendar import local_day
from throughcare.knowledge.crisis.sources import SOURCES
from throughcare.knowledge.daily import phrases_of
from throughcare.pathway.daily_check_in.daily_rows import day_of
from throughcare.pathway.privacy.telling import Item
from throughcare.pathway.release.whose import Items, Whose, filled, paragraphs, say_date
from throughcare.records.aftercare import AftercareAnswer, WayBack
from throughcare.records.check_ins import CheckIn, CheckOut
from throughcare.records.community import CommunityName, EventReply, Mentoring, MilestoneWish
from throughcare.records.consents import Consent, Restriction, WaysShut
from throughcare.records.conversations import ConversationWords
from throughcare.records.crises import Crisis
from throughcare.records.daily import DailyCheckIn
from throughcare.records.emergencies import EmergencyAccess
from throughcare.records.fact import Fact
from throughcare.records.homework import Homework, HomeworkReport
from throughcare.records.messages import InboundText
from throughcare.records.notes import NoteAnswer
from throughcare.records.own_goals import GoalWord, NextStep, OwnGoal
from throughcare.records.own_record import CorrectionRequest
from throughcare.records.own_week import CannotCome, WeekAsk
from throughcare.records.practice import Practice
from throughcare.records.rewards import Reward, RewardPlan, RewardReceipt
from throughcare.records.week_rules import WeekWishes

IN_CONFIDENCE = frozenset({"worry", "family", "call"})
TITLES = {item.code: item.words for item in CHECK_IN}


def check_ins(whose: Whose) -> Items:
    """What they said before and after sessions."""
    rows = CheckIn.objects.filter(patient=whose.patient, retired_at__isnull=True).order_by(
        "recorded_at", "pk"
    )
    for row in rows:
        said = [(TITLES.get(code, code), value) for code, value in row.answers.items()]
        yield Item("check_in", "Before a session", _day(row, whose), filled(*said))
    outs = CheckOut.objects.filter(patient=whose.patient, retired_at__isnull=True).order_by(
        "recorded_at", "pk"
    )
    for out in outs:
        yield Item("check_in", "After a session", _day(out, whose), paragraphs(out.words))


def crises(whose: Whose) -> Items:
    """Each time they called for help, or somebody did for them. What others told us in confidence is not repeated."""
    rows = Crisis.objects.filter(patient=whose.patient).prefetch_related("entries")
    for row in rows.order_by("recorded_at", "pk"):
        said = paragraphs(row.words) if row.source not in IN_CONFIDENCE else ()
        entries = sorted(row.entries.all(), key=lambda one: (one.happened_at, one.pk))
        done = tuple(
            f"{one.kind.replace('_', ' ').capitalize()}, {say_date(_day(one, whose))}" for one in entries
        )
        yield Item("crisis", SOURCES.get(row.source, "A call for help"), _day(row, whose), (*said, *done))


def daily(whose: Whose) -> Items:
    """Their daily check-ins."""
    rows = DailyCheckIn.objects.filter(patient=whose.patient, retired_at__isnull=True).order_by("local_day")
    for row in rows:
        day = day_of(row)
        yield Item("daily", "Check-in of the day", row.local_day, (*phrases_of(day), *paragraphs(day.words)))


def note_words(whose: Whose) -> Items:
    """What they added to notes about them."""
    rows = NoteAnswer.objects.select_related("note").filter(note__patient=whose.patient)
    for row in rows.order_by("recorded_at", "pk"):
        yield Item("note_words", f"About the note {row.note.title}", _day(row, whose), paragraphs(row.words))


def homework(whose: Whose) -> Items:
    """What they were given to practice, and how it went."""
    given = Homework.objects.filter(patient=whose.patient, taken_back_at__isnull=True).order_by(
        "local_day", "pk"
    )
    told = HomeworkReport.objects.filter(homework__patient=whose.patient, retired_at__isnull=True)
    reports = {row.homework_id: row for row in told}
    for row in given:
        report = reports.get(row.pk)
        said = (
            filled(
                ("Done", dict(PRACTICED).get(report.practiced, report.practiced)),
                ("Helped, of 10", report.helped),
                ("", report.words),
            )
            if report
            else ()
        )
        yield Item("homework", row.skill or "Homework", row.local_day, (*paragraphs(row.text), *said))


def practice(whose: Whose) -> Items:
    """The skills that they practiced."""
    rows = Practice.objects.filter(patient=whose.patient, taken_back_at__isnull=True)
    for row in rows.order_by("practiced_at", "pk"):
        answers = row.answers.items() if isinstance(row.answers, dict) else ()
        lines = (*filled(*answers, ("Helped, of 10", row.helped)), *paragraphs(row.words))
        yield Item("practice", row.skill or row.exercise or "Practice", row.local_day, lines)


def own_goals(whose: Whose) -> Items:
    """The goals they set themselves, and their next steps."""
    steps: dict[UUID, list[str]] = {}
    for step in NextStep.objects.filter(patient=whose.patient).order_by("recorded_at", "pk"):
        done = " (done)" if step.done_at else " (let go)" if step.let_go_at else ""
        steps.setdefault(step.goal, []).append(f"Next step: {step.words}{done}")
    for goal in OwnGoal.objects.filter(patient=whose.patient).order_by("recorded_at", "pk"):
        yield Item("own_goal", f"“{goal.own_words}”", _day(goal, whose), tuple(steps.pop(goal.uid, ())))
    for lines in steps.values():
        yield Item("own_goal", "Next steps", None, tuple(lines))
    for word in GoalWord.objects.filter(patient=whose.patient).order_by("local_day", "pk"):
        said = (*filled(("How far, of 10", word.how_far)), *paragraphs(word.words))
        yield Item("own_goal", "How far I am", word.local_day, said)


def conversations(whose: Whose) -> Items:
    """Their messages with the care team; not those of somebody else about them."""
    rows = ConversationWords.objects.select_related("conversation").filter(
        conversation__patient=whose.patient, conversation__relation__isnull=True
    )
    for row in rows.order_by("recorded_at", "pk"):
        who = "From the care team" if row.side == "team" else "From you"
        yield Item("conversation", who, _day(row, whose), paragraphs(row.words))
    for text in InboundText.objects.filter(patient=whose.patient).order_by("recorded_at", "pk"):
        yield Item("conversation", "A text message from you", _day(text, whose), paragraphs(text.words))


def own_week(whose: Whose) -> Items:
    """When they could not come, and what they asked of their week."""
    for row in CannotCome.objects.filter(patient=whose.patient).order_by("recorded_at", "pk"):
        yield Item("own_week", "Could not come", _day(row, whose), filled(("", row.reason), ("", row.words)))
    for ask in WeekAsk.objects.filter(patient=whose.patient).order_by("recorded_at", "pk"):
        yield Item("own_week", "Asked about own times", _day(ask, whose), paragraphs(ask.words))
    for wish in WeekWishes.objects.filter(patient=whose.patient).order_by("recorded_at", "pk"):
        said = filled(("Way", wish.way), ("Minutes of travel at most", wish.travel_minutes))
        yield Item("own_week", "Wishes for the week", _day(wish, whose), said)


def rewards(whose: Whose) -> Items:
    """Plans of rewards, rewards and receipts."""
    for plan in RewardPlan.objects.filter(patient=whose.patient).order_by("starts_on", "pk"):
        yield Item("reward", "A plan of rewards", plan.starts_on)
    for row in Reward.objects.filter(patient=whose.patient).order_by("local_day", "pk"):
        yield Item("reward", "Reward", row.local_day, filled(("Amount", row.amount), ("Draws", row.draws)))
    for receipt in RewardReceipt.objects.filter(patient=whose.patient).order_by("local_day", "pk"):
        lines = filled(("Number", receipt.number), ("Value", receipt.value), ("Signed", receipt.signed_name))
        yield Item("reward", "Receipt", receipt.local_day, lines)


def community(whose: Whose) -> Items:
    """Their name in the community, the events they said they come to, and their wish about milestones."""
    for name in CommunityName.objects.filter(patient=whose.patient).order_by("pk"):
        yield Item("community", "Name in the community", _day(name, whose), (name.name,))
    for reply in EventReply.objects.filter(patient=whose.patient).order_by("local_day", "pk"):
        said = "Said they come" if reply.taken_back_at is None else "Said they come, and took it back"
        yield Item("community", "An event", reply.local_day, (said,))
    for wish in MilestoneWish.objects.filter(patient=whose.patient).order_by("pk"):
        since = say_date(date.fromisoformat(wish.sober_since)) if wish.sober_since else ""
        yield Item("community", "Milestones", _day(wish, whose), filled(("Counted since", since)))


def mentoring(whose: Whose) -> Items:
    """Times with a mentor; who the mentor is stays with them."""
    for row in Mentoring.objects.filter(patient=whose.patient).order_by("from_date", "pk"):
        ended = say_date(local_day(row.ended_at, whose.zone)) if row.ended_at else ""
        yield Item(
            "mentoring", "A mentor", row.from_date, filled(("Hours a week", row.hours_week), ("Ended", ended))
        )


def aftercare(whose: Whose) -> Items:
    """How they said they are since they left."""
    rows = AftercareAnswer.objects.select_related("ask").filter(
        ask__plan__patient=whose.patient, retired_at__isnull=True
    )
    for row in rows.order_by("recorded_at", "pk"):
        asked = {item.code: item for item in items_of(row.ask.occasion)}
        lines = [
            (asked[code].words, dict(asked[code].answers).get(str(value), value))
            for code, value in row.answers.items()
            if code in asked
        ]
        yield Item("aftercare", say_occasion(row.ask.occasion), _day(row, whose), filled(*lines))
    for way in WayBack.objects.filter(patient=whose.patient).order_by("pk"):
        yield Item("aftercare", "Asked to come back", _day(way, whose))


def corrections(whose: Whose) -> Items:
    """What they asked to have corrected, the answers, and where they disagree."""
    rows = CorrectionRequest.objects.select_related("answer", "disagreement").filter(patient=whose.patient)
    for row in rows.order_by("recorded_at", "pk"):
        answer, own = getattr(row, "answer", None), getattr(row, "disagreement", None)
        lines = filled(
            ("Wrong", row.wrong),
            ("Should say", row.right),
            ("Answer", answer.words if answer else ""),
            ("My statement", own.words if own else ""),
        )
        yield Item("correction", "A correction asked for", _day(row, whose), lines)


def consents(whose: Whose) -> Items:
    """What they allowed in the words they signed, what they took back, and what was agreed not to be told."""
    rows = Consent.objects.filter(patient=whose.patient, given_at__isnull=False).select_related("revocation")
    for row in rows.order_by("given_at", "pk"):
        back = getattr(row, "revocation", None)
        end = filled(("Taken back", say_date(local_day(back.revoked_at, whose.zone)) if back else ""))
        title, *words = paragraphs(row.text) or ("Consent",)
        yield Item("consent", title, local_day(row.given_at or whose.as_of, whose.zone), (*words, *end))
    for shut in WaysShut.objects.filter(patient=whose.patient).order_by("pk"):
        ways = filled(("Not by", ", ".join(shut.ways)), ("", shut.text))
        yield Item("consent", "How not to reach me", _day(shut, whose), ways)
    for agreed in Restriction.objects.filter(patient=whose.patient).order_by("agreed_at", "pk"):
        day = local_day(agreed.agreed_at, whose.zone)
        yield Item("consent", "Agreed not to tell", day, paragraphs(agreed.text))


def emergencies(whose: Whose) -> Items:
    """When their record was opened in an emergency."""
    rows = EmergencyAccess.objects.select_related("account").filter(patient=whose.patient)
    for row in rows.order_by("began_at", "pk"):
        lines = filled(("By", row.account.name), ("Why", row.reason))
        yield Item("emergency", "Opened in an emergency", local_day(row.began_at, whose.zone), lines)


def _day(row: Fact, whose: Whose) -> date:
    return local_day(row.recorded_at, whose.zone)


CHAPTERS: Mapping[str, Callable[[Whose], Items]] = {
    "check_in": check_ins,
    "crisis": crises,
    "daily": daily,
    "note_words": note_words,
    "homework": homework,
    "practice": practice,
    "own_goal": own_goals,
    "conversation": conversations,
    "own_week": own_week,
    "reward": rewards,
    "community": community,
    "mentoring": mentoring,
    "aftercare": aftercare,
    "correction": corrections,
    "consent": consents,
    "emergency": emergencies,
}
