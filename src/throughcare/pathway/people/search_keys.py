"""Blind fingerprints under which people are found, although the database can't read their names or numbers.

A fingerprint is bound to the organization: the same name in two of them has nothing in common. It is 63 bits of a
keyed digest, so that nobody without the key can make one from a guessed name.
"""

import re
from collections.abc import Iterable
from typing import Any

import phonenumbers

from throughcare import keys
from throughcare.knowledge.referring.likeness import any_order, plain
from throughcare.records.people import Patient, PatientSearchKey

LONGEST_START = 12
SHORTEST_START = 2
PHONE_ENDS = range(4, 10)
REGION = "US"
# Han, kana, Hangul, Thai and their neighbors: where no blank stands between names, a name may begin at any letter.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]"
)


def phone_key(phone: str) -> str:
    """The number in E.164 if it can be one, else its digits; empty for none."""
    try:
        parsed = phonenumbers.parse(phone, REGION)
    except phonenumbers.NumberParseException:
        return "".join(char for char in phone if char.isdigit())[:20]
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)[:20]


def words_of(name: str) -> list[str]:
    """The words of a name as they are compared; a name of signs alone is one word."""
    return plain(name).split() or ([name.casefold()] if name.strip() else [])


def begins(word: str, start: str) -> bool:
    """Whether a name's word is found by `start`: its beginning, in scripts without blanks any part of it."""
    return any(tail.startswith(start[:LONGEST_START]) for tail in _tails(word))


def key_of_start(start: str, organization: int) -> int:
    """The key of names that begin so."""
    return _key("start of name", start[:LONGEST_START], organization)


def key_of_word(word: str, organization: int) -> int:
    """The key of names that have this word, whole."""
    return _key("word of name", word, organization)


def key_of_name(given_name: str, family_name: str, organization: int) -> int:
    """The key of everyone whose names are these words, in whatever order."""
    return _key("whole name", any_order(given_name, family_name), organization)


def key_of_phone(figures: str, organization: int) -> int:
    """The key of a number in E.164, or of its last 4 to 9 figures."""
    return _key("phone", figures, organization)


def key_of_email(email: str, organization: int) -> int:
    """The key of an e-mail address, however it is capitalized."""
    return _key("e-mail", email.strip().lower(), organization)


def add_search_keys(person: Patient) -> None:
    """Make the keys of someone who was entered just now."""
    PatientSearchKey.objects.bulk_create(rows_of(person, former=()))


def keep_search_keys(patients: Iterable[Patient]) -> None:
    """Make the keys of these people anew, from what is known of them and from the names they had before."""
    people = list(patients)
    PatientSearchKey.objects.filter(patient__in=people).delete()
    PatientSearchKey.objects.bulk_create((row for one in people for row in rows_of(one)), batch_size=2_000)


def rows_of(patient: Patient, former: Iterable[dict[str, Any]] | None = None) -> list[PatientSearchKey]:
    """A person's keys as rows to be stored; `former` details are read from the revisions when not given."""
    now = {name: getattr(patient, name) for name in ("given_name", "family_name", "preferred_name")}
    current = _name_keys(now, patient.organization_id) | _reach_keys(patient)
    before = (one.details for one in patient.revisions.all()) if former is None else former
    earlier = {key for details in before for key in _name_keys(details, patient.organization_id)} - current
    return [
        PatientSearchKey(patient=patient, key=key, former=key in earlier) for key in sorted(current | earlier)
    ]


def _name_keys(details: dict[str, Any], organization: int) -> set[int]:
    given, family = details["given_name"], details["family_name"]
    words = {word for name in (given, family, details["preferred_name"]) for word in words_of(name)}
    starts = {start for word in words for start in _starts(word)}
    return {
        key_of_name(given, family, organization),
        *(key_of_word(word, organization) for word in words),
        *(key_of_start(start, organization) for start in starts),
    }


def _reach_keys(patient: Patient) -> set[int]:
    organization = patient.organization_id
    found = {key_of_email(patient.email, organization)} if patient.email else set()
    phone = phone_key(patient.phone)
    if phone:
        ends = {phone[-length:] for length in PHONE_ENDS if length <= len(phone)}
        found |= {key_of_phone(figures, organization) for figures in {phone, *ends}}
    return found


def _starts(word: str) -> set[str]:
    return {
        tail[:length]
        for tail in _tails(word)
        for length in range(min(SHORTEST_START, len(tail)), min(len(tail), LONGEST_START) + 1)
    }


def _tails(word: str) -> list[str]:
    return [word[place:] for place in range(len(word))] if _UNSPACED.search(word) else [word]


def _key(kind: str, words: str, organization: int) -> int:
    digest = keys.blind(f"{organization} {words}", place=f"patient: {kind}")
    return int(digest[:16], 16) >> 1
