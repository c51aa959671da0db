"""How a packet leaves the house, and what the program gives for it."""

from dataclasses import dataclass
from typing import Literal

Gives = Literal["pdf", "print", "nothing"]


@dataclass(frozen=True)
class Method:
    """One way out. `gives`: the file or page that leaves at the moment of sending; a word spoken gives nothing."""

    code: str
    words: str
    does: str
    gives: Gives


ROWS = (
    Method("pdf", "As a PDF, handed over or sent securely", "Send it: download the PDF", "pdf"),
    Method("print", "Printed and handed over", "Send it: open the page to print", "print"),
    Method("letter", "Mailed by hand", "Mail it: download the letter", "pdf"),
    Method("fax", "Faxed by hand, with a cover sheet", "Fax it: download cover sheet and pages", "pdf"),
    Method("spoken", "Spoken, in person or by phone", "I told them", "nothing"),
)
ALL = {row.code: row for row in ROWS}

# How the book says what left by other doors of the program.
SAID = {row.code: row.words for row in ROWS} | {"page": "Shown on a page", "export": "Exported as a file"}
