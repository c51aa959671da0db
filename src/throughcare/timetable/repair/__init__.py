"""Mends a published week to which something happened, with the fewest changes."""

from throughcare.timetable.differences import Difference as Change
from throughcare.timetable.repair.repairing import Repaired, repair

__all__ = ["Change", "Repaired", "repair"]
