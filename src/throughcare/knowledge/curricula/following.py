"""Which topic comes next for a group that follows curricula: in order to the end, or in rounds. [ours]"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from throughcare.knowledge.curricula.curriculum import Topic
from throughcare.knowledge.curricula.library import ALL


@dataclass(frozen=True)
class Following:
    """The curricula of a group, in order. `first_topic` is where it begins; empty: at the start."""

    curricula: tuple[str, ...]
    in_rounds: bool
    first_topic: str = ""

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All topics in order."""
        return tuple(topic for code in self.curricula if code in ALL for topic in ALL[code].topics)


def next_topic(following: Following, held: Sequence[str]) -> Topic | None:
    """The topic after those held since the group began to follow; None when there is none left.

    In order it is the first one not held yet, whatever was taken earlier than its turn. In rounds it is the one
    after the last, so that who joins late has them all after one round.
    """
    topics = following.topics
    begins = next((at for at, topic in enumerate(topics) if topic.code == following.first_topic), 0)
    if following.in_rounds:
        return _round(topics, begins, held)
    return next((topic for topic in topics[begins:] if topic.code not in set(held)), None)


def _round(topics: Sequence[Topic], begins: int, held: Sequence[str]) -> Topic | None:
    if not topics:
        return None
    places = {topic.code: at for at, topic in enumerate(topics)}
    last = next((places[code] for code in reversed(held) if code in places), begins - 1)
    return topics[(last + 1) % len(topics)]


def fresh_for(topics: Sequence[Topic], had: Sequence[Collection[str]]) -> dict[str, int]:
    """For how many people of a room each topic would be new; `had` are the topics of each person."""
    return {topic.code: sum(topic.code not in one for one in had) for topic in topics}
