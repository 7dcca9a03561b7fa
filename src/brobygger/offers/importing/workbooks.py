"""Spreadsheets (.xlsx) as the CSV files that stand in them, so that everything after reads one kind of file.

Read by openpyxl in its read-only way, which parses with defusedxml: a document type, an entity or anything
fetched from outside is refused. What a sheet says about its own size is not believed.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO, StringIO
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from brobygger.offers.importing import faults
from brobygger.offers.importing.pieces import CHUNK, MEGABYTE, MOST_BYTES, Pieces, Zip, safe_name
from brobygger.offers.importing.rows import Refused

ENDING = ".xlsx"
MOST_COLUMNS = 1_000
MOST_ROWS = 1_048_576  # of one sheet: what the format itself allows


def with_sheets(pieces: Pieces) -> Pieces:
    """The same files, with each workbook replaced by its sheets: "bog.xlsx" -> "tilbud.csv", "steder.csv"."""
    return Unfolded(pieces) if any(map(is_workbook, pieces.names)) else pieces


def is_workbook(name: str) -> bool:
    return name.lower().endswith(ENDING)


class Unfolded:
    """`names` with the sheets beside the other files, in the folder of their workbook."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces, self.label = pieces, pieces.label
        self._sheets: dict[str, bytes] = {}
        for book in filter(is_workbook, pieces.names):
            for name, data in sheets(pieces.read(book), book):
                self._sheets.setdefault(name, data)
        rest = [name for name in pieces.names if not is_workbook(name)]
        self.names = tuple(sorted({*rest, *self._sheets}))

    def read(self, name: str) -> bytes:
        return self._sheets[name] if name in self._sheets else self._pieces.read(name)


def sheets(data: bytes, where: str) -> Iterator[tuple[str, bytes]]:
    """(name, CSV) of every sheet that holds anything. A lone sheet is called as the workbook is."""
    Zip(BytesIO(data), label=where)  # measured first: a workbook is a zip, and may be a bomb
    folder = PurePosixPath(where).parent
    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        filled = [(sheet.title, text) for sheet in book.worksheets if (text := _as_csv(sheet, where))]
    except (BadZipFile, InvalidFileException, ParseError, KeyError, ValueError, TypeError, IndexError,
            AttributeError, OSError, EOFError, NotImplementedError, RecursionError) as error:  # fmt: skip
        if hostile := _hostility(error):
            raise Refused(faults.HOSTILE_XML, where=where, error=hostile) from None
        raise Refused(faults.BROKEN_WORKBOOK, where=where, error=str(error)[:100]) from None
    for title, text in filled:
        own = title if len(filled) > 1 else PurePosixPath(where).stem
        name = own.strip().replace("/", "-").replace("\\", "-").replace(":", "-") or "ark"
        yield safe_name((folder / f"{name}.csv").as_posix(), whole=where), text


def _hostility(error: BaseException | None) -> str:
    """What defusedxml forbade, though the reader of workbooks has wrapped it in words of its own."""
    while error is not None:
        if isinstance(error, DefusedXmlException):
            return type(error).__name__
        error = error.__cause__ or error.__context__
    return ""


def _as_csv(sheet: Any, where: str) -> bytes:
    """One sheet as CSV, an empty line for an empty row, so that row numbers are those of the sheet."""
    sheet.reset_dimensions()
    written = StringIO(newline="")
    writer = csv.writer(written)
    is_empty = True
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        texts = [_text(value) for value in cells]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            raise Refused(faults.TOO_MANY_COLUMNS, where=where, count=len(texts), limit=MOST_COLUMNS)
        if number > MOST_ROWS or written.tell() > MOST_BYTES - CHUNK:
            raise Refused(faults.TOO_BIG, where=where, limit=MOST_BYTES // MEGABYTE)
        is_empty = is_empty and not texts
        writer.writerow(texts)
    return b"" if is_empty else written.getvalue().encode()


def _text(value: Any) -> str:
    """As a Danish reader of the sheet sees it, as far as that can be known: whole numbers without a point.

    >>> _text(2200.0), _text(12.5), _text(True), _text(date(2026, 12, 24)), _text(time(9, 30)), _text(None)
    ('2200', '12.5', 'true', '2026-12-24', '09:30', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(sep=" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(value).encode("utf-8", "ignore").decode()
