"""Every sentence that people read is marked, and has its words in Spanish."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from docs.catalog import compiled, read
from docs.draw_languages import mo_of, po_of
from docs.marks import HOUSE

from tests.languages.reached import TEMPLATES, of_people

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")
TAGS = re.compile(r"<[^>]+>")


LANGUAGE = "es"


def test_every_marked_sentence_has_its_words(spanish):
    assert len(spanish) > 2000
    assert [one.one for one in spanish.values() if not one.is_done] == []


def test_values_and_tags_are_the_same_in_both_languages(spanish):
    for one in spanish.values():
        wanted = {*PLACEHOLDER.findall(one.one), *PLACEHOLDER.findall(one.many)}
        for words in one.said:
            assert set(PLACEHOLDER.findall(words)) <= wanted, words
            if not one.many:
                assert set(PLACEHOLDER.findall(words)) == wanted, words
            assert sorted(TAGS.findall(words)) == sorted(TAGS.findall(one.one)), words


def test_the_program_reads_what_people_read():
    with mo_of(LANGUAGE).open("rb") as file:
        known = gettext.GNUTranslations(file)
    written = read(po_of(LANGUAGE))
    assert mo_of(LANGUAGE).read_bytes() == compiled(written, language=LANGUAGE)
    for one in list(written.values())[:: max(1, len(written) // 50)]:
        if not one.many:
            assert known.gettext(one.one) == one.said[0]
    hour = next(one for one in written.values() if one.many)
    assert [known.ngettext(hour.one, hour.many, n) for n in (1, 2)] == list(hour.said)


def test_nothing_is_looked_up_before_a_reader_is_known():
    """At the top of a module `gettext` would be English for ever."""
    early = {"gettext", "ngettext"}
    for floor in ("faces", "pathway"):
        for file in (HOUSE / floor).rglob("*.py"):
            tree = ast.parse(file.read_text("utf-8"))
            names = {
                name.asname or name.name
                for node in tree.body
                if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
                for name in node.names
                if name.name in early
            }
            assert [call for call in _calls_at_the_top(tree) if call in names] == [], file


def _calls_at_the_top(tree: ast.Module):
    waiting = list(ast.iter_child_nodes(tree))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
        waiting.extend(ast.iter_child_nodes(node))


# Words that stay as they are in every language.
SAME = {
    "Throughcare",
    "paper-large",
    "has it",
    "We have it. We are paging somebody now",
}  # the last two are for staff
BLOCKS = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}|{% comment.*?{% endcomment %}", re.S)
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>", re.S)
READ_ALOUD = re.compile(r'\b(?:aria-label|title|placeholder|alt|data-label)="([^"{]*)"')


@pytest.mark.parametrize("file", tuple(of_people()), ids=lambda file: file.relative_to(TEMPLATES).as_posix())
def test_no_text_of_a_page_for_people_is_unmarked(file: Path):
    text = HIDDEN.sub("", BLOCKS.sub("", file.read_text("utf-8")))
    attributes = READ_ALOUD.findall(text)
    plain = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "\x00", text, flags=re.S)
    bare = re.sub(r"<[^>]*>", "\x00", plain, flags=re.S)
    pieces = [
        re.sub(r"&\w+;", "", piece).strip(" \n·–—:;,.()/$+“”%")
        for piece in (*bare.split("\x00"), *attributes)
    ]
    assert [
        one for one in pieces if re.search("[A-Za-z]{2}", one) and one not in SAME and not one.isupper()
    ] == []
