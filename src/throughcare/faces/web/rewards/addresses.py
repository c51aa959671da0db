"""Addresses of rewards."""

from throughcare.faces.web.drug_tests.who import CHANGE_REWARDS, LEDGER, OWN, SEE_REWARDS
from throughcare.faces.web.rewards import mine, views
from throughcare.faces.web.routing import route

CHART = "patients/<uuid:patient>/rewards"
BOTH = "GET POST"

addresses = [
    route("rewards/", views.ledger, name="reward_ledger", roles=LEDGER),
    route(CHART, views.rewards, name="patient_rewards", roles=SEE_REWARDS),
    route(f"{CHART}/begin", views.begin, name="begin_rewards", methods=BOTH, roles=CHANGE_REWARDS),
    route(f"{CHART}/end", views.end, name="end_rewards", methods="POST", roles=CHANGE_REWARDS),
    route(f"{CHART}/receipt", views.hand, name="hand_over_reward", methods=BOTH, roles=CHANGE_REWARDS),
    route(f"{CHART}/<uuid:reward>/slip", views.slip, name="draw_slip", methods="POST", roles=CHANGE_REWARDS),
    route("my/rewards", mine.rewards, name="my_rewards", roles=OWN),
    route("my/rewards/<uuid:reward>/slip", mine.slip, name="my_slip", methods="POST", roles=("patient",)),
]
