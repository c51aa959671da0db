"""The prize bowl: 500 slips, half of which win, shuffled by a seed whose hash is shown before anyone picks."""

from collections.abc import Sequence

from throughcare.knowledge.fair_chance import in_chance_order, keeps_its_word
from throughcare.knowledge.verdict import Allowed, Refused, Verdict

# How many slips carry how many cents: 1,109 dollars on 500 slips, $2.22 a draw.
SLIPS = ((250, 0), (209, 100), (40, 2_000), (1, 10_000))
SIZE = sum(count for count, _ in SLIPS)
_ORDERED = tuple(cents for count, cents in SLIPS for _ in range(count))


def shuffled_bowl(seed: str, reward: str) -> tuple[int, ...]:
    """The cents on slips 1 to 500 of the bowl of one reward, by its seed."""
    return tuple(in_chance_order(_ORDERED, seed=seed, label=f"bowl|{reward}"))


def prize_on(slip: int, *, seed: str, reward: str) -> int:
    """The cents on one slip."""
    return shuffled_bowl(seed, reward)[slip - 1]


def may_pick(slip: int, *, taken: Sequence[int], draws: int) -> Verdict:
    """Whether a person may pick this slip of their bowl."""
    if len(taken) >= draws:
        return Refused(because="All slips of this bowl are drawn.")
    if not 1 <= slip <= SIZE:
        return Refused(because=f"Choose a number from 1 to {SIZE}.")
    if slip in taken:
        return Refused(because=f"You have slip {slip} already. Choose another number.")
    return Allowed()


def check_bowl(seed: str, commitment: str, reward: str, drawn: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """What is wrong with a bowl that was drawn (slip, cents); empty: everything is as it must be."""
    if not keeps_its_word(seed, commitment):
        return ("The seed is not the one whose hash was shown before.",)
    bowl = shuffled_bowl(seed, reward)
    return tuple(
        f"Slip {slip} carries {bowl[slip - 1] / 100:.2f} dollars, and {cents / 100:.2f} were written down."
        for slip, cents in drawn
        if bowl[slip - 1] != cents
    )
