"""A lane: takes what is due, sends many at once, writes down what came of each. Slow providers only fill a place."""

import logging
import time
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime

from throughcare.faces.worker.channels import Channel
from throughcare.pathway.crash_points import reached
from throughcare.pathway.message.claiming import Job, claim
from throughcare.pathway.message.marking import NOT_TAKEN, UNKNOWN, Outcome
from throughcare.pathway.message.receipts import ARRIVED, record_receipt

log = logging.getLogger("throughcare.worker")
GATHERS_SECONDS = 0.1
NO_PROVIDER = "no provider is named"


class Lane:
    """So many messages at once, urgent ones or the others. Only the thread that calls it asks the database."""

    def __init__(self, channels: Mapping[str, Channel], *, urgent: bool, places: int) -> None:
        self.channels, self.urgent, self.places = channels, urgent, places
        self._pool = ThreadPoolExecutor(places, thread_name_prefix="sending")
        self._sending: dict[Future[Outcome], Job] = {}
        # What was sent and could not be written down, because the database was away.
        self._unwritten: list[tuple[Job, Outcome]] = []

    def turn(self, at: datetime) -> int:
        """Write down what ended, take what is due; how many are on their way."""
        for job in self._exchange(self.places, at):
            reached("message:claimed")
            self._sending[self._pool.submit(self._send, job)] = job
        return len(self._sending)

    def wait(self, seconds: float) -> bool:
        """Wait until one ended or the time is over; False at once when nothing is on its way."""
        if not self._sending:
            return False
        wait(self._sending, timeout=seconds, return_when=FIRST_COMPLETED)
        # Those that end together are written down together.
        time.sleep(GATHERS_SECONDS)
        return True

    def end(self, seconds: float, at: datetime) -> None:
        """Give what is on its way so long, and write it down."""
        wait(self._sending, timeout=seconds)
        self._exchange(0, at)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _exchange(self, places: int, at: datetime) -> list[Job]:
        """Write down what ended and take what fits into the free places, in one transaction."""
        for future in [one for one in self._sending if one.done()]:
            self._unwritten.append((self._sending.pop(future), future.result()))
        jobs = claim(
            places - len(self._sending),
            urgent=self.urgent,
            # What is urgent goes on to its next way at once; the rest waits until its way has a channel.
            channels=None if self.urgent else tuple(self.channels),
            done=[(job.taken, outcome) for job, outcome in self._unwritten],
            at=at,
        )
        written, self._unwritten = self._unwritten, []
        if written:
            reached("message:marked")
        for job, outcome in written:
            if outcome.arrived:
                record_receipt(job.attempt, ARRIVED, at=at)
        return jobs

    def _send(self, job: Job) -> Outcome:
        channel = self.channels.get(job.way)
        if channel is None:
            return Outcome(NOT_TAKEN, trouble=NO_PROVIDER)
        try:
            outcome = channel.send(job.address, job.subject, job.words, same=job.same, attempt=job.attempt)
        except Exception as error:  # a channel that trips is one more way to fail; what arrived nobody knows
            log.exception("sending failed")
            outcome = Outcome(UNKNOWN, channel.name, trouble=type(error).__name__)
        reached("message:sent")
        return outcome
