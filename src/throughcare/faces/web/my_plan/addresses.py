"""Addresses of a person's own plan."""

from throughcare.faces.web.my_plan import goals, letters, views
from throughcare.faces.web.routing import route

OWN = ("patient", "alumnus")
GOAL = "my/plan/goals/<uuid:goal>"
STEP = "my/plan/steps/<uuid:step>"

addresses = [
    route("my/plan", views.plan, name="my_plan", roles=OWN),
    route("my/plan/goals/new", goals.new, name="my_new_goal", methods="GET POST", roles=OWN),
    route(GOAL, goals.goal, name="my_goal", roles=OWN),
    route(f"{GOAL}/steps", goals.step, name="my_new_step", methods="GET POST", roles=OWN),
    route(f"{GOAL}/said", goals.said, name="my_goal_said", methods="GET POST", roles=OWN),
    route(f"{GOAL}/let-go", goals.let_go, name="my_goal_let_go", methods="POST", roles=OWN),
    route(f"{STEP}/done", goals.done, name="my_step_done", methods="POST", roles=OWN),
    route(f"{STEP}/drop", goals.drop, name="my_step_drop", methods="POST", roles=OWN),
    route("my/how-i-am", views.how, name="my_progress", roles=OWN),
    route("my/work", views.work, name="my_work", roles=OWN),
    route("my/referrals", views.referrals, name="my_referrals", roles=OWN),
    route("my/letters", letters.letters, name="my_letters", methods="GET POST", roles=OWN),
]
