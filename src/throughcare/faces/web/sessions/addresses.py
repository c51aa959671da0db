"""Addresses of the day, sessions, notes and hours."""

from throughcare.faces.web.routing import route
from throughcare.faces.web.sessions import (
    cosigning,
    day,
    hours,
    make_ups,
    my_notes,
    note_acts,
    note_room,
    notes,
    room,
)
from throughcare.faces.web.sessions.who import (
    MAKE_UP,
    OWN,
    SEE_ATTENDANCE,
    SEE_DAY,
    SEE_NOTES,
    TAKE_ATTENDANCE,
    WRITE_NOTES,
)

addresses = [
    route("today", day.today, name="today", roles=SEE_DAY),
    route("sessions/<uuid:session>/", room.room, name="session", roles=SEE_ATTENDANCE),
    route(
        "sessions/<uuid:session>/attendance",
        room.everyone,
        name="everyone_else_present",
        methods="POST",
        roles=TAKE_ATTENDANCE,
    ),
    route(
        "sessions/<uuid:session>/attendance/<uuid:patient>",
        room.take,
        name="take_attendance",
        methods="POST",
        roles=TAKE_ATTENDANCE,
    ),
    route(
        "sessions/<uuid:session>/make-ups/<uuid:patient>/give-back",
        make_ups.give_back,
        name="give_back_make_up",
        methods="GET POST",
        roles=MAKE_UP,
    ),
    route("sessions/<uuid:session>/notes", note_room.read, name="session_notes", roles=SEE_NOTES),
    route(
        "sessions/<uuid:session>/notes/write",
        note_room.write,
        name="write_session_notes",
        methods="POST",
        roles=WRITE_NOTES,
    ),
    route(
        "deleted-drafts/<uuid:deleted>/bring-back",
        note_acts.restore,
        name="bring_back_draft",
        methods="POST",
        roles=WRITE_NOTES,
    ),
    route("my/notes/", my_notes.mine, name="my_notes", roles=OWN),
    route(
        "my/notes/signed/<uuid:note>", my_notes.signed, name="my_signed_note", methods="GET POST", roles=OWN
    ),
    route("my/notes/<uuid:share>", my_notes.one, name="my_note", methods="GET POST", roles=OWN),
    route("notes/<uuid:note>", notes.note, name="note", roles=SEE_NOTES),
    route("notes/<uuid:note>/addenda", notes.add, name="add_addendum", methods="GET POST", roles=WRITE_NOTES),
    route("to-cosign", cosigning.waiting, name="to_cosign", roles=WRITE_NOTES),
    route(
        "notes/<uuid:note>/cosign", cosigning.cosign, name="cosign_note", methods="POST", roles=WRITE_NOTES
    ),
    route(
        "notes/<uuid:note>/return",
        cosigning.give_back,
        name="return_note",
        methods="GET POST",
        roles=WRITE_NOTES,
    ),
    route("patients/<uuid:patient>/notes", notes.of_patient, name="patient_notes", roles=SEE_NOTES),
    route("patients/<uuid:patient>/hours", hours.ledger, name="hour_ledger", roles=SEE_ATTENDANCE),
    route(
        "patients/<uuid:patient>/make-ups", make_ups.offer, name="make_ups", methods="GET POST", roles=MAKE_UP
    ),
]
