"""The privacy desk: the one gate to what is known about a person. Every read and write passes here."""

from throughcare.pathway.privacy.desk import (
    OPERATIONS,
    TREATMENT,
    at_sites,
    begin_record,
    find_patient,
    may_access,
    may_access_as_author,
    open_as_author,
    open_list,
    open_patient,
    sites_for,
    turn_away,
)

__all__ = [
    "OPERATIONS",
    "TREATMENT",
    "at_sites",
    "begin_record",
    "find_patient",
    "may_access",
    "may_access_as_author",
    "open_as_author",
    "open_list",
    "open_patient",
    "sites_for",
    "turn_away",
]
