"""Whether a stay may end for a reason when tests were unexpected or missed: a test is never the only ground."""

from datetime import datetime

from throughcare.knowledge.drug_tests.no_sole_ground import AGAINST_WILL, may_discharge_after_tests
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.cannot import Cannot
from throughcare.pathway.drug_test.facts import tests_of
from throughcare.records.episodes import Episode


def require_other_ground(episode: Episode, *, reason: str, other_ground: str, at: datetime) -> None:
    """Raise `Cannot` when the tests of this stay would be the only ground for its end."""
    if reason not in AGAINST_WILL:
        return
    tests = tests_of([episode.patient_id], since=episode.admitted_at, at=at).get(episode.patient_id, ())
    count = sum(bool(one.unexpected_positive or one.unexpected_negative or one.avoided) for one in tests)
    verdict = may_discharge_after_tests(reason=reason, unexpected=count, other_ground=other_ground)
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, cite=verdict.cite, field="other_ground")


def with_ground(text: str, other_ground: str) -> str:
    """The text of the summary with the ground that was given beside any test."""
    ground = other_ground.strip()
    return f"{text.strip()}\n\nGround, apart from any test: {ground}" if ground else text
