"""On what terms one gets an offer: price, places, area. Pure. What leaves a doubt stays open, to be asked."""

import re
from collections import defaultdict
from datetime import date

from brobygger.offers import words
from brobygger.offers.importing import faults
from brobygger.offers.importing.book import Book, Draft
from brobygger.offers.importing.details import orphan, parent_offer
from brobygger.offers.importing.rows import Row
from brobygger.offers.terms import CapacityKind

AREA = "Område: "
MOST_PLACES = 32_767


def shape_prices(book: Book) -> None:
    """From the words of the offer, or else from its cost options; always with the words beside it."""
    for row in book.rows("service"):
        offer = book.offers.get(row.get("id"))
        texts = list(dict.fromkeys(filter(None, (row.get("fees"), row.get("fees_description")))))
        if offer is None or offer.where != row.where or not texts:
            continue
        prices = {words.price_in(text) for text in texts}
        offer.values |= {
            "fees_description": "\n".join(texts),
            "price": prices.pop() if len(prices) == 1 else None,
        }
    options: dict[str, list[Row]] = defaultdict(list)
    for row in book.rows("cost_option"):
        until = day_in(row.get("valid_to"))
        offer = parent_offer(book, row)
        if offer is None:
            orphan(book, row, "service_id")
        elif until is not None and until < book.today:
            book.refuse(row, faults.HOURS_OVER, "valid_to", row.get("valid_to"), until=until.isoformat())
        elif not _option_text(row):
            book.refuse(row, faults.NOTHING_UNDERSTOOD)
        else:
            book.keep(row)
            if book.marks is None:  # in a package of ours the price is marked, and these are for others
                options[offer.source_id].append(row)
    for key, rows in options.items():
        _price_of(book, book.offers[key], rows)


def _price_of(book: Book, offer: Draft, rows: list[Row]) -> None:
    texts = [offer.values.get("fees_description", ""), *(_option_text(row) for row in rows)]
    offer.values["fees_description"] = "\n".join(filter(None, texts))
    amounts = {(words.amount_in(row.get("amount")), row.get("currency").upper()) for row in rows}
    amount, currency = next(iter(amounts))
    if len(amounts) > 1:
        book.note(rows[0], faults.SEVERAL_PRICES, "amount")
    elif amount is not None and amount > 0 and currency not in {"", "DKK"}:
        book.note(rows[0], faults.OTHER_MONEY, "currency")
    elif amount is not None and 0 <= amount < 20_000_000 and (currency == "DKK" or amount == 0):
        offer.values.setdefault("price", None)
        if offer.values["price"] is None and len(texts) == len(rows) + (not texts[0]):
            offer.values["price"] = int(amount * 100)
        return
    offer.values["price"] = None


def _option_text(row: Row) -> str:
    amount = " ".join(filter(None, (row.get("amount"), row.get("currency").upper())))
    return ", ".join(filter(None, (row.get("option"), amount, row.get("amount_description"))))


def shape_capacity(book: Book) -> None:
    """Places in all and places free. One figure for each offer: the first that holds together."""
    for row in book.rows("service_capacity"):
        offer = parent_offer(book, row)
        if offer is None:
            orphan(book, row, "service_id")
            continue
        available, maximum = (words.amount_in(row.get(column)) for column in ("available", "maximum"))
        most = available if maximum is None else maximum
        if available is None or most is None or available < 0 or most > MOST_PLACES or offer.capacity:
            book.refuse(row, faults.NOTHING_UNDERSTOOD, "available", row.get("available"))
        elif available > most:
            told = {"available": str(available), "maximum": str(most)}
            book.refuse(row, faults.CAPACITY_ODD, "available", row.get("available"), **told)
        else:
            offer.capacity = {
                "capacity_kind": CapacityKind.PLACES,
                "places_total": int(most),
                "places_taken": int(most) - int(available),
                "capacity_confirmed_on": day_in(row.get("updated")),
            }
            book.keep(row)


def shape_areas(book: Book) -> None:
    """Postal districts count; other areas are for people to read, and stay a question."""
    told: dict[str, list[Row]] = defaultdict(list)
    for row in book.rows("service_area"):
        offer = parent_offer(book, row)
        if offer is None:
            orphan(book, row, "service_id", "service_at_location_id")
        elif not (row.get("name") or row.get("description")):
            book.refuse(row, faults.NOTHING_UNDERSTOOD)
        else:
            told[offer.source_id].append(row)
            book.keep(row)
    for key, rows in told.items():
        _tell_areas(book.offers[key], [row.get("name") or row.get("description") for row in rows])
    for row in book.rows("service"):
        if (
            (offer := book.offers.get(row.get("id")))
            and row.get("service_areas")
            and offer.where == row.where
        ):
            _tell_areas(offer, re.split(r"[,;\n]\s*", row.get("service_areas")))


def _tell_areas(offer: Draft, names: list[str]) -> None:
    codes = [
        found[1] for name in names if (found := re.fullmatch(r"(?:DK-?)?(\d{4})(?: \D+)?", name.strip()))
    ]
    if len(codes) == len(names):
        offer.values["areas"] = list(dict.fromkeys(codes))
        return
    before = offer.values.get("eligibility_description", "")
    offer.values["eligibility_description"] = "\n".join(filter(None, [before, AREA + ", ".join(names)]))


def day_in(text: str) -> date | None:
    """The day of an ISO date or moment, or of a Danish date.

    >>> day_in("2024-09-25T14:23:06+01:00"), day_in("24.12.2026"), day_in("soon")
    (datetime.date(2024, 9, 25), datetime.date(2026, 12, 24), None)
    """
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", text.strip())
    parts = found.groups() if found else None
    if parts is None and (found := re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", text.strip())):
        parts = found.groups()[::-1]
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None
