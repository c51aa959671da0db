"""The table of due work: what runs, and how often. The worker runs whatever is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from throughcare.faces.worker.aftercare import ask_how_they_are
from throughcare.faces.worker.mail import post_door_mail
from throughcare.faces.worker.own_copies import make_copies
from throughcare.faces.worker.packets import write_packets
from throughcare.faces.worker.questions import ask_questions
from throughcare.faces.worker.solving_rounds import start_runs
from throughcare.pathway.conversation.late import tell_of_late_messages
from throughcare.pathway.drug_test.asking import draw_and_ask
from throughcare.pathway.lesson.topics import write_down_topics
from throughcare.pathway.level_watch.rounds import keep_level_watch
from throughcare.pathway.line.keeping_lines import keep_lines
from throughcare.pathway.measure.crisis_path import call_for_unasked
from throughcare.pathway.note.deleted_drafts import sweep_deleted_drafts
from throughcare.pathway.privacy.anomaly_watch import watch_accesses
from throughcare.pathway.privacy.chain import ChainReport, verify_every_chain
from throughcare.pathway.privacy.late_book import write_kept_in_words
from throughcare.pathway.public_page.started_requests import sweep_requests
from throughcare.pathway.signing_in.officer_mail import tell_officers
from throughcare.pathway.signing_in.sign_ins import sweep_sessions
from throughcare.pathway.slip_risk.rounds import keep_slip_risk
from throughcare.pathway.warning_sign.due_looks import watch_people
from throughcare.pathway.week.reminders import remind_of_sessions
from throughcare.pathway.week.schedule import extend_every_schedule


@dataclass(frozen=True)
class Work:
    """One piece of due work; `run` gets the moment and says in a word or two what it did.

    `also_held`: it tells and asks nobody anything, so that it runs in a restored database before that is armed.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], str]
    also_held: bool = False


TABLE: tuple[Work, ...] = (
    Work("sessions ahead", timedelta(hours=1), lambda at: extend_every_schedule(at=at)),
    Work("topics of sessions", timedelta(minutes=5), lambda at: write_down_topics(at=at)),
    Work("mail about signing in", timedelta(seconds=10), lambda at: post_door_mail(at)),
    Work("reminders of sessions", timedelta(minutes=5), lambda at: remind_of_sessions(at=at)),
    Work("random tests", timedelta(minutes=10), lambda at: draw_and_ask(at=at)),
    Work("notices to the privacy officer", timedelta(seconds=20), lambda at: tell_officers(at=at)),
    Work("runs of the timetable", timedelta(seconds=1), lambda at: start_runs(at)),
    Work("anomalies", timedelta(minutes=1), lambda at: watch_accesses(at=at)),
    Work("lines and make-ups", timedelta(seconds=30), lambda at: keep_lines(at=at)),
    Work("warning signs", timedelta(seconds=10), lambda at: watch_people(at=at)),
    Work("questionnaires", timedelta(minutes=30), ask_questions),
    Work("aftercare", timedelta(minutes=30), ask_how_they_are),
    Work("messages not answered in time", timedelta(minutes=15), lambda at: tell_of_late_messages(at=at)),
    Work("copies of own records", timedelta(seconds=10), make_copies),
    # Paper for the people in the house; nothing of it is sent.
    Work("downtime packets", timedelta(minutes=10), write_packets, also_held=True),
    Work("answers nobody asked on", timedelta(minutes=1), lambda at: call_for_unasked(at=at)),
    Work("sessions that are over", timedelta(hours=1), lambda at: sweep_sessions(at=at), also_held=True),
    Work("level of care", timedelta(hours=6), lambda at: keep_level_watch(at=at)),
    Work("slip risk", timedelta(hours=1), lambda at: keep_slip_risk(at=at)),
    Work("requests never sent", timedelta(hours=1), lambda at: sweep_requests(at=at)),
    Work("deleted drafts", timedelta(hours=6), lambda at: sweep_deleted_drafts(at=at)),
    Work(
        "accesses kept on disk", timedelta(seconds=10), lambda at: write_kept_in_words(at=at), also_held=True
    ),
    Work(
        "book of accesses", timedelta(days=1), lambda at: in_words(verify_every_chain(at=at)), also_held=True
    ),
)


def in_words(reports: Sequence[ChainReport]) -> str:
    """What verifying found."""
    return " ".join(report.in_words() for report in reports)
