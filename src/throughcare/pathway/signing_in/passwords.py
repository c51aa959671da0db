"""What a password must be: long, not a known one, not made of names. Nothing else (NIST SP 800-63B-4 §3.1.1)."""

import string
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from throughcare.knowledge.verdict import Allowed, Refused, Verdict
from throughcare.records.people import Account

ALONE, BESIDE_A_FACTOR, MOST = 15, 8, 200
CITE = "NIST SP 800-63B-4 §3.1.1.2"
PRODUCT = "throughcare"
SHORTEST_NAME = 3
# What people put around a password that was refused.
TRIMMINGS = string.digits + string.punctuation + " "


@cache
def _common() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


def check_password_choice(password: str, *, has_factor: bool, names: Iterable[str]) -> Verdict:
    """Whether a password may be chosen; the refusal says what is wrong with this one."""
    least = BESIDE_A_FACTOR if has_factor else ALONE
    if len(password) < least:
        return Refused(
            because=f"Use at least {least} characters; these are {len(password)}. A sentence is easy to remember.",
            cite=CITE,
        )
    if len(password) > MOST:
        return Refused(because=f"Use at most {MOST} characters; these are {len(password)}.", cite=CITE)
    folded = password.casefold()
    if _is_tried_first(folded):
        return Refused(
            because="This password is on the list of those that attackers try first. Choose another.",
            cite=CITE,
        )
    rest, found = folded, list[str]()
    for name in sorted(_parts(names), key=len, reverse=True):
        if name in rest:
            rest, found = rest.replace(name, ""), [*found, name]
    if found and len("".join(rest.split())) < BESIDE_A_FACTOR:
        return Refused(
            because=f"This password is made of “{found[0]}”, which others know about you. Choose other words.",
            cite=CITE,
        )
    return Allowed()


def _is_tried_first(folded: str) -> bool:
    """Whether it is a known password, one with digits at its ends, one said again and again, or a row of signs."""
    bare, unit = folded.strip(TRIMMINGS), _repeated(folded).strip()
    if len(unit) < len(folded.strip()) and len(unit) < BESIDE_A_FACTOR:
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(folded)}
    return not _common().isdisjoint((folded, bare, unit)) or steps in ({1}, {-1}) or len(set(folded)) <= 2


def _repeated(words: str) -> str:
    """What `words` says again and again; `words` itself when it says nothing twice."""
    return words[: (words * 2).find(words, 1)]


def _parts(names: Iterable[str]) -> set[str]:
    words = {PRODUCT}
    for name in names:
        words.update(name.casefold().replace("@", " ").replace(".", " ").replace("-", " ").split())
    return {word for word in words if len(word) >= SHORTEST_NAME}


def names_around(account: Account) -> tuple[str, ...]:
    """The words that an attacker tries first for this person: their own and the clinic's."""
    clinic = account.organization
    return account.name, account.email, clinic.name, clinic.neutral_name


class HouseRules:
    """The rules as Django asks for them: for a password that stands alone."""

    def validate(self, password: str, user: Account | None = None) -> None:
        """Raise `ValidationError` with the sentence of the refusal."""
        names = names_around(user) if user is not None else ()
        verdict = check_password_choice(password, has_factor=False, names=names)
        if isinstance(verdict, Refused):
            raise ValidationError(verdict.because)

    def get_help_text(self) -> str:
        """What Django shows beside a field."""
        return f"At least {ALONE} characters."
