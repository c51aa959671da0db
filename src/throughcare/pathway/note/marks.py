"""Whether somebody wrote at a session's note since a page of it was made."""

from uuid import UUID

from django.db.models import Count, Sum

from throughcare.pathway.actor import Actor
from throughcare.pathway.session.session_rows import find_session
from throughcare.records.notes import Note, NoteDraft, SharedDraft


def notes_mark(session: UUID, *, by: Actor) -> str:
    """A word that changes when any part of the note is written, deleted or signed.

    It says how many and nobody's name, so it stands in no book.
    """
    found = find_session(session, by=by)
    shared = SharedDraft.objects.filter(session=found).aggregate(versions=Sum("version"))
    own = NoteDraft.objects.filter(session=found).aggregate(parts=Count("pk"), versions=Sum("version"))
    signed = Note.objects.filter(session=found).count()
    return f"{shared['versions'] or 0}-{own['parts']}-{own['versions'] or 0}-{signed}"
