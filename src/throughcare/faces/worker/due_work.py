"""The table of due work: what runs, and how often. The worker runs whatever is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from throughcare.faces.worker.mail import post_door_mail
from throughcare.faces.worker.solving_rounds import start_runs
from throughcare.pathway.privacy.anomaly_watch import watch_accesses
from throughcare.pathway.privacy.chain import ChainReport, verify_every_chain
from throughcare.pathway.signing_in.officer_mail import tell_officers
from throughcare.pathway.signing_in.sign_ins import sweep_sessions
from throughcare.pathway.week.schedule import extend_every_schedule


@dataclass(frozen=True)
class Work:
    """One piece of due work; `run` gets the moment and says in a word or two what it did."""

    name: str
    every: timedelta
    run: Callable[[datetime], str]


TABLE: tuple[Work, ...] = (
    Work("sessions ahead", timedelta(hours=1), lambda at: extend_every_schedule(at=at)),
    Work("mail about signing in", timedelta(seconds=10), lambda at: post_door_mail(at)),
    Work("notices to the privacy officer", timedelta(seconds=20), lambda at: tell_officers(at=at)),
    Work("runs of the timetable", timedelta(seconds=1), lambda at: start_runs(at)),
    Work("anomalies", timedelta(minutes=1), lambda at: watch_accesses(at=at)),
    Work("sessions that are over", timedelta(hours=1), lambda at: sweep_sessions(at=at)),
    Work("book of accesses", timedelta(days=1), lambda at: in_words(verify_every_chain(at=at))),
)


def in_words(reports: Sequence[ChainReport]) -> str:
    """What verifying found."""
    return " ".join(report.in_words() for report in reports)
