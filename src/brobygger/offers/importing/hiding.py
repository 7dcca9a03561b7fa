"""Where people are in hiding: what says where it is, is not taken in. Pure.

A name that says so is enough. Whoever keeps the place can lift it; a source cannot (`pen`).
"""

from collections import defaultdict
from dataclasses import replace

from brobygger.offers import words
from brobygger.offers.importing.book import Book, Draft
from brobygger.offers.marks import marks_of

MARK = next(mark for mark in marks_of("location") if mark.field == "is_protected")
SAYS_WHERE = ("address", "postal_code", "transportation", "easting", "northing")


def find_hidden(book: Book) -> None:
    """Name the places and organisations that are hidden, before their addresses are kept."""
    if book.marks is not None:  # a package of ours says it itself
        marked = ((owner, told.get(MARK.term, [])) for owner, told in book.marks.items())
        book.hidden |= {owner for owner, told in marked if owner[0] == "location" and "true" in told}
        return
    at: dict[str, list[Draft]] = defaultdict(list)
    for link in book.links.values():
        at[link.ties["location"][1]].append(book.offers[link.ties["offer"][1]])
    for key, place in book.locations.items():
        body = book.organisations.get(place.ties["organisation"][1])
        if any(map(_is_hidden, filter(None, [place, body, *at[key]]))):
            book.hidden.add(("location", key))
    for key, body in book.organisations.items():
        if _is_hidden(body):
            book.hidden.add(("organization", key))


def _is_hidden(draft: Draft) -> bool:
    names = (draft.values.get(name, "") for name in ("name", "alternate_name"))
    return bool(draft.values.get("is_protected")) or any(map(words.is_in_hiding, names))


def hide(book: Book) -> None:
    """Leave out of the hidden places, and of what is said about them, everything that says where they are."""
    streets = {
        row.get("address_1")
        for row in book.rows("address")
        if ("location", row.get("location_id")) in book.hidden
        or ("organization", row.get("organization_id")) in book.hidden
    }
    wheres = set()
    for key, place in book.locations.items():
        if ("location", key) in book.hidden:
            wheres.add(place.where)
            streets.add(place.values.get("address", ""))
            place.values = {name: told for name, told in place.values.items() if name not in SAYS_WHERE}
            if "is_protected" not in place.values:
                place.first["is_protected"] = True
    for key, body in book.organisations.items():
        if ("organization", key) in book.hidden:
            body.values.pop("postal_address", None)
    if streets := {street for street in streets if len(street) > 4}:
        for draft in (*book.locations.values(), *book.offers.values(), *book.organisations.values()):
            _unsay(draft, streets)
    book.findings = [
        replace(finding, value="") if finding.where in wheres else finding for finding in book.findings
    ]


def _unsay(draft: Draft, streets: set[str]) -> None:
    for name, told in draft.values.items():
        if isinstance(told, str):
            for street in streets:
                if street in told:
                    told = told.replace(street, "–")
            draft.values[name] = told
