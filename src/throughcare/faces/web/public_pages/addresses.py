"""Addresses that anyone may open, and the editor of their words."""

from throughcare.faces.web.public_pages import asking, cost, editor, finding, guide, pages, views
from throughcare.faces.web.routing import public, route

READS, ANSWERS, SENDS = "GET", "GET POST", "POST"
OPEN = (
    ("welcome", views.welcome, "front_door", READS),
    ("about/levels", pages.compare_levels, "compare_levels", READS),
    ("about/week", pages.public_week, "public_week", READS),
    ("about/cost", cost.cost_estimate, "cost_estimate", ANSWERS),
    ("about/<slug:slug>", pages.public_page, "public_page", READS),
    ("is-this-right-for-me", guide.level_guide, "level_guide", ANSWERS),
    ("ask-for-help", asking.ask_for_help, "ask_for_help", ANSWERS),
    ("ask-for-help/thanks", asking.thanks, "asked_for_help", READS),
    ("go-on", asking.ask_again, "ask_again", ANSWERS),
    ("go-on/send", asking.send_link, "send_way_back", SENDS),
    ("go-on/<str:token>", asking.ask_again_link, "ask_again_link", READS),
)
EDITS = {"admin", "director"}

addresses = [
    *(public(pattern, view, name=name, methods=methods) for pattern, view, name, methods in OPEN),
    # The same for each organization of an installation that has several.
    *(
        public(f"at/<uuid:organization>/{pattern}", view, name=f"{name}_at", methods=methods)
        for pattern, view, name, methods in OPEN
    ),
    public("robots.txt", finding.robots, name="robots"),
    public("sitemap.xml", finding.sitemap, name="sitemap"),
    route("clinic/public-pages/", editor.public_pages, name="public_pages", roles=EDITS),
    route("clinic/public-pages/new", editor.new_page, name="new_public_page", methods=ANSWERS, roles=EDITS),
    route(
        "clinic/public-pages/<slug:slug>/<str:language>",
        editor.edit_page,
        name="edit_public_page",
        methods=ANSWERS,
        roles=EDITS,
    ),
    route(
        "clinic/public-pages/<slug:slug>/<str:language>/publish",
        editor.publish,
        name="publish_public_page",
        methods=SENDS,
        roles=EDITS,
    ),
    route(
        "clinic/public-pages/<slug:slug>/<str:language>/take-back",
        editor.take_back,
        name="take_back_public_page",
        methods=SENDS,
        roles=EDITS,
    ),
]
