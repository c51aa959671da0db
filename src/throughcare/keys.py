"""The keys that protect words at rest: kept apart from the database, so that a stolen copy of it tells nothing.

A keyring is one line per key, `name:base64`, newest first: the first seals, every one opens. It comes from
FIELD_KEYS (or the file that FIELD_KEYS_FILE names), else from the folder beside the data folder.
"""

import base64
import hashlib
import hmac
import os
from functools import cache, lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12


class CannotOpen(Exception):
    """Sealed words that no key on the keyring opens, or that were moved or changed."""


def key_folder(data: Path) -> Path:
    """Where keys are kept when the environment names none: beside the data folder, never inside it."""
    return data.parent / f"{data.name}-keys"


@cache
def _keyring() -> dict[str, bytes]:
    from django.conf import settings  # read late: settings come from this package too

    lines = [line.strip() for line in settings.FIELD_KEYS.splitlines() if line.strip()]
    return {name: base64.urlsafe_b64decode(key) for name, _, key in (line.partition(":") for line in lines)}


def new_key(name: str) -> str:
    """A fresh line for the keyring."""
    return f"{name}:{base64.urlsafe_b64encode(os.urandom(32)).decode()}"


@lru_cache(maxsize=64)
def _derived(key: bytes, use: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=use.encode()).derive(key)


@lru_cache(maxsize=64)
def _cipher(name: str) -> AESGCM:
    try:
        return AESGCM(_derived(_keyring()[name], "throughcare words at rest"))
    except KeyError:
        raise CannotOpen(f"The key “{name}” is not on the keyring.") from None


def seal(words: str, *, place: str) -> str:
    """Encrypt words for one column; `place` is bound to them, so that they open nowhere else."""
    name = next(iter(_keyring()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + _cipher(name).encrypt(nonce, words.encode(), place.encode())
    return f"{name}.{base64.b64encode(sealed).decode()}"


def unseal(sealed: str, *, place: str) -> str:
    """The words. Raises `CannotOpen`."""
    name, _, rest = sealed.partition(".")
    raw = base64.b64decode(rest)
    try:
        return _cipher(name).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode()).decode()
    except InvalidTag:
        raise CannotOpen(f"Sealed words at {place} were changed or moved.") from None


def _oldest() -> bytes:
    """The key that blind indexes and the chain hang on: rotating words must not break them."""
    return list(_keyring().values())[-1]


def blind(words: str, *, place: str) -> str:
    """A fingerprint under which words can be found without being read; 32 hexadecimal digits."""
    return mac(words.encode(), use=f"blind index {place}")[:16].hex()


def mac(message: bytes, *, use: str) -> bytes:
    """A keyed fingerprint of 32 bytes: whoever holds the database alone can't make one."""
    return hmac.new(_derived(_oldest(), use), message, hashlib.sha256).digest()
