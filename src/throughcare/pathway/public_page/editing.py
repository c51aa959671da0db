"""Staff write the public pages: each saving is a wording that is kept, and one of them is the page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from throughcare.knowledge.public_pages.pages import ALL, EDITABLE, LANGUAGES, MOST_OWN_PAGES
from throughcare.knowledge.public_pages.words import check_page, check_slug
from throughcare.knowledge.verdict import Refused
from throughcare.pathway.actor import Actor
from throughcare.pathway.cannot import Absent, Cannot, require
from throughcare.pathway.clinic.clinic import require_administrator
from throughcare.pathway.public_page.reading import ENGLISH, published, text_named
from throughcare.records.public_pages import PagePublication, PageText

# Addresses below /about/ that are no pages of words.
RESERVED = frozenset({*EDITABLE, "new"})
LONGEST_TITLE, LONGEST_SUMMARY = 120, 200


@dataclass(frozen=True)
class Wording:
    """What somebody writes for a page."""

    title: str
    summary: str
    body: str


@dataclass(frozen=True)
class TextLine:
    """A saved wording, for the list of them."""

    uid: UUID
    title: str
    said_by: str
    saved_at: datetime
    is_page: bool


@dataclass(frozen=True)
class EditorView:
    """A page in one language as its editor sees it; `latest` is what was saved last, or what stands there."""

    slug: str
    language: str
    is_own: bool
    is_published: bool
    latest: Wording
    texts: tuple[TextLine, ...]


@dataclass(frozen=True)
class SlugLine:
    """A page in the editor's list: its title, and for each language whether the clinic's words stand there."""

    slug: str
    title: str
    is_own: bool
    states: tuple[tuple[str, str, str], ...]


def list_slugs(*, by: Actor) -> list[SlugLine]:
    """Every page that can be edited, with what stands in each language: theirs, ours, a draft, or nothing."""
    require_administrator(by)
    there = published(by.organization)
    saved = set(
        PageText.objects.filter(organization_id=by.organization).values_list("slug", "language").distinct()
    )
    own = sorted({slug for slug, _ in saved} - set(EDITABLE))
    lines = []
    for slug in (*EDITABLE, *own):
        states = tuple(
            (code, title, _state(slug, code, there=set(there), saved=saved))
            for code, title in LANGUAGES.items()
        )
        title = EDITABLE[slug].title if slug in EDITABLE else _title_of(slug, by=by)
        lines.append(SlugLine(slug, title, slug not in EDITABLE, states))
    return lines


def _state(slug: str, language: str, *, there: set[tuple[str, str]], saved: set[tuple[str, str]]) -> str:
    if (slug, language) in there:
        return "own_words"
    if (slug, language) in saved:
        return "draft"
    return "our_words" if slug in EDITABLE else "no_words"


def _title_of(slug: str, *, by: Actor) -> str:
    rows = PageText.objects.filter(organization_id=by.organization, slug=slug).order_by("-pk")
    return rows.values_list("title", flat=True).first() or slug


def open_editor(slug: str, language: str, *, by: Actor) -> EditorView:
    """A page for its editor, with every wording that was ever saved. Raises `Absent`."""
    require_administrator(by)
    if language not in LANGUAGES:
        raise Absent("page")
    rows = list(
        PageText.objects.filter(organization_id=by.organization, slug=slug, language=language)
        .select_related("recorded_by")
        .order_by("-pk")
    )
    if slug not in EDITABLE and not rows and not _is_known(slug, by=by):
        raise Absent("page")
    stands = published(by.organization).get((slug, language))
    return EditorView(
        slug=slug,
        language=language,
        is_own=slug not in EDITABLE,
        is_published=stands is not None,
        latest=_wording(slug, rows),
        texts=tuple(
            TextLine(
                row.uid,
                row.title,
                row.recorded_by.name if row.recorded_by else "",
                row.recorded_at,
                stands is not None and row.pk == stands.pk,
            )
            for row in rows
        ),
    )


def _is_known(slug: str, *, by: Actor) -> bool:
    return PageText.objects.filter(organization_id=by.organization, slug=slug).exists()


def _wording(slug: str, rows: list[PageText]) -> Wording:
    if rows:
        return Wording(rows[0].title, rows[0].summary, rows[0].body)
    ours = EDITABLE.get(slug)
    return Wording(ours.title, ours.summary, ours.body) if ours else Wording("", "", "")


@transaction.atomic
def start_page(slug: str, wording: Wording, *, language: str = ENGLISH, by: Actor, at: datetime) -> UUID:
    """Write a page of the clinic's own; it is a draft until it is published. The wording's public id."""
    require_administrator(by)
    own = set(PageText.objects.filter(organization_id=by.organization).values_list("slug", flat=True))
    verdict = check_slug(slug, RESERVED | own)
    if isinstance(verdict, Refused):
        raise Cannot(verdict.because, field="slug")
    if len(own - set(ALL)) >= MOST_OWN_PAGES:
        raise Cannot(f"A clinic may have {MOST_OWN_PAGES} pages of its own. Put this on one of them.")
    return _save(slug, language, wording, by=by, at=at)


@transaction.atomic
def save_page(slug: str, language: str, wording: Wording, *, by: Actor, at: datetime) -> UUID:
    """Keep a wording of a page that exists, without publishing it; its public id."""
    open_editor(slug, language, by=by)
    return _save(slug, language, wording, by=by, at=at)


def _save(slug: str, language: str, wording: Wording, *, by: Actor, at: datetime) -> UUID:
    require(check_page(wording.title, wording.body))
    if len(wording.title) > LONGEST_TITLE or len(wording.summary) > LONGEST_SUMMARY:
        raise Cannot(
            f"A title may have {LONGEST_TITLE} characters, a summary {LONGEST_SUMMARY}.", field="title"
        )
    return PageText.objects.create(
        organization_id=by.organization,
        slug=slug,
        language=language,
        title=wording.title.strip(),
        summary=wording.summary.strip(),
        body=wording.body.replace("\r\n", "\n").strip() + "\n",
        recorded_by_id=by.account,
        recorded_at=at,
    ).uid


@transaction.atomic
def publish_page(text: UUID, *, by: Actor, at: datetime) -> None:
    """From now on this saved wording is the page; an older one can be published again."""
    require_administrator(by)
    row = text_named(text, by=by)
    stands = published(by.organization).get((row.slug, row.language))
    if stands is None or stands.pk != row.pk:
        _publish(row.slug, row.language, row, by=by, at=at)


@transaction.atomic
def take_back_page(slug: str, language: str, *, by: Actor, at: datetime) -> None:
    """Take the clinic's words away: our own stand there again, and a page of the clinic's own is gone."""
    require_administrator(by)
    if (slug, language) not in published(by.organization):
        raise Cannot("Words of your own don't stand there. There is nothing to take back.")
    _publish(slug, language, None, by=by, at=at)


def _publish(slug: str, language: str, text: PageText | None, *, by: Actor, at: datetime) -> None:
    PagePublication.objects.create(
        organization_id=by.organization,
        slug=slug,
        language=language,
        text=text,
        recorded_by_id=by.account,
        recorded_at=at,
    )
