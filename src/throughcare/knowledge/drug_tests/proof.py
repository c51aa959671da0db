"""The proof of a draw as a file: `throughcare verify-draw PROOF.json` needs nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from throughcare.knowledge.drug_tests.draw import Ask, Drawn, check_period

RULE = (
    "commitment = SHA-256 of the seed's bytes. For each draw the candidate days are sorted by HMAC-SHA-256(seed, "
    "'ticket|own_mark|first_day|place'), where place counts the candidates from 0; the first `count` are drawn. With "
    "`not_after`, the first of them that is not later comes first (the earliest candidate where none is)."
)


class WrongProof(ValueError):
    """What is wrong with the file, and where; one line."""


@dataclass(frozen=True)
class Proof:
    """A period whose seed is shown, its draws, and the days on which people were in fact asked."""

    first_day: date
    commitment: str
    seed: str
    drawn: tuple[Drawn, ...]
    asked_on: Mapping[str, tuple[date, ...]]

    def check(self) -> tuple[str, ...]:
        """What is wrong; empty when everything is as it must be."""
        return check_period(self.seed, self.commitment, self.drawn, asked_on=self.asked_on)


def proof_as_json(proof: Proof) -> dict[str, Any]:
    """The file. Tickets stand for people; no name is in it."""
    return {
        "rule": RULE,
        "first_day": proof.first_day.isoformat(),
        "commitment": proof.commitment,
        "seed": proof.seed,
        "draws": [
            {
                "ticket": one.ask.ticket,
                "own_mark": one.ask.own_mark,
                "first_day": one.ask.first_day.isoformat(),
                "weeks": one.ask.weeks,
                "count": one.ask.count,
                "candidates": [day.isoformat() for day in one.ask.candidates],
                "not_after": one.ask.not_after.isoformat() if one.ask.not_after else None,
                "days": [day.isoformat() for day in one.days],
                "until": one.until.isoformat() if one.until else None,
            }
            for one in proof.drawn
        ],
        "asked_on": {
            ticket: [day.isoformat() for day in days] for ticket, days in sorted(proof.asked_on.items())
        },
    }


def proof_from_json(given: Mapping[str, Any]) -> Proof:
    """The proof that a file holds. Raises `WrongProof`."""
    try:
        return Proof(
            date.fromisoformat(given["first_day"]),
            str(given["commitment"]),
            str(given["seed"]),
            tuple(_drawn(one) for one in given["draws"]),
            {str(ticket): _days(days) for ticket, days in given["asked_on"].items()},
        )
    except KeyError as missing:
        raise WrongProof(f"{missing.args[0]}: the key is missing") from missing
    except (TypeError, ValueError, AttributeError) as wrong:
        raise WrongProof(f"not the proof of a draw ({wrong})") from wrong


def _drawn(one: Mapping[str, Any]) -> Drawn:
    not_after, until = one["not_after"], one.get("until")
    ask = Ask(
        ticket=str(one["ticket"]),
        first_day=date.fromisoformat(one["first_day"]),
        weeks=int(one["weeks"]),
        count=int(one["count"]),
        candidates=_days(one["candidates"]),
        not_after=date.fromisoformat(not_after) if not_after else None,
        own_mark=str(one["own_mark"]),
    )
    return Drawn(ask, _days(one["days"]), date.fromisoformat(until) if until else None)


def _days(given: list[str]) -> tuple[date, ...]:
    return tuple(date.fromisoformat(one) for one in given)
