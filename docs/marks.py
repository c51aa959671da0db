"""Finds every sentence marked for translation: in templates, in Python, and those that come from `knowledge`."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent / "src/throughcare"
LOOKED_UP = {"_", "gettext", "gettext_lazy", "gettext_noop", "lazy", "Sentence"}
ONE_OR_MANY = {"ngettext", "ngettext_lazy"}
ANY_CALL = re.compile(rf"\b(?:{'|'.join(sorted(LOOKED_UP | ONE_OR_MANY))})\(")

BLOCK = re.compile(
    r"\{% blocktranslate\b([^%]*?(?:\"[^\"]*\"[^%]*?)*)%\}(.*?)\{% endblocktranslate %\}", re.S
)
PLURAL = re.compile(r"\{% plural %\}")
SINGLE = re.compile(r"\{% translate (\"([^\"]*)\"|'([^']*)')")
ARGUMENT = re.compile(r"(?<!\w)_\((\"([^\"]*)\"|'([^']*)')\)")
VALUE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True)
class Mark:
    """A sentence as it is written in English; `many` is its plural, if it counts something."""

    one: str
    place: str
    many: str = ""


def every_mark() -> Iterator[Mark]:
    """All marks of the program, knowledge's included."""
    for file in sorted((HOUSE / "faces/web/templates").rglob("*.html")):
        yield from in_template(file.read_text(encoding="utf-8"), place_of(file))
    for floor in ("faces", "pathway", "knowledge"):
        for file in sorted((HOUSE / floor).rglob("*.py")):
            yield from in_python(file.read_text(encoding="utf-8"), place_of(file))
    yield from of_knowledge()


def place_of(file: Path) -> str:
    """The file, from the program's folder."""
    return file.relative_to(HOUSE).as_posix()


def in_template(text: str, place: str) -> Iterator[Mark]:
    """The marks of a template."""
    for block in BLOCK.finditer(text):
        one, *many = PLURAL.split(block[2])
        yield Mark(_as_looked_up(one), place, _as_looked_up(many[0]) if many else "")
    for found in (*SINGLE.finditer(text), *ARGUMENT.finditer(text)):
        yield Mark(found[2] if found[2] is not None else found[3], place)


def _as_looked_up(block: str) -> str:
    """The words of a block as Django looks them up: trimmed, its values named."""
    trimmed = " ".join(line.strip() for line in block.strip().splitlines() if line.strip())
    return VALUE.sub(r"%(\1)s", trimmed.replace("%", "%%"))


def in_python(text: str, place: str) -> Iterator[Mark]:
    """The marks of a module: calls of the functions that look a sentence up, with the sentence itself as argument."""
    if not ANY_CALL.search(text):
        return
    tree = ast.parse(text)
    assigned = _assigned(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in LOOKED_UP and node.args:
            yield from (Mark(words, place) for words in _sentences(node.args[0], assigned) if words)
        if node.func.id in ONE_OR_MANY:
            one, many, *_ = (next(_sentences(argument, {}), "") for argument in node.args)
            yield Mark(one, place, many)


def _sentences(node: ast.expr, assigned: dict[str, list[ast.expr]]) -> Iterator[str]:
    """The sentence that an argument is: written there, one of two, or kept under a name before."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_sentences(node.body, assigned), *_sentences(node.orelse, assigned))
    elif isinstance(node, ast.Name):
        for value in assigned.get(node.id, ()):
            yield from _sentences(value, {})


def _assigned(tree: ast.Module) -> dict[str, list[ast.expr]]:
    """What each name of a module is set to, anywhere in it."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            values = node.value.elts if isinstance(node.value, ast.Tuple) and len(names) > 1 else [node.value]
            for name, value in zip(names, values, strict=False):
                if isinstance(name, ast.Name):
                    found.setdefault(name.id, []).append(value)
    return found


def of_knowledge() -> Iterator[Mark]:
    """The sentences that `faces.web.catalog.from_knowledge.py` names. Django is set up."""
    from throughcare.faces.web.catalog.from_knowledge import ALL

    for subject in ALL:
        yield from (Mark(words, f"knowledge: {subject.__name__}") for words in subject() if words)
