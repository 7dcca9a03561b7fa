"""CSV as spreadsheets write it: comma, semicolon or tab, quoted line breaks, an encoding to guess. Pure."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from brobygger.offers.importing import faults
from brobygger.offers.importing.pieces import listed
from brobygger.offers.importing.rows import Finding, Refused
from brobygger.offers.importing.texts import cleaned, decoded

MOST_COLUMNS = 1_000
LONGEST_FIELD = 1_000_000  # characters


@dataclass(frozen=True, slots=True)
class Cells:
    """One row, by heading, and only what is filled in. `fault` tells why it cannot be used."""

    values: dict[str, str]
    where: str
    fault: Finding | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """`headings` without the empty ones. `notes` are remarks on the file as a whole."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Cells, ...]
    notes: tuple[Finding, ...]


def sheet(name: str, data: bytes, *, table: str = "") -> Sheet:
    """Read one CSV file. Row numbers are those of the spreadsheet: the heading is row 1."""
    text, is_windows = decoded(data, name)
    notes = [Finding(table, name, faults.AS_WINDOWS)] if is_windows else []
    records = _records(name, text)
    headings = _headings(name, next(records, []))
    rows = tuple(
        _cells(name, number, record, headings, table) for number, record in enumerate(records, 2) if record
    )
    return Sheet(name, tuple(filter(None, headings)), rows, tuple(notes))


def _records(name: str, text: str) -> Iterator[list[str]]:
    """csv.reader, with its complaints turned into refusals that name the line."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for record in reader:
            if len(record) > MOST_COLUMNS:
                raise Refused(faults.TOO_MANY_COLUMNS, where=name, count=len(record), limit=MOST_COLUMNS)
            yield record
    except csv.Error as error:
        if "field larger" in str(error):
            raise Refused(
                faults.TOO_LONG_FIELD, where=name, line=reader.line_num, limit=LONGEST_FIELD
            ) from None
        raise Refused(faults.BROKEN_CSV, where=name, line=reader.line_num, error=str(error)) from None


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line, outside quotes."""
    line, is_quoted = [], False
    for letter in text[:LONGEST_FIELD]:
        if letter == '"':
            is_quoted = not is_quoted
        elif letter == "\n" and not is_quoted:
            break
        elif not is_quoted:
            line.append(letter)
    return max(",;\t", key=line.count)


def _headings(name: str, record: list[str]) -> list[str]:
    headings = [" ".join(cleaned(heading).split()) for heading in record]
    if not any(headings):
        raise Refused(faults.NO_HEADING, where=name)
    for number, heading in enumerate(headings):
        if heading and heading in headings[:number]:
            raise Refused(faults.SAME_HEADING, where=name, column=heading)
    return headings


def _cells(name: str, number: int, record: list[str], headings: list[str], table: str) -> Cells:
    where = f"{name}:{number}"
    texts = [cleaned(cell) for cell in record]
    if any(texts[len(headings) :]):
        given: dict[str, str | int] = {"cells": len(record), "columns": len(headings)}
        value = listed([text for text in texts if text])
        return Cells({}, where, Finding(table, where, faults.TOO_MANY_CELLS, "", value, given, rows=1))
    values = {heading: text for heading, text in zip(headings, texts, strict=False) if heading and text}
    if not values:
        return Cells({}, where, Finding(table, where, faults.EMPTY_ROW, rows=1))
    return Cells(values, where)
