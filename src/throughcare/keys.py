"""The keys that protect words at rest: kept apart from the database, so that a stolen copy of it tells nothing.

A keyring is one line per key, `name:base64`, newest first: the first seals, every one opens. The line named
`index` never changes: blind indexes and the chain of the book of accesses hang on it. The keyring comes from
FIELD_KEYS (or the file that FIELD_KEYS_FILE names), else from the folder beside the data folder.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings  # asked late only: the settings themselves come to this module for names

INDEX = "index"
FIRST = "k1"
PASSING = "passing"
KEY_BYTES = 32
SHORTEST_SECRET = 32
WELL_KNOWN = (
    "changeme",
    "change-me",
    "change_me",
    "secret",
    "insecure",
    "example",
    "password",
    "placeholder",
)
NONCE_BYTES = 12
_LINE = re.compile(r"([a-z0-9-]{1,40}):([A-Za-z0-9_=-]+)")


class BadKeys(Exception):
    """A keyring that can't be used, with a sentence that says why."""


class CannotOpen(Exception):
    """Sealed words that no key on the keyring opens, or that were moved or changed."""


@dataclass(frozen=True)
class Keyring:
    """The keys by name, newest first, without the one for indexes. `text` is what it was read from."""

    words: dict[str, bytes]
    index: bytes
    text: str = field(repr=False)

    @property
    def newest(self) -> str:
        """The name of the key that seals."""
        return next(iter(self.words))

    @cached_property
    def ciphers(self) -> dict[str, AESGCM]:
        """One cipher per key, by name."""
        return {name: AESGCM(_derived(key, "throughcare words at rest")) for name, key in self.words.items()}


def key_folder(data: Path) -> Path:
    """Where keys are kept when the environment names none: beside the data folder, never inside it."""
    return data.parent / f"{data.name}-keys"


def new_key(name: str) -> str:
    """A fresh line for the keyring."""
    return f"{name}:{base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()}"


def new_keyring(name: str) -> str:
    """A fresh keyring: one key for words, one for indexes."""
    return f"{new_key(name)}\n{new_key(INDEX)}\n"


@lru_cache(maxsize=8)
def read_keyring(text: str) -> Keyring:
    """The keyring that `text` spells, a key a line or with commas between. Raises `BadKeys`."""
    found: dict[str, bytes] = {}
    for line in re.split(r"[\s,]+", text.strip()):
        match = _LINE.fullmatch(line)
        if match is None:
            raise BadKeys("A line of the keyring is not `name:key`.")
        name, key = match.groups()
        try:
            raw = base64.urlsafe_b64decode(key)
        except binascii.Error:
            raise BadKeys(f"The key “{name}” was cut or mistyped.") from None
        if len(raw) != KEY_BYTES:
            raise BadKeys(f"The key “{name}” has {len(raw)} bytes; it needs {KEY_BYTES}.")
        if name in found:
            raise BadKeys(f"Two keys are named “{name}”.")
        found[name] = raw
    index = found.pop(INDEX, None)
    if index is None or not found:
        raise BadKeys(f"The keyring needs a key for words and the key named “{INDEX}”.")
    return Keyring(found, index, text)


def why_weak(secret_key: str, field_keys: str) -> str:
    """Why nothing may be guarded by these: a default, an example, too short, made up in passing. Empty: they may."""
    said = secret_key.lower()
    if len(secret_key) < SHORTEST_SECRET:
        return (
            f"SECRET_KEY has {len(secret_key)} characters; it needs {SHORTEST_SECRET} that nobody can guess."
        )
    if len(set(secret_key)) < 10 or any(word in said for word in WELL_KNOWN):
        return "SECRET_KEY is an example or a word that others know. Take a random one."
    try:
        ring = read_keyring(field_keys)
    except BadKeys as error:
        return f"{error} Look at FIELD_KEYS."
    if ring.newest == PASSING:
        return "There are no keys for the words of patients. Run `throughcare make-keys` once, or give FIELD_KEYS."
    for name, key in {**ring.words, INDEX: ring.index}.items():
        if len(set(key)) < 16 or all(32 <= byte < 127 for byte in key):
            return f"The key “{name}” is not random. Make the keyring with `throughcare make-keys`."
    if len({*ring.words.values(), ring.index}) <= len(ring.words):
        return "Two names on the keyring stand for one key. Each needs its own."
    return ""


# By the text that a process started with: its ring as the file has it now, once words came along under a new key.
_renewed: dict[str, Keyring] = {}


def keyring() -> Keyring:
    """The keyring in use. Raises `BadKeys`."""
    text: str = settings.FIELD_KEYS
    return _renewed.get(text) or read_keyring(text)


def _cipher(name: str) -> AESGCM:
    cipher = keyring().ciphers.get(name) or _read_again().ciphers.get(name)
    if cipher is None:
        raise CannotOpen(f"The key “{name}” is not on the keyring.")
    return cipher


def _read_again() -> Keyring:
    """The ring as its file has it now: `throughcare rotate-keys` may have put a key on it while this runs."""
    file: Path = settings.FIELD_KEYS_FILE
    if file.exists():
        ring = read_keyring(file.read_text(encoding="utf-8"))
        if ring.index == keyring().index:
            _renewed[settings.FIELD_KEYS] = ring
    return keyring()


@lru_cache(maxsize=64)
def _derived(key: bytes, use: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=use.encode()).derive(key)


def seal(words: str, *, place: str) -> str:
    """Encrypt words for one column; `place` is bound to them, so that they open nowhere else."""
    ring = keyring()
    nonce = os.urandom(NONCE_BYTES)
    sealed = ring.ciphers[ring.newest].encrypt(nonce, words.encode(), place.encode())
    return f"{ring.newest}.{binascii.b2a_base64(nonce + sealed, newline=False).decode()}"


def unseal(sealed: str, *, place: str) -> str:
    """The words. Raises `CannotOpen`."""
    name, _, rest = sealed.partition(".")
    try:
        raw = binascii.a2b_base64(rest)
    except (binascii.Error, ValueError):
        raise CannotOpen(f"What stands at {place} was never sealed.") from None
    return _opened(name, raw, place).decode()


def seal_bytes(content: bytes, *, place: str) -> bytes:
    """Encrypt a file for one column, as `seal` does words."""
    ring = keyring()
    nonce = os.urandom(NONCE_BYTES)
    return (
        f"{ring.newest}.".encode() + nonce + ring.ciphers[ring.newest].encrypt(nonce, content, place.encode())
    )


def unseal_bytes(sealed: bytes, *, place: str) -> bytes:
    """The file. Raises `CannotOpen`."""
    name, _, raw = sealed.partition(b".")
    return _opened(name.decode(errors="replace"), raw, place)


def _opened(name: str, raw: bytes, place: str) -> bytes:
    try:
        return _cipher(name).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode())
    except (InvalidTag, ValueError):
        raise CannotOpen(f"Sealed words at {place} were changed or moved.") from None


def blind(words: str, *, place: str) -> str:
    """A fingerprint under which words can be found without being read; 32 hexadecimal digits."""
    return mac(words.encode(), use=f"blind index {place}")[:16].hex()


def mac(message: bytes, *, use: str) -> bytes:
    """A keyed fingerprint of 32 bytes: whoever holds the database alone can't make one."""
    return hmac.digest(_derived(keyring().index, use), message, hashlib.sha256)
