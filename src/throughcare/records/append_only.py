"""Triggers by which the database itself refuses to change or remove what may only be added."""

from collections.abc import Iterator

# Table → columns that never change; () is every column. Sealed words are left out, since turning the keys writes
# them anew: a signed text is held by its digest instead. A patient's key may change hands when entries are merged.
GUARDED: dict[str, tuple[str, ...]] = {
    "records_access": (),
    "records_accessedpatient": (),
    "records_chaincheck": (),
    "records_note": ("session_id", "starts_at", "ends_at", "minutes", "credential", "signed_at", "digest"),
    "records_addendum": ("note_id", "credential", "signed_at"),
    "records_notecosignature": ("note_id", "is_returned", "credential", "signed_at"),
    "records_noteapart": ("author_id", "kind", "day", "corrects_id"),
    "records_checkin": ("session_id", "way", "recorded_at"),
    "records_checkout": ("session_id", "way", "recorded_at"),
    "records_presence": ("session_id", "way", "recorded_at"),
    "records_consentsignature": ("consent_id", "party", "means", "proof", "signed_at"),
    "records_consentrevocation": ("consent_id", "how", "revoked_at"),
    "records_messagereceipt": ("attempt_id", "status", "recorded_at"),
    "records_conversationwords": ("conversation_id", "side", "answer_by", "recorded_at"),
    "records_inboundtext": ("provider_id", "asks_for_help", "recorded_at"),
}

PROCEDURE = """
CREATE OR REPLACE FUNCTION throughcare_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION USING MESSAGE = 'Rows of ' || TG_TABLE_NAME || ' are only ever added.';
END $$ LANGUAGE plpgsql
"""


def raising(vendor: str) -> Iterator[str]:
    """The statements that put the triggers up."""
    if vendor == "postgresql":
        yield PROCEDURE
    for table, columns in GUARDED.items():
        update = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
        for verb, name in ((update, "changed"), ("DELETE", "removed")):
            head = f"CREATE TRIGGER {table}_never_{name} BEFORE {verb} ON {table}"
            if vendor == "postgresql":
                yield f"{head} FOR EACH ROW EXECUTE FUNCTION throughcare_append_only()"
            else:
                yield f"{head} BEGIN SELECT RAISE(ABORT, 'Rows of {table} are only ever added.'); END"


def lowering(vendor: str) -> Iterator[str]:
    """The statements that take them down."""
    for table in GUARDED:
        where = f" ON {table}" if vendor == "postgresql" else ""
        for name in ("changed", "removed"):
            yield f"DROP TRIGGER IF EXISTS {table}_never_{name}{where}"
