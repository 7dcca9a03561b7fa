"""A package that one of our own houses has given out: its marks say what HSDS has no column for. Pure."""

from typing import Any

from brobygger.offers import marks
from brobygger.offers.hsds import keys
from brobygger.offers.importing import faults
from brobygger.offers.importing.book import Book, Draft
from brobygger.offers.importing.rows import Row
from brobygger.offers.terms import Theme

CODES = {keys.term(keys.FACTS, code): code for code, _name in marks.terms()}
OURS = {keys.FACTS, keys.THEMES, *CODES, *(keys.term(keys.THEMES, theme.value) for theme in Theme)}


def find_marks(book: Book) -> None:
    """Take our own rows out of the tables of attributes and terms. A package without them is not ours."""
    known = (row.get("id") for table in ("taxonomy", "taxonomy_term") for row in book.rows(table))
    if not any(key == keys.FACTS or key in CODES for key in known):  # JSON shows the terms alone
        return
    book.marks = {}
    for table, column in (("taxonomy", "id"), ("taxonomy_term", "id"), ("attribute", "taxonomy_term_id")):
        rows = book.rows(table)
        book.tables[table] = [row for row in rows if row.get(column) not in OURS]
        book.tables[f"our_{table}"] = [row for row in rows if row.get(column) in OURS]
    for row in book.rows("our_attribute"):
        if code := CODES.get(row.get("taxonomy_term_id")):
            told = book.marks.setdefault((row.get("link_entity"), row.get("link_id")), {})
            told.setdefault(code, []).append(row.get("value"))


def is_closed(book: Book, row: Row) -> bool:
    """Whether a schedule without times is a closed day, and not one whose hours nobody knows."""
    return marks.CLOSED in (book.marks or {}).get(("schedule", row.get("id")), {})


def shape_marks(book: Book) -> None:
    """Give every record its marks; where none is told, the usual value. Each row is kept or refused."""
    if book.marks is None:
        return
    kept = {"organization": book.organisations, "location": book.locations, "service": book.offers}
    for entity, drafts in kept.items():
        for key, draft in drafts.items():
            _shape(book, entity, draft, book.marks.get((entity, key), {}))
    for row in [*book.rows("our_taxonomy"), *book.rows("our_taxonomy_term")]:
        book.keep(row)
    schedules = {row.get("id") for row in book.rows("schedule")}
    for row in book.rows("our_attribute"):
        here = kept.get(row.get("link_entity"), {}) if row.get("link_entity") != "schedule" else schedules
        if row.get("link_id") not in here:
            term = row.get("taxonomy_term_id")
            book.refuse(row, faults.BELONGS_NOWHERE, "link_id", row.get("link_id"), missing=term)
        else:
            book.keep(row)


def _shape(book: Book, entity: str, draft: Draft, told: dict[str, list[str]]) -> None:
    values: dict[str, Any] = {}
    capacity: dict[str, Any] = {}
    for mark in marks.marks_of(entity):
        heard = told.get(mark.term, [])
        try:
            value = mark.heard(heard)
        except ValueError:
            row = Row("attribute", {"value": ", ".join(heard)}, draft.where)
            book.note(row, faults.NOTHING_UNDERSTOOD, "value")
            value = mark.usual
        (capacity if mark.counts_places else values)[mark.field] = value
    draft.first = {name: value for name, value in draft.first.items() if name not in values}
    draft.values |= values
    draft.capacity = capacity
