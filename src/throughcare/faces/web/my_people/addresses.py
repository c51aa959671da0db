"""Addresses of the patient's own people. Letting somebody in stands in `my_pages`."""

from throughcare.faces.web.my_people import views
from throughcare.faces.web.routing import route

OWN = ("patient", "alumnus")
ONE = "my/people/<uuid:related>"

addresses = [
    route("my/people", views.people, name="my_people", roles=OWN),
    route(f"{ONE}/seen", views.seen, name="my_person_seen", roles=OWN),
    route(f"{ONE}/stop", views.stop, name="my_person_stop", methods="GET POST", roles=OWN),
]
