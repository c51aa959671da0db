"""The gates of a note, measured: `./run python -m bench.note_gates [--people 500] [--words 300] [--rounds 20]`.

Names: one note against a roster of twelve and a clinic of so many people. Copies: twelve notes of a session against
each other and what the pathway gathers for them: each one's last five notes and those of the group's last five
sessions, out of two years. Prints the slowest and the usual time of each; fails above 100 ms.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from itertools import product

from throughcare.knowledge.given_names import SHORT_FORMS
from throughcare.knowledge.recording.copies import Bounds, Earlier, cut, look_alikes
from throughcare.knowledge.recording.name_tables import KINDS
from throughcare.knowledge.recording.names_elsewhere import index_clinic, named_elsewhere
from throughcare.knowledge.recording.names_in_notes import RosterName, named_peers

BOUND = 0.1
ROSTER = 12
EARLIER = 5
SAID = (
    "named|described|practiced|reviewed|questioned|wrote down|drew|recalled|compared|planned|avoided|tried",
    "a trigger|the week|one urge|his sleep|the argument|two triggers|a craving|the skill|the budget|rent|work|dinner",
    "at first|with a partner|in detail|with doubt|calmly|in tears|twice|on the board|aloud|slowly|by phone|at home",
    "felt calmer|asked for help|left early|made a plan|fell silent|laughed|called home|set a date|disagreed|took notes",
)


def main() -> int:
    """Measure both gates; 1 when one is slower than it may be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--words", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    chance = random.Random(5)
    clinic = people(options.people, chance)
    slow = [
        measured("names", options.rounds, lambda: names(clinic, note(options.words, clinic, chance))),
        measured("copies", options.rounds, lambda: copies(options.words, clinic, chance)),
        measured("copies, all cloned", options.rounds, lambda: clones(options.words, clinic, chance)),
    ]
    return 1 if any(slow) else 0


def people(count: int, chance: random.Random) -> list[RosterName]:
    """A clinic whose given names are real ones, a third of them words besides."""
    given = [name.title() for name in sorted(SHORT_FORMS)]
    words = [word.title() for word, kinds in sorted(KINDS.items()) if "particle" not in kinds]
    family = [
        f"{start}{end}"
        for start, end in product(["Bar", "Cas", "Dor", "Fel", "Gar", "Hol", "Kel"], ("ton", "man", "well"))
    ]
    return [
        RosterName(chance.choice(words if number % 3 == 0 else given), chance.choice(family))
        for number in range(count)
    ]


def note(words: int, clinic: list[RosterName], chance: random.Random) -> str:
    """A note of so many words, with a name in every third sentence."""
    sentences: list[str] = []
    while sum(len(one.split()) for one in sentences) < words:
        name = chance.choice(clinic).given_name if chance.random() < 0.3 else "Client"
        did, what, how, then = (chance.choice(part.split("|")) for part in SAID)
        sentences.append(f"{name} {did} {what} {how} and {then}.")
    return " ".join(sentences)


def names(clinic: list[RosterName], text: str) -> float:
    """The seconds that the gate of names takes for one note, indexes included."""
    began = time.process_time()
    named_peers(text, clinic[:ROSTER], own=clinic[ROSTER])
    named_elsewhere(text, index_clinic(clinic[ROSTER + 1 :]), may_be_named=clinic[:ROSTER])
    return time.process_time() - began


def copies(words: int, clinic: list[RosterName], chance: random.Random) -> float:
    """The seconds that the gate of copies takes for twelve notes that are each one's own."""
    new = [note(words, clinic, chance) for _ in range(ROSTER)]
    return compared(new, [note(words, clinic, chance) for _ in range(2 * ROSTER * EARLIER)])


def clones(words: int, clinic: list[RosterName], chance: random.Random) -> float:
    """The same where every note of the session is one of the earlier ones with a word changed."""
    earlier = [note(words, clinic, chance) for _ in range(2 * ROSTER * EARLIER)]
    return compared([text.replace("calmer", "better") for text in earlier[:ROSTER]], earlier)


def compared(new: list[str], earlier: list[str]) -> float:
    """The seconds of comparing these notes with each other and with the earlier ones."""
    bounds = Bounds(0.9)
    began = time.process_time()
    look_alikes(new, bounds)
    past = Earlier(earlier)
    for text in new:
        list(past.copies_in(cut(text), bounds))
    return time.process_time() - began


def measured(what: str, rounds: int, once: Callable[[], float]) -> bool:
    """Run it so many times, print what it took; whether the slowest was slower than it may be."""
    took = sorted(once() for _ in range(rounds))
    print(f"{what}: usual {1000 * statistics.median(took):.0f} ms, slowest {1000 * took[-1]:.0f} ms")
    return took[-1] > BOUND


if __name__ == "__main__":
    sys.exit(main())
