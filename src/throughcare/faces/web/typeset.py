"""PDFs set by Typst. The words are handed over as data, so none of them is markup."""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

# Control and private-use characters have no shape on paper; line breaks and tabs are kept.
SHAPELESS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")


def typeset(template: Path, words: Mapping[str, Mapping[str, Any]], *, moment: int) -> bytes:
    """The PDF of a template with these words; PDF/UA-1 wherever a font has every letter, else a plain tagged PDF.

    `moment` (seconds since 1970) is the date that the file carries.
    """
    inputs = {
        name: SHAPELESS.sub("", json.dumps(said, ensure_ascii=False, default=str))
        for name, said in words.items()
    }
    try:
        return _compile(template, inputs, accessible=True, moment=moment)
    except typst.TypstError:
        # PDF/UA refuses a letter that no font here can draw. The person still gets their paper.
        return _compile(template, inputs, accessible=False, moment=moment)


def _compile(template: Path, inputs: dict[str, str], *, accessible: bool, moment: int) -> bytes:
    compiler = typst.Compiler(str(template), font_paths=_fonts(), sys_inputs=inputs)
    drawn = compiler.compile(format="pdf", pdf_standards=["ua-1"] if accessible else [], timestamp=moment)
    if not isinstance(drawn, bytes):
        raise TypeError("one document was expected")
    return drawn


@cache
def _fonts() -> typst.Fonts:
    """Typst's own fonts (Latin, Greek, Cyrillic, Hebrew) and those of this machine for other scripts; read once."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
