"""The directory as a workbook: the offers as one reads them, and the tables of HSDS, which import reads."""

from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from brobygger.offers.exporting import listed
from brobygger.offers.exporting.tables import FILES, Tables, columns

LONGEST = 32_767  # characters a cell holds


def write(path: Path, keeper: UUID | None) -> dict[str, int]:
    """Written row by row, so that a large directory does not fill the memory."""
    book = Workbook(write_only=True)
    counts = {_("Tilbud"): _sheet(book, _("Tilbud"), listed.headings(), listed.rows(keeper))}
    for entity, objects in Tables(keeper).all():
        named = columns(entity)
        rows = ([one.get(column, "") for column in named] for one in objects)
        counts[entity] = _sheet(book, FILES[entity], named, rows)
    book.save(path)
    return counts


def _sheet(book: Workbook, title: str, headings: list[str], rows: object) -> int:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(headings)
    count = 0
    for row in rows:  # type: ignore[attr-defined]
        sheet.append([_cell(sheet, value) for value in row])
        count += 1
    return count


def _cell(sheet: object, value: object) -> object:
    """Text is text, also where it looks like a formula; what a cell cannot hold is left out."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST])
    cell.data_type = "s"
    return cell
