"""Opens what was uploaded: plain or gzip, never more than a limit, whatever the file claims."""

import zlib

from throughcare.pathway.referral.referral_reading import Problem, Unreadable

# Four times the largest record seen; what is read at once must leave the server its memory.
LIMIT = 48 * 1024 * 1024
# Each line of a table is a person, each line of the other kind a bundle.
MOST_LINES = 50_000
# Read, each part of a JSON takes many times the letters it is written with: about so many bytes each.
WEIGHTS = {b"{": 240, b"[": 90, b",": 60}
HEAVIEST = 110 * 1024 * 1024
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


def require_few_lines(text: bytes) -> None:
    """Raises `Unreadable` for a list so long that reading it would hold up everybody else."""
    if text.count(b"\n") > MOST_LINES:
        raise Unreadable(Problem("the file", f"more than {MOST_LINES:,} lines; split it into smaller files"))


def require_light(content: bytes) -> None:
    """Raises `Unreadable` for a JSON that would take more memory to read than there is for it."""
    if sum(content.count(sign) * weight for sign, weight in WEIGHTS.items()) > HEAVIEST:
        raise Unreadable(
            Problem("the file", "more parts in it than can be read at once; split it into smaller files")
        )


def _too_large(limit: int) -> Unreadable:
    return Unreadable(
        Problem(
            "the file", f"more than {limit // (1024 * 1024)} MB when unpacked; split it into smaller files"
        )
    )
