"""The keys of backups: apart from the backups, and apart from the keys for the words inside the database."""

import hashlib
import hmac
import os
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from throughcare.keys import KEY_BYTES, NONCE_BYTES, BadKeys, Keyring, read_keyring
from throughcare.pathway.cannot import Cannot

NAME_BYTES = 16
PLAIN, SMALLER = b"\x00", b"\x01"


class Broken(Cannot):
    """A part of a backup that was changed, cut, moved or is missing."""


class BackupKeys:
    """Seals and opens pieces. The newest key seals, every one opens; the line `index` names pieces by their content."""

    def __init__(self, text: str) -> None:
        try:
            ring: Keyring = read_keyring(text)
        except BadKeys as error:
            raise Cannot(f"{error} Look at BACKUP_KEYS, or run `throughcare make-keys`.") from None
        self.newest = ring.newest
        self._naming = _derived(ring.index, "throughcare names of pieces")
        self._ciphers = {
            name: AESGCM(_derived(key, "throughcare backups")) for name, key in ring.words.items()
        }

    def name(self, piece: bytes) -> bytes:
        """What a piece is called: the same content has the same name, and nobody without the key can tell it."""
        return hmac.digest(self._naming, piece, hashlib.sha256)[:NAME_BYTES]

    def seal(self, content: bytes, *, place: bytes) -> bytes:
        """Make smaller where that helps, encrypt, and bind to a place."""
        small = zlib.compress(content, 1)
        body = SMALLER + small if len(small) < len(content) else PLAIN + content
        nonce = os.urandom(NONCE_BYTES)
        return f"{self.newest}.".encode() + nonce + self._ciphers[self.newest].encrypt(nonce, body, place)

    def open(self, sealed: bytes, *, place: bytes) -> bytes:
        """The content. Raises `Broken` when a single bit is another one."""
        name, _, raw = sealed.partition(b".")
        cipher = self._ciphers.get(name.decode(errors="replace"))
        if cipher is None:
            raise Broken("A part of the backup is damaged, or sealed under a key that is not on BACKUP_KEYS.")
        try:
            body = cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place)
        except (InvalidTag, ValueError):
            raise Broken(
                "A part of the backup is not as it was written. Use another backup, and look at the disk."
            ) from None
        try:
            return zlib.decompress(body[1:]) if body[:1] == SMALLER else body[1:]
        except zlib.error:
            raise Broken("A part of the backup was sealed, and can't be unpacked.") from None


def _derived(key: bytes, use: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=use.encode()).derive(key)
