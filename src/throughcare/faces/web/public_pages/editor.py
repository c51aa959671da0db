"""Staff write the public pages: a list, a form with a preview, every wording that was saved."""

import re
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation

from throughcare.faces.web.clinic.asking import trail
from throughcare.faces.web.fields import LongText, Text
from throughcare.faces.web.form import Form
from throughcare.faces.web.languages import said
from throughcare.faces.web.once import once
from throughcare.faces.web.parts.tables import Column
from throughcare.faces.web.routing import StaffRequest
from throughcare.knowledge.public_pages.pages import LANGUAGES
from throughcare.knowledge.public_pages.words import MOST_CHARACTERS, blocks
from throughcare.pathway.cannot import Absent, Cannot
from throughcare.pathway.public_page.editing import (
    LONGEST_SUMMARY,
    LONGEST_TITLE,
    EditorView,
    Wording,
    list_slugs,
    open_editor,
    publish_page,
    save_page,
    start_page,
    take_back_page,
)

LIST_COLUMNS = (Column("Page"), *(Column(title) for title in LANGUAGES.values()))
TEXT_COLUMNS = (Column("Saved"), Column("By"), Column("Title"), Column("Publish", unseen=True))
# What stands there, in words and a tone of the table of marks.
STATES = {
    "own_words": ("Your words", "good"),
    "draft": ("Draft, not published", "watch"),
    "our_words": ("Ready-made words", "calm"),
    "no_words": ("Nothing", "plain"),
}
# A line of a page: what makes it a heading or a point, and its words.
_LINE = re.compile(r"^(## |[-*] |\d{1,2}\. |)(.+)$")
HOW = "Empty line: new paragraph. ## and a space: heading. - and a space: point. 1. and a space: step."


class PageForm(Form):
    """The words of a page."""

    title = Text("Title", missing="Give the page a title", max_length=LONGEST_TITLE)
    summary = Text(
        "In search results",
        hint="One sentence that says what the page is about.",
        optional=True,
        max_length=LONGEST_SUMMARY,
    )
    body = LongText(
        "Words", hint=HOW, missing="Write something on the page", rows=22, max_length=MOST_CHARACTERS
    )

    def wording(self) -> Wording:
        """What a valid form says."""
        given = self.cleaned_data
        return Wording(given["title"], given["summary"], given["body"])


class NewPageForm(PageForm):
    """A page of the clinic's own."""

    slug = Text(
        "Address",
        hint="Small letters, digits and hyphens: “visiting-us” becomes …/about/visiting-us",
        missing="Choose the address of the page",
        max_length=60,
        width=20,
    )
    field_order = ("slug",)


def public_pages(request: StaffRequest) -> HttpResponse:
    """Every page, and in which language the clinic has words of its own."""
    lines = [
        (line, [(code, *STATES[state]) for code, _, state in line.states])
        for line in list_slugs(by=request.actor)
    ]
    context = {"lines": lines, "columns": LIST_COLUMNS, "trail": trail()}
    return render(request, "public_pages/staff_list.html", context)


@once
def new_page(request: StaffRequest) -> HttpResponse:
    """Write a page of the clinic's own."""
    form = NewPageForm(request.POST or None)
    context = {"form": form, "title": "A page of your own", "trail": _trail()}
    if form.is_valid() and request.POST.get("do") == "preview":
        return render(request, "public_pages/staff_edit.html", {**context, "preview": _preview(form)})
    if form.is_valid():
        try:
            start_page(form.cleaned_data["slug"], form.wording(), by=request.actor, at=timezone.now())
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "Saved as a draft. Nobody sees it until you publish it.")
            return redirect("edit_public_page", form.cleaned_data["slug"], "en")
    return render(request, "public_pages/staff_edit.html", context, status=422 if form.errors else 200)


@once
def edit_page(request: StaffRequest, slug: str, language: str) -> HttpResponse:
    """Write a page in one language: look at it first, save it as a draft, or publish it."""
    by, now = request.actor, timezone.now()
    view = open_editor(slug, language, by=by)
    before = view.latest if view.texts else _ready_made(view.latest, language)
    form = PageForm(request.POST or None, initial=vars(before))
    context = _context(view, form)
    do = request.POST.get("do", "")
    if form.is_valid() and do == "preview":
        return render(request, "public_pages/staff_edit.html", {**context, "preview": _preview(form)})
    if form.is_valid():
        try:
            text = save_page(slug, language, form.wording(), by=by, at=now)
            if do == "publish":
                publish_page(text, by=by, at=now)
        except Cannot as cannot:
            form.add_error(cannot.field if cannot.field in form.fields else None, cannot.because)
        else:
            messages.success(request, "Published." if do == "publish" else "Saved as a draft.")
            return redirect("edit_public_page", slug, language)
    return render(request, "public_pages/staff_edit.html", context, status=422 if form.errors else 200)


@once
def publish(request: StaffRequest, slug: str, language: str) -> HttpResponse:
    """Publish a wording that was saved before."""
    try:
        text = UUID(request.POST.get("text", ""))
    except ValueError as wrong:
        raise Absent("page") from wrong
    publish_page(text, by=request.actor, at=timezone.now())
    messages.success(request, "Published.")
    return redirect("edit_public_page", slug, language)


@once
def take_back(request: StaffRequest, slug: str, language: str) -> HttpResponse:
    """Take the clinic's own words away again."""
    take_back_page(slug, language, by=request.actor, at=timezone.now())
    messages.success(request, "Taken back. What you saved is kept here.")
    return redirect("edit_public_page", slug, language)


def _ready_made(wording: Wording, language: str) -> Wording:
    """Our own words in this language, to begin with."""
    with translation.override(language):
        lines = [_LINE.sub(lambda line: line[1] + said(line[2]), one) for one in wording.body.splitlines()]
        return Wording(said(wording.title), said(wording.summary), "\n".join(lines))


def _context(view: EditorView, form: PageForm) -> dict[str, object]:
    return {
        "form": form,
        "view": view,
        "title": view.latest.title,
        "language": LANGUAGES[view.language],
        "columns": TEXT_COLUMNS,
        "trail": _trail(),
    }


def _preview(form: PageForm) -> dict[str, object]:
    wording = form.wording()
    return {
        "title": wording.title,
        "summary": wording.summary,
        "blocks": blocks(wording.body),
        "is_ours": False,
    }


def _trail() -> list[tuple[str, str]]:
    return trail(("Public pages", reverse("public_pages")))
