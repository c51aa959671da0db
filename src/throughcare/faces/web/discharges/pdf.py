"""The summary as a tagged PDF, set by Typst. The words are handed over as data, so none of them is markup."""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path

import typst

from throughcare.pathway.discharge.discharge_summary import Summary

TEMPLATE = Path(__file__).with_name("summary.typ")
# Control and private-use characters have no shape on paper; line breaks and tabs are kept.
SHAPELESS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010ffff]")


def draw_pdf(summary: Summary, *, signed_at: datetime) -> bytes:
    """The PDF of a summary; PDF/UA-1 wherever a font has every letter of it, else a plain tagged PDF."""
    inputs = {"summary": SHAPELESS.sub("", json.dumps(summary.as_json(), ensure_ascii=False))}
    moment = int(signed_at.timestamp())
    try:
        return _compile(inputs, accessible=True, moment=moment)
    except typst.TypstError:
        # PDF/UA refuses a letter that no font here can draw. The person still gets their paper.
        return _compile(inputs, accessible=False, moment=moment)


def _compile(inputs: dict[str, str], *, accessible: bool, moment: int) -> bytes:
    compiler = typst.Compiler(str(TEMPLATE), font_paths=_fonts(), sys_inputs=inputs)
    drawn = compiler.compile(format="pdf", pdf_standards=["ua-1"] if accessible else [], timestamp=moment)
    if not isinstance(drawn, bytes):
        raise TypeError("one document was expected")
    return drawn


@cache
def _fonts() -> typst.Fonts:
    """Typst's own fonts (Latin, Greek, Cyrillic, Hebrew) and those of this machine for other scripts; read once."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)
