"""From the tables of HSDS to the records of the house. Pure: rows in, a book out.

The order matters: bodies, places and offers first; then who stands behind whom; then everything that hangs
on them. At the end every row is accounted for, or the import itself is wrong and stops.
"""

from datetime import date

from brobygger.offers import words
from brobygger.offers.importing import beside, core, details, faults, hiding, marked, reach, terms_of_offers
from brobygger.offers.importing.book import Book, by_table
from brobygger.offers.importing.rows import Finding
from brobygger.offers.importing.source import Source
from brobygger.offers.importing.vocabulary import TABLES

UNPLACED = tuple(dict.fromkeys(table.counted_as for table in TABLES if not table.has_place))


def shaped(source: Source, *, today: date) -> Book:
    """Everything the source tells, ready to be saved."""
    book = Book(
        source.name, source.licence, today, dict(by_table(source.rows)), findings=list(source.findings)
    )
    marked.find_marks(book)
    core.shape_organisations(book)
    core.shape_places_and_offers(book)
    details.shape_addresses(book)
    details.shape_accessibility(book)
    details.shape_languages(book)
    details.shape_texts(book)
    terms_of_offers.shape_prices(book)
    terms_of_offers.shape_capacity(book)
    terms_of_offers.shape_areas(book)
    reach.shape_phones(book)
    reach.shape_schedules(book)
    hiding.find_hidden(book)
    beside.shape_details(book)
    _shape_words(book)
    marked.shape_marks(book)
    _join_texts(book)
    hiding.hide(book)
    _report_unplaced(book)
    _account(source, book)
    return book


def _shape_words(book: Book) -> None:
    """Themes and groups by the everyday words of an offer; of its organisation, if the offer has none."""
    for key, offer in book.offers.items():
        told = [offer.values.get(name, "") for name in ("name", "alternate_name", "description")]
        themes = words.themes_in(*told, *book.theme_texts[key])
        if not themes:
            body = book.organisations.get(offer.ties["organisation"][1])
            themes = words.themes_in(body.values["name"], body.values.get("description", "")) if body else []
        offer.first |= {"themes": [theme.value for theme in themes], "only_for": words.only_for_in(told[0])}


def _join_texts(book: Book) -> None:
    """What found no field of its own stands below the description, so that nothing said is lost."""
    for drafts in (book.organisations, book.locations, book.offers):
        for draft in drafts.values():
            if draft.texts:
                draft.values["description"] = "\n\n".join(
                    filter(None, [draft.values.get("description", ""), *draft.texts])
                )


def _report_unplaced(book: Book) -> None:
    """Tables without a place with us: one line each, counting all their rows."""
    for table in UNPLACED:
        if rows := book.rows(table):
            given: dict[str, str | int] = {"count": len(rows), "table": table}
            where = rows[0].where if len(rows) == 1 else rows[0].where.rpartition(":")[0] or rows[0].where
            book.findings.append(Finding(table, where, faults.NO_ROOM_FOR_TABLE, given=given, rows=len(rows)))


def _account(source: Source, book: Book) -> None:
    """Rows in = rows saved + rows reported, table by table."""
    reported = book.reported
    for table in source.came | book.saved | reported:
        told = source.came[table], book.saved[table], reported[table]
        if told[0] != told[1] + told[2]:
            raise AssertionError(f"{table}: {told[0]} in, {told[1]} saved, {told[2]} reported")
