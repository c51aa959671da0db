"""Public pages as anyone reads them: in the clinic's words where staff published some, else in ours."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from throughcare.knowledge.public_pages.pages import ALL, EDITABLE
from throughcare.knowledge.public_pages.words import Block, blocks
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent
from throughcare.records.public_pages import PagePublication, PageText

ENGLISH = "en"


@dataclass(frozen=True)
class PageLine:
    """A page in the list of pages. `is_ours`: the words are this program's own and can be said in each language."""

    slug: str
    title: str
    summary: str
    is_ours: bool
    opens: str
    changed_at: datetime | None


@dataclass(frozen=True)
class PageView(PageLine):
    """A page with its words; `language` is that of the clinic's own words."""

    language: str
    blocks: tuple[Block, ...]


Published = dict[tuple[str, str], PageText]


def published(organization: int) -> Published:
    """The clinic's own wording of each page and language that has one, in one query."""
    found: Published = {}
    rows = PagePublication.objects.filter(organization_id=organization).select_related("text").order_by("pk")
    for row in rows:
        if row.text is None:
            found.pop((row.slug, row.language), None)
        else:
            found[row.slug, row.language] = row.text
    return found


def list_pages(*, language: str, by: Actor) -> list[PageLine]:
    """Every page but the first one, ours in their order, then the clinic's own by title."""
    there = published(by.organization)
    ours = [_line(slug, _wording(slug, language, there)) for slug in ALL]
    own = {slug for slug, _ in there} - set(EDITABLE)
    mine = [_line(slug, _wording(slug, language, there)) for slug in own]
    return ours + sorted(mine, key=lambda line: (line.title, line.slug))


def read_page(slug: str, *, language: str, by: Actor) -> PageView:
    """One page in the reader's language, if it has one. Raises `Absent`."""
    text = _wording(slug, language, published(by.organization))
    if text is None and slug not in EDITABLE:
        raise Absent("page")
    line = _line(slug, text)
    body = text.body if text else EDITABLE[slug].body
    return PageView(**vars(line), language=text.language if text else ENGLISH, blocks=blocks(body))


def _wording(slug: str, language: str, there: Published) -> PageText | None:
    """The clinic's words in this language; of a page that only the clinic has, in whichever language there is."""
    own = there.get((slug, language))
    if own is not None or slug in EDITABLE:
        return own
    return there.get((slug, ENGLISH)) or next((text for (one, _), text in there.items() if one == slug), None)


def _line(slug: str, text: PageText | None) -> PageLine:
    ours = EDITABLE.get(slug)
    if text is not None:
        opens = ours.opens if ours else ""
        return PageLine(slug, text.title, text.summary, False, opens, text.recorded_at)
    if ours is None:
        raise Absent("page")
    return PageLine(slug, ours.title, ours.summary, True, ours.opens, None)


def text_named(text: UUID, *, by: Actor) -> PageText:
    """One saved wording. For pathway modules. Raises `Absent`."""
    found = PageText.objects.filter(organization_id=by.organization, uid=text).first()
    if found is None:
        raise Absent("page")
    return found
