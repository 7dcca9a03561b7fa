"""What hangs on a place or an offer and becomes part of it: addresses, access, languages, texts. Pure."""

from collections import defaultdict

from brobygger.offers import words
from brobygger.offers.importing import faults
from brobygger.offers.importing.book import Book, Draft
from brobygger.offers.importing.rows import Row

POST = "Postadresse: "
ALSO_AT = "Også: "
ACCESS = "Adgang: "
FOR_WHOM = "For hvem: "
BRING = "Medbring: "


def parent_offer(book: Book, row: Row) -> Draft | None:
    """The offer a row belongs to, directly or by way of an offer at a place."""
    key = row.get("service_id") or book.links_by_id.get(row.get("service_at_location_id"), ("", ""))[0]
    return book.offers.get(key)


def orphan(book: Book, row: Row, *columns: str) -> None:
    """Refuse a row whose parent is not there, naming what it pointed to."""
    told = [f"{column}={row.get(column)}" for column in columns if row.get(column)]
    book.refuse(row, faults.BELONGS_NOWHERE, columns[0], missing=", ".join(told) or ", ".join(columns))


def shape_addresses(book: Book) -> None:
    """The first physical address of a place is the place's; the first of an organisation is written to."""
    for row in book.rows("address"):
        place = book.locations.get(row.get("location_id"))
        body = book.organisations.get(row.get("organization_id"))
        if body is not None:
            body.values.setdefault("postal_address", _whole_address(row)[:500])
        is_visited = row.get("address_type").lower() not in {"postal", "virtual"}
        if place is not None and is_visited and "address" not in place.values:
            _tell_address(place, row)


def _tell_address(place: Draft, row: Row) -> None:
    street = ", ".join(filter(None, (row.get("address_1"), row.get("address_2"))))
    city = ", ".join(filter(None, (row.get("city"), row.get("state_province"))))
    place.values |= {
        "address": " ".join(street.split())[:500],
        "postal_code": row.get("postal_code")[:10],
        "city": city[:120],
    }


def _whole_address(row: Row) -> str:
    town = " ".join(filter(None, (row.get("postal_code"), row.get("city"), row.get("state_province"))))
    parts = (row.get("attention"), row.get("address_1"), row.get("address_2"), town)
    return ", ".join(" ".join(part.split()) for part in parts if part)


def shape_accessibility(book: Book) -> None:
    """Whether one gets in without steps, as far as it is told; the words stay with the place."""
    for row in book.rows("location"):
        place = book.locations.get(row.get("id"))
        if place is not None and place.where == row.where:
            text = row.get("accessibility").replace("_", " ")
            place.say(ACCESS + text if text else "")
            _tell_access(place, text)
    for row in book.rows("accessibility"):
        place = book.locations.get(row.get("location_id"))
        if place is not None and book.marks is None:
            _tell_access(place, f"{row.get('description')} {row.get('details')}")


def _tell_access(place: Draft, text: str) -> None:
    told = words.is_step_free_in(text)
    if told is not None and place.values.get("is_step_free") is not False:
        place.values["is_step_free"] = told


def shape_languages(book: Book) -> None:
    """Languages of an offer; those of a place count for every offer there, those of a phone for the phone."""
    for row in book.rows("service"):
        if (offer := book.offers.get(row.get("id"))) and offer.where == row.where:
            _speak(book, row, "languages", [offer])
    at = _offers_by_place(book)
    for row in book.rows("location"):
        if (place := book.locations.get(row.get("id"))) and place.where == row.where:
            _speak(book, row, "languages", at[place.source_id])
    for row in book.rows("language"):
        code = words.language_code(row.get("code")) or words.language_code(row.get("name"))
        offer = parent_offer(book, row)
        if code is None:
            book.note(row, faults.LANGUAGE_NOT_KNOWN, "name")
        else:
            _add_languages([offer] if offer else at[row.get("location_id")], [code])


def _offers_by_place(book: Book) -> dict[str, list[Draft]]:
    at: dict[str, list[Draft]] = defaultdict(list)
    for link in book.links.values():
        at[link.ties["location"][1]].append(book.offers[link.ties["offer"][1]])
    return at


def _speak(book: Book, row: Row, column: str, offers: list[Draft]) -> None:
    codes, unknown = words.languages_in(row.get(column))
    _add_languages(offers, codes)
    if unknown:
        book.note(row, faults.LANGUAGE_NOT_KNOWN, column)


def _add_languages(offers: list[Draft], codes: list[str]) -> None:
    for offer in offers if codes else ():
        told = offer.values.get("languages") or []
        offer.values["languages"] = list(dict.fromkeys([*told, *codes]))


def shape_texts(book: Book) -> None:
    """Who it is for, word for word; and the terms of taxonomies, for the themes."""
    for row in book.rows("eligibility"):
        offer, place = parent_offer(book, row), book.locations.get(row.get("location_id"))
        if offer is not None and row.get("eligibility"):
            _append(offer, "eligibility_description", row.get("eligibility"))
            book.keep(row)
        elif place is not None and row.get("eligibility"):
            place.say(FOR_WHOM + row.get("eligibility"))
            book.keep(row)
        else:
            orphan(book, row, "service_id", "location_id")
    _shape_terms(book)


def _append(draft: Draft, field: str, text: str) -> None:
    before = draft.values.get(field, "")
    draft.values[field] = f"{before}\n{text}" if before else text


def _shape_terms(book: Book) -> None:
    tables = ("taxonomy_term", "taxonomy")
    names = {
        row.get("id") or row.get("taxonomy_id"): row.get("name") for name in tables for row in book.rows(name)
    }
    for table, tie, term in (
        ("attribute", "link_id", "taxonomy_term_id"),
        ("service_taxonomy", "service_id", "taxonomy_id"),
    ):
        for row in book.rows(table):
            offer = book.offers.get(row.get(tie)) if row.get("link_entity") in {"", "service"} else None
            told = [
                names.get(row.get(term), ""),
                row.get("label"),
                row.get("value"),
                row.get("taxonomy_detail"),
            ]
            if offer is not None:
                book.theme_texts[offer.source_id] += told
