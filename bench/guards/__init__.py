"""The guards that `bench.mutation` takes out one after the other, each with the tests that should notice."""

from bench.guards.doors import DOORS
from bench.guards.guard import Guard
from bench.guards.privacy import PRIVACY
from bench.guards.writes import WRITES

__all__ = ["GUARDS", "Guard"]
GUARDS = (*PRIVACY, *DOORS, *WRITES)
