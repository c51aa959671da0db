"""Throughcare runs an intensive outpatient program from the first call to eighteen months after discharge."""
