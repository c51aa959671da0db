"""Addresses of the community."""

from throughcare.faces.web.community import curating, matching, mine, my_mentor
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that
from throughcare.pathway.community.event import CURATES

OWN = ("patient", "alumnus")
MATCHES = roles_that("change", "mentoring") - set(OWN)
LOOKS = CURATES | (roles_that("see", "community") - set(OWN))
EVENT = "clinic/community/<uuid:happening>"
MATCH = "my/mentor/<uuid:match>"

addresses = [
    route("my/community", mine.community, name="my_community", roles=OWN),
    route("my/community/<uuid:happening>", mine.reply, name="my_reply", methods="POST", roles=OWN),
    route("my/community/name", mine.name, name="my_community_name", methods="GET POST", roles=OWN),
    route("my/milestones", mine.milestones, name="my_milestones", methods="GET POST", roles=OWN),
    route("my/mentor", my_mentor.mentor, name="my_mentor", roles=OWN),
    route(f"{MATCH}/yes", my_mentor.agree, name="my_mentor_yes", methods="GET POST", roles=OWN),
    route(f"{MATCH}/end", my_mentor.end, name="my_mentor_end", methods="GET POST", roles=OWN),
    route("clinic/community", curating.events, name="community", roles=LOOKS),
    route("clinic/community/new", curating.new, name="new_event", methods="GET POST", roles=CURATES),
    route(EVENT, curating.change, name="event", methods="GET POST", roles=CURATES),
    route(f"{EVENT}/withdraw", curating.withdraw, name="withdraw_event", methods="POST", roles=CURATES),
    route(f"{EVENT}/off", curating.off, name="call_off_event", methods="POST", roles=CURATES),
    route("clinic/mentors", matching.all_mentors, name="mentors", roles=MATCHES),
    route(
        "clinic/mentors/<uuid:mentor>/retire",
        matching.retire,
        name="retire_mentor",
        methods="POST",
        roles=MATCHES,
    ),
    route("clinic/matches/<uuid:match>/end", matching.end, name="end_match", methods="POST", roles=MATCHES),
    route(
        "patients/<uuid:patient>/mentor",
        matching.of_patient,
        name="patient_mentor",
        methods="GET POST",
        roles=MATCHES,
    ),
]
