"""A page in the eyes of axe: each kind of piece is asked about once, whoever's words stand in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.journeys.clean import clean, mark_of
from tests.journeys.shapes import Piece, among, pieces_of

Rules = dict[str, Any]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Everything is of one origin and without frames: nothing has to be loaded again to be examined.
AXE = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": WCAG},
    "preload": False,
    "iframes": False,
}
# What the same words may do wrong at one width and not at another. The stylesheet's rules for widths change neither
# color nor what is there (tests/building/test_styles.py), but for the page's head and these: examined whole at each.
REDRAWN = (".table-stacks", ".week-hours")
REDRAWN_CLASSES = frozenset(selector.removeprefix(".") for selector in REDRAWN)
BY_WIDTH = {**AXE, "runOnly": {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}}
# What is right or wrong of a page as a whole.
ONCE_A_PAGE = {
    **AXE,
    "runOnly": {
        "type": "rule",
        "values": [
            *("document-title", "html-has-lang", "html-lang-valid", "html-xml-lang-mismatch", "bypass"),
            *("meta-refresh", "meta-viewport", "duplicate-id-aria"),
        ],
    },
}


@dataclass(frozen=True)
class Part:
    """A piece of a page, and by which marks its like is known again: at any width and at this one."""

    piece: Piece
    is_redrawn: bool
    seen: str
    here: str


def ask_axe(page: Page) -> list[str]:
    """What axe finds wrong on the page, in whatever it wasn't asked about yet."""
    head, parts = _parts(page)
    unseen, new = clean.lacks(part.here for part in parts), clean.lacks(part.seen for part in parts)
    again = [part.piece for part in parts if part.here not in unseen and part.piece.stands_alone]
    fresh = outermost([part for part in parts if part.here in unseen])
    whole = [part.piece for part in fresh if part.is_redrawn or part.seen in new]
    by_width = [part.piece for part in fresh if part.piece not in whole]
    wrong = [
        *(_violations(page, [], [], rules=ONCE_A_PAGE) if clean.lacks([head]) else []),
        *(_violations(page, whole, again) if whole else []),
        *(_violations(page, by_width, again, rules=BY_WIDTH) if by_width else []),
    ]
    if not wrong:
        clean.add([head, *(mark for part in parts for mark in (part.seen, part.here))])
    return wrong


def _parts(page: Page) -> tuple[str, list[Part]]:
    """What says what page it is, and each piece of it at this width among the kinds of pieces that surround it."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    head, frame, html = page.evaluate(
        "[document.documentElement.cloneNode(false).outerHTML + document.head.outerHTML,"
        " document.body.className, document.body.innerHTML]"
    )
    found = [
        Part(
            piece,
            around[0].partition(" ")[0] != "main" or not REDRAWN_CLASSES.isdisjoint(piece.classes()),
            mark_of(f"{frame} {around} {piece.shape}"),
            mark_of(f"{width} {frame} {around} {piece.shape}"),
        )
        for piece, around in among(pieces_of(html))
    ]
    return mark_of(" ".join(piece.shape for piece in pieces_of(head))), found


def outermost(parts: Sequence[Part]) -> list[Part]:
    """Those that stand in no other of them."""
    places = {part.piece.place for part in parts}
    return [
        part
        for part in parts
        if not any(part.piece.place[:n] in places for n in range(len(part.piece.place)))
    ]


def _violations(page: Page, pieces: Sequence[Piece], again: Sequence[Piece], rules: Rules = AXE) -> list[str]:
    """What axe finds wrong in these pieces, or on the page: the rule, why, and the selector of each place.

    What was asked `again` is left out, and what repeats itself within a piece.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    repeats = [one for piece in pieces for one in piece.repeats()]
    within = {
        "include": [[piece.selector("body")] for piece in pieces],
        "exclude": [[piece.selector("body")] for piece in (*again, *repeats)],
    }
    found: list[dict[str, Any]] = page.evaluate(
        "async ([within, rules]) => (await axe.run(within.include.length ? within : document, rules)).violations",
        [within, rules],
    )
    return [
        f"  {rule['id']} ({rule['impact']}) at {node['target']}: {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
