"""Opens what was uploaded: plain or gzip, never more than a limit, whatever the file claims."""

import zlib

from throughcare.pathway.referral.referral_reading import Problem, Unreadable

LIMIT = 200 * 1024 * 1024
GZIP = b"\x1f\x8b"
_STEP = 1024 * 1024


def unpack(content: bytes, *, limit: int = LIMIT) -> bytes:
    """The bytes, unpacked if they are gzip. Raises `Unreadable` when empty, broken or larger than `limit`."""
    if not content:
        raise Unreadable(Problem("the file", "it is empty (0 bytes); choose the file again"))
    plain = _gunzip(content, limit) if content.startswith(GZIP) else content
    if len(plain) > limit:
        raise _too_large(limit)
    if plain.startswith(GZIP):
        raise Unreadable(Problem("the file", "packed twice with gzip; unpack it once"))
    if not plain.strip():
        raise Unreadable(Problem("the file", "it holds nothing but blanks"))
    return plain


def _gunzip(content: bytes, limit: int) -> bytes:
    """Every member of the gzip file, a step at a time, so that a bomb is stopped at the limit."""
    found = bytearray()
    rest = content
    try:
        while rest:
            member = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            while not member.eof:
                piece = member.decompress(rest, _STEP)
                rest = member.unconsumed_tail
                found += piece
                if len(found) > limit:
                    raise _too_large(limit)
                if not piece and not rest and not member.eof:
                    raise Unreadable(
                        Problem(f"byte {len(content)}", "the gzip file ends too soon; send it again")
                    )
            rest = member.unused_data.lstrip(b"\x00")
    except zlib.error as error:
        raise Unreadable(
            Problem("the file", f"the gzip packing is broken ({error}); send it again")
        ) from error
    return bytes(found)


def _too_large(limit: int) -> Unreadable:
    return Unreadable(
        Problem(
            "the file", f"more than {limit // (1024 * 1024)} MB when unpacked; split it into smaller files"
        )
    )
