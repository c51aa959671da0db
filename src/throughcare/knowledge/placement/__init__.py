"""Which level of care the facts indicate, and why; when to step up and when down."""

from throughcare.knowledge.placement.decide import Placement, Reason, as_json, place
from throughcare.knowledge.placement.facts import Cssrs, Domains, Facts, WrongFacts
from throughcare.knowledge.placement.steps import Step, StepDownFacts, StepUpFacts, step_down, step_up

__all__ = [
    "Cssrs",
    "Domains",
    "Facts",
    "Placement",
    "Reason",
    "Step",
    "StepDownFacts",
    "StepUpFacts",
    "WrongFacts",
    "as_json",
    "place",
    "step_down",
    "step_up",
]
