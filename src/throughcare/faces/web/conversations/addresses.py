"""Addresses of messages with the care team."""

from throughcare.faces.web.conversations import inbox, own
from throughcare.faces.web.routing import route
from throughcare.knowledge.privacy import roles_that
from throughcare.knowledge.roles import STAFF

OWN, NEAR = ("patient", "alumnus"), ("family",)
SEE = STAFF & roles_that("see", "conversation")
CHANGE = STAFF & roles_that("change", "conversation")
ONE = "conversations/<uuid:conversation>"
BOTH = "GET POST"

addresses = [
    route("my/messages", own.mine, name="my_messages", methods=BOTH, roles=OWN),
    route("my/messages/<uuid:conversation>", own.one, name="my_message", methods=BOTH, roles=OWN),
    route("family/<uuid:patient>/messages", own.near, name="family_messages", methods=BOTH, roles=NEAR),
    route(
        "family/<uuid:patient>/messages/<uuid:conversation>",
        own.one_near,
        name="family_message",
        methods=BOTH,
        roles=NEAR,
    ),
    route("conversations/", inbox.inbox, name="conversations", roles=SEE),
    route(ONE, inbox.conversation, name="conversation", methods=BOTH, roles=SEE),
    route(f"{ONE}/settled", inbox.settle, name="settle_conversation", methods="POST", roles=CHANGE),
    route(f"{ONE}/owner", inbox.give, name="give_conversation", methods="POST", roles=CHANGE),
    route("patients/<uuid:patient>/messages", inbox.of_patient, name="patient_messages", roles=SEE),
    route(
        "patients/<uuid:patient>/messages/new",
        inbox.first,
        name="write_to_patient",
        methods=BOTH,
        roles=CHANGE,
    ),
]
