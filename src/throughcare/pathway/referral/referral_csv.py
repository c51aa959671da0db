"""Reads a table of referrals (CSV): one person a row. Columns and what each may hold are listed in `COLUMNS`."""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from throughcare.knowledge.referring.referrals import ASKED_FOR_BY, CONCERNS, SOURCES
from throughcare.pathway.people.people import PersonDetails
from throughcare.pathway.referral.referral_reading import (
    MOST_PROBLEMS,
    Problem,
    ReferralReading,
    Unreadable,
    shown,
)

EXCEL_EPOCH = date(1899, 12, 30)
LONGEST_EXTERNAL_ID = 150
_SERIAL = re.compile(r"\d{4,6}(?:\.0+)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
_YES = {"yes", "y", "true", "1", "x"}
_NO = {"no", "n", "false", "0", ""}


@dataclass(frozen=True)
class Column:
    """A column of the table: what it holds and an example."""

    name: str
    about: str
    example: str = ""


COLUMNS = (
    Column("given_name", "Given name; the only name of a person with one", "María"),
    Column("family_name", "Family name", "del Carmen Villa"),
    Column("preferred_name", "What the person is called", "Mari"),
    Column("pronouns", "Such as she/her", "she/her"),
    Column("birth_date", "1984-03-27 or 3/27/1984, or Excel's number for it; empty: not known", "1984-03-27"),
    Column("sex", "female or male, as a screening score needs it; empty: not known", "female"),
    Column("gender", "In the person's own words", "woman"),
    Column("language", "A language tag such as en or es", "es"),
    Column("phone", "Phone number", "212-555-0142"),
    Column("email", "E-mail address", "mari@example.org"),
    Column("address", "Street, city, state, ZIP", "12 Canal St, New York, NY 10013"),
    Column("no_fixed_address", "yes or no", "no"),
    Column("voicemail_ok", "yes when a voicemail is safe", "yes"),
    Column("text_ok", "yes when a text message is safe", "yes"),
    Column("best_times", "When to call", "weekdays after 5"),
    Column("source", f"One of: {', '.join(SOURCES)}", "health"),
    Column("asked_for_by", f"One of: {', '.join(ASKED_FOR_BY)}", "provider"),
    Column("referrer_name", "Who refers", "Dr. Lee"),
    Column("referrer_organization", "Where they work", "Canal Street Clinic"),
    Column("referrer_phone", "Their phone number", "212-555-0199"),
    Column("concerns", f"Separated by semicolons: {', '.join(CONCERNS)}", "alcohol; depression"),
    Column("reason", "What they wrote", "Asks for evening groups"),
    Column("received_date", "The day it came in; empty: today", "2026-03-02"),
    Column("external_id", "The sender's number of this referral: the same one is taken in once", "R-1042"),
)
KNOWN = tuple(column.name for column in COLUMNS)
NEEDED = ("given_name", "family_name")


def template() -> str:
    """A table to fill in: the header and one example."""
    written = io.StringIO()
    csv.writer(written).writerows([KNOWN, [column.example for column in COLUMNS]])
    return written.getvalue()


def read_csv(content: bytes, *, today: date) -> Iterator[ReferralReading | Unreadable]:
    """Each row as a referral, or as what is wrong with it. Raises `Unreadable` when no row can be read at all."""
    text = _decode(content)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    header = _header(rows)
    number = 1
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Unreadable(Problem(f"row {number}", f"not a row of CSV: {error}"))
            continue
        if any(cell.strip() for cell in cells):
            yield _row(header, cells, f"row {number}", today=today)


def _decode(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        raise Unreadable(
            Problem("the file", "an Excel workbook; save it as “CSV UTF-8 (comma delimited)” first")
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    # A byte that is not UTF-8 spoils its own row only; the row is refused with its place.
    return content.decode("utf-8-sig", errors="surrogateescape")


def _delimiter(text: str) -> str:
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(",;\t", key=first.count)


def _header(rows: Iterator[list[str]]) -> list[str]:
    try:
        header = [cell.strip().casefold().replace(" ", "_") for cell in next(rows)]
    except (StopIteration, csv.Error) as error:
        raise Unreadable(Problem("row 1", f"no header; expected the columns {', '.join(KNOWN)}")) from error
    if not set(header) & set(NEEDED):
        raise Unreadable(
            Problem("row 1", f"no column given_name or family_name; the columns read are {', '.join(KNOWN)}")
        )
    twice = sorted({name for name in header if name in KNOWN and header.count(name) > 1})
    if twice:
        raise Unreadable(Problem("row 1", f"the column {twice[0]} is there twice; keep one"))
    return header


class _Row:
    """The cells of one row by column, and what is wrong with them."""

    def __init__(self, cells: dict[str, str], place: str) -> None:
        self.cells = cells
        self.place = place
        self.problems: list[Problem] = []

    def text(self, column: str) -> str:
        return self.cells.get(column, "").strip()

    def wrong(self, column: str, because: str) -> None:
        self.problems.append(Problem(f"{self.place}, column {column}", because))

    def read(self, column: str, reader: Callable[[str], Any]) -> Any:
        try:
            return reader(self.text(column))
        except ValueError as error:
            self.wrong(column, str(error))
            return None

    def code(self, column: str, known: dict[str, Any], default: str) -> str:
        code = self.text(column).casefold().replace(" ", "_")
        if code and code not in known:
            self.wrong(column, f"one of {', '.join(known)} is expected, found {shown(self.text(column))}")
        return code or default


def _row(header: list[str], cells: list[str], place: str, *, today: date) -> ReferralReading | Unreadable:
    if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
        return Unreadable(
            Problem(
                place,
                f"{len(cells)} cells under {len(header)} columns; put text that holds a comma in quotes",
            )
        )
    row = _Row(dict(zip(header, cells, strict=False)), place)
    _check_characters(row)
    if row.problems:
        return Unreadable(*row.problems)
    reading = _reading(row, header, cells, today=today)
    return Unreadable(*row.problems[:MOST_PROBLEMS]) if row.problems else reading


def _check_characters(row: _Row) -> None:
    for column, cell in row.cells.items():
        spoiled = next((char for char in cell if "\udc80" <= char <= "\udcff"), "")
        if spoiled:
            byte = ord(spoiled) - 0xDC00
            row.wrong(column, f"byte 0x{byte:02x} is not UTF-8; save the file as “CSV UTF-8”")
        elif "\x00" in cell:
            row.wrong(column, "holds a NUL character; export the file again")


def _reading(row: _Row, header: list[str], cells: list[str], *, today: date) -> ReferralReading:
    line = io.StringIO()
    csv.writer(line).writerows([header, cells])
    # A byte that is not UTF-8 may stand in a column that nobody reads: kept as it came.
    content = line.getvalue().encode(errors="surrogateescape")
    digest = hashlib.sha256(content).hexdigest()
    number = row.text("external_id")
    if len(number) > LONGEST_EXTERNAL_ID:
        row.wrong(
            "external_id", f"at most {LONGEST_EXTERNAL_ID} characters are expected, found {len(number)}"
        )
    ignored = [name for name in header if name and name not in KNOWN]
    return ReferralReading(
        place=row.place,
        person=_person(row, today=today),
        external_id=f"csv:{number or digest}",
        content=content,
        media_type="text/csv",
        digest=digest,
        source=row.code("source", SOURCES, "health"),
        asked_for_by=row.code("asked_for_by", ASKED_FOR_BY, "provider"),
        referrer_name=row.text("referrer_name"),
        referrer_organization=row.text("referrer_organization"),
        referrer_phone=row.text("referrer_phone"),
        concerns=_concerns(row),
        reason=row.text("reason"),
        best_times=row.text("best_times"),
        received_date=_past(row, "received_date", today),
        notes=(f"Columns not read: {', '.join(ignored)}",) if ignored else (),
        places={name: f"{row.place}, column {name}" for name in KNOWN},
    )


def _person(row: _Row, *, today: date) -> PersonDetails:
    if not row.text("given_name") and not row.text("family_name"):
        row.wrong("given_name", "no name; write what the person may be called")
    sex = row.text("sex").casefold()
    if sex not in ("", "female", "male"):
        row.wrong("sex", f"female, male or nothing is expected, found {shown(row.text('sex'))}")
    wishes = {
        wish: row.read(column, _yes_or_no)
        for wish, column in (("voicemail", "voicemail_ok"), ("text", "text_ok"))
    }
    return PersonDetails(
        given_name=row.text("given_name"),
        family_name=row.text("family_name"),
        preferred_name=row.text("preferred_name"),
        pronouns=row.text("pronouns"),
        birth_date=_past(row, "birth_date", today),
        sex=sex,
        gender=row.text("gender"),
        language=row.text("language"),
        phone=row.text("phone"),
        email=row.text("email"),
        address=row.text("address"),
        no_fixed_address=bool(row.read("no_fixed_address", _yes_or_no)),
        contact_wishes={wish: True for wish, safe in wishes.items() if safe},
    )


def _concerns(row: _Row) -> tuple[str, ...]:
    named = [part.strip().casefold().replace(" ", "_") for part in row.text("concerns").split(";")]
    codes = [part for part in named if part]
    for code in codes:
        if code not in CONCERNS:
            row.wrong("concerns", f"{shown(code)} is not one of {', '.join(CONCERNS)}")
    return tuple(dict.fromkeys(codes))


def _past(row: _Row, column: str, today: date) -> date | None:
    day: date | None = row.read(column, read_date)
    if day is not None and day > today:
        row.wrong(
            column,
            f"{shown(row.text(column))} lies in the future; a day up to {today.isoformat()} is expected",
        )
    return day


def read_date(text: str) -> date | None:
    """A date as people and Excel write it; None for nothing. Raises `ValueError` with what would be right."""
    if not text:
        return None
    if _SERIAL.fullmatch(text):
        return EXCEL_EPOCH + timedelta(days=int(float(text)))
    iso, american = _ISO.fullmatch(text), _AMERICAN.fullmatch(text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif american:
        month, day, year = (int(part) for part in american.groups())
    else:
        raise ValueError(f"a date such as 1984-03-27 or 3/27/1984 is expected, found {shown(text)}")
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(f"{shown(text)} is not a day of the calendar; write it as year-month-day") from error


def _yes_or_no(text: str) -> bool:
    said = text.casefold()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise ValueError(f"yes or no is expected, found {shown(text)}")
