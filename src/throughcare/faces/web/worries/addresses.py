"""Addresses of the worry line."""

from throughcare.faces.web.routing import public, route
from throughcare.faces.web.worries import public_page, views
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF

SEE = STAFF & roles_that("see", "worry")
CHANGE = STAFF & roles_that("change", "worry")
ONE = "worries/<uuid:worry>"
AT = "at/<uuid:organization>"

addresses = [
    public("worry", public_page.tell, name="worry_line", methods="GET POST"),
    public("worry/thanks", public_page.told, name="worry_told"),
    public("worry/now", public_page.in_danger, name="worry_in_danger"),
    public(f"{AT}/worry", public_page.tell, name="worry_line_at", methods="GET POST"),
    public(f"{AT}/worry/thanks", public_page.told, name="worry_told_at"),
    public(f"{AT}/worry/now", public_page.in_danger, name="worry_in_danger_at"),
    route("worries/", views.queue, name="worries", roles=SEE),
    route(ONE, views.worry, name="worry", roles=SEE),
    route(f"{ONE}/whom", views.whom, name="worry_whom", methods="POST", roles=CHANGE),
    route(f"{ONE}/undo", views.undo, name="undo_worry_whom", methods="POST", roles=CHANGE),
    route(f"{ONE}/end", views.end, name="end_worry", methods="GET POST", roles=CHANGE),
]
