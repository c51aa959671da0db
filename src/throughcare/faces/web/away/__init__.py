"""When the database or the disk takes nothing: what people are told, and how a call for help is not lost."""
