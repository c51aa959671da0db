"""Words that wait on a phone are sealed to the person who wrote them: nothing on the phone opens them.

The page has only a public key (P-256); its other half is worked out anew from the house's own key and the account, so
that nothing is stored, and no other account's half opens it. ECDH, HKDF-SHA-256, AES-256-GCM, as browsers have them.
"""

import base64
import binascii
import json
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from throughcare.keys import mac

INFO = b"throughcare later"
POINT, NONCE = 65, 12
LONGEST = 200_000
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256
Fields = list[tuple[str, str]]


class NotOurs(Exception):
    """Sealed words that this account's key doesn't open: somebody else's, cut, or changed."""


def mark_of_owner(account: UUID) -> str:
    """By which a phone knows whose words wait there; it tells nobody who that is."""
    return mac(account.bytes, use="owner of a phone").hex()[:24]


def _private(account: UUID) -> ec.EllipticCurvePrivateKey:
    seed = b"".join(mac(account.bytes + bytes([turn]), use="words on a phone") for turn in (1, 2))
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, ec.SECP256R1())


def public_key(account: UUID) -> str:
    """The public key to which a page seals, as browsers read it: base64 of the point."""
    point = _private(account).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.b64encode(point).decode()


def open_box(account: UUID, sealed: str) -> Fields:
    """What somebody wrote while there was no connection, as the fields of its form. Raises `NotOurs`."""
    try:
        if len(sealed) > LONGEST:
            raise NotOurs
        raw = base64.b64decode(sealed, validate=True)
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw[:POINT])
        shared = _private(account).exchange(ec.ECDH(), theirs)
        key = HKDF(algorithm=SHA256(), length=32, salt=b"", info=INFO).derive(shared)
        words = AESGCM(key).decrypt(raw[POINT : POINT + NONCE], raw[POINT + NONCE :], None)
        fields = json.loads(words)
        return [(str(name), str(value)) for name, value in fields]
    except (binascii.Error, ValueError, TypeError, InvalidTag) as error:
        raise NotOurs from error
