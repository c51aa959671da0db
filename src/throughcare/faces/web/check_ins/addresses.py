"""Addresses of check-ins: the patient's own, those at a kiosk, and what staff see."""

from throughcare.faces.web.check_ins import at_kiosk, own, room, typed
from throughcare.faces.web.routing import public, route
from throughcare.faces.web.sessions.who import TAKE_ATTENDANCE, who_may
from throughcare.knowledge.privacy import MAY_CHANGE, MAY_SEE
from throughcare.knowledge.roles import STAFF

OWN = {"patient"}
MINE = "my/sessions/<uuid:session>"
ONE = "sessions/<uuid:session>"
SEE_CHECK_INS, SEE_CLIMATE = who_may(MAY_SEE, "check_in"), who_may(MAY_SEE, "climate")
TYPE_CHECK_INS = who_may(MAY_CHANGE, "check_in") & STAFF

addresses = [
    route("my/sessions", own.sessions, name="my_sessions", roles=OWN),
    route("my/here", own.here, name="my_here", methods="GET POST", roles=OWN),
    route(f"{MINE}/check-in", own.before, name="my_check_in", methods="GET POST", roles=OWN),
    route(f"{MINE}/check-out", own.after, name="my_check_out", methods="GET POST", roles=OWN),
    route(f"{MINE}/climate", own.climate, name="my_climate", methods="GET POST", roles=OWN),
    route(f"{MINE}/join", own.join, name="my_join", methods="GET POST", roles=OWN),
    route(f"{MINE}/joined", own.joining, name="my_joining", roles=OWN),
    # The page beside the video knows an id that no other page shows; it goes on while the door is locked.
    public("joined/<uuid:joining>/still-there", own.beat, name="still_there", methods="POST"),
    public("joined/<uuid:joining>/left", own.left, name="left_video", methods="POST"),
    public("here/<uuid:session>", at_kiosk.find, name="here", methods="GET POST"),
    public("here/<uuid:session>/check-in", at_kiosk.answer, name="kiosk_check_in", methods="GET POST"),
    route(f"{ONE}/check-ins", room.check_ins, name="session_check_ins", roles=SEE_CHECK_INS),
    route(
        f"{ONE}/check-ins/<uuid:patient>",
        typed.for_someone,
        name="type_check_in",
        methods="GET POST",
        roles=TYPE_CHECK_INS,
    ),
    route(f"{ONE}/code", room.code, name="session_code", methods="POST", roles=TAKE_ATTENDANCE),
    route(f"{ONE}/proofs", room.take_over, name="take_over_proofs", methods="POST", roles=TAKE_ATTENDANCE),
    route(f"{ONE}/climate", room.climate, name="session_climate", roles=SEE_CLIMATE),
]
