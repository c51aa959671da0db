"""What search engines read: which pages there are, and which they may keep."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from throughcare.faces.web.public_pages.frame import ENGLISH, address_of, url_of
from throughcare.knowledge.public_pages.pages import LANGUAGES
from throughcare.pathway.cannot import Absent
from throughcare.pathway.clinic.front_door import front_door
from throughcare.pathway.public_page.reading import list_pages

ALSO = ("front_door", "level_guide", "ask_for_help")


def robots(request: HttpRequest) -> HttpResponse:
    """Public pages may be read and kept, everything else not."""
    lines = ["User-agent: *"]
    lines += [f"Allow: {url}" for url in _paths(None)]
    lines += ["Allow: /static/", "Disallow: /", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in every language."""
    entries = []
    for path in _paths(None):
        address = request.build_absolute_uri(path)
        others = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}?lang={code}"/>'
            for code in LANGUAGES
        )
        entries.append(f"<url><loc>{escape(address)}</loc>{others}</url>")
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n' + "\n".join(entries) + "\n</urlset>\n"
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _paths(organization: UUID | None) -> list[str]:
    """The address of each public page; none where no clinic is set up yet."""
    try:
        door = front_door(at=timezone.now(), organization_uid=organization)
    except Absent:
        return []
    pages = [url_of(line, organization) for line in list_pages(language=ENGLISH, by=door.visitor)]
    return [*(address_of(name, organization) for name in ALSO), *pages]
