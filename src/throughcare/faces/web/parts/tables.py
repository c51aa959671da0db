"""Parts that list: table with sortable headers, summary list, task list, board, pagination."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict
from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify

from ..languages import lazy as _
from .draw import draw

register = Library()


@dataclass(frozen=True)
class Column:
    """One column of a table: its title; `key` makes it sortable, `numbers` sets it to the end of the line."""

    title: str
    key: str = ""
    numbers: bool = False
    unseen: bool = False  # a title that only a screen reader needs, such as "Actions"


@dataclass(frozen=True)
class Header:
    """A column as it stands on the page."""

    column: Column
    href: str
    sorted: str  # "ascending", "descending" or ""


def headers(columns: Iterable[Column], query: QueryDict | None) -> list[Header]:
    """The columns with the link that sorts by each; `?sort=name` ascends, `?sort=-name` descends."""
    query = query if query is not None else QueryDict()
    now = query.get("sort", "")
    drawn = []
    for column in columns:
        ways = {column.key: "ascending", f"-{column.key}": "descending"}
        way = ways.get(now, "") if column.key else ""
        wanted = query.copy()
        wanted.pop("page", None)
        wanted["sort"] = f"-{column.key}" if way == "ascending" else column.key
        drawn.append(Header(column, f"?{wanted.urlencode()}" if column.key else "", way))
    return drawn


@register.simple_block_tag(takes_context=True)
def table(
    context: Context,
    content: str,
    columns: Iterable[Column],
    caption: str,
    empty: str = "",
    stack: bool = False,
    quiet_caption: bool = False,
    kind: str = "",
) -> SafeString:
    """A table; the content is its rows (`<tr><th scope="row">…</th><td>…</td></tr>`).

    With no rows it says `empty`. On a phone it scrolls inside its frame, or, with `stack`, each row becomes a card
    whose cells carry `data-label`. `kind` is empty or `roomy`.
    """
    request = context.get("request")
    return draw(
        "table",
        rows=content.strip() and content,
        headers=headers(columns, request.GET if request else None),
        caption=caption,
        empty=empty or _("Nothing here yet."),
        stack=stack,
        quiet_caption=quiet_caption,
        kind=kind,
        frame_id=f"table-{slugify(caption)}",
    )


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], noun: str = "results") -> SafeString:
    """Where one is in a long list, and the way to the next part of it."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop("page", None)
    return draw("pagination", page=page, noun=noun, rest=query.urlencode())


@register.simple_block_tag
def summary_list(content: str, title: str = "", level: int = 2) -> SafeString:
    """What is known, line by line: a list of `summary_row`."""
    return draw("summary_list", content=content, title=title, level=level)


@register.simple_block_tag
def summary_row(content: str, label: str, change_url: str = "", change: str = _("Change")) -> SafeString:
    """One line of a summary list, with the link that changes it."""
    return draw(
        "summary_row",
        content=content,
        label=label,
        change_url=change_url,
        change=change,
        known=content.strip(),
    )


@register.simple_block_tag
def task_list(content: str, title: str = "", level: int = 2) -> SafeString:
    """What is to do, in order: a list of `task`."""
    return draw("task_list", content=content, title=title, level=level)


@register.simple_tag
def task(title: str, status: str, url: str = "", hint: str = "") -> SafeString:
    """One line of a task list; without an address it cannot be opened yet."""
    return draw("task", title=title, status=status, url=url, hint=hint)


@register.simple_block_tag
def board(content: str, label: str, kind: str = "") -> SafeString:
    """Columns of cards side by side, such as the pipeline of referrals; `kind` `week` makes seven narrow ones."""
    name = f"board board-{kind}" if kind else "board"
    return format_html('<div class="{}" role="group" aria-label="{}">{}</div>', name, label, content)


@register.simple_block_tag
def column(content: str, title: str, count: int = 0, empty: str = "Nobody here.") -> SafeString:
    """One column of a board: `card`s, newest need first."""
    return draw("column", content=content.strip() and content, title=title, count=count, empty=empty)


@register.simple_block_tag
def card(content: str, title: str, url: str = "", tone: str = "plain") -> SafeString:
    """One card: a title that may be a link, then its words."""
    return draw("card", content=content, title=title, url=url, tone=tone)
