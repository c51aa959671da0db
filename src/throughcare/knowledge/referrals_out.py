"""Referrals to others, until the answer is back: what can be known, in which order, and when it is overdue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from throughcare.knowledge.verdict import Allowed, Refused, Verdict


@dataclass(frozen=True)
class Step:
    """One thing that is known of a referral out. `next_setting`: the days until the next thing must be known.

    `after` are the steps of which one must be known before; `ends`: nothing is waited for any more.
    """

    code: str
    word: str
    waits_for: str
    after: frozenset[str]
    next_setting: str = ""
    ends: bool = False


PREPARED, SENT = "prepared", "sent"
ROWS = (
    Step("sent", "Sent", "that it arrived", frozenset({PREPARED}), "referral_out.received_days"),
    Step("received", "Received", "an appointment", frozenset({"sent"}), "referral_out.appointment_days"),
    Step(
        "appointment",
        "Appointment made",
        "whether the person went",
        frozenset({"sent", "received", "missed", "appointment"}),
        "referral_out.attended_days",
    ),
    Step("attended", "Attended", "their answer", frozenset({"appointment"}), "referral_out.answer_days"),
    Step(
        "missed", "Not attended", "a new appointment", frozenset({"appointment"}), "referral_out.again_days"
    ),
    Step(
        "answered",
        "Answer is back",
        "",
        frozenset({"sent", "received", "appointment", "attended", "missed"}),
        ends=True,
    ),
    Step(
        "closed",
        "Closed without an answer",
        "",
        frozenset({PREPARED, "sent", "received", "appointment", "attended", "missed"}),
        ends=True,
    ),
)
ALL: dict[str, Step] = {row.code: row for row in ROWS}
SEND_SETTING = "referral_out.send_days"
SETTINGS = (SEND_SETTING, *(row.next_setting for row in ROWS if row.next_setting))


@dataclass(frozen=True)
class Known:
    """A step that is known, with its day (an appointment's day may lie ahead)."""

    step: str
    on: date


@dataclass(frozen=True)
class Waiting:
    """Where a referral stands: its last step in words, what is waited for, and until when. None: it is over."""

    word: str
    waits_for: str
    due: date | None

    def is_overdue(self, today: date) -> bool:
        """Whether the day has passed."""
        return self.due is not None and self.due < today


def waiting_for(written_on: date, known: Sequence[Known], days: Mapping[str, int]) -> Waiting:
    """Where it stands; `known` in the order in which it became known, `days` by setting."""
    if not known:
        return Waiting("Not sent yet", "sending it", written_on + timedelta(days=days[SEND_SETTING]))
    last = ALL[known[-1].step]
    if last.ends:
        return Waiting(last.word, "", None)
    return Waiting(last.word, last.waits_for, known[-1].on + timedelta(days=days[last.next_setting]))


def may_follow(step: str, known: Sequence[Known], *, on: date, today: date) -> Verdict:
    """Whether this step can be the next one."""
    if step not in ALL or step == SENT:
        return Refused("Choose what is known now.")
    last = known[-1].step if known else PREPARED
    if last in ALL and ALL[last].ends:
        return Refused("This referral is closed. Write a new one.")
    if last not in ALL[step].after:
        before = ALL[last].word.lower() if last in ALL else "not sent yet"
        return Refused(f"It stands at “{before}”. “{ALL[step].word}” doesn't follow from that.")
    if step != "appointment" and on > today:
        return Refused("That day has not come yet.")
    return Allowed()


def next_steps(known: Sequence[Known]) -> tuple[Step, ...]:
    """What can become known next, sending left out: that is done by the disclosure itself."""
    last = known[-1].step if known else PREPARED
    return tuple(row for row in ROWS if last in row.after and row.code != SENT)
