"""Cutting a stream into pieces, so that what did not change since the last backup is not stored again."""

import zlib
from collections.abc import Callable, Iterable, Iterator

Cutter = Callable[[Iterable[bytes]], Iterator[bytes]]
PAGES = 32 * 1024
LEAST, MOST = 8 * 1024, 256 * 1024
ONE_LINE_IN = 128


def by_pages(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces of one size: for a file whose content stays where it is, such as SQLite's."""
    rest = bytearray()
    for block in blocks:
        rest += block
        while len(rest) >= PAGES:
            yield bytes(rest[:PAGES])
            del rest[:PAGES]
    if rest:
        yield bytes(rest)


def by_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces that end where the content says so: a line put in moves no later piece's ends. For a dump's text."""
    piece = bytearray()
    for line in _lines(blocks):
        piece += line
        is_end = len(piece) >= LEAST and zlib.crc32(line) % ONE_LINE_IN == 0
        if is_end or len(piece) >= MOST:
            yield bytes(piece)
            piece.clear()
    if piece:
        yield bytes(piece)


def _lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines with their ends; one that is very long comes in parts."""
    rest = b""
    for block in blocks:
        *lines, rest = (rest + block).splitlines(keepends=True) or [b""]
        for line in lines:
            yield from _parts(line)
        if rest.endswith(b"\n") or len(rest) >= MOST:
            whole = len(rest) if rest.endswith(b"\n") else len(rest) // MOST * MOST
            yield from _parts(rest[:whole])
            rest = rest[whole:]
    yield from _parts(rest)


def _parts(line: bytes) -> Iterator[bytes]:
    for start in range(0, len(line), MOST):
        yield line[start : start + MOST]
