"""The gallery shows every part, and no part lets a person's words become markup, style or script."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.template.defaultfilters import force_escape
from django.test import Client
from django.urls import reverse

import throughcare.faces.web
from throughcare.faces.web.parts.samples import UNTAMED
from throughcare.faces.web.templatetags.parts import register

FRAMES = ("parts", "parts_public", "parts_print")
GALLERY = Path(throughcare.faces.web.__file__).parent / "templates" / "gallery"
IN_THE_FRAMES = {"crisis_strip", "language_switch", "licensed_wording", "flash_messages"}


@pytest.fixture(params=FRAMES)
def page(request, db) -> str:
    answer = Client().get(reverse(request.param))
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_part_is_in_the_gallery():
    shown = set(re.findall(r"\{%\s*(\w+)", "".join(path.read_text() for path in GALLERY.glob("*.html"))))
    missing = {tag for tag in register.tags if not tag.startswith("end")} - shown - IN_THE_FRAMES
    # `ask` draws it.
    assert missing == {"error_summary"}


def test_nothing_is_styled_or_scripted_in_line(page):
    assert not re.search(r"<[^>]+\sstyle\s*=", page)
    assert not re.search(r"<[^>]+\son[a-z]+\s*=", page)
    assert "<style" not in page
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


def test_ids_are_unique(page):
    counted = Counter(re.findall(r'\sid="([^"]+)"', page))
    assert [name for name, count in counted.items() if count > 1] == []


def test_what_describes_or_names_a_part_exists(page):
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    named = re.findall(r'\saria-(?:describedby|labelledby)="([^"]+)"|\sfor="([^"]+)"', page)
    wanted = {name for pair in named for name in " ".join(pair).split()}
    assert wanted - ids == set()


def test_the_untamed_sample_stays_words(page):
    assert UNTAMED not in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_untamed_name_is_escaped_once(page):
    assert force_escape(force_escape("<script>")) not in page


def test_each_form_that_posts_carries_its_key_and_its_token(page):
    for form in re.findall(r'<form method="post".*?</form>', page, re.S):
        if "/sign-out" not in form and "/language" not in form:  # these change nothing twice
            assert re.search(r'name="once" value="[0-9a-f-]{36}"', form)
        assert "csrfmiddlewaretoken" in form


def test_the_stylesheets_stay_small():
    import gzip

    sheets = (GALLERY.parent.parent / "static" / "throughcare" / "css").glob("*.css")
    assert len(gzip.compress(b"".join(path.read_bytes() for path in sheets))) < 20_000
