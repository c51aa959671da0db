"""Addresses of the crisis desk, of help, and of the on-call rota."""

from throughcare.faces.web.crisis import desk, getting_help, one, past, raising, rota, telling
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF, TREATING

SEE = roles_that("see", "crisis") & STAFF
CHANGE = roles_that("change", "crisis") & STAFF
TELL = TREATING & roles_that("change", "disclosure")
ONE = "crisis/<uuid:crisis>/"

addresses = [
    route("crisis/", desk.desk, name="crisis_desk", roles=SEE),
    route("crisis/call", raising.log_call, name="log_crisis_call", methods="GET POST"),
    route("crisis/call/<uuid:call>", raising.called, name="crisis_call"),
    route(
        "patients/<uuid:patient>/crisis",
        raising.raise_about,
        name="raise_crisis",
        methods="GET POST",
        roles=CHANGE,
    ),
    route(
        "patients/<uuid:patient>/crisis/past",
        past.enter,
        name="past_crisis",
        methods="GET POST",
        roles=CHANGE,
    ),
    route(ONE, one.one, name="crisis", roles=SEE),
    route(f"{ONE}take", one.take, name="take_crisis", methods="POST", roles=CHANGE),
    route(f"{ONE}page", one.page_others, name="page_others", methods="POST", roles=CHANGE),
    route(f"{ONE}write", one.write, name="write_crisis", methods="GET POST", roles=CHANGE),
    route(f"{ONE}priority", one.priority, name="crisis_priority", methods="GET POST", roles=CHANGE),
    route(f"{ONE}whose", one.whose, name="crisis_whose", methods="GET POST", roles=CHANGE),
    route(f"{ONE}close", one.close, name="close_crisis", methods="GET POST", roles=CHANGE),
    route(f"{ONE}told", telling.tell, name="crisis_told", methods="GET POST", roles=TELL),
    route("on-call/", rota.sites, name="on_call", roles=SEE),
    route("on-call/<uuid:site>/", rota.site, name="rota", roles=SEE),
    route("on-call/<uuid:site>/turns", rota.plan, name="plan_rota", methods="GET POST", roles=rota.PLANNERS),
    route("on-call/<uuid:site>/swap", rota.swap, name="swap_on_call", methods="GET POST", roles=CHANGE),
    route(
        "on-call/<uuid:site>/handover", rota.leave, name="leave_handover", methods="GET POST", roles=CHANGE
    ),
    route("on-call/handover/<uuid:handover>", rota.read, name="read_handover", methods="POST", roles=CHANGE),
    route("my/help", getting_help.mine, name="my_help", methods="GET POST", roles=("patient", "alumnus")),
    route("family/help", getting_help.choose, name="family_help", roles=("family",)),
    route(
        "family/<uuid:patient>/help",
        getting_help.about,
        name="family_help_for",
        methods="GET POST",
        roles=("family",),
    ),
]
