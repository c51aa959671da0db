"""Addresses of aftercare."""

from throughcare.faces.web.aftercare import by_link, coming_back, mine, staff
from throughcare.faces.web.routing import public, route
from throughcare.knowledge.privacy import roles_that

OWN = ("patient", "alumnus")
CALLING = roles_that("change", "aftercare") - set(OWN)
COUNTING = ("clinician", "compliance", "director")

addresses = [
    route("my/aftercare", mine.aftercare, name="my_aftercare", methods="GET POST", roles=OWN),
    route("my/aftercare/now", mine.begin, name="my_aftercare_now", methods="POST", roles=OWN),
    route("my/aftercare/stop", mine.stop, name="my_aftercare_stop", methods="POST", roles=OWN),
    route("my/aftercare/again", mine.again, name="my_aftercare_again", methods="POST", roles=OWN),
    route("my/back-in", coming_back.back_in, name="my_back_in", methods="GET POST", roles=OWN),
    public("h/<str:token>", by_link.answer, name="how_are_you", methods="GET POST"),
    route(
        "aftercare/calls/<uuid:call>",
        staff.call,
        name="aftercare_call",
        methods="GET POST",
        roles=CALLING,
    ),
    route(
        "aftercare/calls/<uuid:call>/owner",
        staff.give_call,
        name="give_aftercare_call",
        methods="POST",
        roles=CALLING,
    ),
    route(
        "aftercare/questions/<uuid:ask>",
        staff.on_the_phone,
        name="aftercare_on_the_phone",
        methods="GET POST",
        roles=CALLING,
    ),
    route("aftercare/numbers", staff.numbers, name="aftercare_numbers", roles=COUNTING),
]
