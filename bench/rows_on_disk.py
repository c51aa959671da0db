"""What a form wrote, counted in a database file that the program itself didn't open."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from tests.crashes.stage import Sent

# In the order of `tests.crashes.stage.FLOWS`.
QUESTIONS = {
    "sign": ("FROM records_note n JOIN records_session s ON s.id = n.session_id WHERE s.uid = ?",),
    "attendance": (
        "FROM records_attendance a JOIN records_session s ON s.id = a.session_id WHERE s.uid = ?",
    ),
    "consent": (
        "FROM records_consentsignature w JOIN records_consent c ON c.id = w.consent_id WHERE c.uid = ?",
    ),
    "revoke": (
        "FROM records_consentrevocation r JOIN records_consent c ON c.id = r.consent_id WHERE c.uid = ?",
    ),
    "medication": ("FROM records_medication WHERE key = ?",),
    "crisis": (
        "FROM records_crisis WHERE key = ?",
        "FROM records_crisispage p JOIN records_crisis c ON c.id = p.crisis_id WHERE c.key = ?",
    ),
    "publish": (
        "FROM records_publication p JOIN records_timetableplan t ON t.id = p.plan_id WHERE t.uid = ?",
        "FROM records_weeknotice w JOIN records_publication p ON p.id = w.publication_id "
        "JOIN records_timetableplan t ON t.id = p.plan_id WHERE t.uid = ?",
    ),
}


def rows_on_disk(line: "sqlite3.Connection", form: "Sent") -> tuple[int, ...]:
    """How many rows of each kind stand there."""
    about = form.about if form.flow == "crisis" else form.about.replace("-", "")
    return tuple(
        line.execute(f"SELECT COUNT(*) {where}", (about,)).fetchone()[0] for where in QUESTIONS[form.flow]
    )
