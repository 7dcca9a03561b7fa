"""The book into the database: all of it in one transaction, or nothing."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import connection

from brobygger.engine.words import Phrase
from brobygger.offers.hsds.columns import DETAIL
from brobygger.offers.importing.book import Book
from brobygger.offers.importing.pen import Pen, Saved
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.partners.models import Organisation

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


def save(
    book: Book,
    *,
    keeper: UUID,
    at: datetime,
    run: UUID | None,
    gone_if_missing: frozenset[str],
    say: Callable[[Phrase], None],
) -> Saved:
    """Write the book. Needs the keeper's scope open; two imports of one source wait for each other."""
    wait_for_turn(keeper, book.source)
    saved = Saved()
    pen = Pen(book, keeper, at, saved, run, say)
    pen.write("organisation", Organisation, book.organisations)
    pen.write("stand_in", Organisation, book.stand_ins, only_new=True)
    pen.details("unit", "taxonomy", "taxonomy_term", "program", gone=gone_if_missing)
    for kind, model, table, drafts in (
        ("location", Location, "location", book.locations),
        ("offer", Offer, "service", book.offers),
        ("offer_at_location", OfferAtLocation, "service_at_location", book.links),
        ("phone", Phone, "phone", book.phones),
        ("schedule", Schedule, "schedule", book.schedules),
    ):
        pen.write(kind, model, pen.not_linked_otherwise(drafts) if model is OfferAtLocation else drafts)
        if table in gone_if_missing:
            pen.withdraw(kind, model, drafts)
        if model is OfferAtLocation:
            pen.details("contact", gone=gone_if_missing)
    pen.details(*DETAIL, gone=gone_if_missing)
    return saved


def wait_for_turn(keeper: UUID, source: str) -> None:
    """One at a time touches what one keeper has from one source, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"{keeper}/{source}"])
