"""On what terms one gets an offer: price, places, area. Pure. What leaves a doubt stays open, to be asked."""

import re
from collections import defaultdict

from brobygger.offers import words
from brobygger.offers.importing import faults
from brobygger.offers.importing.book import Book, Draft
from brobygger.offers.importing.details import parent_offer
from brobygger.offers.importing.rows import Row
from brobygger.offers.moments import day_in
from brobygger.offers.terms import CapacityKind

AREA = "Område: "
MOST_PLACES = 32_767


def shape_prices(book: Book) -> None:
    """From the words of the offer, else from its cost options. In a package of ours the price is marked."""
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
    for row in book.rows("cost_option") if book.marks is None else ():
        until, offer = day_in(row.get("valid_to")), parent_offer(book, row)
        if until is not None and until < book.today:
            book.note(row, faults.PRICE_OVER, "valid_to", until=until.isoformat())
        elif offer is not None and _option_text(row):
            options[offer.source_id].append(row)
    for key, rows in options.items():
        _price_of(book, book.offers[key], rows)


def _price_of(book: Book, offer: Draft, rows: list[Row]) -> None:
    has_words = bool(offer.values.get("fees_description"))
    amounts = {(words.amount_in(row.get("amount")), row.get("currency").upper()) for row in rows}
    amount, currency = next(iter(amounts))
    if len(amounts) > 1:
        book.note(rows[0], faults.SEVERAL_PRICES, "amount")
    elif amount is not None and amount > 0 and currency not in {"", "DKK"}:
        book.note(rows[0], faults.OTHER_MONEY, "currency")
    elif amount is not None and 0 <= amount < 20_000_000 and (currency == "DKK" or amount == 0):
        offer.values.setdefault("price", None)
        if offer.values["price"] is None and not has_words:
            offer.values["price"] = int(amount * 100)
        return
    offer.values["price"] = None


def _option_text(row: Row) -> str:
    amount = " ".join(filter(None, (row.get("amount"), row.get("currency").upper())))
    return ", ".join(filter(None, (row.get("option"), amount, row.get("amount_description"))))


def shape_capacity(book: Book) -> None:
    """Places in all and places free. One figure for each offer: the first that holds together."""
    for row in book.rows("service_capacity") if book.marks is None else ():
        offer = parent_offer(book, row)
        available, maximum = (words.amount_in(row.get(column)) for column in ("available", "maximum"))
        most = available if maximum is None else maximum
        if offer is None or available is None or most is None or available < 0 or most > MOST_PLACES:
            continue
        if available > most:
            book.note(row, faults.CAPACITY_ODD, "available", available=str(available), maximum=str(most))
        elif not offer.capacity:
            offer.capacity = {
                "capacity_kind": CapacityKind.PLACES,
                "places_total": int(most),
                "places_taken": int(most) - int(available),
                "capacity_confirmed_on": day_in(row.get("updated")),
            }


def shape_areas(book: Book) -> None:
    """Postal districts count; other areas are for people to read, and stay a question."""
    told: dict[str, list[Row]] = defaultdict(list)
    for row in book.rows("service_area"):
        if offer := parent_offer(book, row):
            told[offer.source_id].append(row)
    for key, rows in told.items():
        _tell_areas(book.offers[key], [row.get("name") or row.get("description") for row in rows])
    for row in book.rows("service"):
        if (
            (offer := book.offers.get(row.get("id")))
            and row.get("service_areas")
            and offer.where == row.where
        ):
            names = re.split(r"[,;\n]\s*", row.get("service_areas"))
            if not _tell_areas(offer, names):
                before = offer.values.get("eligibility_description", "")
                offer.values["eligibility_description"] = "\n".join(
                    filter(None, [before, AREA + ", ".join(names)])
                )


def _tell_areas(offer: Draft, names: list[str]) -> bool:
    """Whether all of them are postal districts, which then are the offer's areas."""
    codes = [
        found[1] for name in names if (found := re.fullmatch(r"(?:DK-?)?(\d{4})(?: \D+)?", name.strip()))
    ]
    if len(codes) == len(names):
        offer.values["areas"] = list(dict.fromkeys(codes))
    return len(codes) == len(names)
