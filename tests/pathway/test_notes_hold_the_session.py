"""Whoever writes or signs a session's notes holds the session first: in one order nobody waits in a ring."""

import re

import pytest
from django.db import connection

from tests.cast import at
from tests.sessions_cast import AFTER, admit, hold
from throughcare.pathway.actor import Actor
from throughcare.pathway.attendance.attendance import record_attendance
from throughcare.pathway.note.deleted_drafts import bring_back, delete_own, delete_shared
from throughcare.pathway.note.drafts import write_own, write_shared
from throughcare.pathway.note.own_part import NOTHING_MORE, OwnPart
from throughcare.pathway.note.parts import write_parts
from throughcare.pathway.note.shared_drafts import add_my_words, share_draft, take_back_share
from throughcare.pathway.note.signing import sign_notes
from throughcare.pathway.privacy import book

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time and holds no rows"
)
LOCK = re.compile(r'FROM "(records_\w+)".* FOR (?:NO KEY )?UPDATE', re.DOTALL)


@pytest.fixture
def held(monkeypatch):
    """What is held, in order: rows by their table, and the end of the book."""
    found = []
    hold_chain = book._hold_chain
    monkeypatch.setattr(
        book, "_hold_chain", lambda organization: found.append("book") or hold_chain(organization)
    )

    def look(execute, sql, params, many, context):
        if match := LOCK.search(str(sql)):
            found.append(match.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def test_every_write_of_a_sessions_notes_holds_the_session_before_anything_else(cast, held):
    ana = admit(cast, "Ana", "Silva")
    session = hold(cast, ana, kind="individual", title="Individual therapy")
    record_attendance(session, ana.uid, status="present", by=cast.facilitator, at=at(18))
    herself = Actor(cast.organization, frozenset({"patient"}), "", patient=ana.key)
    now = {"by": cast.facilitator, "at": AFTER}

    def part(seen):
        return OwnPart(ana.uid, f"Spoke of the weekend, {seen}.", ana.thread, seen, "", NOTHING_MORE)

    def first(act, *args, **how):
        held.clear()
        answer = act(*args, **{**now, **how})
        assert held[0] == "records_session", (act.__name__, held)
        return answer

    first(write_shared, session, text="We practiced.", topic="Urges", seen_version=0)
    first(bring_back, first(delete_shared, session, seen_version=1))
    first(write_parts, session, [part(0)])
    first(bring_back, first(delete_own, session, ana.uid, seen_version=1))
    first(write_own, session, ana.uid, text="Again.", objective_thread=ana.thread, seen_version=2)
    share = first(share_draft, session, ana.uid)
    first(add_my_words, share, "My own words.", seen_version=0, seen_draft=3, by=herself)
    first(take_back_share, session, ana.uid)
    first(sign_notes, session)
