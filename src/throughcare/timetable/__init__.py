"""The week, solved: dataclasses in, dataclasses out, no Django."""
