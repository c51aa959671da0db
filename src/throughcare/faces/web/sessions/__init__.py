"""The day, a session's room with its attendance and notes, signed notes, and the ledger of hours."""
